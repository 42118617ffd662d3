// Paying several orders with vouchers and cards, against each other and against cancelling, expiring and the channel's word, over connections of
// their own, about a thousand times each: one wins, nothing is spent twice, nothing stays reserved, the books hold.  ORD-4, ORD-13, ORD-16.
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { Actor, PRICE, World, newTransaction } from '../lib/world.mjs'

const ROUNDS = +(process.env.YUNSHI_RACE_ROUNDS ?? 100), LANES = 4
timeout(60 + ROUNDS)
const it = await instance({ parts: 'buyer sandbox nginx' })
const world = await World.make(it, { buyers: 8 })
const lanes = await parallel(LANES, async () => ({ one: new Actor(it, 'buyer'), two: new Actor(it, 'buyer'), channel: new Actor(it, 'callback'), jobs: new Actor(it, 'jobs') }))
const rounds = (n, run) => parallel(LANES, async i => { for (let r = i; r < n; r += LANES) await run(lanes[i], r, r % 8) })
const pause = ms => new Promise(yes => setTimeout(yes, ms))
const order = i => world.place(i)
const stateOf = async number => (await it.one(`SELECT state FROM orders WHERE number = '${number}'`)).state
const amountOf = async number => +(await it.one(`SELECT amount FROM payment WHERE number = '${number}'`)).amount

test(`ORD-13 ORD-16 two orders paid at once with the same card that is enough for one, ${ROUNDS} times: it is spent once`, async () => {
	await rounds(ROUNDS, async (lane, r, i) => {
		const [a, b, card] = [await order(i), await order(i), await world.voucher(i, String(PRICE / 100), { kind: 'card' })]
		const answers = await Promise.all([world.pay(i, [a], { cards: [card], channel: 'wechat', actor: lane.one }), world.pay(i, [b], { cards: [card], channel: 'wechat', actor: lane.two })])
		assert.deepEqual(answers.map(x => x.rc), ['ok', 'ok'], JSON.stringify(answers))
		const amounts = await Promise.all(answers.map(x => amountOf(x.number)))
		assert.deepEqual(amounts.sort((x, y) => x - y), [0, PRICE])
		assert.deepEqual(await world.parts(card), [0, 0, PRICE, 0])
	})
	await world.audit()
})

test(`ORD-13 ORD-16 two orders paid at once with one voucher, ${ROUNDS} times: one has it, the other is told`, async t => {
	const won = [0, 0]
	await rounds(ROUNDS, async (lane, r, i) => {
		const [a, b, v] = [await order(i), await order(i), await world.voucher(i, '2000')]
		const pays = [world.pay(i, [a], { vouchers: [`${a}:${v}`], actor: lane.one }), world.pay(i, [b], { vouchers: [`${b}:${v}`], actor: lane.two })]
		const answers = await Promise.all(r % 2 ? pays : pays.reverse())
		assert.deepEqual(answers.map(x => x.rc).sort(), ['invalid', 'ok'], JSON.stringify(answers))
		assert.equal(answers.find(x => x.rc === 'invalid').said, 'part_problem.empty')
		assert.deepEqual(await world.parts(v), [0, 0, PRICE, 200000 - PRICE])
		won[+(answers[0].rc === 'ok')]++
	})
	t.note(`${won} first`)
	await world.audit()
})

test(`ORD-4 ORD-6 paying from vouchers and cards against cancelling one of the orders, ${ROUNDS} times: all paid, or one cancelled and nothing spent`, async t => {
	let cancelled = 0
	await rounds(ROUNDS, async (lane, r, i) => {
		const [a, b, card] = [await order(i), await order(i), await world.voucher(i, String(2 * PRICE / 100), { kind: 'card' })]
		const pay = world.pay(i, [a, b], { cards: [card], actor: lane.one })
		if (r % 3) await pause(r % 4)
		const cancel = lane.two.ask('cancel', world.buyers[i], world.buyers[i], b, `cancel-${b}`)
		const [paid, gone] = await Promise.all([pay, cancel])
		if (gone.rc === 'ok') {
			assert.deepEqual([paid.rc, paid.said, await stateOf(a), await stateOf(b)], ['conflict', 'orders', 'to_pay', 'cancelled'])
			assert.deepEqual(await world.parts(card), [2 * PRICE, 0, 0, 0])
			cancelled++
		} else {
			assert.deepEqual([paid.rc, gone.rc, await stateOf(a), await stateOf(b)], ['ok', 'conflict', 'processing', 'processing'])
			assert.deepEqual(await world.parts(card), [0, 0, 2 * PRICE, 0])
		}
	})
	t.note(`${cancelled} cancelled`)
	await world.audit()
})

