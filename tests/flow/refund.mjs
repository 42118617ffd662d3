// Money that goes back: from an order to its sources, and from there the way it came: REF-1, REF-4, REF-13, MON-2, MON-7, MON-12.
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { Refunds } from '../lib/refunds.mjs'
import { PRICE, World, newTransaction } from '../lib/world.mjs'

timeout(90)
const it = await instance({ parts: 'buyer callback sandbox nginx' })
const world = await World.make(it, { buyers: 10, refunds: 'origin' })
const refunds = new Refunds(it, world)
const one = async payment => { const all = await refunds.of(payment); assert.equal(all.length, 1); return all[0] }

test('REF-1 REF-4 a part of an order goes back the way it came: due, accepted, arrived', async () => {
	const { orders: [order], payment } = await refunds.paid(0), before = await refunds.due()
	assert.equal((await refunds.give(0, [order], [50000])).rc, 'ok')
	const r = await one(payment)
	assert.deepEqual([r.state, r.amount, r.paid, r.cause], ['waiting', '50000', String(PRICE), 'orders'])
	assert.match(r.number, /^R[0-9]{26}$/)
	assert.deepEqual([await world.cash(0), await refunds.due() - before, await refunds.unsubscribed(order)], [0, 50000, [['refunding', 50000]]])
	await world.audit()
	assert.equal((await refunds.go(r.number)).rc, 'ok')
	assert.deepEqual([await refunds.state(r.number), (await one(payment)).refund_id], ['sent', `50${r.number.slice(1)}`])
	assert.equal((await refunds.go(r.number)).rc, 'ok')
	assert.deepEqual([await refunds.state(r.number), await refunds.unsubscribed(order)], ['sent', [['refunding', 50000]]])
	await world.audit()
	refunds.set(r.number, 'done')
	assert.equal((await refunds.go(r.number)).rc, 'ok')
	assert.deepEqual([await refunds.state(r.number), await refunds.unsubscribed(order), await refunds.due(), await world.cash(0)], ['done', [['completed', 50000]], before, 0])
	assert.equal(refunds.told(r.number), 1)
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM message_draft d JOIN outbox b ON b.subject = d.id AND b.action = 'refund_arrived' WHERE d.number = '${r.number}' AND d.amount = 50000`)).n, '1')
	await world.audit()
})

test('REF-1 NUM-2 each source has back its share to the fen, and over all refunds exactly what it gave', async () => {
	const voucher = await world.voucher(1, '333.33'), card = await world.voucher(1, '200', { kind: 'card' })
	const { orders: [order], payment } = await refunds.paid(1, 1, { vouchers: [voucher], cards: [card] }), cash = PRICE - 33333 - 20000
	let given = 0
	for (const amount of [1, 64000, 7, 31]) {
		assert.equal((await refunds.give(1, [order], [amount])).rc, 'ok')
		given += amount
		const back = await refunds.back(order)
		assert.equal(back.reduce((a, b) => a + b), given)
		for (const [k, gave] of [cash, 0, 33333, 20000].entries()) assert.ok(Math.abs(back[k] - gave * given / PRICE) < 4, `${back}`)
	}
	assert.equal((await refunds.give(1, [order], [PRICE - given])).rc, 'ok')
	assert.deepEqual(await refunds.back(order), [cash, 0, 33333, 20000])
	assert.deepEqual([await world.parts(voucher), await world.parts(card)], [[33333, 0, 0, 0], [20000, 0, 0, 0]])
	assert.equal((await refunds.of(payment)).reduce((sum, r) => sum + +r.amount, 0), cash)
	await world.audit()
	for (const amount of [1, PRICE]) assert.equal((await refunds.give(1, [order], [amount])).rc, 'conflict')
})

test('REF-1 MON-3 what was paid from the balance goes back to gift and cash, at once', async () => {
	await it.sql("UPDATE category_policy SET channels = 'balance,wechat,b2b' WHERE category_code = 'saas'")
	await world.fund(2, 100000, 'gift')
	await world.fund(2, PRICE)
	const { orders: [order] } = await refunds.paid(2, 1, { channel: 'balance' })
	assert.equal((await refunds.give(2, [order], [PRICE / 2])).rc, 'ok')
	assert.deepEqual([await refunds.back(order), await refunds.unsubscribed(order)], [[(PRICE - 100000) / 2, 50000, 0, 0], [['completed', PRICE / 2]]])
	await world.audit()
})

test('REF-1 a voucher that is over is not returned; one that is not meant to come back stays used', async () => {
	const over = await world.voucher(3, '280'), kept = await world.voucher(3, '280')
	const first = await refunds.paid(3, 1, { vouchers: [over] }), second = await refunds.paid(3, 1, { vouchers: [kept] })
	await it.sql(`UPDATE voucher SET valid_to = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE id = ${over}`)
	assert.equal((await refunds.give(3, first.orders, [PRICE])).rc, 'ok')
	assert.deepEqual([await world.parts(over), (await one(first.payment)).amount], [[0, 0, 0, 28000], String(PRICE - 28000)])
	assert.equal((await refunds.give(3, second.orders, [PRICE - 28000 + 1], 'no_vouchers')).rc, 'conflict')
	assert.equal((await refunds.give(3, second.orders, [PRICE - 28000], 'no_vouchers')).rc, 'ok')
	assert.deepEqual([await world.parts(kept), await refunds.back(second.orders[0])], [[0, 0, 28000, 0], [PRICE - 28000, 0, 0, 0]])
	await world.audit()
})

test('REF-1 several orders of one payment go back in one refund, those of several payments in one each', async () => {
	const two = await refunds.paid(4, 2), other = await refunds.paid(4)
	assert.equal((await refunds.give(4, [...two.orders, ...other.orders], [PRICE, 10000, 20000])).rc, 'ok')
	const [r, s] = [await one(two.payment), await one(other.payment)]
	assert.deepEqual([r.amount, s.amount], [String(PRICE + 10000), '20000'])
	for (const number of [r.number, s.number]) await refunds.go(number)
	refunds.set(r.number, 'done')
	await refunds.go(r.number)
	assert.deepEqual(await Promise.all([...two.orders, ...other.orders].map(o => refunds.unsubscribed(o))), [[['completed', PRICE]], [['completed', 10000]], [['refunding', 20000]]])
	await world.audit()
})

test('REF-1 nothing, less than nothing and more than was paid are refused, and change nothing', async () => {
	const { orders: [order], payment } = await refunds.paid(5)
	for (const amount of [0, -1, -PRICE]) assert.equal((await refunds.give(5, [order], [amount])).rc, 'invalid')
	assert.equal((await refunds.give(5, [order], [PRICE + 1])).rc, 'conflict')
	const unpaid = await world.place(5)
	assert.equal((await refunds.give(5, [unpaid], [1])).rc, 'conflict')
	assert.deepEqual([await refunds.back(order), (await refunds.of(payment)).length, await refunds.unsubscribed(unpaid)], [[0, 0, 0, 0], 0, []])
	await world.audit()
})

test('REF-1 the policy decides where it goes, unless it is said; the balance has it at once', async () => {
	const { orders: [order], payment } = await refunds.paid(6)
	assert.equal((await refunds.give(6, [order], [1000], 'balance')).rc, 'ok')
	assert.deepEqual([await world.cash(6), (await refunds.of(payment)).length, await refunds.unsubscribed(order)], [1000, 0, [['completed', 1000]]])
	await it.sql("UPDATE category_policy SET refund_to = 'balance' WHERE category_code = 'saas'")
	assert.equal((await refunds.give(6, [order], [1000])).rc, 'ok')
	assert.equal((await refunds.give(6, [order], [1000], 'origin')).rc, 'ok')
	await it.sql("UPDATE category_policy SET refund_to = 'origin' WHERE category_code = 'saas'")
	assert.deepEqual([await world.cash(6), (await one(payment)).amount], [2000, '1000'])
	await world.audit()
})

test('REF-1 MON-7 refused for good: the money is in the balance, its owner and the finance desk are told, once', async () => {
	const { orders: [order], payment } = await refunds.paid(7)
	await refunds.give(7, [order], [30000])
	const { number } = await one(payment)
	refunds.how('refused')
	assert.equal((await refunds.go(number)).rc, 'ok')
	refunds.how('')
	const ended = async () => [await refunds.state(number), await world.cash(7), await refunds.unsubscribed(order), (await it.one(`SELECT refunded FROM payment WHERE number = '${payment}'`)).refunded]
	assert.deepEqual(await ended(), ['refused', 30000, [['completed', 30000]], '0'])
	assert.deepEqual(await it.sql(`SELECT kind, amount, transaction_id FROM finance_case WHERE payment_number = '${payment}'`), [{ kind: 'refund_failed', amount: '30000', transaction_id: number }])
	assert.equal((await it.one(`SELECT why FROM message_draft WHERE number = '${number}'`)).why, 'USER_ACCOUNT_ABNORMAL')
	assert.deepEqual([(await refunds.jobs.ask('refund_said', number, 'refused', 0)).rc, (await refunds.jobs.ask('refund_said', number, 'done', 30000)).rc], ['ok', 'conflict'])
	assert.deepEqual(await ended(), ['refused', 30000, [['completed', 30000]], '0'])
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM finance_case WHERE payment_number = '${payment}'`)).n, '1')
	await world.audit()
})

