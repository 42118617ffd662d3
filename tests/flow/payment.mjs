// Payments between us and the payment platform: codes, lost and strange notifications, questions, expiry, closing.  MON-4 to MON-8, MON-10, ORD-6.
import { assert, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { Actor, PLAN, PRICE, World } from '../lib/world.mjs'

timeout(40)
const it = await instance({ parts: 'buyer callback jobs sandbox nginx' })
const STOCK = 1000, world = await World.make(it, { stock: STOCK })
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)

/** Starts paying the order: {rc, number}. */
async function start(order, key = `start-${order.number}`, actor = world.buyerActor) {
	const { rc, said } = await actor.ask('start', order.buyer, order.buyer, order.number, key)
	return { rc, number: said.split('/').at(-1), order }
}
/** An order whose code the buyer sees. */
async function shown(i = 0) {
	const payment = await start(await world.order(i))
	assert.equal(payment.rc, 'ok')
	assert.equal(await stateOf(payment), 'waiting')
	return payment
}
const rowOf = p => it.one(`SELECT * FROM payment WHERE number = '${p.number}'`)
const stateOf = async p => (await rowOf(p)).state
const becomes = (p, state, seconds) => until(async () => await stateOf(p) === state, `payment ${state}`, seconds)
const ask = p => world.buyerActor.ask('ask', p.number)
/** The payment as the sandbox knows it. */
const there = async p => { const { waiting, others } = (await sandbox.json(`/?number=${p.number}`)).json; return [...waiting, ...others].find(x => x.number === p.number) }
const tokenOf = async p => new URL((await rowOf(p)).code_url).searchParams.get('pr')
async function scan(p, fault) {
	const answer = await sandbox.post(`/scan/${await tokenOf(p)}/pay`, fault ? { fault } : {})
	assert.equal(answer.status, 200)
}
const fault = async fields => assert.equal((await sandbox.post('/fault', fields)).status, 200)
const paidOnce = async p => { await becomes(p, 'succeeded'); await world.paidOnce(p) }

test('MON-5 MON-6 the buyer scans, the notification comes, the order is paid', async () => {
	const p = await shown()
	assert.equal((await there(p)).state, 'NOTPAY')
	await scan(p)
	await paidOnce(p)
	assert.ok(await until(async () => (await there(p)).heard, 'acknowledged'))
})

test('MON-6 MON-10 late, twice, ten at once and out of order: the order is paid once', async () => {
	const kinds = ['late', 'twice', 'ten', 'order'], payments = []
	for (const kind of kinds) payments.push([await shown(), kind])
	for (const [p, kind] of payments) await scan(p, kind)
	await scan(await shown())
	for (const [p] of payments) await paidOnce(p)
	for (const [p] of payments) assert.deepEqual(await world.cases(p), [])
	await world.audit()
})

test('MON-7 MON-10 a notification of one fen more books the money aside and leaves the order to be paid', async () => {
	const p = await shown(1), before = await world.unexplained()
	await scan(p, 'amount')
	await until(async () => (await world.cases(p)).length, 'the case')
	assert.equal(await world.unexplained(), before + PRICE + 1)
	assert.equal((await world.state(p)).orders, 'to_pay')
	const again = await start(p.order, 'again')
	assert.deepEqual([again.rc, await stateOf(again)], ['ok', 'waiting'])
	assert.notEqual(again.number, p.number)
	await scan(again)
	await paidOnce(again)
	await world.audit()
})

test('MON-8 a notification that is lost: the channel is asked, and the order is paid once', async () => {
	const p = await shown(1)
	await scan(p, 'lost')
	await it.forward('20s')
	await paidOnce(p)
	const { source } = await it.one(`SELECT source FROM notice WHERE payment_number = '${p.number}'`)
	assert.equal(source, 'query')
	assert.equal((await sandbox.post(`/scan/${await tokenOf(p)}/again`)).status, 200)
	await until(async () => (await there(p)).heard, 'the notification after all')
	await paidOnce(p)
	await world.audit()
})

test('MON-8 forged notifications do nothing; the question to the channel does', async () => {
	const p = await shown(1)
	await scan(p, 'signature')
	await until(async () => (await there(p)).attempts > 0, 'a notification')
	assert.equal(await stateOf(p), 'waiting')
	await it.forward('20s')
	await paidOnce(p)
})

