// Refunds on the finance desk: the list and a refund's page, a refund by hand with four eyes, giving one up, and what the buyer sees: REF-1, MON-7, ORD-18.
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { Refunds } from '../lib/refunds.mjs'
import { Actor, PRICE, PRODUCT, World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer operator callback sandbox nginx' })
const world = await World.make(it, { buyers: 4, refunds: 'origin' })
const refunds = new Refunds(it, world)
const finance = await it.client().signIn('finance@demo.test'), boss = await it.client().signIn('admin@demo.test'), approver = await it.client().signIn('approver@demo.test')
const buyer = await world.person(0)
const NEW = '/ops/finance/refunds/new', page = number => `/ops/finance/refunds/${number}`
const done = answer => { assert.equal(answer.status, 303, answer.text?.slice(0, 600)); return answer.location }
/** Proposed by finance: the address of the proposal. */
const propose = (order, fields, who = finance) => who.submit(`${NEW}?order=${order}`, { to: 'origin', why: '服务未按约定提供', ...fields }, { action: NEW })
const decide = (who, at, what, fields = {}) => who.submit(at, fields, { action: `${at}/${what}` })
const press = (who, number, what, fields = {}) => who.submit(page(number), fields, { action: `${page(number)}/${what}` })

test('REF-1 a refund by hand: proposed by one, refused to the same person, approved by another, and on its way', async () => {
	const { orders: [order], payment } = await refunds.paid(0)
	const form = await finance.get(`${NEW}?order=${order}`)
	assert.ok(form.text.includes('可退金额') && form.text.includes('1,280.00') && form.html.includes('value="1280.00"'))
	const at = done(await propose(order, { amount: '500.50' }))
	assert.ok((await finance.get('/ops/finance/refunds')).text.includes('待审批的退款'))
	assert.ok(!(await finance.get(at)).html.includes(`${at}/approve`))
	const { csrf } = Object.fromEntries([...(await finance.get(NEW)).html.matchAll(/name="(csrf)" value="([^"]+)"/g)].map(m => [m[1], m[2]]))
	const own = await finance.post(`${at}/approve`, { csrf, key: 'own-approval-1' })
	assert.equal(own.status, 422)
	assert.equal((await refunds.of(payment)).length, 0)
	done(await decide(boss, at, 'approve'))
	const [r] = await refunds.of(payment)
	assert.deepEqual([r.amount, r.state, r.why, await refunds.unsubscribed(order)], ['50050', 'waiting', '服务未按约定提供', [['refunding', 50050]]])
	assert.equal((await boss.post(`${at}/approve`, { csrf: /name="csrf" value="([^"]+)"/.exec((await boss.get('/ops')).html)[1], key: 'again-approval-1' })).status, 422)
	assert.equal((await refunds.of(payment)).length, 1)
	const shown = await buyer.get(`/console/orders/${order}`)
	assert.ok(shown.text.includes('原路退回 500.50 元（微信支付）') && shown.text.includes(r.number))
	await world.audit()
})

test('REF-1 what cannot be is told at its field, and what was typed stays', async () => {
	const { orders: [order] } = await refunds.paid(1, 1, { vouchers: [await world.voucher(1, '280')] })
	for (const [fields, said] of [
		[{ amount: '1000.01' }, '超过了该订单可退的金额'], [{ amount: '0' }, '大于 0'], [{ amount: '-5' }, ''], [{ amount: 'abc' }, ''], [{ amount: '' }, ''], [{ amount: '1', why: '' }, ''],
		[{ amount: '1e3' }, ''], [{ amount: '99999999999999999999' }, ''],
	]) {
		const answer = await propose(order, fields)
		assert.equal(answer.status, 422, JSON.stringify(fields))
		assert.ok(answer.text.includes(said) && answer.html.includes('aria-invalid="true"'), JSON.stringify(fields))
		if (fields.amount) assert.ok(answer.html.includes(`value="${fields.amount}"`), fields.amount)
	}
	assert.equal((await finance.get(`${NEW}?order=00000000000000000000`)).text.includes('没有这个订单'), true)
	done(await propose(order, { amount: '1000.00' }))
	const twice = await propose(order, { amount: '1.00' })
	assert.equal(twice.status, 422)
	assert.ok(twice.text.includes('已有一笔待审批的退款'))
	for (const who of [approver, buyer]) assert.equal((await who.get(NEW)).status, 403)
	assert.equal((await approver.get('/ops/finance/refunds')).status, 403)
	assert.equal((await buyer.get('/ops/finance/refunds')).status, 403)
	await world.audit()
})

test('REF-4 the whole of it with its resource: it ends when the money is there; declined, nothing happens', async () => {
	const { orders: [order] } = await refunds.paid(2)
	await it.sql(`UPDATE resource r JOIN orders o ON o.id = r.order_id SET r.state = 'in_use', r.delivery = 'none' WHERE o.number = '${order}';
		UPDATE org_counter SET resources = resources + 1 WHERE org_id = ${world.buyers[2]}; UPDATE outbox b JOIN order_line l ON l.resource_id = b.subject JOIN orders o ON o.id = l.order_id SET b.state = 'done', b.next_at = NULL WHERE o.number = '${order}'`)
	const resource = async () => (await it.one(`SELECT r.state FROM resource r JOIN orders o ON o.id = r.order_id WHERE o.number = '${order}'`)).state
	const no = done(await propose(order, { amount: '1280' }))
	done(await decide(boss, no, 'decline', { why: '仍在使用' }))
	assert.ok((await finance.get(no)).text.includes('仍在使用'))
	assert.deepEqual([await refunds.unsubscribed(order), await resource()], [[], 'in_use'])
	done(await decide(boss, done(await propose(order, { amount: '1280', line: '1', to: 'balance' })), 'approve'))
	assert.deepEqual([await refunds.unsubscribed(order), await resource(), await world.cash(2)], [[['completed', PRICE]], 'refunded', PRICE])
	await world.audit()
})

test('REF-1 a refund\'s page: what it moves, each call and its answer; the list by state, channel and number', async () => {
	const { orders: [order], payment } = await refunds.paid(3)
	await refunds.give(3, [order], [30000])
	const [{ number }] = await refunds.of(payment)
	refunds.how('busy')
	await refunds.go(number)
	refunds.how('')
	const shown = await finance.get(page(number))
	for (const text of [number, payment, '结果未知', 'no clear answer', '退款', order, '300.00']) assert.ok(shown.text.includes(text), text)
	const json = (await finance.json(page(number))).json
	assert.deepEqual([json.item.state, json.calls.length, json.orders[0].origin, json.booked.items.some(p => p.account === 'refund_due' && p.amount === 30000)], ['unknown', 1, 30000, true])
	const found = async query => (await finance.json(`/ops/finance/refunds?${query}`)).json.items.map(r => r.number)
	assert.deepEqual([await found(`q=${number}`), await found(`q=${payment}`), await found('state=unknown')], [[number], [number], [number]])
	assert.deepEqual([(await found('channel=b2b')), (await found('channel=wechat&limit=1')).length], [[], 1])
	const first = (await finance.json('/ops/finance/refunds?limit=1')).json
	assert.notEqual((await finance.json(`/ops/finance/refunds?limit=1&after=${first.next}`)).json.items[0].number, first.items[0].number)
	assert.equal((await finance.get(page('R00000000000000000000000000'))).status, 404)
	done(await press(finance, number, 'ask'))
	assert.ok(+(await it.one(`SELECT next_at <= UTC_TIMESTAMP(6) AS due FROM refund WHERE number = '${number}'`)).due)
})

test('REF-1 given up to the balance: stopped by one, decided by another, never what the channel has taken', async () => {
	const [held, gone] = await parallel(2, () => refunds.paid(3)), of = async p => (await refunds.of(p.payment))[0].number
	for (const p of [held, gone]) { await refunds.give(3, p.orders, [1000]); refunds.how('busy'); await refunds.go(await of(p)); refunds.how('') }
	const number = await of(gone), refused = await press(finance, number, 'stop', { why: '' })
	assert.equal(refused.status, 422)
	done(await press(finance, number, 'stop', { why: '用户银行卡已注销' }))
	assert.deepEqual([await refunds.state(number), (await refunds.go(number)).rc, refunds.told(number)], ['stopped', 'conflict', 1])
	assert.ok(!(await finance.get(page(number))).html.includes('/give-up'))
	assert.ok((await boss.get(page(number))).html.includes('/give-up'))
	const early = await press(boss, number, 'give-up')
	assert.ok([409, 422].includes(early.status), String(early.status))
	done(await press(boss, number, 'resume'))
	assert.equal(await refunds.state(number), 'unknown')
	assert.equal((await refunds.go(number)).rc, 'ok')
	assert.equal(await refunds.state(number), 'sent')
	await world.audit()
})

test('DEL-8 DEL-11 REF-1 a refund holds its delivery, which says 退款中 and cannot be appealed; while an appeal is open no refund is let through', async () => {
	await it.sql(`UPDATE product SET delivery = 'manual', dialect = NULL, webhook_url = '' WHERE id = ${PRODUCT}`)
	const people = { buyer: new Actor(it, 'buyer'), provider: new Actor(it, 'provider') }
	const act = async (who, command, number, what) => assert.equal((await people[who].ask(command, who === 'buyer' ? world.buyers[0] : 7001, 9, number, `${command}-${what}-${number}`, what)).rc, 'ok')
	/** A delivery whose provider is late, and its order. */
	const late = async () => {
		const { orders: [order] } = await refunds.paid(0), { number } = await it.one(`SELECT number FROM delivery WHERE order_number = '${order}'`)
		await act('buyer', 'step', number, 'require')
		await act('provider', 'step', number, 'confirm')
		await it.sql(`UPDATE delivery SET due_at = due_at - INTERVAL 6 DAY WHERE number = '${number}'`)
		return { order, number, at: `/console/deliveries/${number}` }
	}
	const row = d => it.one(`SELECT state, hold, due_at FROM delivery WHERE number = '${d.number}'`)
	const refunded = await late()
	done(await decide(boss, done(await propose(refunded.order, { amount: '1280.00', line: '1' })), 'approve'))
	assert.equal((await row(refunded)).hold, 'refund')
	assert.ok((await buyer.get(`/console/deliveries?q=${refunded.number}`)).text.includes('退款中'))
	const shut = (await buyer.json(`${refunded.at}/appeal`)).json
	assert.ok(!shut.may_open && shut.why.includes('退款'), JSON.stringify(shut))
	assert.equal((await people.buyer.ask('appeal', world.buyers[0], 9, refunded.number, 'appeal-while-refunding', 'provider_late')).rc, 'conflict')
	const [back] = await it.sql(`SELECT r.number FROM refund r JOIN payment_order x ON x.payment_id = r.payment_id JOIN orders o ON o.id = x.order_id WHERE o.number = '${refunded.order}'`)
	assert.equal((await refunds.go(back.number)).rc, 'ok')	// told
	refunds.set(back.number, 'done')
	assert.equal((await refunds.go(back.number)).rc, 'ok')
	assert.deepEqual([(await row(refunded)).state, (await row(refunded)).hold, await refunds.unsubscribed(refunded.order)], ['closed', null, [['completed', 128000]]])
	const appealed = await late()
	const at = done(await propose(appealed.order, { amount: '1280.00', line: '1' }))
	await act('buyer', 'appeal', appealed.number, 'provider_late')
	assert.equal((await decide(boss, at, 'approve')).status, 422)
	done(await decide(boss, at, 'decline', { why: '等申诉处理' }))
	assert.ok((await propose(appealed.order, { amount: '1280.00', line: '1' })).text.includes('正在申诉'))
	assert.deepEqual([(await row(appealed)).hold, await refunds.unsubscribed(appealed.order)], ['appeal', []])
	await world.audit()
})
