// Two who act at the same moment on one thing, over connections of their own, hundreds of times: one wins, the other is told, the books hold.
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { Actor, PLAN, PRICE, World, newTransaction } from '../lib/world.mjs'

timeout(100)
const it = await instance({ parts: 'buyer sandbox nginx' })
const world = await World.make(it, { buyers: 8, stock: 5000 })
const callback = new Actor(it, 'callback'), other = new Actor(it, 'callback'), buyer = new Actor(it, 'buyer')
const LANES = 4
const lanes = await parallel(LANES, async () => ({ channel: new Actor(it, 'callback'), buyer: new Actor(it, 'buyer'), jobs: new Actor(it, 'jobs') }))

/** Rounds shared out over lanes, each of which has actors of its own; run(lane, round). */
const rounds = (n, run) => parallel(LANES, async i => { for (let r = i; r < n; r += LANES) await run(lanes[i], r) })
const pause = ms => new Promise(yes => setTimeout(yes, ms))

const cashBefore = async () => Promise.all(world.buyers.map((_, i) => world.cash(i)))
const total = list => list.reduce((a, b) => a + b, 0)

test('ORD-2 MON-7 paying against cancelling, 200 times: either paid, or cancelled with the money as the buyer\'s cash', async t => {
	const before = total(await cashBefore())
	let won = 0
	await rounds(200, async (lane, r) => {
		const p = await world.payable(r % 8), { order } = p
		const hear = lane.channel.ask('hear', p.number, newTransaction(), PRICE)
		if (r % 3) await pause(r % 5)
		const cancel = lane.buyer.ask('cancel', order.buyer, order.buyer, order.number, `race-${order.number}`)
		const [heard, cancelled] = await Promise.all([hear, cancel])
		assert.equal(heard.rc, 'ok')
		const s = await world.state(p)
		if (cancelled.rc === 'ok') {
			assert.deepEqual([heard.said, s.orders, s.payment, s.resources], ['late', 'cancelled', 'closed', '0'])
			assert.deepEqual(await world.cases(p), ['late'])
			won++
		} else {
			assert.deepEqual([cancelled.rc, heard.said], ['conflict', 'applied'])
			await world.paidOnce(p)
		}
	})
	t.note(`${won} cancelled`)
	assert.ok(won > 0 && won < 200, `${won} cancelled`)
	assert.equal(total(await cashBefore()), before + won * PRICE)
	await world.audit()
})

test('ORD-2 ORD-6 MON-7 paying against the deadline, 200 times: either paid, or cancelled with the money as the buyer\'s cash', async t => {
	const before = total(await cashBefore())
	let won = 0
	await rounds(200, async (lane, r) => {
		const p = await world.payable(r % 8), { order } = p
		await it.sql(`UPDATE orders SET deadline_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = ${order.id}`)
		const expire = lane.jobs.ask('expire', order.number)
		if (r % 3) await pause(r % 5)
		const [expired, heard] = await Promise.all([expire, lane.channel.ask('hear', p.number, newTransaction(), PRICE)])
		assert.equal(heard.rc, 'ok')
		if (expired.rc === 'ok') {
			assert.deepEqual([heard.said, (await world.state(p)).orders], ['late', 'cancelled'])
			won++
		} else {
			assert.deepEqual([expired.rc, heard.said], ['conflict', 'applied'])
			await world.paidOnce(p)
		}
	})
	t.note(`${won} expired`)
	assert.ok(won > 0 && won < 200, `${won} expired`)
	assert.equal(total(await cashBefore()), before + won * PRICE)
	await world.audit()
})

test('ORD-2 ORD-6 cancelling against the deadline, 100 times: one wins, what was held is free once', async () => {
	const stock = async () => +(await it.one(`SELECT stock FROM plan WHERE id = ${PLAN}`)).stock, before = await stock()
	await rounds(100, async (lane, r) => {
		const order = await world.order(r % 8)
		await it.sql(`UPDATE orders SET deadline_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = ${order.id}`)
		const answers = await Promise.all([lane.buyer.ask('cancel', order.buyer, order.buyer, order.number, `lapse-${order.number}`), lane.jobs.ask('expire', order.number)])
		assert.deepEqual(answers.map(a => a.rc).sort(), ['conflict', 'ok'])
		assert.equal((await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_id = ${order.id} AND to_state = 'cancelled'`)).n, '1')
	})
	assert.equal(await stock(), before)
	await world.audit()
})

test('MON-4 MON-6 the notification against the answer to our own call, 100 times: the order is paid once', async () => {
	await rounds(100, async (lane, r) => {
		const p = await world.payable(r % 8, 'created'), { order } = p
		const start = lane.buyer.ask('start', order.buyer, order.buyer, order.number, `code-${order.number}`)
		await pause(r % 10)
		const [started, heard] = await Promise.all([start, lane.channel.ask('hear', p.number, newTransaction(), PRICE)])
		assert.deepEqual([started.rc, heard.rc, heard.said], [heard.said && started.rc === 'conflict' ? 'conflict' : 'ok', 'ok', 'applied'])
		await world.paidOnce(p)
	})
	await world.audit()
})

test('MON-7 two transactions for one payment, 100 times: one pays, the other is cash', async () => {
	const before = total(await cashBefore())
	for (let r = 0; r < 100; r++) {
		const p = await world.payable(r % 8)
		const answers = await Promise.all([callback, other].map(a => a.ask('hear', p.number, newTransaction(), PRICE)))
		assert.deepEqual(answers.map(a => a.said).sort(), ['applied', 'second'])
	}
	assert.equal(total(await cashBefore()), before + 100 * PRICE)
	await world.audit()
})

test('ORD-11 IFC-3 one order under one key from two windows, 100 times', async () => {
	for (let r = 0; r < 100; r++) {
		const words = world.placing(r % 8, `both-${r}`)
		const [a, b] = await Promise.all([buyer.ask(...words), lanes[0].buyer.ask(...words)])
		assert.deepEqual([a.rc, b.rc], ['ok', 'ok'])
		assert.equal(a.said, b.said)
	}
	await world.audit()
})

test('ORD-6 the last of a stock, from eight windows at once: sold once, never below zero', async () => {
	await it.sql(`UPDATE plan SET stock = 3 WHERE id = ${PLAN}`)
	const all = [...lanes.map(l => l.buyer), ...await parallel(4, async () => new Actor(it, 'buyer'))]
	const answers = await Promise.all(all.map((a, i) => a.ask(...world.placing(i, `last-${i}`))))
	assert.equal(answers.filter(a => a.rc === 'ok').length, 3)
	for (const a of answers) assert.ok(a.rc === 'ok' || a.said === 'order.sold_out', `${a.rc} ${a.said}`)
	assert.equal((await it.one(`SELECT stock FROM plan WHERE id = ${PLAN}`)).stock, '0')
	await world.audit()
})

test('S-2 S-5 payments of one buyer side by side never lose an update and never fail', async () => {
	await it.sql(`UPDATE plan SET stock = 5000 WHERE id = ${PLAN}`)
	const payments = []
	for (let i = 0; i < 60; i++) payments.push(await world.payable(0))
	const started = Date.now(), all = [callback, other, ...lanes.map(l => l.channel)]
	await parallel(all.length, async i => {
		for (let k = i; k < payments.length; k += all.length) assert.deepEqual(await all[i].ask('hear', payments[k].number, newTransaction(), PRICE), { rc: 'ok', said: 'applied' })
	})
	assert.ok(Date.now() - started < 20_000)
	for (const p of payments) await world.paidOnce(p)
	await world.audit()
})
