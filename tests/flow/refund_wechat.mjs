// Refunds of what was paid by WeChat, as the jobs carry them out with the payment platform: REF-1, MON-5, MON-7, WXP-4.
import { assert, instance, test, timeout, until } from '../lib/harness.mjs'
import { Actor, PRICE, World } from '../lib/world.mjs'

timeout(90)
const it = await instance({ parts: 'buyer operator callback jobs sandbox nginx' })
const world = await World.make(it, { refunds: 'origin' })
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl), desk = new Actor(it, 'operator')
const finance = await it.client().signIn('finance@demo.test'), boss = await it.client().signIn('admin@demo.test')
const fault = async fields => assert.equal((await sandbox.post('/fault', fields)).status, 200)
const there = async number => (await sandbox.json(`/refunds?number=${number}`)).json.items
const rowOf = number => it.one(`SELECT * FROM refund WHERE number = '${number}'`)

/** A refund of an order that its buyer paid at the payment platform: {order, payment, number}. */
async function begun(i, fen, before = async () => {}) {
	const order = await world.order(i)
	const { said } = await world.buyerActor.ask('start', order.buyer, order.buyer, order.number, `start-${order.number}`), payment = said.split('/').at(-1)
	const { waiting } = (await sandbox.json(`/?number=${payment}`)).json
	assert.equal((await sandbox.post(`${waiting[0].scan_path}/pay`, {})).status, 200)
	await until(async () => (await it.one(`SELECT state FROM payment WHERE number = '${payment}'`)).state === 'succeeded', 'paid')
	await before()
	assert.equal((await desk.ask('give_back', order.buyer, order.number, fen, 'policy')).rc, 'ok')
	return { order: order.number, payment, number: (await it.one(`SELECT number FROM refund WHERE payment_number = '${payment}'`)).number }
}
/** Until it is in that state; its channel is asked again and again meanwhile. */
const becomes = (number, state) => until(async () => {
	const now = (await rowOf(number)).state
	if (now !== state) await it.sql(`UPDATE refund SET next_at = UTC_TIMESTAMP(6) WHERE number = '${number}' AND next_at > UTC_TIMESTAMP(6)`)
	return now === state
}, `${number} ${state}`)
const unsubscribed = async order => (await it.one(`SELECT u.state FROM orders u JOIN orders o ON o.id = u.refunds_id WHERE o.number = '${order}'`)).state
const press = (who, number, what, fields = {}) => who.submit(`/ops/finance/refunds/${number}`, fields, { action: `/ops/finance/refunds/${number}/${what}` })

test('REF-1 MON-5 a refund is told to WeChat by the jobs, is under way, and arrives', async () => {
	await fault({ refund: 'wait', times: 1 })
	const { order, number } = await begun(0, 50000)
	await becomes(number, 'sent')
	assert.deepEqual([(await there(number)).length, await unsubscribed(order), await world.cash(0)], [1, 'refunding', 0])
	assert.equal((await sandbox.post(`/refunds/${number}/success`, {})).status, 200)
	await becomes(number, 'done')
	assert.deepEqual([await unsubscribed(order), !!(await rowOf(number)).refund_id], ['completed', true])
	await until(async () => (await it.one(`SELECT COUNT(*) AS n FROM message WHERE number = '${number}' AND event = 'refund_arrived'`)).n > 0 || +(await it.one(`SELECT COUNT(*) AS n FROM member WHERE org_id = ${world.buyers[0]}`)).n === 0, 'told')
	await world.audit()
})

test('REF-1 WXP-4 answers that are lost: there is one refund at WeChat', async () => {
	for (const gateway of ['rubbish', 'error', 'busy']) {
		const { number } = await begun(1, 1000, () => fault({ gateway, call: 'refund', times: 1 }))
		await becomes(number, 'done')
		assert.equal((await there(number)).length, 1, gateway)
	}
	await world.audit()
})

test('REF-1 MON-7 refused at once, closed, or the card is gone: the money is in the balance, with a case', async () => {
	const before = await world.cash(2)
	for (const refund of ['overdue', 'close', 'change']) {
		const { order, payment, number } = await begun(2, 1000, () => fault({ refund, times: 1 }))
		await becomes(number, 'refused')
		assert.equal(await unsubscribed(order), 'completed')
		assert.deepEqual(await it.sql(`SELECT kind FROM finance_case WHERE payment_number = '${payment}'`), [{ kind: 'refund_failed' }], refund)
	}
	assert.equal(await world.cash(2), before + 3000)
	await world.audit()
})

test('REF-1 given up to the balance by two people, when WeChat does not know it', async () => {
	const { order, number } = await begun(3, PRICE, () => fault({ refund: 'notenough', times: 3 }))
	await until(async () => (await rowOf(number)).state === 'unknown', 'told once')
	assert.equal((await press(finance, number, 'stop', { why: '商户余额不足' })).status, 303)
	assert.equal((await press(boss, number, 'give-up')).status, 422, 'a call may be on its way')
	await it.sql(`UPDATE refund SET tried_at = tried_at - INTERVAL 2 MINUTE WHERE number = '${number}'`)
	assert.equal((await press(boss, number, 'give-up')).status, 303)
	assert.deepEqual([(await rowOf(number)).state, await world.cash(3), await unsubscribed(order), (await there(number)).length], ['refused', PRICE, 'completed', 0])
	await world.audit()
})
