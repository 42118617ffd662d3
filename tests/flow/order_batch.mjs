// Several orders at once: cancelled, deleted from the list and brought back; confirmed and declined.
import { assert, fill, instance, parallel, program, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const buyer = await it.client().signIn('buyer@demo.test')
const other = await it.client().signIn('buyer2@demo.test')
const { org } = await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")
const numbers = async (where, limit = 50) => (await it.sql(`SELECT number FROM orders WHERE buyer_id = ${org} AND NOT hidden AND ${where} ORDER BY id DESC LIMIT ${limit}`)).map(r => r.number)
const query = list => list.map(n => `orders=${n}`).join('&')
const stateOf = async number => (await it.one(`SELECT state FROM orders WHERE number = '${number}'`)).state
const kept = async state => +(await it.one(`SELECT ${state} AS n FROM org_counter WHERE org_id = ${org}`)).n
const audit = async () => assert.doesNotMatch((await it.tryYunshi('audit')).stdout, /^counter/m)

/** The form of the page that asks, as it would be sent. */
async function form(what, list) {
	const page = await buyer.get(`/console/orders/${what}?${query(list)}`)
	assert.equal(page.status, 200)
	return { page, fields: fill(page.form(`/console/orders/${what}`), {}) }
}

/** More orders to pay than the demo has: copies of one. */
async function more(n, state = 'to_pay') {
	await it.sql(`SET @o = (SELECT MAX(id) FROM orders WHERE buyer_id = ${org} AND state = 'to_pay');
		SET @k = (SELECT COUNT(*) FROM orders WHERE number LIKE '7700%');
		INSERT INTO orders (buyer_id, id, number, kind, state, billing_mode, category_code, product_id, plan_id, provider_id, product_name, plan_name, provider_name, unit, quantity, duration,
			duration_unit, list_total, payable, creator_id, payer_org_id, created_at, deadline_at)
		SELECT buyer_id, id + @k + seq, CONCAT('7700', LPAD(@k + seq, 9, '0')), kind, '${state}', billing_mode, category_code, product_id, plan_id, provider_id, product_name, plan_name, provider_name,
			unit, quantity, duration, duration_unit, list_total, payable, creator_id, payer_org_id, created_at, NOW() + INTERVAL 2 DAY FROM orders, seq_1_to_${n} WHERE id = @o;
		INSERT INTO order_sold (order_id, policy_version, product_agreement, platform_agreement, plan, price, contact, memo, creator_name)
		SELECT order_id + @k + seq, policy_version, 1, 1, plan, price, '', '', creator_name FROM order_sold, seq_1_to_${n} WHERE order_id = @o;
		UPDATE org_counter SET ${state} = ${state} + ${n} WHERE org_id = ${org}`)
	return (await it.sql(`SELECT number FROM orders WHERE number LIKE '7700%' ORDER BY id DESC LIMIT ${n}`)).map(r => r.number)
}

test('ORD-17 several orders are cancelled together: asked first, told afterwards, counts follow', async () => {
	const list = await more(3), before = await kept('to_pay')
	const { page, fields } = await form('cancel', list)
	for (const n of list) assert.ok(page.text.includes(n), n)
	assert.ok(page.text.includes('占用的库存'))
	const answers = await parallel(4, () => buyer.post('/console/orders/cancel', fields))
	for (const a of answers) assert.ok([303, 503].includes(a.status), String(a.status))
	const done = await buyer.get(answers.find(a => a.status === 303).location)
	assert.ok(done.text.includes('已取消 3 笔订单'))
	for (const n of list) assert.equal(await stateOf(n), 'cancelled')
	assert.equal(await kept('to_pay'), before - 3)
	const log = await it.one(`SELECT COUNT(*) AS n FROM audit_log a JOIN orders o ON o.id = a.object_id WHERE o.number IN (${list.map(n => `'${n}'`)}) AND a.event = 'cancel'`)
	assert.equal(+log.n, 3, 'once each')
})

test('ORD-17 an order whose state changed meanwhile is told, and keeps none of the others from it', async () => {
	const [gone, left] = await more(2)
	const { fields } = await form('cancel', [gone, left])
	await it.sql(`UPDATE orders SET state = 'completed', paid = payable WHERE number = '${gone}'; UPDATE org_counter SET to_pay = to_pay - 1, completed = completed + 1 WHERE org_id = ${org}`)
	const answer = await buyer.post('/console/orders/cancel', fields), done = await buyer.get(answer.location)
	assert.ok(done.text.includes('已取消 1 笔订单') && done.text.includes('在此期间发生变更，未取消'))
	assert.equal(await stateOf(gone), 'completed')
	assert.equal(await stateOf(left), 'cancelled')
	const asked = await buyer.get(`/console/orders/cancel?${query([gone])}`)
	assert.ok(asked.text.includes('的状态已变更，不能取消') && !asked.html.includes('action="/console/orders/cancel"'))
})

test('ORD-5 ORD-6 cancelling one of a combined order cancels all, and says so', async () => {
	const list = await more(3), [one, , three] = list
	await it.sql(`INSERT INTO order_combined (buyer_id, id, number, orders, created_at) VALUES (${org}, 77, '77000000000000000001', 3, NOW());
		UPDATE orders SET combined_id = 77 WHERE number IN (${list.map(n => `'${n}'`)})`)
	for (const page of [await buyer.get(`/console/orders/${one}/cancel`), (await form('cancel', [one])).page]) {
		assert.ok(page.text.includes('须一并处理'))
		for (const n of list) assert.ok(page.text.includes(n), n)
	}
	const { fields } = await form('cancel', [one, three])
	const done = await buyer.get((await buyer.post('/console/orders/cancel', fields)).location)
	assert.ok(done.text.includes('已取消 3 笔订单'))
	for (const n of list) assert.equal(await stateOf(n), 'cancelled')
})

test('ORD-7 a closed order is deleted from the list: its record, its page and its history stay; it comes back', async () => {
	const [number] = await numbers("state = 'completed'"), before = await kept('completed')
	const { fields } = await form('delete', [number])
	const answer = await buyer.post('/console/orders/delete', fields)
	assert.ok((await buyer.get(answer.location)).text.includes('已从列表中删除 1 笔订单'))
	assert.equal(await kept('completed'), before - 1)
	for (const q of [`q=${number}`, 'state=completed&limit=100']) assert.ok(!(await buyer.json(`/console/orders?${q}`)).json.items.some(o => o.number === number), q)
	assert.deepEqual((await buyer.json('/console/orders/deleted')).json.items.map(o => o.number), [number])
	const page = await buyer.json(`/console/orders/${number}`)
	assert.equal(page.status, 200)
	assert.deepEqual(page.json.history.at(-1).event, 'hide')
	assert.ok(page.json.actions.some(a => a.name === 'restore') && !page.json.actions.some(a => a.name === 'delete'))
	await audit()
	const back = await form('restore', [number])
	assert.ok((await buyer.get((await buyer.post('/console/orders/restore', back.fields)).location)).text.includes('已恢复 1 笔订单'))
	assert.equal(await kept('completed'), before)
	assert.deepEqual((await buyer.json('/console/orders/deleted')).json.items, [])
	await audit()
})

test('ORD-7 an order that is not closed cannot be deleted, neither by page nor by hand', async () => {
	const [open] = await more(1)
	const page = await buyer.get(`/console/orders/delete?${query([open])}`)
	assert.ok(page.text.includes('尚未结束'))
	const [closed] = await numbers("state = 'cancelled'"), { fields } = await form('delete', [closed])
	const answer = await buyer.post('/console/orders/delete', [...fields.filter(([k]) => k !== 'orders'), ['orders', open]])
	assert.ok((await buyer.get(answer.location)).text.includes('以下订单未删除'))
	assert.equal((await it.one(`SELECT hidden FROM orders WHERE number = '${open}'`)).hidden, '0')
})

test('ACC-3 IFC-4 nothing is done with what is another\'s, with nothing, or with too much', async () => {
	const theirs = (await other.json('/console/orders')).json.items[0].number
	for (const what of ['cancel', 'delete', 'restore', 'cancel/done', 'delete/done']) {
		assert.equal((await buyer.get(`/console/orders/${what}?orders=${theirs}`)).status, 404, what)
		assert.ok((await buyer.get(`/console/orders/${what}`)).text.includes('请先勾选订单'), what)
		assert.equal((await buyer.get(`/console/orders/${what}?orders=%22%5D`)).status, 404, what)
	}
	const [mine] = await more(1), { fields } = await form('cancel', [mine])
	const without = fields.filter(([k]) => k !== 'orders')
	assert.equal((await buyer.post('/console/orders/cancel', without)).status, 422)
	assert.equal((await buyer.post('/console/orders/cancel', [...without, ...Array.from({ length: 101 }, (_, i) => ['orders', String(i)])])).status, 422)
	const before = await stateOf(theirs)
	await buyer.post('/console/orders/cancel', [...without, ['orders', theirs]])
	assert.equal(await stateOf(theirs), before)
	assert.equal((await buyer.post('/console/orders/cancel', fields.filter(([k]) => k !== 'csrf'))).status, 403)
})

test('ACC-2 finance looks at orders, and neither cancels nor deletes them', async () => {
	const made = await program(it.is.program, ['user', 'create', '--config', it.is.config, '--name', 'list-finance', '--person', 'Li', '--org', org, '--roles', 'finance'], { env: it.env(), input: 'Yunshi-demo-1\n' })
	assert.equal(made.status, 0, made.stderr)
	const finance = await it.client().signIn('list-finance'), [open] = await numbers("state = 'to_pay'")
	assert.deepEqual((await finance.json(`/console/orders?q=${open}`)).json.items[0].actions.map(a => a.name), ['pay', 'show'])
	for (const what of ['cancel', 'delete', 'restore']) assert.equal((await finance.get(`/console/orders/${what}?orders=${open}`)).status, 403, what)
	assert.equal((await finance.get('/console/orders/export.csv')).status, 200)
})

test('ORD-9 what an account manager ordered is confirmed, or declined', async () => {
	const [yes, no] = await more(2, 'to_confirm')
	assert.deepEqual((await buyer.json(`/console/orders?q=${yes}`)).json.items[0].actions.map(a => a.name), ['confirm', 'cancel', 'show'])
	const ask = await buyer.get(`/console/orders/${yes}/confirm`)
	assert.ok(ask.text.includes('客户经理已为您下单'))
	const sent = fill(ask.form(`/console/orders/${yes}/confirm`), {})
	const answers = await parallel(3, () => buyer.post(`/console/orders/${yes}/confirm`, sent))
	assert.ok(answers.every(a => [303, 503].includes(a.status)))
	assert.equal(await stateOf(yes), 'to_pay')
	assert.equal((await buyer.get(`/console/orders/${yes}/confirm`)).status, 409)
	await buyer.submit(`/console/orders/${no}/cancel`, { why: '不需要' }, { action: `/console/orders/${no}/cancel` })
	assert.equal(await stateOf(no), 'cancelled')
	for (const n of [yes, no]) assert.equal((await other.get(`/console/orders/${n}/confirm`)).status, 404)
})
