// What an organisation has and what moved it: balance and transactions.  MON-1, MON-3, MON-13, EXP-1, EXP-3.
import { readFileSync } from 'node:fs'
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { rowsRead } from '../lib/large.mjs'
import { PRICE, World } from '../lib/world.mjs'

timeout(90)
const it = await instance({ parts: 'buyer operator callback nginx', options: ['--workers', '1'] })
const world = await World.make(it, { buyers: 4 })
await it.sql("UPDATE category_policy SET channels = 'balance,wechat,b2b' WHERE category_code = 'saas'")
const [buyer, other, third, large] = await parallel(4, i => world.person(i))
const list = async (query = '', who = buyer) => (await who.json(`/console/billing/transactions?${query}`)).json
const amounts = async (query, who) => (await list(query, who)).items.map(t => [t.account, t.kind, t.amount])
const csv = async (query = '', who = buyer) => (await who.get(`/console/billing/transactions.csv?${query}`)).html

test('MON-3 the available balance is cash and gift, less arrears and what is frozen, and the page shows the sum', async () => {
	await world.fund(0, 500000)
	await world.fund(0, 30000, 'gift')
	await world.fund(0, 20000, 'frozen')
	await it.sql(`INSERT INTO journal (id, kind, org_id, booked_at) VALUES (700, 'order_pay', ${world.buyers[0]}, '2026-01-01');
		INSERT INTO posting (journal_id, line, owner, kind, shard, amount) VALUES (700, 1, ${world.buyers[0]}, 'arrears', 0, -1000), (700, 2, 7001, 'held', 0, 1000);
		INSERT INTO account (owner, kind, shard, balance) VALUES (${world.buyers[0]}, 'arrears', 0, -1000), (7001, 'held', 0, 1000)`)
	const json = (await buyer.json('/console/billing/balance')).json.balance
	assert.deepEqual([json.cash, json.gift, json.arrears, json.frozen, json.available], [520000, 30000, 1000, 20000, 529000])
	const { text } = await buyer.get('/console/billing/balance')
	const sum = '可用余额 ¥5,290.00 = 现金余额 ¥5,200.00 + 赠送金额 ¥300.00 − 欠费金额 ¥10.00 − 冻结金额 ¥200.00'
	assert.ok(text.replace(/\s+/g, ' ').includes(sum), text)
	assert.ok((await buyer.get('/console')).text.includes('¥5,290.00'))
})

test('MON-13 each movement has time, kind, account, amount and the numbers that it is about; cash and gift of one payment are two', async () => {
	const { number } = await world.order(0)
	const paid = await world.pay(0, [number], { channel: 'balance' })
	assert.equal(paid.rc, 'ok', paid.said)
	const rows = (await list('range=this_year')).items.slice(0, 2)
	assert.deepEqual(rows.map(t => [t.account, t.kind, t.amount, t.after, t.order, t.payment]).sort(),
		[['cash', 'order_pay', 30000 - PRICE, 530000 - PRICE, number, paid.number], ['gift', 'order_pay', -30000, 0, number, paid.number]])
	const { html } = await buyer.get('/console/billing/transactions')
	assert.ok(html.includes(`href="/console/orders/${number}"`) && html.includes(`href="/console/payments/${paid.number}"`))
	assert.ok(html.includes('-300.00'))
	for (const q of [number, paid.number]) assert.equal((await list(`q=${q}`)).items.length, 2, q)
	assert.equal((await list(`q=${number}`, other)).items.length, 0)
})

test('MON-13 filters by account, kind, in or out and time, together', async () => {
	const range = 'range=own&from=2025-12-01&to=2026-11-30'
	const org = world.buyers[1], id = (Date.UTC(2026, 0, 1) - Date.UTC(2020, 0, 1)) * 1000 * 8192
	const at = n => `${BigInt(id) + BigInt(n)}`
	await it.sql(`INSERT INTO journal (id, kind, org_id, number, booked_at) VALUES (${at(1)}, 'withdrawal_freeze', ${org}, 'W1', '2026-01-01'), (${at(2)}, 'topup', ${org}, NULL, '2026-01-01');
		INSERT INTO posting (journal_id, line, owner, kind, shard, amount) VALUES (${at(1)}, 1, ${org}, 'cash', 0, -700), (${at(1)}, 2, ${org}, 'frozen', 0, 700), (${at(2)}, 1, 2, 'clearing', 0, -700), (${at(2)}, 2, ${org}, 'cash', 0, 700);
		INSERT INTO account (owner, kind, shard, balance) VALUES (${org}, 'frozen', 0, 700), (2, 'clearing', 0, -700) ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance)`)
	await world.asked(org, 700)
	const topup = ['cash', 'topup', 700], out = ['cash', 'withdrawal_freeze', -700], frozen = ['frozen', 'withdrawal_freeze', 700]
	assert.deepEqual(await amounts(range, other), [topup, frozen, out])
	assert.deepEqual(await amounts(`${range}&flow=in`, other), [topup, frozen])
	assert.deepEqual(await amounts(`${range}&flow=out`, other), [out])
	assert.deepEqual(await amounts(`${range}&account=cash`, other), [topup, out])
	assert.deepEqual(await amounts(`${range}&account=cash&flow=in`, other), [topup])
	assert.deepEqual(await amounts(`${range}&kind=withdrawal_freeze&flow=in`, other), [frozen])
	assert.deepEqual(await amounts('range=own&from=2026-01-02&to=2026-11-30', other), [])
	assert.deepEqual(await amounts('range=own&from=2025-12-01&to=2025-12-31', other), [])
	assert.deepEqual(await amounts('q=W1', other), [frozen, out])
	assert.equal((await list('q=W1', other)).items[0].number, 'W1')
	await world.audit()
})

