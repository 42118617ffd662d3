// Refunds and statements between us and the payment platform: what the channel makes of each answer, also of lost and strange ones.  WXP-3, WXP-4, MON-5, MON-10.
import { assert, instance, test, timeout, until } from '../lib/harness.mjs'
import { Actor, PRICE, World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer callback sandbox nginx' })
const world = await World.make(it)
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl), jobs = new Actor(it, 'jobs')
const fault = async fields => assert.equal((await sandbox.post('/fault', fields)).status, 200)
let numbers = 0
const newNumber = () => `R20261121102304${String(++numbers).padStart(6, '0')}`

/** A payment that the buyer made: its number. */
async function paid() {
	const order = await world.order(0)
	const { said } = await world.buyerActor.ask('start', order.buyer, order.buyer, order.number, `start-${order.number}`), number = said.split('/').at(-1)
	const { waiting } = (await sandbox.json(`/?number=${number}`)).json
	assert.equal((await sandbox.post(`${waiting[0].scan_path}/pay`, {})).status, 200)
	await until(async () => (await it.one(`SELECT state FROM payment WHERE number = '${number}'`)).state === 'succeeded', 'paid')
	return number
}
const refund = (payment, number, amount, total = PRICE) => jobs.ask('refund', payment, number, total, amount)
const query = async number => (await jobs.ask('refund_query', number)).said.split(' ').slice(0, 2).join(' ')
const there = async number => (await sandbox.json(`/refunds?number=${number}`)).json.items

test('MON-5 MON-10 WXP-3 a refund is accepted, is under way, and is done; said again it is the same one', async () => {
	const payment = await paid(), number = newNumber()
	assert.equal(await query(number), 'not_there 0')
	assert.deepEqual(await refund(payment, number, 28000), { rc: 'ok', said: 'pending 0 -' })
	assert.deepEqual(await refund(payment, number, 28000), { rc: 'ok', said: 'pending 0 -' })
	await until(async () => await query(number) === 'done 28000', 'done')
	assert.equal((await there(payment)).length, 1)
})

test('WXP-4 an answer that is lost, rubbish, an error page, wrongly signed, or too slow: busy; the same number again makes no second refund', async () => {
	const payment = await paid()
	for (const kind of ['rubbish', 'error', 'forged', 'slow', 'busy']) {
		const number = newNumber(), a = kind === 'slow' ? new Actor(it, 'jobs', undefined, { YUNSHI_WECHAT_TIMEOUT_MS: '500' }) : jobs
		await fault({ gateway: kind, call: 'refund', times: 1 })
		assert.equal((await a.ask('refund', payment, number, PRICE, 100)).rc, 'busy', kind)
		await until(async () => kind === 'busy' || (await there(number)).length === 1, 'done there')
		assert.deepEqual(await refund(payment, number, 100), { rc: 'ok', said: 'pending 0 -' })
		await fault({ gateway: kind, call: 'refundquery', times: 1 })
		assert.equal((await a.ask('refund_query', number)).said.split(' ')[0], 'nothing', kind)
	}
	assert.equal((await there(payment)).length, 5)
})

test('WXP-4 TRADE_OVERDUE and USER_ACCOUNT_ABNORMAL refuse for good; NOTENOUGH and BIZERR_NEED_RETRY wait', async () => {
	const payment = await paid()
	for (const [plan, rc, code] of [['overdue', 'conflict', 'TRADE_OVERDUE'], ['abnormal', 'conflict', 'USER_ACCOUNT_ABNORMAL'], ['notenough', 'busy', 'NOTENOUGH'],
		['again', 'busy', 'BIZERR_NEED_RETRY']]) {
		await fault({ refund: plan, times: 1 })
		const answer = await refund(payment, newNumber(), 100)
		assert.equal(answer.rc, rc, plan)
		assert.ok(answer.said.includes(code), answer.said)
	}
	assert.deepEqual(await there(payment), [])
})

test('WXP-4 a refusal after an answer that was lost is no refusal: the refund is there', async () => {
	const payment = await paid(), number = newNumber()
	await fault({ gateway: 'rubbish', call: 'refund', times: 1 })
	assert.equal((await refund(payment, number, 100)).rc, 'busy')
	// as after a mistake of ours: another amount under the same number is refused, and the first one is on its way
	const again = await refund(payment, number, 101)
	assert.deepEqual([again.rc, again.said.split(' ')[0]], ['ok', 'pending'])
	await fault({ gateway: 'busy', call: 'refundquery', times: 1 })
	assert.equal((await refund(payment, number, 101)).rc, 'busy', 'nobody knows')
})

test('MON-10 refunds of a payment never exceed it', async () => {
	const payment = await paid()
	assert.equal((await refund(payment, newNumber(), PRICE - 100)).rc, 'ok')
	const more = await refund(payment, newNumber(), 101)
	assert.deepEqual([more.rc, more.said.split(' ')[0]], ['conflict', 'refused'])
	assert.equal((await refund(payment, newNumber(), 100)).rc, 'ok')
})

test('MON-10 a person at the page decides: done, card closed, given up', async () => {
	const payment = await paid(), page = it.client({}, it.sandboxUrl)
	for (const [button, verdict] of [['success', 'done 100'], ['change', 'refused 100'], ['close', 'refused 100']]) {
		const number = newNumber()
		await fault({ refund: 'wait', fault: 'lost', times: 1 })
		assert.equal((await refund(payment, number, 100)).rc, 'ok')
		const shown = await page.get(`/refunds?number=${number}`)
		assert.equal((await page.post(shown.form(`/refunds/${number}/${button}`).action, {})).status, 303)
		assert.equal(await query(number), verdict)
		assert.equal((await sandbox.post(`/refunds/${number}/success`, {})).status, 409)
	}
})

test('MON-9 WXP-3 the statement of yesterday: payments and refunds, exact, with fees; late, cut and wrong ones are told apart', async () => {
	assert.equal((await jobs.ask('statement', 0)).rc, 'not_found')
	await it.forward('1d')
	const a = new Actor(it, 'jobs'), all = await a.ask('statement', 1)
	assert.equal(all.rc, 'ok')
	const lines = all.said.trim().split(' '), payments = lines.filter(l => l.startsWith('P')), refunds = lines.filter(l => l.startsWith('-R'))
	assert.ok(payments.length >= 6 && refunds.length >= 9 && lines.length === payments.length + refunds.length)
	for (const l of payments) assert.equal(l.split(':').slice(1).join(':'), `${PRICE}:768`)
	for (const [kind, rc] of [['late', 'not_found'], ['half', 'malformed'], ['sums', 'malformed'], ['missing', 'ok'], ['extra', 'ok'], ['amount', 'ok']]) {
		await fault({ bill: kind, times: 1 })
		const { rc: got, said } = await a.ask('statement', 1)
		assert.equal(got, rc, kind)
		if (rc === 'ok') assert.notEqual(said, all.said)
	}
	for (const kind of ['busy', 'rubbish', 'error']) {
		await fault({ gateway: kind, call: 'downloadbill', times: 1 })
		assert.ok(['busy', 'malformed'].includes((await a.ask('statement', 1)).rc), kind)
	}
	assert.deepEqual(await a.ask('statement', 1), all)
})
