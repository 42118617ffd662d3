// Who may do what to which table, and what `yunshi audit` finds when the books or the states were tampered with: MON-1, MON-2, ACC-14, S-11.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, program, test, timeout } from '../lib/harness.mjs'
import { Actor, PLAN, PRICE, World, newTransaction } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer sandbox nginx' })
const world = await World.make(it, { stock: 100 })

/* -- grants ----------------------------------------------------------------------------------------------------------- */

const lines = readFileSync(path.join(it.is.data, 'grant/grants.txt'), 'utf8').split('\n').filter(l => l && !l.startsWith('#')).map(l => l.split(/\s+/))
const DENIED = 1142
const pools = ['buyer', 'provider', 'operator', 'callback', 'jobs']

/** Runs statements, one a line, as the account of a pool: the number of the error of each, 0 when there was none. */
async function errorsOf(pool, statements) {
	const password = readFileSync(path.join(it.folder, 'secret', pool), 'utf8')
	const { stderr } = await program('mariadb', ['--no-defaults', `--socket=${it.is.database_socket}`, `--user=yunshi_${pool}`, `--password=${password}`, '--force', '--batch', it.is.database_name],
		{ input: statements.join(';\n') + ';\n' })
	const errors = statements.map(() => 0)
	for (const [, number, line] of stderr.matchAll(/^ERROR (\d+) \(\w+\) at line (\d+)/gm)) errors[line - 1] = +number
	return errors
}

test('S-11 each table of the schema stands in grants.txt, and each line of it is a table', async () => {
	const tables = (await it.sql('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1')).map(r => r.name)
	assert.deepEqual(lines.map(l => l[0]).sort(), tables.sort())
})

test('S-11 ACC-3 each pool\'s account can do what grants.txt gives it, and nothing else', async () => {
	const columns = Object.fromEntries((await it.sql("SELECT table_name AS t, MIN(column_name) AS c FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name NOT IN ('id') GROUP BY 1")).map(r => [r.t, r.c]))
	const statements = table => [`SELECT 1 FROM ${table} LIMIT 0`, `INSERT INTO ${table} (${columns[table]}) SELECT NULL FROM DUAL WHERE FALSE`,
		`UPDATE ${table} SET ${columns[table]} = NULL WHERE FALSE`, `DELETE FROM ${table} WHERE FALSE`]
	for (const [i, pool] of pools.entries()) {
		const errors = await errorsOf(pool, lines.flatMap(([table]) => statements(table)))
		for (const [k, line] of lines.entries()) {
			const may = [...'SIUD'].filter((_, n) => errors[4 * k + n] !== DENIED).join('') || '-'
			assert.equal(may, line[i + 1], `${pool} on ${line[0]}`)
		}
	}
})

test('S-11 MON-1 ACC-14 what is written once can be changed by no account, long texts and secrets are not for those who take notifications', async () => {
	for (const pool of pools)
		assert.deepEqual(await errorsOf(pool, ['journal', 'posting', 'audit_log', 'audit_seal', 'notice'].flatMap(t => [`UPDATE ${t} SET ${t === 'notice' ? 'amount' : t === 'posting' ? 'amount' : t === 'journal' ? 'org_id' : t === 'audit_log' ? 'why' : 'seq'} = 1`, `DELETE FROM ${t}`])),
			Array(10).fill(DENIED), pool)
	assert.deepEqual(await errorsOf('callback', ['product_text', 'person', 'session', 'resource_field', 'member'].map(t => `SELECT * FROM ${t}`)), Array(5).fill(DENIED))
	for (const pool of pools) {
		const errors = await errorsOf(pool, ['CREATE TABLE x (a INT)', 'DROP TABLE orders', 'ALTER TABLE orders ADD x INT', 'TRUNCATE orders', 'CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET @a = 1',
			'DROP TRIGGER journal_keeps', 'SELECT * FROM mysql.global_priv', "SELECT 1 INTO OUTFILE '/tmp/yunshi-x'", 'SET GLOBAL read_only = 1', 'GRANT SELECT ON orders TO CURRENT_USER'])
		assert.ok(errors.every(e => e > 0), `${pool}: ${errors}`)
	}
})

