// Several orders paid together, from vouchers, cards, the balance or by one channel: ORD-4, ORD-5, ORD-13, MON-3, MON-7.
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { Actor, PLAN, PRICE, PRODUCT, World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer callback sandbox nginx' })
const world = await World.make(it, { buyers: 8 })
const CLOUD = 7301
await it.sql(`
	INSERT INTO product (id, slug, provider_id, category_code, state, name, summary, delivery, dialect, webhook_url, webhook_secret, agreement_version, listed_at, created_at)
	SELECT ${CLOUD}, 'cloud', provider_id, 'cloud-resource', state, 'Cloud', summary, delivery, dialect, webhook_url, webhook_secret, 1, listed_at, created_at FROM product WHERE id = ${PRODUCT};
	INSERT INTO product_term (term, score, product_id) VALUES ('*deals', 0, ${CLOUD});
	UPDATE term_count SET n = n + 1 WHERE term = '*deals';
	INSERT INTO product_text (product_id, description, guide, after_sales, agreement, support_phone, support_email) VALUES (${CLOUD}, '', '', '', '', '', '');
	INSERT INTO plan (product_id, id, position, name, billing_mode, unit, stock) VALUES (${CLOUD}, ${CLOUD + 1}, 1, 'Basic', 'yearly_monthly', 'account', NULL);
	INSERT INTO plan_price (plan_id, duration_unit, duration, price) VALUES (${CLOUD + 1}, 'month', 1, ${PRICE});`)
const people = await parallel(8, i => world.person(i))

const numbers = async (i, n) => { const all = []; for (let k = 0; k < n; k++) all.push((await world.order(i)).number); return all }
let placed = 0
/** An order of the product that is paid from the balance. */
async function cloud(i) {
	const { rc, said } = await world.buyerActor.ask('place', world.buyers[i], world.buyers[i], CLOUD + 1, PRICE, `cloud-${++placed}`)
	assert.equal(rc, 'ok', said)
	return said.split('/')[3]
}
const states = async list => (await it.sql(`SELECT state FROM orders WHERE number IN (${list.map(n => `'${n}'`)}) ORDER BY id`)).map(o => o.state)
const query = list => `/console/pay?${list.map(n => `orders=${n}`).join('&')}`
const paymentOf = number => it.one(`SELECT * FROM payment WHERE number = '${number}'`)
const notify = async (number, fen) => assert.equal((await world.notify({ number }, { total_fee: String(fen), cash_fee: String(fen) })).code, 'SUCCESS')

test('ORD-4 MON-4 three orders are paid by one payment, and all move on with one notification', async () => {
	const list = await numbers(0, 3)
	const page = await people[0].get(query(list))
	assert.equal(page.status, 200)
	for (const n of list) assert.ok(page.text.includes(n), n)
	assert.ok(page.text.includes('¥3,840.00'))
	const answer = await people[0].submit(query(list), { channel: 'wechat' }, { action: '/console/pay' })
	assert.match(answer.location, /^\/console\/payments\/P\d+$/)
	const number = answer.location.split('/').at(-1)
	assert.deepEqual([(await paymentOf(number)).amount, (await paymentOf(number)).state], [String(3 * PRICE), 'waiting'])
	await notify(number, 3 * PRICE)
	assert.deepEqual(await states(list), ['processing', 'processing', 'processing'])
	const shown = await people[0].get(answer.location)
	for (const n of list) assert.ok(shown.text.includes(n), n)
	assert.ok(shown.text.includes('进入管理中心') && shown.text.includes('查看我的订单'))
	await world.audit()
})

test('ORD-4 30 orders are paid together, 31 are refused with a message, duplicates count once', async () => {
	const list = await numbers(1, 31), thirty = list.slice(0, 30)
	const many = await people[1].get(query(list))
	assert.equal(many.status, 422)
	assert.ok(many.text.includes('一次最多合并支付 30 个订单'))
	const { rc, said } = await world.pay(1, list)
	assert.deepEqual([rc, said], ['invalid', 'pay.too_many'])
	const answer = await people[1].submit(query([...thirty, ...thirty]), { channel: 'wechat' }, { action: '/console/pay' })
	await notify(answer.location.split('/').at(-1), 30 * PRICE)
	assert.deepEqual(new Set(await states(thirty)), new Set(['processing']))
	assert.deepEqual(await states(list.slice(30)), ['to_pay'])
	await world.audit()
})

test('ORD-4 orders whose state has changed are taken out, and the others are asked for again', async () => {
	const list = await numbers(2, 3)
	const form = (await people[2].get(query(list))).form('/console/pay')
	assert.equal((await world.buyerActor.ask('cancel', world.buyers[2], world.buyers[2], list[1], 'cancel-1')).rc, 'ok')
	const page = await people[2].post('/console/pay', [...form.controls.filter(c => c.on).map(c => [c.name, c.value]), ['channel', 'wechat']])
	assert.equal(page.status, 409)
	assert.ok(page.text.includes('订单状态已变更的订单不能进行支付'))
	assert.match(page.text, new RegExp(`不能进行支付 ${list[1]}.*可以支付的订单.*${list[0]}.*${list[2]}`))
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM payment WHERE org_id = ${world.buyers[2]}`)).n, '0')
	const again = page.form('/console/pay')
	assert.deepEqual(again.controls.filter(c => c.name === 'orders').map(c => c.value), [list[0], list[2]])
	assert.equal((await people[2].post('/console/pay', form.controls.filter(c => c.on).map(c => [c.name, c.value]), { headers: { accept: 'application/json' } })).status, 409)
	for (const n of [list[0], list[2]]) assert.equal((await world.buyerActor.ask('cancel', world.buyers[2], world.buyers[2], n, `cancel-${n}`)).rc, 'ok')
	const none = await people[2].get(query(list))
	assert.ok(none.text.includes('全部订单的订单状态已发生变更，不能进行支付操作'))
	assert.ok(none.text.includes('返回我的订单'))
	const english = { headers: { 'accept-language': 'en' } }
	assert.ok((await people[2].get(query(list), english)).text.includes('The states of all orders have changed: they cannot be paid'))
})

test('ORD-4 ORD-8 ORD-9 orders in review and to confirm are named, and the rest can be paid', async () => {
	const list = await numbers(2, 3)
	await it.sql(`UPDATE orders SET state = 'in_review' WHERE number = '${list[0]}'; UPDATE orders SET state = 'to_confirm' WHERE number = '${list[1]}';
		UPDATE org_counter SET to_pay = to_pay - 2, in_review = in_review + 1, to_confirm = to_confirm + 1 WHERE org_id = ${world.buyers[2]}`)
	const page = await people[2].get(query(list))
	assert.ok(page.text.includes('以下订单需要通过审核才能支付，请耐心等待审核，审核通过后我们将发送通知您帐号绑定的手机和邮件，收到通知后您可以继续支付订单'))
	assert.match(page.text, new RegExp(`待审核的订单.*${list[0]}.*待确认的订单.*${list[1]}.*可以支付的订单.*${list[2]}`))
	const { rc, said } = await world.pay(2, list)
	assert.deepEqual([rc, said], ['conflict', 'orders'])
	await world.audit()
})

test('ACC-3 ORD-4 another organisation\'s order among them is not there', async () => {
	const [mine] = await numbers(3, 1), [theirs] = await numbers(4, 1)
	assert.equal((await people[3].get(query([mine, theirs]))).status, 404)
	assert.equal((await world.pay(3, [mine, theirs])).rc, 'not_found')
	assert.equal((await people[3].get(query(['nothing']))).status, 404)
})

test('ORD-5 all orders of a combined order are in, or none', async () => {
	const list = await numbers(3, 3), [first, second, third] = list
	await it.sql(`INSERT INTO order_combined (buyer_id, id, number, orders, created_at) VALUES (${world.buyers[3]}, 55, '20261121000000000055', 2, NOW(6));
		UPDATE orders SET combined_id = 55 WHERE number IN ('${first}', '${second}')`)
	const page = await people[3].get(query([first, third]))
	assert.ok(page.text.includes('已为您补齐其余订单') && page.text.includes(second))
	assert.ok((await people[3].get(`/console/orders/${second}/pay`)).text.includes(first))
	const { number } = await world.pay(3, [third, second])
	await notify(number, 3 * PRICE)
	assert.deepEqual(await states(list), ['processing', 'processing', 'processing'])
	await world.audit()
})

test('ORD-4 CAT-2 orders without a channel in common cannot be paid together, by the policy under which each was sold', async () => {
	const [market] = await numbers(4, 1), resource = await cloud(4)
	const page = await people[4].get(query([market, resource]))
	assert.ok(page.text.includes('没有共同的支付方式'))
	assert.match(page.text, new RegExp(`${market} World: 微信.*${resource} Cloud: 余额`))
	for (const channel of ['wechat', 'balance']) assert.equal((await world.pay(4, [market, resource], { channel })).said, 'pay.refused')
	await it.sql(`CREATE TEMPORARY TABLE t SELECT * FROM category_policy WHERE category_code = 'cloud-resource' AND version = 1; UPDATE t SET version = 2, channels = 'wechat';
		INSERT INTO category_policy SELECT * FROM t; UPDATE category SET policy_version = 2 WHERE code = 'cloud-resource'`)
	assert.equal((await world.pay(4, [resource])).said, 'pay.refused', 'sold under the version before')
	assert.equal((await world.pay(4, [await cloud(4)])).rc, 'ok')
	await it.sql("UPDATE category SET policy_version = 1 WHERE code = 'cloud-resource'")
})

test('ORD-13 MON-3 from the balance all are paid at once, gift before cash; too little is told at the field', async () => {
	const list = [await cloud(5), await cloud(5)]
	await world.fund(5, PRICE)
	await world.fund(5, 100000, 'gift')
	const short = await people[5].submit(query(list), { channel: 'balance' }, { action: '/console/pay' })
	assert.equal(short.status, 422)
	assert.match(short.html, /id="channel-error">余额不足，还差 ¥280\.00/)
	await world.fund(5, 50000)
	const answer = await people[5].submit(query(list), { channel: 'balance' }, { action: '/console/pay' })
	assert.equal((await paymentOf(answer.location.split('/').at(-1))).state, 'succeeded')
	assert.deepEqual(await states(list), ['processing', 'processing'])
	assert.equal(await world.cash(5), 50000 + PRICE - (2 * PRICE - 100000))
	const parts = await it.sql(`SELECT x.cash, x.gift FROM payment_order x JOIN orders o ON o.id = x.order_id WHERE o.number IN ('${list[0]}', '${list[1]}') ORDER BY o.id`)
	assert.deepEqual(parts.map(p => [+p.cash, +p.gift]), [[PRICE - 100000, 100000], [PRICE, 0]])
	assert.equal((await world.pay(5, list, { channel: 'balance' })).said, 'orders')
	await world.audit()
})

test('MON-4 a payment for just these orders goes on; another set closes it, so that no order has two that can succeed', async () => {
	const [a, b, c] = await numbers(6, 3)
	const one = await world.pay(6, [a, b]), same = await world.pay(6, [b, a])
	assert.equal(same.number, one.number)
	const two = await world.pay(6, [b, c])
	assert.notEqual(two.number, one.number)
	assert.equal((await paymentOf(one.number)).state, 'closed')
	const three = await world.pay(6, [a])
	assert.deepEqual([(await paymentOf(two.number)).state, (await paymentOf(three.number)).state], ['waiting', 'waiting'])
	const cash = await world.cash(6)
	await notify(one.number, 2 * PRICE)
	assert.deepEqual(await states([a, b, c]), ['to_pay', 'to_pay', 'to_pay'])
	assert.deepEqual([await world.cash(6), await world.cases({ number: one.number })], [cash + 2 * PRICE, ['late']])
	await notify(two.number, 2 * PRICE)
	await notify(three.number, PRICE)
	assert.deepEqual(await states([a, b, c]), ['processing', 'processing', 'processing'])
	await world.audit()
})

test('ORD-4 MON-7 one of them cancelled closes the payment; its money is cash with a case, and the others can be paid anew', async () => {
	const list = await numbers(6, 3), cash = await world.cash(6), { number } = await world.pay(6, list)
	assert.equal((await world.buyerActor.ask('cancel', world.buyers[6], world.buyers[6], list[0], `cancel-${list[0]}`)).rc, 'ok')
	await notify(number, 3 * PRICE)
	assert.deepEqual(await states(list), ['cancelled', 'to_pay', 'to_pay'])
	assert.deepEqual([await world.cash(6), await world.cases({ number })], [cash + 3 * PRICE, ['late']])
	const again = await world.pay(6, list.slice(1))
	await notify(again.number, 2 * PRICE)
	assert.deepEqual(await states(list), ['cancelled', 'processing', 'processing'])
	await world.audit()
})

test('ORD-11 IFC-3 eight windows pay the same three orders at once: one payment', async () => {
	const list = await numbers(7, 3), actors = await parallel(8, async () => new Actor(it, 'buyer'))
	const answers = await Promise.all(actors.map((actor, i) => world.pay(7, i % 2 ? list : [...list].reverse(), { actor })))
	for (const a of answers) assert.equal(a.rc, 'ok', a.said)
	assert.equal(new Set(answers.map(a => a.number)).size, 1)
	await world.audit()
})

test('ACC-15 a frozen organisation cannot pay, and the page says why', async () => {
	const list = await numbers(7, 1)
	await it.sql(`UPDATE org SET freeze_kind = 'violation' WHERE id = ${world.buyers[7]}`)
	const page = await people[7].get(query(list))
	assert.ok(page.text.includes('账号违规冻结中'))
	const { rc, said } = await world.pay(7, list)
	assert.deepEqual([rc, said], ['invalid', 'pay.frozen'])
	await it.sql(`UPDATE org SET freeze_kind = NULL WHERE id = ${world.buyers[7]}`)
	assert.equal((await world.pay(7, list)).rc, 'ok')
})

test('CAT-4 what is not what the buyer saw is shown again and not charged', async () => {
	const list = await numbers(7, 2), page = query(list)
	const form = (await people[7].get(page)).form('/console/pay')
	await it.sql(`UPDATE orders SET payable = payable + 100 WHERE number = '${list[0]}'`)
	const answer = await people[7].post('/console/pay', form.controls.filter(c => c.on).map(c => [c.name, c.value]))
	assert.equal(answer.status, 422)
	assert.ok(answer.text.includes('应付金额有变化'))
	assert.match(answer.html, new RegExp(`name="seen" value="${((2 * PRICE + 100) / 100).toFixed(2)}"`))
	await it.sql(`UPDATE orders SET payable = payable - 100 WHERE number = '${list[0]}'`)
})

test('IFC-3 coming back and choosing otherwise under the same key is told, and the next submit pays so', async () => {
	const [number] = await numbers(7, 1), card = await world.voucher(7, '100', { kind: 'card' }), page = `/console/orders/${number}/pay`
	const form = (await people[7].get(page)).form(page), sent = form.controls.filter(c => c.on).map(c => [c.name, c.value])
	const first = await people[7].post(page, sent)
	assert.equal(first.status, 303)
	const other = await people[7].post(page, [...sent.filter(([name]) => name !== 'seen'), ['card', card]])
	assert.equal(other.status, 422)
	assert.ok(other.text.includes('您修改了支付内容'))
	const again = other.form(page).controls.filter(c => c.on).map(c => [c.name, c.value])
	assert.ok(again.some(([name, value]) => name === 'card' && value === card))
	const second = await people[7].post(page, again)
	assert.equal((await paymentOf(second.location.split('/').at(-1))).amount, String(PRICE - 10000))
	assert.equal((await paymentOf(first.location.split('/').at(-1))).state, 'closed')
	await world.audit()
})