test('MON-13 IFC-2 pages lead on without a row lost or shown twice, also between the lines of one entry', async () => {
	for (const query of ['range=this_year', 'flow=in&range=this_year', 'kind=order_pay&range=this_year', 'account=cash&range=this_year']) {
		const all = (await list(`${query}&limit=100`)).items, seen = []
		for (let after = ''; after !== null;) {
			const page = await list(`${query}&limit=1&after=${after}`)
			seen.push(...page.items)
			after = page.next
		}
		assert.deepEqual(seen, all, query)
	}
})

test('MON-13 a filter that cannot be is told, and refused to programs', async () => {
	for (const [query, text] of [['range=own&from=2026-03-01&to=2026-02-01', '结束日期不能早于起始日期'], ['q=a%27', '单号由数字和大写字母组成'], ['account=gold', '选']]) {
		const page = await buyer.get(`/console/billing/transactions?${query}`)
		assert.equal(page.status, 422, query)
		assert.ok(page.text.includes(text), query)
		assert.equal((await buyer.json(`/console/billing/transactions?${query}`)).status, 422)
	}
	assert.equal((await buyer.json('/console/billing/transactions?after=zz')).status, 400)
})

test('EXP-1 EXP-3 the file has what the filter shows: a mark of UTF-8, a head, numbers as text, amounts without grouping', async () => {
	const all = (await list('range=this_year&limit=100')).items, lines = (await csv('range=this_year')).split('\r\n')
	assert.equal(lines[0], '\ufeff时间,类型,账户,金额（元）,账户余额（元）,订单号,支付单号,支付方式,退款、提现等单号')
	assert.equal(lines.length, all.length + 2)
	assert.match(lines[1], /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,订单支付,(现金余额|赠送金),-\d+\.\d\d,\d+\.\d\d,\d{20}\t,P\d+\t,余额支付,$/)
	assert.equal((await csv('range=this_year&flow=in&account=cash')).trim().split('\r\n').length, 1 + all.filter(t => t.account === 'cash' && t.amount > 0).length)
	assert.equal((await buyer.get('/console/billing/transactions.csv?range=own&from=2026-03-01&to=2026-02-01')).status, 422)
})

test('ACC-2 ACC-3 any member reads; nobody of another organisation, no provider and no visitor does', async () => {
	assert.equal((await list('range=this_year', third)).items.length, 0)
	const provider = await it.client().signIn('provider@demo.test')
	assert.equal((await provider.get('/console/billing/transactions')).status, 403)
	assert.equal((await it.client().get('/console/billing/balance')).status, 303)
})

test('ACC-15 a frozen organisation still reads its balance and its transactions', async () => {
	await it.sql(`UPDATE org SET freeze_kind = 'arrears' WHERE id = ${world.buyers[0]}`)
	assert.equal((await buyer.get('/console/billing/balance')).status, 200)
	assert.ok((await list('range=this_year')).items.length > 2)
	await it.sql(`UPDATE org SET freeze_kind = NULL WHERE id = ${world.buyers[0]}`)
})

/** Movements from … to - 1 of an organisation over the last 150 days: nine in ten are payments. */
async function addMovements(org, from, to, all) {
	const id = `((UNIX_TIMESTAMP(@now - INTERVAL 150 DAY + INTERVAL FLOOR(seq / ${all} * 150 * 86400) SECOND) - 1577836800) * 1000000 + seq) * 8192`
	await it.sql(`
		SET @now = UTC_TIMESTAMP();
		INSERT INTO journal (id, kind, org_id, booked_at) SELECT ${id}, IF(seq % 10, 'order_pay', 'topup'), ${org}, '2026-06-01' FROM seq_${from}_to_${to - 1};
		INSERT INTO posting (journal_id, line, owner, kind, shard, amount) SELECT ${id}, 1, ${org}, 'cash', 0, IF(seq % 10, -1, 9) FROM seq_${from}_to_${to - 1};
		ANALYZE TABLE journal, posting`)
}

test('MON-13 a page and each of its filters read no more rows of 30 000 movements than of 1 000; a long file takes bounded memory', async t => {
	const org = world.buyers[3], queries = ['', 'flow=in', 'flow=out', 'kind=topup', 'account=cash', 'account=gift']
	const cost = async () => {
		const rows = []
		for (const q of queries) {
			await list(q, large)
			rows.push(await rowsRead(it, () => list(q, large)))
		}
		return rows
	}
	await addMovements(org, 0, 1000, 30000)
	const few = await cost()
	await addMovements(org, 1000, 30000, 30000)
	const many = await cost()
	t.note(`rows of 1 000: ${few}; of 30 000: ${many}`)
	queries.forEach((q, i) => assert.ok(many[i] <= few[i] * 1.3 + 40, q))
	const [worker] = await it.workers('buyer'), memory = () => +readFileSync(`/proc/${worker}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1]
	const before = memory(), lines = (await csv('', large)).trim().split('\r\n').length, after = memory()
	assert.equal(lines, 30001)
	assert.ok(after - before < 8192, `${after - before} KiB more`)
})