test('S-11 an account that was given more loses it at the next migration', async () => {
	await it.sql("GRANT DELETE ON posting TO 'yunshi_buyer'@'%'; GRANT SELECT ON product_text TO 'yunshi_callback'@'%'; GRANT DROP ON yunshi.* TO 'yunshi_jobs'@'%'")
	const { stdout } = await it.tryYunshi('migrate')
	assert.match(stdout, /taken from yunshi_buyer: DELETE on posting/)
	assert.match(stdout, /taken from yunshi_callback: SELECT on product_text/)
	assert.match(stdout, /taken from yunshi_jobs: DROP on \*/)
	assert.deepEqual(await errorsOf('buyer', ['DELETE FROM posting WHERE FALSE']), [DENIED])
	assert.equal((await it.tryYunshi('migrate')).stdout, '')
})

const WECHAT = 2	// the number of the channel: owner of its clearing account

/* -- audit ------------------------------------------------------------------------------------------------------------ */

const paid = await world.payable(0), open = await world.payable(1), callback = new Actor(it, 'callback')
assert.equal((await callback.ask('hear', paid.number, newTransaction(), PRICE)).said, 'applied')
await it.yunshi('jobs', '--only', 'audit_seal', '--once')
const { id: resource } = await it.one(`SELECT resource_id AS id FROM order_line WHERE order_id = ${paid.order.id}`)
const { id: entry } = await it.one(`SELECT id FROM audit_log WHERE object_id = ${paid.order.id} ORDER BY id LIMIT 1`)
const { id: journal } = await it.one(`SELECT id FROM journal WHERE order_id = ${paid.order.id}`)

/** Does it, expects that the audit finds this (check: words), undoes it. */
async function found(what, undo, ...breaches) {
	await it.sql(what)
	try {
		const { status, stdout } = await it.tryYunshi('audit')
		assert.equal(status, 1, what)
		for (const [check, words] of breaches)
			assert.ok(stdout.split('\n').some(l => l.startsWith(`${check}: `) && [].concat(words).every(w => l.includes(w))), `${check} ${words} in\n${stdout}`)
		assert.match(stdout, /\n\d+ checks, [1-9]\d* breaches\n$/)
	} finally { await it.sql(undo) }
}
/** The trigger of a table out of the way for one statement. */
const without = (trigger, event, table, statement) => `DROP TRIGGER ${trigger}; ${statement};
	CREATE TRIGGER ${trigger} BEFORE ${event} ON ${table} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} is never changed'`
const changed = (table, statement) => without(`${table}_keeps`, 'UPDATE', table, statement)
const deleted = (table, statement) => without(`${table}_stays`, 'DELETE', table, statement)

test('MON-2 whole books: exit status 0 and no breach', async () => {
	const { status, stdout } = await it.tryYunshi('audit')
	assert.equal(status, 0, stdout)
	assert.match(stdout, /^everything from the beginning\nbooks not sealed\n\d+ checks, 0 breaches\n$/)
})

test('MON-2 a balance that was changed is named with its owner, and so is the sum', async () => {
	const account = `owner = ${WECHAT} AND kind = 'clearing' ORDER BY shard LIMIT 1`
	await found(`UPDATE account SET balance = balance + 1 WHERE ${account}`, `UPDATE account SET balance = balance - 1 WHERE ${account}`, ['sum', 'all balances'], ['balance', `balance of ${WECHAT} clearing`])
})

test('MON-2 money moved between two accounts is named though the sum is right', async () => {
	const [a, b] = [`owner = 7001 AND kind = 'held'`, `owner = ${WECHAT} AND kind = 'clearing'`]
	await found(`UPDATE account SET balance = balance + 5 WHERE ${a} LIMIT 1; UPDATE account SET balance = balance - 5 WHERE ${b} LIMIT 1`,
		`UPDATE account SET balance = balance - 5 WHERE ${a} LIMIT 1; UPDATE account SET balance = balance + 5 WHERE ${b} LIMIT 1`, ['balance', 'balance of 7001 held'], ['balance', `balance of ${WECHAT} clearing`])
})

