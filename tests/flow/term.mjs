// What becomes of a resource: human delivery that is open, a period that ends, a grace period that ends.
import { assert, instance, test, until } from '../lib/harness.mjs'

const it = await instance()
const buyer = await it.client().signIn('buyer@demo.test')
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)

/** Buys a product by its shortest duration and pays it; gives the order's address. */
async function buy(slug) {
	const plan = (await buyer.json(`/products/${slug}`)).json.plans[0]
	const query = { plan: plan.id, quantity: plan.quantity_min, ...(plan.prices.length ? { duration: plan.prices[0].duration } : {}) }
	const placed = await buyer.submit('/checkout?' + new URLSearchParams(query), { contact: '13800001111', agree: '1' }, { action: '/orders' })
	assert.equal(placed.status, 303)
	const address = placed.location.replace(/\/pay$/, '')
	const payment = (await buyer.submit(`${address}/pay`, { channel: 'wechat' }, { action: `${address}/pay` })).location
	const token = new URL((await buyer.json(payment)).json.code_url).searchParams.get('pr')
	await sandbox.post(`/scan/${token}/pay`, {})
	await until(async () => (await buyer.json(address)).json.state === 'completed', 'the order')
	return (await buyer.json(address)).json
}
const texts = async query => (await it.sql(query)).map(row => Object.values(row)[0])
const clean = async () => assert.match(await it.yunshi('audit'), / 0 breaches/)

test('ORD-2 DEL-1 an order with human delivery is completed when its delivery is open; the resource waits', async () => {
	const order = await buy((await texts("SELECT slug FROM product WHERE state = 'listed' AND delivery = 'manual' AND price_from > 0 ORDER BY id LIMIT 1"))[0])
	assert.equal(order.lines[0].resource_state, 'provisioning')
	assert.equal(order.paid, order.payable)
	await clean()
})

test('SUB-2 SUB-3 PRV-2 a period that is over suspends, a grace period that is over releases; the provider hears of both, in order', async () => {
	const order = await buy('yuanshan-guard'), id = order.lines[0].resource
	const state = async () => (await texts(`SELECT state FROM resource WHERE id = ${id}`))[0]
	const told = async () => (await texts(`SELECT CONCAT(action, ' ', state) FROM outbox WHERE subject = ${id} ORDER BY id`)).join(', ')
	assert.equal(await state(), 'in_use')
	await it.forward('40d')
	await until(async () => await state() === 'released', 'the release', 40)
	await until(async () => await told() === 'create done, expire done, destroy done', 'the provider', 40)
	const history = await texts(`SELECT CONCAT(event, ' ', to_state) FROM audit_log WHERE object_id = ${id} AND to_state IS NOT NULL ORDER BY id`)
	assert.deepEqual(history, ['create provisioning', 'deliver in_use', 'expire expired', 'lapse released'])
	await clean()
})

test('ACC-15 SUB-14 SUB-2 what the police keep, an order works on, or a refund pays back is not released, and keeps nobody else from it', async () => {
	const { org: kept } = await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer2@demo.test'")
	const { org } = await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")
	const { id, order_id: sold } = await it.one(`SELECT id, order_id FROM resource WHERE buyer_id = ${org} AND state = 'in_use' AND main_id IS NULL ORDER BY id DESC LIMIT 1`)
	const columns = (await texts("SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'resource'"))[0].split(',')
	const copy = (to, as) => it.sql(`INSERT INTO resource (${columns}) SELECT ${columns.map(c => ({ id: to, delivery: "'none'", state: "'expired'", end_at: 'NOW(6) - INTERVAL 400 DAY', ...as })[c] ?? c)} FROM resource WHERE id = ${id}`)
	await it.sql(`UPDATE org SET freeze_kind = 'police' WHERE id = ${kept}`)
	for (let i = 0; i < 60; i++) await copy(9000 + i, { buyer_id: kept })
	await copy(9100, {})		// an order works on it
	await copy(9101, { order_id: sold })	// a refund pays it back
	await copy(9102, {})
	const [busy, refund] = await texts(`SELECT id FROM orders WHERE buyer_id = ${org} AND base_id IS NULL AND refunds_id IS NULL AND id <> ${sold} AND state = 'completed' ORDER BY id LIMIT 2`)
	await it.sql(`UPDATE orders SET base_id = 9100, state = 'processing' WHERE id = ${busy}; UPDATE orders SET refunds_id = ${sold}, state = 'refunding' WHERE id = ${refund};
		UPDATE order_line SET resource_id = 9101 WHERE order_id = ${refund} ORDER BY line LIMIT 1`)
	await it.sql(`UPDATE resource SET end_at = NOW(6) - INTERVAL 399 DAY WHERE id = 9102`)	// the last in line
	await until(async () => (await texts('SELECT state FROM resource WHERE id = 9102'))[0] === 'released', 'its release', 40)
	assert.deepEqual(await texts('SELECT DISTINCT state FROM resource WHERE id BETWEEN 9000 AND 9101'), ['expired'])
	await it.sql(`UPDATE org SET freeze_kind = 'arrears' WHERE id = ${kept}; UPDATE orders SET state = 'completed' WHERE id IN (${busy}, ${refund})`)
	await until(async () => (await texts("SELECT COUNT(*) FROM resource WHERE id BETWEEN 9000 AND 9101 AND state = 'released'"))[0] === '62', 'the others', 40)
})
