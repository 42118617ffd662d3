// A process is killed before each statement of paying, before its COMMIT and right after: the books hold, what was acknowledged is there, and
// what was not succeeds when it is repeated.  YUNSHI_FAULT names the point (src/db/db.h).
import { assert, instance, test, timeout } from '../lib/harness.mjs'
import { everywhere, job, once } from '../lib/killed.mjs'
import { Actor, PLAN, PRICE, PRODUCT, World, newTransaction } from '../lib/world.mjs'

timeout(120)
const it = await instance({ parts: 'buyer sandbox nginx' })
const world = await World.make(it, { stock: 1000 })
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)

test('MON-2 MON-6 killed between any two statements of a notification', async t => {
	const again = new Actor(it, 'callback')
	const n = await everywhere(world, 10, async point => {
		const payment = await world.payable(0), words = ['hear', payment.number, newTransaction(), PRICE]
		const first = await once(it, 'callback', point, ...words)
		if (!first && point !== 'after_commit:1') await world.untouched(payment)
		if (!first) await world.audit()
		const second = await again.ask(...words)
		assert.deepEqual([second.rc, second.said], ['ok', first || point === 'after_commit:1' ? 'duplicate' : 'applied'], point)
		await world.paidOnce(payment)
		return !first
	})
	t.note(`${n} statements`)
})

test('MON-2 ORD-11 killed between any two statements of placing an order: repeated under its key there is one', async t => {
	let turn = 0
	const count = async () => +(await it.one(`SELECT COUNT(*) AS n FROM orders WHERE plan_id = ${PLAN}`)).n
	const left = async () => +(await it.one(`SELECT stock FROM plan WHERE id = ${PLAN}`)).stock
	const n = await everywhere(world, 5, async point => {
		const words = world.placing(1, `place-key-${++turn}`), before = await count(), stock = await left()
		const first = await once(it, 'buyer', point, ...words)
		assert.equal(await count(), before + (first || point === 'after_commit:1' ? 1 : 0), point)
		if (!first) await world.audit()
		const second = await world.buyerActor.ask(...words)
		assert.equal(second.rc, 'ok')
		if (first) assert.equal(second.said, first.said)
		assert.deepEqual([await count(), await left()], [before + 1, stock - 1], point)
		return !first
	})
	t.note(`${n} statements`)
})

test('MON-2 MON-4 killed between any two statements of starting a payment, and between asking the channel and storing its code', async t => {
	let turn = 0
	const n = await everywhere(world, 7, async point => {
		const order = await world.order(2), key = `start-key-${++turn}`
		const words = ['start', order.buyer, order.buyer, order.number]
		const first = await once(it, 'buyer', point, ...words, key)
		if (!first) await world.audit()
		assert.equal((await world.buyerActor.ask(...words, key)).rc, 'ok', 'the same click')
		assert.equal((await world.buyerActor.ask(...words, `${key}-next`)).rc, 'ok', 'the next click')
		const rows = await it.sql(`SELECT p.number, p.state, p.code_url FROM payment p JOIN payment_order x ON x.payment_id = p.id WHERE x.order_id = ${order.id}`)
		assert.equal(rows.length, 1, point)
		assert.equal(rows[0].state, 'waiting', point)
		assert.match(rows[0].code_url, /^weixin:/)
		const { waiting } = (await sandbox.json(`/?number=${rows[0].number}`)).json
		assert.equal(waiting.length, 1, 'one at the channel')
		return !first
	})
	t.note(`${n} statements`)
})

test('MON-2 ORD-6 killed between any two statements of cancelling', async t => {
	let turn = 0
	const n = await everywhere(world, 6, async point => {
		const payment = await world.payable(3), { order } = payment, words = ['cancel', order.buyer, order.buyer, order.number, `cancel-key-${++turn}`]
		const first = await once(it, 'buyer', point, ...words)
		if (!first) await world.audit()
		assert.equal((await world.buyerActor.ask(...words)).rc, 'ok')
		const s = await world.state(payment)
		assert.deepEqual([s.orders, s.payment], ['cancelled', 'closed'], point)
		return !first
	})
	t.note(`${n} statements`)
})

/** Whatever else waits does not disturb; what the order asks for is due now. */
const due = async order => it.sql(`UPDATE outbox SET next_at = IF(subject IN (SELECT resource_id FROM order_line WHERE order_id = ${order.id}), UTC_TIMESTAMP(6), '2099-01-01') WHERE state = 'waiting'`)

async function deliver(least, check) {
	return everywhere(world, least, async point => {
		const payment = await world.payable(0)
		await world.buyerActor.ask('hear', payment.number, newTransaction(), PRICE)
		await due(payment.order)
		const killed = await job(it, 'outbox', point)
		if (killed) await world.audit()
		await due(payment.order)
		assert.equal(await job(it, 'outbox'), false)
		await check(payment, point)
		return killed
	})
}
const fieldsOf = order => it.one(`SELECT o.state, r.state AS resource, (SELECT COUNT(*) FROM resource_field f WHERE f.resource_id = r.id) AS fields, (SELECT b.state FROM outbox b WHERE b.subject = r.id) AS outbox
	FROM orders o JOIN resource r ON r.order_id = o.id WHERE o.id = ${order.id}`)

test('MON-2 DEL-2 killed between any two statements of delivering a resource: it is delivered once', async t => {
	const n = await deliver(10, async ({ order }, point) => {
		assert.deepEqual(Object.values(await fieldsOf(order)), ['completed', 'in_use', '4', 'done'], point)
	})
	t.note(`${n} statements`)
})

test('MON-2 REF-13 killed between any two statements of refunding a line that failed: it is refunded once', async t => {
	const { said: sealed } = await world.buyerActor.ask('seal', PRODUCT, 'wrong-token')
	await it.sql(`UPDATE product SET webhook_secret = X'${sealed}' WHERE id = ${PRODUCT}`)
	let cash = await world.cash(0)
	const n = await deliver(14, async ({ order }, point) => {
		assert.deepEqual(Object.values(await fieldsOf(order)), ['cancelled', 'failed', '0', 'failed'], point)
		assert.equal(await world.cash(0), cash += PRICE, point)
	})
	t.note(`${n} statements`)
})
