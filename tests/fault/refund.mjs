// A refund through a channel is interrupted wherever it can be: whatever happens the channel is told of it under one number, its money is booked
// once, and the books hold.  REF-1, MON-2; the channel outlives the processes (tests/fault/act_refund.c).
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { Refunds } from '../lib/refunds.mjs'
import { PRICE, World } from '../lib/world.mjs'

const ROUNDS = +(process.env.YUNSHI_RACE_ROUNDS ?? 200), LANES = 4
timeout(120 + ROUNDS)
const it = await instance({ parts: 'buyer sandbox nginx' })
const world = await World.make(it, { buyers: 8, refunds: 'origin' })
const refunds = new Refunds(it, world)

/** A refund of 30000 fen of a new order of buyer i: {order, payment, number}. */
async function begun(i = 0) {
	const { orders: [order], payment } = await refunds.paid(i)
	assert.equal((await refunds.give(i, [order], [30000])).rc, 'ok')
	return { order, payment, number: (await refunds.of(payment))[0].number }
}
/** Killed at the point: true; it got through: false. */
async function killed(pool, point, ask) {
	const actor = refunds.actor(pool, point), answer = await ask(actor)
	await actor.end()
	return answer.rc === 'killed'
}
async function arrived({ order, number }) {
	refunds.set(number, 'done')
	assert.equal((await refunds.go(number)).rc, 'ok')
	assert.deepEqual([await refunds.state(number), await refunds.unsubscribed(order), refunds.told(number)], ['done', [['completed', 30000]], 1])
}

test('MON-2 REF-1 killed between any two statements of giving back: all of it, or nothing', async t => {
	let n = 0
	for (const point of [...Array.from({ length: 60 }, (_, k) => `tx_statement:${k + 1}`), 'before_commit:1', 'after_commit:1']) {
		const { orders: [order], payment } = await refunds.paid(1)
		if (!await killed('operator', point, a => refunds.give(1, [order], [30000], 'policy', a))) continue
		n++
		assert.equal((await refunds.of(payment)).length, point === 'after_commit:1' ? 1 : 0, point)
	}
	assert.ok(n > 15, `${n} points`)
	t.note(`${n} points`)
	await world.audit()
})

test('REF-1 killed before the channel is told, after it was told, and before, in and after storing what it said: it is told once', async t => {
	let n = 0
	for (const point of ['refund_taken:1', 'refund_called:1', ...Array.from({ length: 20 }, (_, k) => `tx_statement:${k + 1}`), 'before_commit:1', 'after_commit:1', 'before_commit:2', 'after_commit:2', 'before_commit:3', 'after_commit:3']) {
		const r = await begun(2)
		if (!await killed('jobs', point, a => refunds.go(r.number, a))) continue
		n++
		assert.equal((await refunds.go(r.number)).rc, 'ok')
		assert.equal(await refunds.state(r.number), 'sent', point)
		await arrived(r)
	}
	assert.ok(n > 8, `${n} points`)
	t.note(`${n} points`)
	await world.audit()
})

test('REF-1 killed anywhere between the question and the books: it arrives once, or goes back once', async t => {
	let n = 0
	for (const end of ['done', 'refused'])
		for (const point of ['refund_called:1', ...Array.from({ length: 40 }, (_, k) => `tx_statement:${k + 1}`), 'before_commit:3', 'after_commit:3']) {
			const r = await begun(3)
			await refunds.go(r.number)
			refunds.set(r.number, end)
			const before = await world.cash(3)
			if (!await killed('jobs', point, a => refunds.go(r.number, a))) continue
			n++
			assert.equal((await refunds.go(r.number)).rc === 'ok' || await refunds.state(r.number) === end, true, point)
			assert.deepEqual([await refunds.state(r.number), await refunds.unsubscribed(r.order), refunds.told(r.number)], [end, [['completed', 30000]], 1])
			assert.equal(await world.cash(3) - before, end === 'done' ? 0 : 30000, point)
		}
	t.note(`${n} points`)
	assert.ok(n > 20, `${n} points`)
	await world.audit()
})

test('REF-1 a channel that is busy, loses its answer, or is silent: unknown, and the same number until it is clear', async () => {
	const [busy, lost] = [await begun(4), await begun(4)]
	refunds.how('busy')
	for (let k = 0; k < 3; k++) await refunds.go(busy.number)
	assert.deepEqual([await refunds.state(busy.number), refunds.knows(busy.number)], ['unknown', false])
	refunds.how('lost')
	await refunds.go(lost.number)
	assert.deepEqual([await refunds.state(lost.number), refunds.knows(lost.number)], ['unknown', 'pending'])
	refunds.how('silent')
	for (const r of [busy, lost]) await refunds.go(r.number)
	assert.deepEqual([await refunds.state(busy.number), await refunds.state(lost.number)], ['unknown', 'unknown'])
	await world.audit()
	refunds.how('')
	for (const r of [busy, lost]) await refunds.go(r.number)
	assert.deepEqual([await refunds.state(busy.number), await refunds.state(lost.number), refunds.told(lost.number)], ['sent', 'sent', 1])
	for (const r of [busy, lost]) { refunds.set(r.number, 'done'); await refunds.go(r.number) }
	assert.deepEqual([await refunds.state(busy.number), await refunds.state(lost.number)], ['done', 'done'])
	await world.audit()
})

test('REF-1 two processes at the same refund: one makes the call, and its end is booked once', async () => {
	const all = await parallel(8, i => begun(i)), other = refunds.actor('jobs')
	for (const how of ['pending', 'done'])
		for (const r of all) {
			if (how === 'done') refunds.set(r.number, 'done')
			await Promise.all([refunds.go(r.number), refunds.go(r.number, other)])
		}
	for (const r of all) assert.deepEqual([await refunds.state(r.number), refunds.told(r.number)], ['done', 1])
	await world.audit()
})

test(`REF-1 two refunds at once, ${ROUNDS} times: together never more than was paid`, async t => {
	const lanes = await parallel(LANES, async () => [refunds.actor('operator'), refunds.actor('operator')])
	let both = 0
	await parallel(LANES, async k => {
		for (let r = k; r < ROUNDS; r += LANES) {
			const i = r % 8, { orders: [order], payment } = await refunds.paid(i), amount = r % 2 ? PRICE : PRICE / 2
			const answers = await Promise.all(lanes[k].map(a => refunds.give(i, [order], [amount], 'policy', a)))
			const done = answers.filter(a => a.rc === 'ok').length
			assert.ok(answers.every(a => ['ok', 'conflict'].includes(a.rc)), JSON.stringify(answers))
			assert.equal(done, r % 2 ? 1 : 2)
			both += done === 2
			assert.equal((await refunds.of(payment)).reduce((sum, x) => sum + +x.amount, 0), PRICE)
		}
	})
	t.note(`${both} with room for both`)
	await world.audit()
})
