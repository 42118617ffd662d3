// Private offers: another price for one order that waits to be paid.
import { assert, fill, instance, parallel, program, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer provider nginx' })
const buyer = await it.client().signIn('buyer@demo.test')
const orgOf = async mail => (await it.one(`SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = '${mail}' LIMIT 1`)).org
const org = await orgOf('buyer@demo.test')
// An order to pay, and somebody of the provider whose product it is.
const order = await it.one(`SELECT id, number, provider_id AS provider, payable FROM orders WHERE buyer_id = ${org} AND state = 'to_pay' ORDER BY id LIMIT 1`)
const made = await program(it.is.program, ['user', 'create', '--config', it.is.config, '--name', 'offer-seller', '--person', 'Zhao', '--org', order.provider, '--roles', 'product_manager'], { env: it.env(), input: 'Yunshi-demo-1\n' })
assert.equal(made.status, 0, made.stderr)
const provider = await it.client().signIn('offer-seller')
const stranger = await it.client().signIn('provider2@demo.test')
const address = `/provider/orders/${order.number}/reprice`
const now = async () => it.one(`SELECT state, payable, paid, repriced_at FROM orders WHERE number = '${order.number}'`)
const yuan = fen => (fen / 100).toFixed(2)
const shown = async () => (await buyer.json(`/console/orders/${order.number}`)).json

async function form(fields) {
	const page = await provider.get(address)
	return fill(page.form(address), fields)
}

test('ORD-20 the provider gives one unpaid order another price; lines and shares sum to it, the buyer is told', async () => {
	const to = +order.payable - 12345, sent = await form({ payable: yuan(to), why: '长期合作 <b>优惠</b>' })
	const answers = await parallel(3, () => provider.post(address, sent))
	for (const a of answers) assert.ok([303, 503].includes(a.status), String(a.status))
	const o = await shown()
	assert.equal(o.payable, to)
	assert.equal(o.price.reduce((sum, l) => sum + l.amount, 0), to)
	assert.equal(o.lines.reduce((sum, l) => sum + l.amount, 0), to)
	assert.deepEqual(o.price.at(-1), { kind: 'repriced', name: '服务商改价', amount: -12345 })
	assert.equal(o.history.filter(h => h.event === 'reprice').length, 1, 'once')
	const page = await buyer.get(`/console/orders/${order.number}`)
	assert.ok(page.text.includes('服务商已调整应付金额') && page.html.includes('长期合作 &lt;b&gt;优惠&lt;/b&gt;'))
	assert.equal((await it.sql(`SELECT action FROM outbox WHERE kind = 'notify' AND subject = ${order.id} AND action = 'order_repriced'`)).length, 1)
	assert.ok((await provider.get(`/provider/orders/${order.number}`)).html.includes(`href="${address}"`))
})

test('ORD-20 amounts that cannot be are refused at their field, and nothing typed is lost', async () => {
	const before = await now()
	for (const [fields, field] of [[{ payable: '-1', why: 'x' }, 'payable'], [{ payable: '10000000.01', why: 'x' }, 'payable'], [{ payable: '1.234', why: 'x' }, 'payable'],
		[{ payable: '', why: 'x' }, 'payable'], [{ payable: '1.00', why: '' }, 'why'], [{ payable: '1.00', why: 'x'.repeat(121) }, 'why'], [{ payable: yuan(+before.payable), why: '不变' }, 'payable']]) {
		const page = await provider.post(address, await form(fields))
		assert.equal(page.status, 422, JSON.stringify(fields))
		assert.match(page.html, new RegExp(`id="${field}-error"`))
		assert.ok(!fields.why || page.html.includes(`value="${fields.why}"`), 'what was typed stays')
	}
	assert.deepEqual(await now(), before)
})

test('ORD-20 a price that has changed meanwhile is not changed blindly', async () => {
	const stale = await form({ payable: '1.00', why: 'a' })
	assert.equal((await provider.post(address, await form({ payable: '88.00', why: 'b' }))).status, 303)
	assert.equal((await provider.post(address, stale)).status, 409)
	assert.equal(+(await now()).payable, 8800)
})

test('ORD-20 payments under way are closed, and only the new price can be paid', async () => {
	await it.sql(`INSERT INTO payment (id, number, org_id, channel, state, amount, sign_type, code_url, created_at, deadline_at) VALUES (77, 'P77', ${org}, 'wechat', 'waiting', 8800, 'hmac_sha256', 'weixin://x', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 2 HOUR);
		INSERT INTO payment_order (payment_id, order_id, amount, cash) VALUES (77, ${order.id}, 8800, 8800)`)
	assert.equal((await provider.post(address, await form({ payable: '66.00', why: '再优惠' }))).status, 303)
	assert.equal((await it.one('SELECT state FROM payment WHERE id = 77')).state, 'closed')
	assert.equal((await it.sql("SELECT id FROM outbox WHERE kind = 'channel_close' AND subject = 77")).length, 1)
	const page = await buyer.get(`/console/orders/${order.number}/pay`)
	assert.ok(page.text.includes('66.00') && !page.text.includes('88.00'))
})

test('ORD-20 not while the buyer pays with vouchers', async () => {
	await it.sql(`UPDATE payment SET state = 'waiting' WHERE id = 77;
		INSERT INTO payment_part (payment_id, order_id, voucher_id, amount, held) VALUES (77, ${order.id}, 1, 100, 100)`)
	const page = await provider.post(address, await form({ payable: '55.00', why: 'x' }))
	assert.equal(page.status, 422)
	assert.ok(page.text.includes('正在使用代金券或储值卡支付'))
	assert.equal(+(await now()).payable, 6600)
	await it.sql("DELETE FROM payment_part WHERE payment_id = 77; UPDATE payment SET state = 'closed' WHERE id = 77")
})

test('ACC-2 ACC-3 only those of the provider who may, and only its own orders', async () => {
	assert.equal((await stranger.get(address)).status, 404)
	assert.equal((await stranger.post(address, await form({ payable: '1.00', why: 'x' }))).status, 403)
	const viewer = await program(it.is.program, ['user', 'create', '--config', it.is.config, '--name', 'offer-viewer', '--person', 'Qian', '--org', order.provider, '--roles', 'viewer'], { env: it.env(), input: 'Yunshi-demo-1\n' })
	assert.equal(viewer.status, 0, viewer.stderr)
	const reader = await it.client().signIn('offer-viewer')
	assert.equal((await reader.get(address)).status, 403)
	assert.ok(!(await reader.get(`/provider/orders/${order.number}`)).html.includes('/reprice'))
	assert.equal((await buyer.get(address)).status, 403)
	const closed = await it.one(`SELECT number FROM orders WHERE provider_id = ${order.provider} AND state = 'completed' LIMIT 1`)
	assert.equal((await provider.get(`/provider/orders/${closed.number}/reprice`)).status, 409)
})

test('ORD-13 ORD-20 a price of nothing is paid at once, and the books agree', async () => {
	assert.equal((await provider.post(address, await form({ payable: '0', why: '补偿' }))).status, 303)
	assert.equal(+(await now()).payable, 0)
	const pay = `/console/orders/${order.number}/pay`, page = await buyer.get(pay)
	const answer = await buyer.post(pay, fill(page.form(pay), {}))
	assert.equal(answer.status, 303)
	assert.ok(['processing', 'completed'].includes((await now()).state), (await now()).state)
	const { status, stdout } = await it.tryYunshi('audit')
	assert.equal(status, 0, stdout)
})