test('MON-8 the job, the buyer\'s button in four windows and the notification at once: the order is paid once', async () => {
	const actors = await parallel(4, async () => new Actor(it, 'buyer'))
	for (let round = 0; round < 5; round++) {
		const p = await shown(2)
		await scan(p, 'ten')
		await it.forward('20s')
		const answers = await Promise.all(actors.map(a => a.ask('ask', p.number)))
		for (const { rc } of answers) assert.equal(rc, 'ok')
		await paidOnce(p)
		assert.deepEqual(await world.cases(p), [])
	}
	await world.audit()
})

test('MON-8 the pauses between questions grow', async () => {
	const p = await shown(2), pauses = []
	for (let i = 0; i < 5; i++) {
		const { queries, pause } = await it.one(`SELECT queries, TIMESTAMPDIFF(SECOND, created_at, query_at) AS pause FROM payment WHERE number = '${p.number}'`)
		assert.equal(+queries, i)
		pauses.push(+pause)
		await it.forward(`${pause - (pauses.at(-2) ?? 0) + 2}s`)
		await until(async () => +(await rowOf(p)).queries === i + 1, 'a question')
	}
	for (let i = 2; i < pauses.length; i++) assert.ok(pauses[i] - pauses[i - 1] > pauses[i - 1] - pauses[i - 2], pauses.join(' '))
	await scan(p)
	await paidOnce(p)
})

test('MON-4 no clear answer makes it unknown; asked again it is clear', async () => {
	const p = await shown(2)
	await fault({ gateway: 'forged', times: 1 })
	assert.equal((await ask(p)).rc, 'ok')
	assert.equal(await stateOf(p), 'unknown')
	assert.equal((await ask(p)).rc, 'ok')
	assert.equal(await stateOf(p), 'waiting')
	await fault({ gateway: 'busy', times: 1 })
	await ask(p)
	assert.equal(await stateOf(p), 'unknown')
	await scan(p, 'lost')
	await ask(p)
	await paidOnce(p)
})

test('MON-4 WXP-4 when the channel gives no code the payment waits, and the same number is asked for again', async () => {
	for (const kind of ['busy', 'rubbish', 'forged']) {
		await fault({ gateway: kind, times: 1 })
		const first = await start(await world.order(3), `first-${kind}`)
		assert.deepEqual([first.rc, await stateOf(first), (await rowOf(first)).code_url], ['ok', 'created', null])
		const second = await start(first.order, `second-${kind}`)
		assert.deepEqual([second.number, await stateOf(second)], [first.number, 'waiting'])
		await scan(second)
		await paidOnce(second)
	}
})

test('MON-4 paid there before our call had answered: the next click learns it, and nothing is paid twice', async () => {
	await fault({ gateway: 'rubbish', times: 1 })
	const first = await start(await world.order(3), 'paid-1')
	const { scan_path: path } = await there(first)
	assert.equal((await sandbox.post(`${path}/pay`, { fault: 'lost' })).status, 200)
	const second = await start(first.order, 'paid-2')
	assert.deepEqual([second.rc, second.number], ['ok', first.number])
	await paidOnce(first)
	await world.audit()
})

