// Orders for customers: the account manager chooses, the customer confirms or declines (ORD-9).
import { assert, instance, test, until } from '../lib/harness.mjs'

const it = await instance()
const { id: customer } = await it.one("SELECT o.id FROM org o JOIN member m ON m.org_id = o.id JOIN person p ON p.id = m.person_id WHERE p.email = 'buyer@demo.test' AND o.kind = 'buyer' ORDER BY o.id LIMIT 1")
const { id: stranger } = await it.one(`SELECT id FROM org WHERE kind = 'buyer' AND id <> ${customer} ORDER BY id LIMIT 1`)
const { id: manager } = await it.one("SELECT id FROM person WHERE email = 'approver@demo.test'")
await it.sql(`UPDATE org SET account_manager_id = NULL; UPDATE org SET account_manager_id = ${manager} WHERE id = ${customer}`)
const desk = await it.client().signIn('approver@demo.test')
const buyer = await it.client().signIn('buyer@demo.test')
const desc = `/ops/customers/${customer}`
const plan = (await buyer.json('/products/yuanshan-guard')).json.plans[0]
const review = (at = desc, more = {}) => `${at}/checkout?` + new URLSearchParams({ plan: plan.id, duration: plan.prices[0].duration, quantity: 1, ...more })
const place = (fields = {}, more = {}) => desk.submit(review(desc, more), { contact: '13800001111', agree: '1', ...fields }, { action: `${desc}/orders` })
const state = async number => (await it.one(`SELECT state FROM orders WHERE number = '${number}'`)).state
async function placed() {
	const answer = await place()
	assert.equal(answer.status, 303, answer.text)
	return answer.location.split('/').pop()
}

test('ORD-9 an account manager sees the own customers only; another organisation is 404 on every page', async () => {
	const { items } = (await desk.json('/ops/customers')).json
	assert.deepEqual(items.map(c => c.id), [customer])
	for (const page of ['', '/products/yuanshan-guard', '/checkout?plan=' + plan.id])
		assert.equal((await desk.get(`/ops/customers/${stranger}${page}`)).status, 404, page)
	assert.equal((await buyer.get('/ops/customers')).status, 403)
})

test('ORD-9 CAT-4 from the customer to the product, with the customer\'s own price, to an order that waits for the customer', async () => {
	const found = await desk.get(`${desc}?q=` + encodeURIComponent('远山'))
	assert.ok(found.html.includes(`${desc}/products/`))
	const product = await desk.get(`${desc}/products/yuanshan-guard`)
	assert.ok(product.html.includes(`action="${desc}/checkout"`))
	const number = await placed(), mine = (await buyer.json(`/console/orders/${number}`)).json
	assert.equal(mine.state, 'to_confirm')
	const own = (await buyer.json('/checkout?' + new URLSearchParams({ plan: plan.id, duration: plan.prices[0].duration, quantity: 1 }))).json
	assert.equal(mine.payable, own.payable)
	const row = await it.one(`SELECT creator_id, buyer_id FROM orders WHERE number = '${number}'`)
	assert.deepEqual([row.creator_id, row.buyer_id], [manager, customer])
	await until(async () => +(await it.one(`SELECT COUNT(*) AS n FROM message WHERE number = '${number}' AND event = 'order_to_confirm'`)).n, 'the message to the customer')
})

test('ORD-9 ORD-2 the customer confirms: then it is to be paid; a second word finds it changed', async () => {
	const number = await placed()
	assert.equal((await desk.get(`/console/orders/${number}`)).status, 403)
	const answer = await buyer.submit(`/console/orders/${number}/confirm`, {}, { action: `/console/orders/${number}/confirm` })
	assert.equal(answer.status, 303)
	assert.equal(await state(number), 'to_pay')
	const stock = await it.one(`SELECT COUNT(*) AS n FROM orders WHERE number = '${number}' AND deadline_at > created_at`)
	assert.equal(stock.n, '1')
})

test('ORD-9 the customer declines: cancelled, what it held is free', async () => {
	const number = await placed()
	const answer = await buyer.submit(`/console/orders/${number}/cancel`, {}, { action: `/console/orders/${number}/cancel` })
	assert.equal(answer.status, 303)
	assert.equal(await state(number), 'cancelled')
})

test('ORD-9 ORD-2 nobody answers for 7 days: the system cancels it', async () => {
	const number = await placed()
	await it.forward('6d')
	await new Promise(yes => setTimeout(yes, 2500))
	assert.equal(await state(number), 'to_confirm')
	await it.forward('25h')
	await until(async () => await state(number) === 'cancelled', 'the deadline')
	await it.yunshi('audit')
})
