// The payment platform is silent, slow, cut off, an error page, rubbish, unsigned, wrongly signed, at each of its calls, before or after it did what
// was asked: nothing is lost, nothing happens twice, and the books hold.  MON-2, MON-5 to MON-9, WXP-4.
import { faults, Gateway } from '../lib/gateway.mjs'
import { assert, instance, parallel, program, test, timeout, until } from '../lib/harness.mjs'
import { Actor, PRICE, World } from '../lib/world.mjs'

timeout(120)
process.env.YUNSHI_WECHAT_TIMEOUT_MS = '300'
process.env.YUNSHI_SANDBOX_SPEED = '2000'
const it = await instance({ parts: 'buyer callback sandbox nginx' })
const gateway = await Gateway.make(it)
const world = await World.make(it, { buyers: 8, refunds: 'origin' })
const more = { YUNSHI_WECHAT_GATEWAY: gateway.url }
const buyer = new Actor(it, 'buyer', undefined, more), jobs = new Actor(it, 'jobs', undefined, more), desk = new Actor(it, 'operator', undefined, more)
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const there = async number => { const { waiting, others } = (await sandbox.json(`/?number=${number}`)).json; return [...waiting, ...others].find(p => p.number === number) }
const stateOf = async number => (await it.one(`SELECT state FROM payment WHERE number = '${number}'`)).state
const start = async (order, key, actor = buyer) => { const { rc, said } = await actor.ask('start', order.buyer, order.buyer, order.number, key); return { rc, order, number: said.split('/').at(-1) } }
const pay = async (number, fault = 'lost') => assert.equal((await sandbox.post(`${(await there(number)).scan_path}/pay`, { fault })).status, 200)
/** The books hold; what the clock has made old is sealed first. */
async function audit() {
	await it.sql('DELETE FROM lease')	// of the process that sealed before
	await it.yunshi('jobs', '--only', 'audit_seal', '--once')
	await world.audit()
}
const places = [[true, 'after it was done'], [false, 'before it is']]

for (const [done, when] of places)
	test(`MON-4 WXP-4 a code is asked for and the platform fails ${when}: the payment waits, asked again it has its code, and is paid once`, async () => {
		for (const [i, how] of faults.entries()) {
			gateway.spoil('unifiedorder', how, done)
			const first = await start(await world.order(i % 8), `a-${how}-${done}`)
			assert.deepEqual([first.rc, await stateOf(first.number)], ['ok', 'created'], how)
			const second = await start(first.order, `b-${how}-${done}`)
			assert.deepEqual([second.number, await stateOf(second.number)], [first.number, 'waiting'], how)
			await pay(second.number, 'none')
			await until(async () => await stateOf(second.number) === 'succeeded', how)
			await world.paidOnce(second)
		}
		await audit()
	})

test('MON-8 WXP-4 the platform is asked about a paid payment and fails: nothing moves; asked again it is booked once', async () => {
	for (const [i, how] of faults.entries()) {
		const p = await start(await world.order(i % 8), `q-${how}`)
		await pay(p.number)
		gateway.spoil('orderquery', how)
		assert.equal((await buyer.ask('ask', p.number)).rc, 'ok', how)
		assert.equal(await stateOf(p.number), 'unknown', how)
		const answers = await Promise.all([buyer, jobs, desk].map(a => a.ask('ask', p.number)))
		assert.ok(answers.every(a => a.rc === 'ok'), JSON.stringify(answers))
		if (await stateOf(p.number) !== 'succeeded') await buyer.ask('ask', p.number)
		await world.paidOnce(p)
		assert.deepEqual(await world.cases(p), [], how)
	}
	await audit()
})

const outbox = () => program(it.is.program, ['jobs', '--config', it.is.config, '--only', 'outbox', '--once'], { env: { ...it.env(), ...more } })
const closing = number => it.sql(`UPDATE outbox SET next_at = IF(kind = 'channel_close' AND subject = (SELECT id FROM payment WHERE number = '${number}'), UTC_TIMESTAMP(6), '2099-01-01') WHERE state = 'waiting'`)

for (const [done, when] of places)
	test(`MON-5 WXP-4 a close is sent and the platform fails ${when}: the order is cancelled at once, the close is sent until it is clear`, async () => {
		for (const [i, how] of faults.entries()) {
			const p = await start(await world.order(i % 8), `c-${how}-${done}`)
			assert.equal((await buyer.ask('cancel', p.order.buyer, p.order.buyer, p.order.number, `d-${how}-${done}`)).rc, 'ok')
			assert.equal(await stateOf(p.number), 'closed', 'here at once')
			await it.forward('6m')
			gateway.spoil('closeorder', how, done)
			for (const left of ['waiting', 'done']) {
				await closing(p.number)
				assert.equal((await outbox()).status, 0)
				assert.equal((await it.one(`SELECT state FROM outbox WHERE kind = 'channel_close' AND subject = (SELECT id FROM payment WHERE number = '${p.number}')`)).state, left, how)
			}
			assert.equal((await there(p.number)).state, 'CLOSED', how)
		}
		await audit()
	})

