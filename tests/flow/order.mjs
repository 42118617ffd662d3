// Orders as their buyer sees them: list, filters, paging, the order page, cancelling.
import { assert, fill, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const buyer = await it.client().signIn('buyer@demo.test')
const other = await it.client().signIn('buyer2@demo.test')
const { org } = await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")
const list = async query => (await buyer.json(`/console/orders?${query}`)).json
const count = async where => +(await it.one(`SELECT COUNT(*) AS n FROM orders WHERE buyer_id = ${org} AND ${where}`)).n
const halfYear = 'created_at >= DATE_SUB(CURDATE(), INTERVAL 6 MONTH)'

async function everything(query, limit) {
	const items = []
	for (let after = ''; after !== null; ) {
		const page = await list(`${query}&limit=${limit}&after=${after}`)
		items.push(...page.items)
		after = page.next
	}
	return items
}

test('ORD-17 IFC-2 all orders of six months, page by page, the newest first, each once', async () => {
	const items = await everything('', 9)
	assert.equal(items.length, await count(halfYear))
	assert.equal(new Set(items.map(o => o.number)).size, items.length)
	for (let i = 1; i < items.length; i++) assert.ok(items[i - 1].created_at >= items[i].created_at)
})

test('ORD-17 tabs show the kept counts and only orders of their state', async () => {
	const page = await buyer.get('/console/orders')
	for (const state of ['to_pay', 'processing', 'completed', 'cancelled']) {
		const { items } = await list(`state=${state}&limit=100`)
		assert.ok(items.length > 0 && items.every(o => o.state === state), state)
		const tab = page.html.match(new RegExp(`<a href="/console/orders\\?state=${state}"[^>]*>[^<]*<span class="count">(\\d+)</span>`))
		assert.equal(+tab[1], await count(`state = '${state}'`), state)
	}
	assert.match((await buyer.get('/console/orders?state=to_pay')).html, /<a href="\/console\/orders\?state=to_pay" aria-current="page">/)
})

test('ORD-17 search by the beginning of a number and by a part of the name', async () => {
	const [first] = (await list('')).items
	assert.deepEqual((await list(`q=${first.number}`)).items.map(o => o.number), [first.number])
	assert.ok((await list(`q=${first.number.slice(0, 8)}`)).items.some(o => o.number === first.number))
	const named = await list(`q=${encodeURIComponent(first.product_name.slice(1, 3))}`)
	assert.ok(named.items.length && named.items.every(o => o.product_name.includes(first.product_name.slice(1, 3))))
	for (const q of ['%25', '_', '\\', "'", '%25%25']) assert.deepEqual((await list(`q=${q}`)).items, [], q)
})

test('ORD-17 ranges of time: this year, last year, own dates of a year at most', async () => {
	const year = new Date(Date.now() + 8 * 3600e3).getUTCFullYear()
	assert.ok((await everything('range=this_year', 100)).every(o => new Date(Date.parse(o.created_at) + 8 * 3600e3).getUTCFullYear() === year))
	assert.ok((await everything('range=last_year', 100)).every(o => new Date(Date.parse(o.created_at) + 8 * 3600e3).getUTCFullYear() === year - 1))
	const day = (await list('')).items[0].created_at
	const local = new Date(Date.parse(day) + 8 * 3600e3).toISOString().slice(0, 10)
	const own = await list(`range=own&from=${local}&to=${local}`)
	assert.ok(own.items.length && own.items.every(o => new Date(Date.parse(o.created_at) + 8 * 3600e3).toISOString().startsWith(local)))
	for (const range of ['from=2024-01-01&to=2026-01-01', 'from=2026-06-01&to=2026-05-01']) {
		const page = await buyer.get(`/console/orders?${range}`)
		assert.equal(page.status, 422, range)
		assert.ok(page.text.includes('时间范围最多一年'))
		assert.equal((await buyer.json(`/console/orders?${range}`)).status, 422)
	}
})

test('ORD-17 filters by category, term, kind; a whole number, resource or creator id finds its orders alone', async () => {
	const all = await everything('range=own', 100), { person } = await it.one("SELECT id AS person FROM person WHERE email = 'buyer@demo.test'")
	const rows = await it.sql(`SELECT number, kind, category_code AS category, creator_id AS creator, billing_mode AS mode FROM orders WHERE buyer_id = ${org} AND number IN (${all.map(o => `'${o.number}'`)})`)
	const same = async (query, keep) => {
		const expected = rows.filter(keep).map(r => r.number)
		assert.ok(expected.length, `${query}: nothing is expected`)
		assert.deepEqual((await everything(query, 100)).map(o => o.number).sort(), expected.sort(), query)
	}
	assert.equal(rows.length, all.length)
	const categories = new Set(rows.map(r => r.category))
	assert.ok(categories.size > 1)
	for (const category of categories) await same(`category=${category}`, r => r.category === category)
	assert.deepEqual((await list('category=none-such')).items, [])
	for (const kind of new Set(rows.map(r => r.kind))) await same(`kind=${kind}`, r => r.kind === kind)
	await same('term=prepaid', r => r.mode !== 'pay_per_use')
	await it.sql(`UPDATE orders SET billing_mode = 'pay_per_use' WHERE number = '${rows[0].number}'`)
	await same('term=postpaid', r => r.number === rows[0].number || r.mode === 'pay_per_use')
	await it.sql(`UPDATE orders SET billing_mode = '${rows[0].mode}' WHERE number = '${rows[0].number}'`)
	await same(`q=${rows[1].number}`, r => r.number === rows[1].number)
	await same(`q=${person}`, r => r.creator === person)
	const { id, number } = await it.one(`SELECT id, order_number AS number FROM resource WHERE buyer_id = ${org} AND order_number IN (${rows.map(r => `'${r.number}'`)}) LIMIT 1`)
	await same(`q=${id}`, r => r.number === number)
	assert.deepEqual((await list(`q=${id.slice(0, -1)}`)).items, [], 'an id is whole')
	assert.deepEqual((await other.json(`/console/orders?q=${id}`)).json.items, [])
	for (const [range, status] of [['from=2025-01-01&to=2026-01-02', 200], ['from=2025-01-01&to=2026-01-03', 422]]) assert.equal((await buyer.json(`/console/orders?${range}`)).status, status, range)
})

test('IFC-4 filters that cannot be are refused with their fields', async () => {
	for (const query of ['state=paid', 'kind=x', 'range=ever', 'from=2026-02-30', 'to=x', 'q=%ff', 'q=a%00', `q=${'x'.repeat(81)}`, 'state=to_pay&state=completed', 'limit=0']) {
		const json = await buyer.json(`/console/orders?${query}`)
		assert.equal(json.status, 422, query)
		assert.ok(query.startsWith(json.json.errors[0].field), query)
		assert.equal((await buyer.get(`/console/orders?${query}`)).status, 422, query)
	}
	for (const after of ['x', '1', 'ffff', '%00', "' OR 1"]) assert.equal((await buyer.json(`/console/orders?after=${encodeURIComponent(after)}`)).status, 400, after)
})

test('ACC-3 a cursor or number of another organisation shows nothing of it', async () => {
	const mine = await list(''), number = mine.items[0].number
	const theirs = (await other.json(`/console/orders?after=${mine.next}`)).json
	assert.ok(theirs.items.every(o => !mine.items.some(m => m.number === o.number)))
	assert.deepEqual((await other.json(`/console/orders?q=${number}`)).json.items, [])
	for (const path of ['', '/cancel', '/pay']) assert.equal((await other.get(`/console/orders/${number}${path}`)).status, 404, path)
	for (const bad of ['0', 'x', '%27', '..%2f..', '%00', 'x'.repeat(300)])
		assert.ok([400, 404].includes((await buyer.get(`/console/orders/${bad}`)).status), bad)
})

test('ORD-17 an empty list names the next step', async () => {
	const page = await buyer.get('/console/orders?q=zzzz')
	assert.ok(page.text.includes('没有符合条件的内容'))
	assert.ok(page.html.includes('href="/console/orders">清空筛选'))
})

test('ORD-18 the order page shows numbers, people, times, amounts line by line, resources, payments and history', async () => {
	const { items } = await list('state=completed&kind=purchase')
	const order = (await buyer.json(`/console/orders/${items[0].number}`)).json
	const page = await buyer.get(`/console/orders/${order.number}`)
	assert.equal(order.price.reduce((sum, l) => sum + l.amount, 0), order.payable)
	assert.equal(order.payments.filter(p => p.state === 'succeeded').reduce((sum, p) => sum + p.amount, 0), order.paid)
	assert.equal(order.paid, order.payable)
	for (const text of [order.number, order.creator_name, order.payer_name, order.product_name, order.plan_name, order.provider_name, order.lines[0].resource_name, order.payments[0].number])
		assert.ok(page.text.includes(text), text)
	assert.ok(page.html.includes(`href="/console/resources/${order.lines[0].resource}"`))
	assert.deepEqual(order.history.map(h => h.to).slice(0, 3), ['to_pay', 'processing', 'completed'])
	assert.match(page.html, /<nav class="crumbs"[^>]*>.*我的订单/s)
	assert.match(page.html, /<a href="\/console\/orders" aria-current="page">/)
})

test('ORD-18 IFC-1 the order as JSON: amounts in fen, lines, payments and history agree with the store', async () => {
	const { number } = (await list('state=completed&kind=purchase')).items[0], order = (await buyer.json(`/console/orders/${number}`)).json
	const row = await it.one(`SELECT id, list_total, payable, paid, quantity FROM orders WHERE number = '${number}'`)
	for (const name of ['list_total', 'payable', 'paid', 'quantity']) assert.equal(order[name], +row[name], name)
	assert.ok([order.list_total, order.payable, order.paid].every(Number.isInteger))
	assert.ok(order.payable <= order.list_total)
	const lines = await it.sql(`SELECT line, amount, resource_id AS resource FROM order_line WHERE order_id = ${row.id} ORDER BY line`)
	assert.deepEqual(order.lines.map(l => [l.line, l.amount, l.resource]), lines.map(l => [+l.line, +l.amount, l.resource]))
	assert.equal(order.lines.reduce((sum, l) => sum + l.amount, 0), order.payable)
	assert.ok(order.lines.every(l => l.state === 'delivered' && (!l.end_at || l.begin_at < l.end_at)))
	const payments = await it.sql(`SELECT p.number, p.channel, p.state, p.amount FROM payment p JOIN payment_order x ON x.payment_id = p.id WHERE x.order_id = ${row.id}`)
	assert.deepEqual(order.payments.map(p => [p.number, p.channel, p.state, p.amount]).sort(), payments.map(p => [p.number, p.channel, p.state, +p.amount]).sort())
	const log = await it.sql(`SELECT event, from_state, to_state, actor_name FROM audit_log WHERE object_id = ${row.id} ORDER BY id`)
	assert.deepEqual(order.history.map(h => [h.event, h.from, h.to, h.who]), log.map(l => [l.event, l.from_state, l.to_state, l.actor_name]))
	assert.ok(order.history.every((h, i) => !i || order.history[i - 1].at <= h.at))
	assert.match(order.history[0].at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
})

test('ORD-2 ORD-6 buttons are what the state allows', async () => {
	const offered = async state => (await list(`state=${state}`)).items[0].actions.map(a => a.name)
	assert.deepEqual(await offered('to_pay'), ['pay', 'cancel', 'show'])
	assert.deepEqual(await offered('processing'), ['show'])
	assert.deepEqual(await offered('completed'), ['show', 'delete'])
	assert.deepEqual(await offered('cancelled'), ['show', 'delete'])
	assert.deepEqual(await offered('in_review'), ['cancel', 'show'])
})

test('ORD-6 cancelling asks first, then is done once; counts follow', async () => {
	const { number } = (await list('state=to_pay')).items[0], address = `/console/orders/${number}`
	const before = await count("state = 'to_pay'")
	const ask = await buyer.get(`${address}/cancel`)
	assert.ok(ask.text.includes('取消后订单不能恢复'))
	const form = Object.fromEntries(fill(ask.form(`${address}/cancel`), { why: '测试 <b>取消</b>' }))
	assert.equal((await buyer.post(`${address}/cancel`, { ...form, why: 'x'.repeat(201) })).status, 422)
	const done = await buyer.post(`${address}/cancel`, form)
	assert.equal(done.status, 303)
	assert.equal(done.location, address)
	const page = await buyer.get(address)
	assert.ok(page.html.includes('测试 &lt;b&gt;取消&lt;/b&gt;'))
	assert.equal(await count("state = 'to_pay'"), before - 1)
	assert.equal((await buyer.get(`${address}/cancel`)).status, 409)
	const tab = (await buyer.get('/console/orders')).html.match(/state=to_pay"[^>]*>[^<]*<span class="count">(\d+)/)
	assert.equal(+tab[1], before - 1)
})

test('IFC-1 the overview shows what waits, with links to it', async () => {
	const page = await buyer.get('/console'), { stats, orders } = (await buyer.json('/console')).json
	assert.equal(stats.find(s => s.name === 'to_pay').value, await count("state = 'to_pay'"))
	assert.equal(orders.length, 5)
	assert.match(page.html, /<a href="\/console" aria-current="page">/)
	assert.ok(page.html.includes('href="/console/orders/to-pay"'))
})