test('REF-1 closed after it was accepted, or done with another amount', async () => {
	const [closed, short] = [await refunds.paid(8), await refunds.paid(8)]
	for (const p of [closed, short]) { await refunds.give(8, p.orders, [4000]); await refunds.go((await one(p.payment)).number) }
	const [a, b] = [(await one(closed.payment)).number, (await one(short.payment)).number]
	refunds.set(a, 'refused')
	refunds.set(b, 'done')
	refunds.how('short')
	await parallel(2, i => refunds.go([a, b][i]))
	refunds.how('')
	assert.deepEqual([await refunds.state(a), await refunds.state(b), await world.cash(8)], ['refused', 'sent', 4000])
	assert.deepEqual((await it.sql(`SELECT kind FROM finance_case WHERE transaction_id = '${b}'`)).map(c => c.kind), ['mismatch'])
	assert.equal((await refunds.jobs.ask('refund_said', b, 'done', 4000)).rc, 'ok')
	assert.deepEqual([await refunds.state(b), (await refunds.jobs.ask('refund_said', b, 'done', 4000)).rc], ['done', 'ok'])
	assert.equal((await refunds.jobs.ask('refund_said', 'R00000000000000000000', 'done', 1)).rc, 'not_found')
	await world.audit()
})

test('MON-7 MON-12 what a payment has room for: late and unexplained money, withdrawals the same way, and orders after them', async () => {
	const late = (await world.payable(9)), order = late.order.number
	assert.equal((await world.buyerActor.ask('cancel', world.buyers[9], world.buyers[9], order, 'late-1')).rc, 'ok')
	assert.equal((await refunds.jobs.ask('hear', late.number, newTransaction(), PRICE)).said, 'late')
	const { id } = await it.one(`SELECT id FROM finance_case WHERE payment_number = '${late.number}'`)
	assert.equal((await refunds.desk.ask('send_back', id, world.buyers[9], PRICE + 1, 'case')).rc, 'conflict')
	assert.equal((await refunds.desk.ask('send_back', id, world.buyers[9], 0, 'case')).rc, 'invalid')
	const sent = await refunds.desk.ask('send_back', id, world.buyers[9], PRICE - 1, 'case')
	assert.deepEqual([sent.rc, await world.cash(9)], ['ok', 1])
	assert.equal((await refunds.desk.ask('send_back', id, world.buyers[9], 2, 'case')).rc, 'conflict')
	await world.audit()
	assert.equal((await refunds.jobs.ask('hear', 'P20260101000000000000', newTransaction(), 777)).said, 'unknown')
	const { id: stray } = await it.one("SELECT id FROM finance_case WHERE payment_number = 'P20260101000000000000'"), before = await world.unexplained()
	const back = await refunds.desk.ask('send_back', stray, 0, 777, 'case')
	assert.deepEqual([back.rc, await world.unexplained()], ['ok', before - 777])
	await it.sql(`UPDATE finance_case SET state = 'settled' WHERE id = ${stray}`)
	refunds.how('refused')
	await refunds.go(back.said)
	refunds.how('')
	assert.deepEqual([await refunds.state(back.said), await world.unexplained()], ['refused', before])
	await world.audit()
	const { orders, payment } = await refunds.paid(9), { id: paid } = await it.one(`SELECT id FROM payment WHERE number = '${payment}'`)
	await world.fund(9, PRICE, 'frozen')
	assert.equal((await refunds.desk.ask('send_back', paid, world.buyers[9], PRICE - 500, 'withdrawal')).rc, 'ok')
	assert.equal((await refunds.give(9, orders, [PRICE])).rc, 'ok')
	const rows = await refunds.of(payment)
	assert.deepEqual([rows.map(r => [r.cause, r.amount]), await world.cash(9)], [[['withdrawal', String(PRICE - 500)], ['orders', '500']], 1 + PRICE - 500])
	assert.equal((await refunds.desk.ask('send_back', paid, world.buyers[9], 1, 'withdrawal')).rc, 'conflict')
	await it.sql(`UPDATE account SET balance = balance - 500 WHERE owner = ${world.buyers[9]} AND kind = 'frozen'; DELETE FROM withdrawal_part; DELETE FROM withdrawal; UPDATE account SET balance = balance + 500 WHERE owner = 2 AND kind = 'clearing' AND shard = 0;`)
})
