// The books: balances after each posting, bounds under load, the chain by days, audits that go on where the last one ended.  MON-1, MON-2, MON-13.
import { assert, instance, test, timeout } from '../lib/harness.mjs'
import { Actor, PRICE, World, newTransaction } from '../lib/world.mjs'

timeout(90)
const it = await instance({ parts: 'store' })
const world = await World.make(it, { buyers: 5 })
await it.sql("UPDATE category_policy SET channels = 'balance,wechat,b2b' WHERE category_code = 'saas'")
const PAYERS = 16, callback = new Actor(it, 'callback')
const audit = (...options) => it.tryYunshi('audit', ...options)
const dayOf = id => `DATE('2020-01-01' + INTERVAL (${id} >> 13) MICROSECOND + INTERVAL 8 HOUR)`

/** Statements while a table's triggers are out of the way, as only who owns the store can. */
const forced = (table, event, statements) => {
	const name = `${table}_${event === 'UPDATE' ? 'keeps' : 'stays'}`, said = event === 'UPDATE' ? 'changed' : 'deleted'
	return it.sql(`DROP TRIGGER ${name}; ${statements};
		CREATE TRIGGER ${name} BEFORE ${event} ON ${table} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} is never ${said}'`)
}
/** What a full audit says of the chain. */
async function broken() {
	const { status, stdout } = await audit('--full')
	assert.equal(status, 1, stdout)
	return stdout.split('\n').filter(l => l.startsWith('journal_seal: '))
}

test('MON-2 MON-12 sixteen connections pay from one balance: gift and cash end where they must, never below zero', async () => {
	const org = world.buyers[0], orders = []
	for (let i = 0; i < PAYERS; i++) orders.push((await world.order(0)).number)
	await world.fund(0, 4 * PRICE + 500, 'gift')
	await world.fund(0, 5 * PRICE)
	const actors = orders.map(() => new Actor(it, 'buyer'))
	const said = await Promise.all(orders.map((order, i) => world.pay(0, [order], { channel: 'balance', actor: actors[i] })))
	await Promise.all(actors.map(a => a.end()))
	assert.equal(said.filter(s => s.rc === 'ok').length, 9, JSON.stringify(said))
	assert.equal(+(await it.one(`SELECT COUNT(*) AS n FROM orders WHERE buyer_id = ${org} AND state <> 'to_pay'`)).n, 9)
	assert.deepEqual((await it.sql(`SELECT kind, balance FROM account WHERE owner = ${org} AND kind IN ('cash', 'gift') ORDER BY kind + 0`)).map(a => [a.kind, +a.balance]), [['cash', 500], ['gift', 0]])
	await world.audit()
})

test('MON-13 the balance after each posting follows from the one before, in the order of places', async () => {
	for (const kind of ['cash', 'gift']) {
		const rows = await it.sql(`SELECT amount, after, place FROM posting WHERE owner = ${world.buyers[0]} AND kind = '${kind}' ORDER BY place, line`)
		let sum = 0
		for (const r of rows) assert.equal(+r.after, sum += +r.amount, kind)
		assert.ok(rows.length > 4)
		assert.equal(new Set(rows.map(r => r.place)).size, rows.length)
	}
	const [row] = await it.sql("SELECT journal_id FROM posting WHERE kind = 'held' AND after IS NOT NULL LIMIT 1")
	assert.equal(row, undefined)
})

test('MON-2 MON-13 a balance after that does not follow is named with its posting', async () => {
	const p = await it.one(`SELECT journal_id AS id, line FROM posting WHERE owner = ${world.buyers[0]} AND kind = 'cash' ORDER BY place LIMIT 1 OFFSET 2`)
	const where = `journal_id = ${p.id} AND line = ${p.line}`
	await forced('posting', 'UPDATE', `UPDATE posting SET after = after + 1 WHERE ${where}`)
	const { status, stdout } = await audit()
	await forced('posting', 'UPDATE', `UPDATE posting SET after = after - 1 WHERE ${where}`)
	assert.equal(status, 1)
	assert.match(stdout, new RegExp(`^after: journal ${p.id} line ${p.line}: cash of ${world.buyers[0]} after it: 1$`, 'm'))
})

test('MON-2 the first audit looks at everything; once the books are sealed the next ones at what came since, and say so', async () => {
	assert.match((await audit()).stdout, /^everything from the beginning\nbooks not sealed\n/)
	await it.yunshi('jobs', '--only', 'journal_seal', '--once')
	const seals = await it.sql('SELECT day, last_id, journals FROM journal_seal ORDER BY seq')
	assert.ok(seals.length > 3)
	assert.deepEqual(await it.sql(`SELECT seq FROM journal_seal WHERE day <> ${dayOf('last_id')}`), [])
	assert.equal(+(await it.one(`SELECT COUNT(*) AS n FROM journal WHERE id <= ${seals.at(-1).last_id}`)).n, seals.reduce((n, s) => n + +s.journals, 0))
	assert.match((await audit()).stdout, /^everything from the beginning\nbooks sealed up to .*, \d+ pieces\n\d+ checks, 0 breaches\n$/)
	const { status, stdout } = await audit()
	assert.equal(status, 0, stdout)
	assert.match(stdout, /^what came since the audit of \S+ \S+; everything was looked at on \S+ \S+\nbooks sealed/)
	assert.match((await audit('--full')).stdout, /^everything from the beginning\n/)
	assert.deepEqual(await it.sql(`SELECT k.owner FROM account_point k LEFT JOIN (SELECT owner, kind, shard, SUM(amount) AS total FROM posting WHERE journal_id <= ${seals.at(-1).last_id} GROUP BY 1, 2, 3) s
		ON s.owner = k.owner AND s.kind = k.kind AND s.shard = k.shard WHERE NOT (s.total <=> k.balance)`), [])
})

