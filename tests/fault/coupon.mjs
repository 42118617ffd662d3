// Many who want the last coupon, one coupon in two tabs, cancelling against paying: over connections of their own, a thousand times each.
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { Actor, PLAN, PRICE, World, newTransaction } from '../lib/world.mjs'

timeout(200)
const it = await instance({ parts: 'buyer sandbox nginx' })
const world = await World.make(it, { buyers: 8 })
const ROUNDS = 1000, PAYABLE = PRICE * 9 / 10
const pairs = await parallel(4, async () => ({ a: new Actor(it, 'buyer'), b: new Actor(it, 'buyer'), channel: new Actor(it, 'callback') }))
const buyers = pairs.flatMap(p => [p.a, p.b])
const { provider } = await it.one(`SELECT provider_id AS provider FROM product WHERE id = (SELECT product_id FROM plan WHERE id = ${PLAN})`)

/** n coupons of a tenth off, with the ids from, from + 1, … */
const coupons = (from, n, { total = 1, perBuyer = 1, claimed = 0 } = {}) => it.sql(`
	INSERT INTO coupon (provider_id, id, state, name, kind, percent, scope, used_for, claim_from, claim_to, valid_days, total, per_buyer, claimed, created_at)
	SELECT ${provider}, ${from} + seq, 'published', 'race', 'percent', 10, 'provider', 'both', '2026-01-01', '2099-01-01', 365, ${total}, ${perBuyer}, ${claimed}, '2026-01-01'
	FROM seq_0_to_${n - 1}`)
/** A claim of each: claim from + i is of coupon from + i and of buyer i % 8. */
const claims = async (from, n) => {
	await coupons(from, n, { claimed: 1 })
	await it.sql(`INSERT INTO coupon_claim (buyer_id, id, number, coupon_id, provider_id, nth, state, valid_from, valid_to, claimed_at)
		SELECT ${world.buyers[0]} + seq % 8, ${from} + seq, ${from} + seq, ${from} + seq, ${provider}, 1, 'usable', '2026-01-01', '2099-01-01', '2026-01-01' FROM seq_0_to_${n - 1}`)
}
const rounds = (n, run) => parallel(pairs.length, async i => { for (let r = i; r < n; r += pairs.length) await run(pairs[i], r) })
const count = async (what, where) => +(await it.one(`SELECT COUNT(*) AS n FROM ${what} WHERE ${where}`)).n
const pause = ms => new Promise(yes => setTimeout(yes, ms))
/** Asks until it is answered: who is busy has changed nothing. */
const sure = async (actor, ...words) => {
	for (;;) {
		const answer = await actor.ask(...words)
		if (answer.rc !== 'busy') return answer
	}
}
const claim = (actor, i, coupon, key) => sure(actor, 'claim', world.buyers[i], world.buyers[i], coupon, key)
const place = (actor, r, claim, key) => sure(actor, 'place', world.buyers[r % 8], world.buyers[r % 8], PLAN, PAYABLE, key, claim)
const noDeadEnd = a => assert.ok(['ok', 'invalid', 'conflict'].includes(a.rc), `${a.rc} ${a.said}`)

test('ORD-14 the last coupon, by eight buyers at once, a thousand times: one has it', async () => {
	await coupons(100000, ROUNDS)
	for (let r = 0; r < ROUNDS; r++) {
		const answers = await Promise.all(buyers.map((a, i) => claim(a, i, 100000 + r, `last-one-${r}`)))
		assert.equal(answers.filter(a => a.rc === 'ok').length, 1)
		for (const a of answers) assert.ok(a.rc === 'ok' || a.said === 'coupon.none_left', `${a.rc} ${a.said}`)
	}
	assert.equal(await count('coupon_claim', 'coupon_id BETWEEN 100000 AND 199999'), ROUNDS)
	await world.audit()
})

test('ORD-14 one coupon by all, each as often as it can: never more than the total, nor than a buyer may', async () => {
	await coupons(200000, 1, { total: 500, perBuyer: 70 })
	const won = await parallel(8, async i => {
		let n = 0
		for (let r = 0; r < 125; r++) n += (await claim(buyers[i], i % 7, 200000, `often-${i}-${r}`)).rc === 'ok'
		return n
	})
	const got = await it.sql('SELECT COUNT(*) AS n, MAX(nth) AS last FROM coupon_claim WHERE coupon_id = 200000 GROUP BY buyer_id')
	for (const g of got) assert.deepEqual([g.n, g.last], ['70', '70'])
	assert.equal(won.reduce((a, b) => a + b), 490)
	await world.audit()
})

test('ORD-15 ORD-12 one coupon in two tabs, a thousand times: one order has it, the other is told', async () => {
	await claims(300000, ROUNDS)
	await rounds(ROUNDS, async ({ a, b }, r) => {
		const answers = await Promise.all([place(a, r, 300000 + r, `tab-one-${r}`), place(b, r, 300000 + r, `tab-two-${r}`)])
		answers.forEach(noDeadEnd)
		assert.equal(answers.filter(x => x.rc === 'ok').length, 1)
	})
	assert.equal(await count('orders', 'coupon_id BETWEEN 300000 AND 399999'), ROUNDS)
	assert.equal(await count('coupon_claim', "id BETWEEN 300000 AND 399999 AND state = 'locked'"), ROUNDS)
	await world.audit()
})

test('ORD-2 ORD-15 MON-7 paying against cancelling an order with a coupon, a thousand times: used, or free', async t => {
	await claims(400000, ROUNDS)
	await rounds(ROUNDS, async ({ a }, r) => assert.deepEqual((({ rc, said }) => [rc, said.slice(0, 8)])(await place(a, r, 400000 + r, `pay-cancel-${r}`)), ['ok', '/console']))
	await it.sql(`
		INSERT INTO payment (id, number, org_id, channel, state, amount, sign_type, code_url, created_at, deadline_at, query_at)
		SELECT id + 1, CONCAT('P', number), buyer_id, 'wechat', 'waiting', payable, 'hmac_sha256', 'weixin://x', created_at, created_at + INTERVAL 2 HOUR, created_at + INTERVAL 2 HOUR
		FROM orders WHERE coupon_id BETWEEN 400000 AND 499999;
		INSERT INTO payment_order (payment_id, order_id, amount, cash) SELECT id + 1, id, payable, payable FROM orders WHERE coupon_id BETWEEN 400000 AND 499999;`)
	const orders = await it.sql('SELECT buyer_id, number FROM orders WHERE coupon_id BETWEEN 400000 AND 499999')
	let cancelled = 0
	await rounds(ROUNDS, async ({ b, channel }, r) => {
		const { buyer_id: buyer, number } = orders[r]
		const heard = sure(channel, 'hear', `P${number}`, newTransaction(), PAYABLE)
		if (r % 3) await pause(r % 4)
		const answers = await Promise.all([heard, sure(b, 'cancel', buyer, buyer, number, `cancel-${number}`)])
		assert.deepEqual([answers[0].rc, answers[0].said], ['ok', answers[1].rc === 'ok' ? 'late' : 'applied'])
		cancelled += answers[1].rc === 'ok'
	})
	t.note(`${cancelled} cancelled`)
	assert.ok(cancelled > 0 && cancelled < ROUNDS)
	assert.equal(await count('coupon_claim', "id BETWEEN 400000 AND 499999 AND state = 'usable' AND order_id IS NULL"), cancelled)
	assert.equal(await count('coupon_claim', "id BETWEEN 400000 AND 499999 AND state = 'used'"), ROUNDS - cancelled)
	await world.audit()
})