test('MON-1 MON-2 books and audit log refuse to be changed or deleted, whoever asks', async () => {
	for (const table of ['journal', 'posting', 'audit_log', 'audit_seal']) {
		const column = { journal: 'org_id', posting: 'amount', audit_log: 'org_id', audit_seal: 'entry_id' }[table]
		await assert.rejects(it.sql(`UPDATE ${table} SET ${column} = ${column} + 1 LIMIT 1`), /never changed/, table)
		await assert.rejects(it.sql(`DELETE FROM ${table} LIMIT 1`), /never (changed|deleted)/, table)
	}
	await assert.rejects(it.sql(`INSERT INTO account (owner, kind, shard, balance) VALUES (8001, 'frozen', 0, -1)`), /never_negative|CONSTRAINT/)
})

test('MON-2 with the trigger gone a changed posting is named with its journal', async () => {
	const where = `journal_id = ${journal} AND line = 1`
	await found(changed('posting', `UPDATE posting SET amount = amount + 1 WHERE ${where}`), changed('posting', `UPDATE posting SET amount = amount - 1 WHERE ${where}`), ['journal', `journal ${journal}`])
})

test('MON-2 with the trigger gone a deleted journal entry is named', async () => {
	await it.sql(`CREATE TABLE kept AS SELECT * FROM journal WHERE id = ${journal}`)
	await found(deleted('journal', `DELETE FROM journal WHERE id = ${journal}`), `INSERT INTO journal SELECT * FROM kept; DROP TABLE kept`, ['orphan', `posting without journal ${journal}`])
})

test('ACC-14 with the trigger gone a changed entry of the audit log breaks the chain', async () => {
	const { why, seq } = await it.one(`SELECT a.why, s.seq FROM audit_log a JOIN audit_seal s ON s.entry_id = a.id WHERE a.id = ${entry}`)
	await found(changed('audit_log', `UPDATE audit_log SET why = 'nothing to see' WHERE id = ${entry}`), changed('audit_log', `UPDATE audit_log SET why = '${why}' WHERE id = ${entry}`), ['seal', ['breaks at', seq]])
	await found(changed('audit_log', `UPDATE audit_log SET actor_id = actor_id + 1 WHERE id = ${entry}`), changed('audit_log', `UPDATE audit_log SET actor_id = actor_id - 1 WHERE id = ${entry}`), ['seal', seq])
})

test('ACC-14 with the trigger gone an entry that was taken out is named, also the last one', async () => {
	const { id: last } = await it.one('SELECT entry_id AS id FROM audit_seal ORDER BY seq DESC LIMIT 1')
	for (const id of [entry, last]) {
		await it.sql(`CREATE TABLE kept AS SELECT * FROM audit_log WHERE id = ${id}`)
		await found(deleted('audit_log', `DELETE FROM audit_log WHERE id = ${id}`), 'INSERT INTO audit_log SELECT * FROM kept; DROP TABLE kept', ['torn', id])
	}
})

test('ACC-14 an entry slipped in later has no seal', async () => {
	await found(`INSERT INTO audit_log SELECT id - 1, object_kind, object_id, org_id, event, from_state, to_state, why, details, actor_id, actor_org, actor_name, address, request_id FROM audit_log WHERE id = (SELECT MIN(id) FROM audit_log)`,
		deleted('audit_log', 'DELETE FROM audit_log ORDER BY id LIMIT 1'), ['unsealed', 'without a seal'])
})