test('MON-7 MON-8 paid, and then cancelled while the platform fails: the close learns of the money in the end, it is the buyer\'s cash with one case', async () => {
	for (const [i, how] of faults.entries()) {
		const p = await start(await world.order(i % 8), `e-${how}`), cash = await world.cash(i % 8)
		await pay(p.number)
		assert.equal((await buyer.ask('cancel', p.order.buyer, p.order.buyer, p.order.number, `f-${how}`)).rc, 'ok')
		gateway.spoil('closeorder', how, false)
		gateway.spoil('orderquery', how)
		for (let k = 0; k < 4; k++) {
			await closing(p.number)
			assert.equal((await outbox()).status, 0)
		}
		assert.deepEqual([await world.cases(p), await world.cash(i % 8)], [['late'], cash + PRICE], how)
	}
	await audit()
})

/** A refund of 30000 fen of a new payment of buyer i, not told to anybody yet: its number. */
async function refunding(i, key) {
	const p = await start(await world.order(i), key)
	await pay(p.number, 'none')
	await until(async () => await stateOf(p.number) === 'succeeded', 'paid')
	assert.equal((await desk.ask('give_back', p.order.buyer, p.order.number, 30000, 'policy')).rc, 'ok')
	return { ...p, refund: (await it.one(`SELECT number FROM refund WHERE payment_number = '${p.number}'`)).number }
}
const refundThere = async number => (await sandbox.json(`/refunds?number=${number}`)).json.items
const refundState = async number => (await it.one(`SELECT state FROM refund WHERE number = '${number}'`)).state
const refundDone = async r => {
	await until(async () => { await jobs.ask('refund_go', r.refund); return await refundState(r.refund) === 'done' }, 'done')
	assert.equal((await refundThere(r.number)).length, 1)
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM journal WHERE kind = 'refund_done' AND id = (SELECT end_journal FROM refund WHERE number = '${r.refund}')`)).n, '1')
}

for (const [done, when] of places)
	test(`REF-1 WXP-4 MON-2 a refund is told and the platform fails ${when}: it is one refund there, and arrives once`, async () => {
		for (const [i, how] of faults.entries()) {
			const r = await refunding(i % 8, `r-${how}-${done}`)
			gateway.spoil('refund', how, done)
			await jobs.ask('refund_go', r.refund)
			assert.notEqual(await refundState(r.refund), 'done', how)
			await refundDone(r)
		}
		await audit()
	})

test('MON-8 WXP-4 WXP-8 a refund is asked about and the platform fails: nothing moves, asked again it arrives once; hints meanwhile change nothing', async () => {
	for (const [i, how] of faults.entries()) {
		const r = await refunding(i % 8, `s-${how}`)
		assert.equal((await jobs.ask('refund_go', r.refund)).rc, 'ok')
		await until(async () => (await refundThere(r.refund))[0].state === 'SUCCESS', 'done there')
		gateway.spoil('refundquery', how)
		await jobs.ask('refund_go', r.refund)
		assert.notEqual(await refundState(r.refund), 'done', how)
		await parallel(2, () => jobs.ask('refund_go', r.refund))
		await refundDone(r)
	}
	await audit()
})

test('REF-1 WXP-4 refused by an answer that comes after one that was lost: the money does not go back twice', async () => {
	const r = await refunding(0, 'twice'), cash = await world.cash(0)
	gateway.spoil('refund', 'html')
	await jobs.ask('refund_go', r.refund)
	assert.equal((await sandbox.post('/fault', { refund: 'overdue', times: 1 })).status, 200)
	await refundDone(r)
	assert.equal(await world.cash(0), cash)
	assert.equal((await sandbox.post('/fault', { refund: 'done', times: 1 })).status, 200)
	await audit()
})

test('MON-9 WXP-4 the statement is fetched and the platform fails: it is not there, or refused as a whole; fetched again it is the same', async () => {
	await it.forward('1d')
	const a = new Actor(it, 'jobs', undefined, { ...more, YUNSHI_WECHAT_TIMEOUT_MS: '100' }), whole = await new Actor(it, 'jobs', undefined, more).ask('statement', 1)
	assert.equal(whole.rc, 'ok')
	assert.ok(whole.said.includes(' P') && whole.said.includes(' -R'))
	for (const how of faults.filter(f => f !== 'forged')) {	// a statement is not signed
		gateway.spoil('downloadbill', how)
		const { rc } = await a.ask('statement', 1)
		assert.ok(['busy', 'malformed'].includes(rc), `${how}: ${rc}`)
	}
	assert.deepEqual(await new Actor(it, 'jobs', undefined, more).ask('statement', 1), whole)
	await audit()
})
