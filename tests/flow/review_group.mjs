// A combined order waits, is decided and is told of as a whole (ORD-5, ORD-8, ACC-16).
import { randomUUID } from 'node:crypto'
import { assert, instance, test, until } from '../lib/harness.mjs'

const it = await instance()
const buyer = await it.client().signIn('buyer@demo.test'), approver = await it.client().signIn('approver@demo.test')
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const planOf = async slug => (await buyer.json(`/products/${slug}`)).json.plans.find(p => !p.trial && p.prices.some(x => x.price > 0))
const [saas, hardware] = [await planOf('yuanshan-guard'), await planOf('panshi-gateway')]
const rules = '/ops/reviews/rules'
const at = number => `/ops/orders/${number}`
const state = async number => (await buyer.json(`/console/orders/${number}`)).json.state
const letters = async (number, by) => (await sandbox.json('/mail')).json.items.filter(x => x.by === by && x.text.includes(number))

/** Two orders of which only the second, hardware, must be reviewed. */
async function both() {
	const choice = { key: randomUUID() }
	for (const [end, plan] of [['', saas], ['.2', hardware]])
		Object.assign(choice, { [`plan${end}`]: plan.id, [`quantity${end}`]: plan.quantity_min, [`duration${end}`]: plan.prices.find(x => x.price > 0).duration })
	const placed = await buyer.submit(`/checkout?${new URLSearchParams(choice)}`, { contact: '13800001111', agree: '1' }, { action: '/orders' })
	assert.equal(placed.status, 303, placed.text)
	const group = /combined\/(\d+)/.exec(placed.location)
	assert.ok(group, placed.location)
	return (await it.sql(`SELECT o.number FROM orders o JOIN order_combined k ON k.id = o.combined_id WHERE k.number = '${group[1]}' ORDER BY o.id`)).map(r => r.number)
}
assert.equal((await approver.submit(rules, { category: 'hardware', note: '硬件须审批' }, { action: rules })).status, 303)

test('ORD-5 ORD-8 one order that must be reviewed keeps all of its combined order waiting; the approvers are told', async () => {
	const numbers = await both()
	for (const n of numbers) assert.equal(await state(n), 'in_review')
	await until(async () => (await letters(numbers[1], 'email')).length >= 1, 'the letter to the approver')
	assert.match((await letters(numbers[1], 'email'))[0].text, /审/)
})

test('ORD-5 ORD-8 ACC-16 approving one approves all; the buyer is told of each, by e-mail and SMS, and pays them together', async () => {
	const numbers = await both()
	assert.equal((await approver.submit(at(numbers[1]), { note: '预算已核' }, { action: `${at(numbers[1])}/approve` })).status, 303)
	for (const n of numbers) {
		assert.equal(await state(n), 'to_pay')
		for (const by of ['email', 'sms']) await until(async () => (await letters(n, by)).some(x => x.text.includes('通过')), `${by} of ${n}`)
	}
	const page = await buyer.get(`/console/orders/${numbers[0]}/pay`)
	for (const n of numbers) assert.ok(page.text.includes(n))
})

test('ORD-5 ORD-8 ACC-16 refusing one refuses all, with the reason; the buyer is told of each, by e-mail and SMS', async () => {
	const numbers = await both()
	assert.equal((await approver.submit(at(numbers[0]), { reason: '超出年度预算' }, { action: `${at(numbers[0])}/refuse` })).status, 303)
	for (const n of numbers) {
		assert.equal(await state(n), 'cancelled')
		for (const by of ['email', 'sms']) await until(async () => (await letters(n, by)).some(x => x.text.includes('超出年度预算')), `${by} of ${n}`)
	}
	assert.match(await it.yunshi('audit'), / 0 breaches/)
})