test('ORD-11 MON-4 eight clicks on pay in eight windows begin one payment', async () => {
	const order = await world.order(3), actors = await parallel(8, async () => new Actor(it, 'buyer'))
	const answers = await Promise.all(actors.map((a, i) => start(order, `tab-${i}`, a)))
	for (const a of answers) assert.equal(a.rc, 'ok')
	assert.equal(new Set(answers.map(a => a.number)).size, 1)
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM payment_order WHERE order_id = ${order.id}`)).n, '1')
})

test('ACC-3 nobody can pay, cancel or ask about an order or payment of another organisation: it is not there', async () => {
	const { order } = await world.payable(0), stranger = world.buyers[1]
	for (const words of [['start', stranger, stranger, order.number, 'stranger-1'], ['cancel', stranger, stranger, order.number, 'stranger-2']])
		assert.equal((await world.buyerActor.ask(...words)).rc, 'not_found', words[0])
	assert.equal((await it.one(`SELECT state FROM orders WHERE id = ${order.id}`)).state, 'to_pay')
})

test('ACC-14 who placed, began to pay and cancelled stands in the audit log, with time, address and what changed', async () => {
	const p = await shown(0), { order } = p, by = String(order.buyer)
	await world.buyerActor.ask('cancel', by, by, order.number, `cancel-${p.number}`)
	const rows = await it.sql(`SELECT object_kind, event, from_state, to_state, actor_id, actor_org, address, org_id, id FROM audit_log WHERE object_id IN (${order.id}, ${(await rowOf(p)).id}) ORDER BY id`)
	assert.deepEqual(rows.map(r => [r.object_kind, r.event, r.from_state, r.to_state]), [['order', 'place', null, 'to_pay'], ['payment', 'start', null, 'created'],
		['payment', 'start', 'created', 'waiting'], ['order', 'cancel', 'to_pay', 'cancelled'], ['payment', 'close', 'waiting', 'closed']])
	for (const r of rows) assert.deepEqual([r.actor_id, r.actor_org, r.address, r.org_id], [by, by, '192.0.2.1', by])
	const { us } = await it.one(`SELECT TIMESTAMPDIFF(MICROSECOND, '2020-01-01', created_at) AS us FROM orders WHERE id = ${order.id}`)
	assert.equal(BigInt(rows[0].id) >> 13n, BigInt(us), 'the time is in the id')
})

test('MON-5 a cancelled order closes its payment here at once, and at the channel when that lets it', async () => {
	const p = await shown(3)
	assert.equal((await world.buyerActor.ask('cancel', p.order.buyer, p.order.buyer, p.order.number, `cancel-${p.number}`)).rc, 'ok')
	assert.equal(await stateOf(p), 'closed')
	await until(async () => +(await it.one(`SELECT tries FROM outbox WHERE subject = ${(await rowOf(p)).id}`)).tries > 0, 'a try')
	assert.equal((await there(p)).state, 'NOTPAY', 'not within five minutes')
	await it.forward('6m')
	await until(async () => (await there(p)).state === 'CLOSED', 'closed there', 30)
	assert.equal((await it.one(`SELECT state FROM outbox WHERE subject = ${(await rowOf(p)).id}`)).state, 'done')
})

test('MON-7 MON-8 paid while the cancelled order\'s payment was still open there: the closing learns it, the money is the buyer\'s cash', async () => {
	const p = await shown(3), cash = await world.cash(3)
	await world.buyerActor.ask('cancel', p.order.buyer, p.order.buyer, p.order.number, `cancel-${p.number}`)
	await scan(p, 'lost')
	await it.forward('6m')
	await until(async () => (await world.cases(p)).length, 'the case', 30)
	assert.deepEqual(await world.cases(p), ['late'])
	assert.equal(await world.cash(3), cash + PRICE)
	await world.audit()
})

test('MON-8 a payment whose time is over is closed at the channel first and then expires; the order can be paid anew', async () => {
	const p = await shown(0)
	await it.forward('121m')
	await becomes(p, 'expired')
	assert.equal((await there(p)).state, 'CLOSED')
	assert.equal((await world.state(p)).orders, 'to_pay')
	const again = await start(p.order, 'after')
	assert.notEqual(again.number, p.number)
	await scan(again)
	await paidOnce(again)
})

test('MON-8 paid in the last moment and the notification lost: what is over here was paid there, and is booked', async () => {
	const p = await shown(0)
	await scan(p, 'lost')
	await it.forward('121m')
	await paidOnce(p)
	assert.deepEqual(await world.cases(p), [])
})

test('MON-8 while the channel cannot be asked nothing expires', async () => {
	const p = await shown(0)
	await scan(p, 'lost')
	await fault({ gateway: 'busy', times: 1000 })
	await it.forward('121m')
	await becomes(p, 'unknown')
	await it.forward('3h')
	await until(async () => +(await rowOf(p)).queries >= 2, 'a second question')
	assert.equal(await stateOf(p), 'unknown')
	await fault({ gateway: 'none' })
	await it.forward('3h')
	await paidOnce(p)
})

test('ORD-6 NUM-6 an order that is not paid within 24 hours is cancelled by the system; what it held is free again', async () => {
	const held = async () => +(await it.one(`SELECT ${STOCK} - stock AS n FROM plan WHERE id = ${PLAN}`)).n
	const standing = async () => +(await it.one(`SELECT SUM(quantity) AS n FROM orders WHERE plan_id = ${PLAN} AND state <> 'cancelled'`)).n
	const p = await shown(1)
	assert.equal(await held(), await standing())
	await it.forward('23h')
	await until(async () => ['expired', 'unknown'].includes(await stateOf(p)), 'the payment\'s end')
	assert.equal((await world.state(p)).orders, 'to_pay')
	await it.forward('61m')
	await until(async () => (await world.state(p)).orders === 'cancelled', 'the cancelling')
	const [last] = await it.sql(`SELECT actor_name, event, to_state FROM audit_log WHERE object_id = ${p.order.id} ORDER BY id DESC LIMIT 1`)
	assert.deepEqual(last, { actor_name: 'system', event: 'lapse', to_state: 'cancelled' })
	assert.equal(await held(), await standing())
	assert.equal((await start(p.order, 'too-late')).rc, 'conflict')
	await world.audit()
})