test('MON-2 what is wrong in the books since the last audit is found by the short one too', async () => {
	await it.sql("UPDATE account SET balance = balance + 7 WHERE owner = 2 AND kind = 'clearing' LIMIT 1")
	const { status, stdout } = await audit()
	await it.sql("UPDATE account SET balance = balance - 7 WHERE owner = 2 AND kind = 'clearing' LIMIT 1")
	assert.equal(status, 1)
	assert.match(stdout, /^balance: balance of 2 clearing .*: 7$/m)
	const { id, number } = await world.order(1)
	await it.sql(`UPDATE orders SET state = 'completed' WHERE id = ${id}`)
	const again = await audit()
	await it.sql(`UPDATE orders SET state = 'to_pay' WHERE id = ${id}`)
	assert.match(again.stdout, new RegExp(`^paid: order ${number} is completed`, 'm'))
	await world.audit()
})

test('MON-1 seals refuse to be changed or deleted, whoever asks', async () => {
	await assert.rejects(it.sql('UPDATE journal_seal SET journals = 0 LIMIT 1'), /never changed/)
	await assert.rejects(it.sql('DELETE FROM journal_seal LIMIT 1'), /never deleted/)
})

test('MON-1 MON-2 an entry of the past that was changed, taken out or slipped in is found, and named by its day', async () => {
	const { id, day } = await it.one(`SELECT j.id, ${dayOf('j.id')} AS day FROM journal j JOIN journal_seal s ON s.last_id = j.id AND s.seq = 2`)
	const named = lines => { assert.equal(lines.length, 1, lines.join('\n')); assert.match(lines[0], new RegExp(`^journal_seal: books of ${day}, entries \\d+ to ${id}, are not what was sealed, seal: 2$`)) }
	await forced('journal', 'UPDATE', `UPDATE journal SET order_id = COALESCE(order_id, 0) + 1 WHERE id = ${id}`)
	named(await broken())
	assert.equal((await audit()).status, 0)	// which says that it does not look there
	await forced('journal', 'UPDATE', `UPDATE journal SET order_id = NULLIF(order_id - 1, 0) WHERE id = ${id}`)
	await world.audit()

	await it.sql(`CREATE TABLE kept AS SELECT journal_id, line, owner, kind, shard, amount, after, place FROM posting WHERE journal_id = ${id}`)
	await forced('posting', 'DELETE', `DELETE FROM posting WHERE journal_id = ${id}`)
	named(await broken())
	await it.sql('INSERT INTO posting (journal_id, line, owner, kind, shard, amount, after, place) SELECT journal_id, line, owner, kind, shard, amount, after, place FROM kept; DROP TABLE kept')

	await it.sql(`INSERT INTO journal (id, kind, org_id, booked_at) SELECT ${id} - 1, kind, org_id, booked_at FROM journal WHERE id = ${id};
		INSERT INTO posting (journal_id, line, owner, kind, shard, amount) VALUES (${id} - 1, 1, 2, 'clearing', 1, 0)`)
	named(await broken())
	await forced('posting', 'DELETE', `DELETE FROM posting WHERE journal_id = ${id} - 1`)
	await forced('journal', 'DELETE', `DELETE FROM journal WHERE id = ${id} - 1`)
	assert.equal((await audit('--full')).status, 0)
})

test('MON-1 MON-2 seals that were made anew are not those that were audited', async () => {
	const { seq } = await it.one('SELECT journal_seq AS seq FROM audit_point')
	await it.sql(`CREATE TABLE kept AS SELECT * FROM journal_seal WHERE seq = ${seq}`)
	await forced('journal_seal', 'DELETE', `DELETE FROM journal_seal WHERE seq = ${seq}`)
	const { status, stdout } = await audit()
	await it.sql('INSERT INTO journal_seal SELECT * FROM kept; DROP TABLE kept')
	assert.equal(status, 1)
	assert.match(stdout, new RegExp(`^journal_seal: the seal up to which the books were audited is another now: ${seq}$`, 'm'))
	await world.audit()
})

test('MON-2 balances can be proved while traffic runs, by two audits at once, short and full', async () => {
	const payments = []
	for (let i = 0; i < 40; i++) payments.push(await world.payable(1 + i % 4))
	let on = true, audits = 0
	const paying = (async () => { for (const p of payments) assert.equal((await callback.ask('hear', p.number, newTransaction(), PRICE)).said, 'applied'); on = false })()
	while (on) {
		for (const { status, stdout } of await Promise.all([audit(), audit('--full')])) assert.equal(status, 0, stdout)
		audits += 2
	}
	await paying
	assert.ok(audits > 0)
	await world.audit()
	assert.equal((await audit('--full')).status, 0)
})