test(`ORD-4 MON-7 the channel's word against cancelling one of three orders with a card reserved, ${ROUNDS} times`, async t => {
	let cancelled = 0
	await rounds(ROUNDS, async (lane, r, i) => {
		const list = [await order(i), await order(i), await order(i)], card = await world.voucher(i, '500', { kind: 'card' })
		const { number } = await world.pay(i, list, { cards: [card] }), due = 3 * PRICE - 50000
		assert.equal(await amountOf(number), due)
		const hear = lane.channel.ask('hear', number, newTransaction(), due)
		if (r % 3) await pause(r % 5)
		const [heard, gone] = await Promise.all([hear, lane.two.ask('cancel', world.buyers[i], world.buyers[i], list[r % 3], `cancel-${list[0]}`)])
		assert.equal(heard.rc, 'ok')
		if (gone.rc === 'ok') {
			assert.deepEqual([heard.said, await world.cases({ number })], ['late', ['late']])
			assert.deepEqual(await world.parts(card), [50000, 0, 0, 0])
			cancelled++
		} else {
			assert.deepEqual([heard.said, gone.rc, await stateOf(list[0])], ['applied', 'conflict', 'processing'])
			assert.deepEqual(await world.parts(card), [0, 0, 50000, 0])
		}
	})
	t.note(`${cancelled} cancelled`)
	await world.audit()
})

test(`ORD-6 ORD-16 paying against the deadline of an order and against the end of a card, ${ROUNDS} times`, async t => {
	let expired = 0, ended = 0
	await rounds(ROUNDS, async (lane, r, i) => {
		const [a, b, card] = [await order(i), await order(i), await world.voucher(i, String(2 * PRICE / 100), { kind: 'card' })]
		if (r % 2) {
			const { number } = await world.pay(i, [a, b], { cards: [await world.voucher(i, '1', { kind: 'card' })] }), due = 2 * PRICE - 100
			await it.sql(`UPDATE orders SET deadline_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE number = '${b}'`)
			const [heard, over] = await Promise.all([lane.channel.ask('hear', number, newTransaction(), due), lane.jobs.ask('expire', b)])
			assert.deepEqual([heard.rc, over.rc === 'ok'], ['ok', heard.said === 'late'], `${heard.said} ${over.rc}`)
			expired += over.rc === 'ok'
		} else {
			await it.sql(`UPDATE voucher SET valid_to = UTC_TIMESTAMP(6) + INTERVAL 30000 MICROSECOND WHERE id = ${card}`)
			const after = async (ms, run) => { await pause(ms); return run() }
			const [paid, end] = await Promise.all([after(r % 20, () => world.pay(i, [a, b], { cards: [card], actor: lane.one })), after(r * 7 % 30, () => lane.jobs.ask('voucher_end', world.buyers[i], card))])
			const parts = await world.parts(card)
			if (paid.rc === 'ok' && await amountOf(paid.number) === 0) assert.deepEqual([parts, end.rc], [[0, 0, 2 * PRICE, 0], 'not_found'])
			else assert.ok([0, 1].includes(parts[3] / (2 * PRICE)) && !parts[1] && !parts[2], parts.join(' '))
			ended += end.rc === 'ok'
		}
	})
	t.note(`${expired} orders and ${ended} cards ended`)
	await world.audit()
})

test(`MON-4 ORD-4 two overlapping sets paid at once, ${ROUNDS} times: never two open payments for one order`, async () => {
	await rounds(ROUNDS, async (lane, r, i) => {
		const [a, b, c] = [await order(i), await order(i), await order(i)]
		const answers = await Promise.all([world.pay(i, [a, b], { actor: lane.one }), world.pay(i, [c, b], { actor: lane.two })])
		assert.deepEqual(answers.map(x => x.rc), ['ok', 'ok'], JSON.stringify(answers))
	})
	await world.audit()
})
