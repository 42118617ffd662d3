// A provider's sales: numbers kept by the moves of orders, a chart, a table (CAT-11).
import { randomUUID } from 'node:crypto'
import { assert, instance, test, until } from '../lib/harness.mjs'

const it = await instance()
const buyer = await it.client().signIn('buyer@demo.test')
const slug = 'yuanshan-guard'
const { provider_id } = await it.one(`SELECT provider_id FROM product WHERE slug = '${slug}'`)
await it.sql(`INSERT INTO member (person_id, org_id, roles) SELECT id, ${provider_id}, 1 FROM person WHERE email = 'provider2@demo.test';
	DELETE FROM member WHERE person_id = (SELECT id FROM person WHERE email = 'provider2@demo.test') AND org_id <> ${provider_id}`)
const provider = await it.client().signIn('provider2@demo.test')
const plan = (await buyer.json(`/products/${slug}`)).json.plans[0]
const today = async (range = 'week') => {
	const { days, products } = (await provider.json(`/provider/sales?range=${range}`)).json
	return { day: days.at(-1), product: products.find(p => p.slug === slug) ?? { placed: 0, sold: 0, amount: 0 }, days }
}
async function order() {
	const review = '/checkout?' + new URLSearchParams({ plan: plan.id, duration: plan.prices[0].duration, quantity: 1, key: randomUUID() })
	const answer = await buyer.submit(review, { contact: '13800001111', agree: '1' }, { action: '/orders' })
	assert.equal(answer.status, 303)
	return answer.location.replace(/\/pay$/, '')
}

test('CAT-11 an order counts when it is placed, and as sold with its amount when it is paid', async () => {
	const before = await today(), address = await order(), placed = await today()
	assert.equal(placed.product.placed, before.product.placed + 1)
	assert.equal(placed.product.sold, before.product.sold)
	const started = await buyer.submit(`${address}/pay`, { channel: 'wechat' }, { action: `${address}/pay` })
	const token = new URL((await buyer.json(started.location)).json.code_url).searchParams.get('pr')
	await it.client({ accept: 'application/json' }, it.sandboxUrl).post(`/scan/${token}/pay`, {})
	await until(async () => (await buyer.json(address)).json.state === 'completed', 'the order')
	const { payable } = (await buyer.json(address)).json, sold = await today()
	assert.equal(sold.product.sold, before.product.sold + 1)
	assert.equal(sold.product.amount, before.product.amount + payable)
	assert.equal(sold.day.amount, before.day.amount + payable)
	assert.ok(sold.product.delivery !== '—')
})

test('CAT-11 the chart has a bar for each day of the period, the page a table and a text for it; a period that is none is refused', async () => {
	for (const [range, n] of [['week', 7], ['month', 30], ['quarter', 90], ['year', 365]]) {
		const page = await provider.get(`/provider/sales?range=${range}`)
		assert.equal(page.html.match(/<rect class="bar"/g).length, n, range)
		assert.ok(page.text.includes('销售额') && page.text.includes('退款率'))
	}
	assert.equal((await provider.json('/provider/sales?range=century')).status, 422)
})

test('CAT-11 ACC-3 another provider sees none of it, a buyer nothing at all', async () => {
	const other = await it.client().signIn('provider@demo.test')
	assert.ok(!(await other.json('/provider/sales?range=year')).json.products.some(p => p.slug === slug))
	assert.equal((await buyer.get('/provider/sales')).status, 403)
})