test('MON-2 orders, payments and what they paid for that do not fit together are named', async () => {
	const { number } = paid.order
	await found(`UPDATE orders SET paid = paid - 1 WHERE number = '${number}'`, `UPDATE orders SET paid = paid + 1 WHERE number = '${number}'`, ['paid', number], ['payment', number])
	await found(`UPDATE orders SET paid = 1 WHERE id = ${open.order.id}`, `UPDATE orders SET paid = 0 WHERE id = ${open.order.id}`, ['unpaid', open.order.number])
	await found(`UPDATE payment SET state = 'succeeded' WHERE id = ${open.id}`, `UPDATE payment SET state = 'waiting' WHERE id = ${open.id}`, ['notice', open.number], ['booked', open.number])
	await found(`UPDATE payment SET state = 'failed' WHERE id = ${paid.id}`, `UPDATE payment SET state = 'succeeded' WHERE id = ${paid.id}`, ['booked', paid.number], ['payment', number])
	await found(`UPDATE payment SET amount = amount + 1 WHERE id = ${open.id}`, `UPDATE payment SET amount = amount - 1 WHERE id = ${open.id}`, ['payment_sum', open.number])
	await found(`UPDATE orders SET state = 'completed' WHERE number = '${number}'`, `UPDATE orders SET state = 'processing' WHERE number = '${number}'`, ['line', number], ['counter', '8001'])
	await found(`UPDATE order_line SET state = 'failed' WHERE order_id = ${paid.order.id}`, `UPDATE order_line SET state = 'waiting' WHERE order_id = ${paid.order.id}`, ['refund', number])
})

test('MON-2 kept counts, resources, effects under way and stocks that are not true are named', async () => {
	await found('UPDATE org_counter SET to_pay = to_pay + 1 WHERE org_id = 8001', 'UPDATE org_counter SET to_pay = to_pay - 1 WHERE org_id = 8001', ['counter', '8001'])
	await found('UPDATE org_counter SET resources = resources + 1 WHERE org_id = 8001', 'UPDATE org_counter SET resources = resources - 1 WHERE org_id = 8001', ['resource_counter', '8001'])
	await found(`UPDATE outbox SET state = 'done' WHERE subject = ${resource}`, `UPDATE outbox SET state = 'waiting' WHERE subject = ${resource}`, ['outbox', resource])
	await found(`UPDATE order_line SET resource_id = 1 WHERE order_id = ${paid.order.id}`, `UPDATE order_line SET resource_id = ${resource} WHERE order_id = ${paid.order.id}`, ['resource', paid.order.number])
	await found(`UPDATE product SET deals = deals + 7 WHERE slug = 'world'`, `UPDATE product SET deals = deals - 7 WHERE slug = 'world'`, ['listed', 'world'])
	await found(`UPDATE term_count SET n = n + 7 WHERE term = '*deals'`, `UPDATE term_count SET n = n - 7 WHERE term = '*deals'`, ['term_count', '*deals'])
	await found(`UPDATE plan SET stock = -1 WHERE id = ${PLAN}`, `UPDATE plan SET stock = 98 WHERE id = ${PLAN}`, ['stock', String(PLAN)])
})

test('MON-2 a refund above what was paid, and one that nothing was booked for, are named', async () => {
	await it.sql(`UPDATE product SET webhook_url = '${it.sandboxUrl}/provider/world/nowhere' WHERE id = 7101`)
	await it.sql("UPDATE outbox SET next_at = IF(subject = " + resource + ", UTC_TIMESTAMP(6), '2099-01-01') WHERE state = 'waiting'")
	await it.yunshi('jobs', '--only', 'outbox', '--once')
	const { number } = await it.one("SELECT number FROM orders WHERE kind = 'unsubscribe' AND buyer_id = 8001")
	await world.audit()
	await found(`UPDATE orders SET payable = payable + 1, paid = paid + 1 WHERE number = '${number}'`, `UPDATE orders SET payable = payable - 1, paid = paid - 1 WHERE number = '${number}'`, ['unsubscribed', number])
	await found(`UPDATE orders SET paid = paid - 1 WHERE number = '${paid.order.number}'`, `UPDATE orders SET paid = paid + 1 WHERE number = '${paid.order.number}'`, ['refund', paid.order.number])
})

test('MON-2 the audit looks at one moment also while payments are booked', async () => {
	const payments = []
	for (let i = 0; i < 40; i++) payments.push(await world.payable(i % 4))
	let on = true
	const paying = (async () => { for (const p of payments) assert.equal((await callback.ask('hear', p.number, newTransaction(), PRICE)).said, 'applied'); on = false })()
	let audits = 0
	while (on) { await world.audit(); audits++ }
	await paying
	assert.ok(audits > 0)
	await world.audit()
})

test('MON-2 undone, everything holds again; without a store the audit fails', async () => {
	await world.audit()
	it.kill('store')
	assert.equal((await it.tryYunshi('audit')).status, 1)
})
