// The page of an order: what it says in each state, what it was paid with, what was booked, and what others see of it.
import { assert, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer provider operator nginx' })
const buyer = await it.client().signIn('buyer@demo.test')
const other = await it.client().signIn('buyer2@demo.test')
const provider = await it.client().signIn('provider@demo.test')
const orgOf = async mail => (await it.one(`SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = '${mail}' LIMIT 1`)).org
const org = await orgOf('buyer@demo.test'), supplier = await orgOf('provider@demo.test')
const pick = async where => (await it.one(`SELECT number FROM orders WHERE buyer_id = ${org} AND ${where} ORDER BY id DESC LIMIT 1`)).number
const page = number => buyer.get(`/console/orders/${number}`)
const json = async (number, below = '') => (await buyer.json(`/console/orders/${number}${below}`)).json

test('ORD-18 each state is explained, with what comes next', async () => {
	const says = {
		to_confirm: '客户经理已为您下单', in_review: '订单正在审核', to_pay: '请在截止时间前完成支付', refunding: '退款处理中', completed: '交易成功',
	}
	for (const [state, text] of Object.entries(says)) assert.ok((await page(await pick(`state = '${state}' AND kind <> 'unsubscribe' OR buyer_id = ${org} AND state = '${state}'`))).text.includes(text), state)
	for (const state of ['to_confirm', 'in_review', 'to_pay']) assert.match((await page(await pick(`state = '${state}'`))).text, /剩余时间：/, state)
})

test('ORD-6 ORD-18 a cancelled order says who cancelled it: a person, or the system when its time was over', async () => {
	const lapsed = await it.one(`SELECT o.number FROM orders o JOIN audit_log a ON a.object_id = o.id AND a.event = 'lapse' WHERE o.buyer_id = ${org} LIMIT 1`)
	const cancelled = await it.one(`SELECT o.number FROM orders o JOIN audit_log a ON a.object_id = o.id AND a.event = 'cancel' WHERE o.buyer_id = ${org} LIMIT 1`)
	assert.ok((await page(lapsed.number)).text.includes('已由系统自动取消'))
	assert.ok((await page(cancelled.number)).text.includes('订单已取消，未支付的款项不会再扣除'))
})

test('ORD-19 creating is told from late and from partly failed; what failed shows its refund', async () => {
	const number = await pick("state = 'processing' AND kind = 'purchase'"), { id } = await it.one(`SELECT id FROM orders WHERE number = '${number}'`)
	await it.sql(`UPDATE orders SET paid_at = UTC_TIMESTAMP(6) WHERE id = ${id}`)
	assert.ok((await page(number)).text.includes('通常在 10 分钟内完成'))
	await it.sql(`UPDATE orders SET paid_at = UTC_TIMESTAMP(6) - INTERVAL 11 MINUTE WHERE id = ${id}`)
	assert.ok((await page(number)).text.includes('开通时间比预期长'))
	await it.sql(`INSERT INTO order_line (order_id, line, state, quantity, amount, resource_id) VALUES (${id}, 9, 'failed', 1, 0, 4711)`)
	assert.ok((await page(number)).text.includes('部分资源开通失败'))
	await it.sql(`DELETE FROM order_line WHERE order_id = ${id} AND line = 9`)
	const failed = await it.one(`SELECT o.number, f.number AS refund FROM orders f JOIN orders o ON o.id = f.refunds_id WHERE f.buyer_id = ${org} LIMIT 1`)
	const shown = await json(failed.number), refund = await json(failed.refund)
	assert.deepEqual(shown.refunds.map(r => r.number), [failed.refund])
	assert.equal(shown.refunding, true, 'ORD-2 the order that is being unsubscribed is marked')
	assert.ok((await buyer.json(`/console/orders?q=${failed.number}`)).json.items[0].refunding)
	assert.equal(refund.refunds_order, failed.number)
	assert.ok((await page(failed.refund)).html.includes(`href="/console/orders/${failed.number}"`))
})

test('ORD-18 the amounts: list price less discounts is payable, payable is what each source gave', async () => {
	const number = await pick("state = 'completed' AND kind = 'purchase' AND paid > 0 AND payable < list_total")
	const o = await json(number), shown = await page(number)
	assert.equal(o.list_total - o.reduced, o.payable)
	assert.equal(o.cash + o.gift + o.voucher + o.card, o.payable)
	assert.equal(o.parts.reduce((sum, p) => sum + p.amount, 0), o.payable)
	assert.ok(shown.text.includes('订单金额') && shown.text.includes('赠送金') && shown.text.includes('扣减金额'))
	assert.ok(shown.html.includes(`href="/console/payments/${o.parts[0].number}"`))
	for (const text of ['未开票', '不提供电子合同']) assert.ok(shown.text.includes(text), text)
})

test('ORD-18 what was booked: the latest on the page, all of it behind, by kind, time and number', async () => {
	const { number, refund } = await it.one(`SELECT o.number, f.number AS refund FROM orders f JOIN orders o ON o.id = f.refunds_id WHERE f.buyer_id = ${org} LIMIT 1`)
	await it.sql(`SET @f = (SELECT id FROM orders WHERE number = '${refund}'), @paid = (SELECT paid FROM orders WHERE number = '${number}');
		INSERT INTO journal (id, kind, org_id, order_id, booked_at) VALUES (@f + 1, 'order_refund', ${org}, @f, NOW());
		INSERT INTO posting (journal_id, line, owner, kind, shard, amount) VALUES (@f + 1, 1, 1, 'held', 0, -@paid), (@f + 1, 2, ${org}, 'cash', 0, @paid)`)
	const o = await json(number), all = await json(number, '/records')
	assert.deepEqual(all.items.map(r => [r.kind, r.number]), [['order_refund', refund], ['order_pay', number]])
	assert.deepEqual(o.records, all.items)
	assert.deepEqual(all.items.map(r => r.amount), [o.paid, -o.paid])
	assert.ok((await page(number)).html.includes(`href="/console/orders/${number}/records">查看全部记录`))
	const first = await json(number, '/records?limit=1'), second = await json(number, `/records?limit=1&after=${first.next}`)
	assert.deepEqual([...first.items, ...second.items], all.items)
	assert.equal(second.next, null)
	assert.deepEqual((await json(number, '/records?kind=order_pay')).items, all.items.slice(1))
	assert.deepEqual((await json(number, `/records?q=${refund}`)).items, all.items.slice(0, 1))
	assert.deepEqual((await json(number, '/records?range=last_year')).items, [])
	for (const [query, status] of [['kind=x', 422], ['range=own&from=2026-06-02&to=2026-06-01', 422], ['after=x', 400]])
		assert.equal((await buyer.json(`/console/orders/${number}/records?${query}`)).status, status, query)
	assert.equal((await other.get(`/console/orders/${number}/records`)).status, 404)
})

test('CAT-8 CAT-10 CAT-14 lines: parts below what they belong to, the server that an image runs on, options by name', async () => {
	const number = await pick("state = 'completed' AND kind = 'purchase'"), { id } = await it.one(`SELECT id FROM orders WHERE number = '${number}'`)
	const { resource } = await it.one(`SELECT resource_id AS resource FROM order_line WHERE order_id = ${id} LIMIT 1`)
	await it.sql(`INSERT INTO order_line (order_id, line, state, quantity, amount, resource_id, main_line, bound, name) VALUES (${id}, 2, 'delivered', 1, 0, 4712, 1, 1, '系统盘');
		UPDATE order_line SET host_id = ${resource} WHERE order_id = ${id} AND line = 1;
		UPDATE order_sold SET plan = '{"options":"disk=d100","choices":[{"option":"disk","name":"系统盘","choice":"100 GB <x>"}]}',
			price = '[{"kind":"list_price","amount":100},{"kind":"option","option":"disk","amount":20}]' WHERE order_id = ${id}`)
	const o = await json(number), shown = await page(number)
	assert.equal(o.options, '系统盘: 100 GB <x>')
	assert.deepEqual(o.price.map(r => r.name), ['目录价', '系统盘: 100 GB <x>'])
	assert.ok(o.lines[1].bound && o.lines[1].main_line === 1 && o.lines[0].host === resource)
	assert.ok(shown.text.includes('属于第 1 项') && shown.text.includes('安装于：') && shown.html.includes('100 GB &lt;x&gt;'))
	await it.sql(`DELETE FROM order_line WHERE order_id = ${id} AND line = 2`)
})

test('ORD-5 a combined order has a page of its own; each of its orders leads to it', async () => {
	const numbers = (await it.sql(`SELECT number FROM orders WHERE buyer_id = ${org} AND state = 'to_pay' ORDER BY id LIMIT 2`)).map(r => r.number)
	await it.sql(`INSERT INTO order_combined (buyer_id, id, number, orders, created_at) VALUES (${org}, 78, '77000000000000000002', 2, NOW());
		UPDATE orders SET combined_id = 78 WHERE number IN (${numbers.map(n => `'${n}'`)})`)
	const address = '/console/orders/combined/77000000000000000002', shown = await buyer.get(address), c = (await buyer.json(address)).json
	assert.deepEqual(c.items.map(o => o.number), numbers)
	assert.equal(c.payable, c.items.reduce((sum, o) => sum + o.payable, 0))
	assert.deepEqual(c.actions.map(a => a.name), ['pay', 'cancel'])
	assert.ok(shown.text.includes('须一起支付或取消'))
	for (const n of numbers) assert.ok((await page(n)).html.includes(`href="${address}"`), n)
	assert.ok((await buyer.get('/console/orders/to-pay')).html.includes(`href="${address}"`))
	assert.equal((await other.get(address)).status, 404)
	assert.equal((await buyer.get('/console/orders/combined/x')).status, 404)
	await it.sql(`UPDATE orders SET combined_id = NULL WHERE combined_id = 78`)
})

test('ORD-18 a closed purchase is bought again with the same choice, while it is sold', async () => {
	const number = await pick("state = 'completed' AND kind = 'purchase' AND duration_unit IS NOT NULL"), o = await json(number)
	const again = o.actions.find(a => a.name === 'buy_again')
	const shown = await buyer.get(again.href.replace(/#.*/, ''))
	assert.equal(shown.status, 200)
	assert.ok(shown.html.includes(o.plan_name))
	await it.sql(`UPDATE product SET state = 'delisted' WHERE slug = '${o.slug}'`)
	assert.equal((await json(number)).actions.find(a => a.name === 'buy_again'), undefined)
	await it.sql(`UPDATE product SET state = 'listed' WHERE slug = '${o.slug}'`)
})

test('ORD-9 ORD-18 an order placed by an account manager says so', async () => {
	const number = await pick("state = 'to_pay'")
	assert.equal((await json(number)).by_manager, false)
	await it.sql(`INSERT INTO audit_log (id, object_kind, object_id, org_id, event, to_state, why, actor_id, actor_org, actor_name, address, request_id)
		SELECT 5, 'order', id, buyer_id, 'place', 'to_confirm', '', 1, 1, '王经理', '', '' FROM orders WHERE number = '${number}'`)
	assert.equal((await json(number)).by_manager, true)
	assert.ok((await page(number)).text.includes('客户经理代下单'))
})

test('ACC-3 the provider sees an order of its product, without the buyer\'s people, payments and contact', async () => {
	const mine = await it.one(`SELECT o.number, s.creator_name AS who FROM orders o JOIN order_sold s ON s.order_id = o.id WHERE o.provider_id = ${supplier} AND o.state = 'completed' AND o.kind = 'purchase' ORDER BY o.id DESC LIMIT 1`)
	await it.sql(`UPDATE order_sold s JOIN orders o ON o.id = s.order_id SET s.contact = '13900001111' WHERE o.number = '${mine.number}'`)
	const shown = await provider.get(`/provider/orders/${mine.number}`), o = (await provider.json(`/provider/orders/${mine.number}`)).json
	assert.equal(shown.status, 200)
	assert.deepEqual([o.contact, o.creator_name, o.payments, o.parts, o.records, o.actions], [null, null, [], [], [], []])
	assert.ok(o.history.length >= 2 && o.buyer_name)
	assert.ok(!shown.html.includes('13900001111') && !shown.text.includes(mine.who) && !shown.html.includes('/console/orders'))
	const theirs = await it.one(`SELECT number FROM orders WHERE provider_id <> ${supplier} LIMIT 1`)
	assert.equal((await provider.get(`/provider/orders/${theirs.number}`)).status, 404)
})

test('ORD-17 the provider narrows its orders by state, product, number and time', async () => {
	const rows = await it.sql(`SELECT number, state, product_id AS product FROM orders WHERE provider_id = ${supplier} AND created_at >= DATE_SUB(CURDATE(), INTERVAL 6 MONTH) ORDER BY id DESC`)
	const ask = async query => (await provider.json(`/provider/orders?limit=100&${query}`)).json.items.map(o => o.number)
	const { product, state } = rows[0], expected = keep => rows.filter(keep).map(r => r.number).slice(0, 100)
	assert.deepEqual(await ask(`product=${product}`), expected(r => r.product === product))
	assert.deepEqual(await ask(`state=${state}`), expected(r => r.state === state))
	assert.deepEqual(await ask(`product=${product}&state=${state}`), expected(r => r.product === product && r.state === state))
	assert.deepEqual(await ask(`q=${rows[0].number}`), [rows[0].number])
	assert.deepEqual(await ask('range=last_year'), [])
	const theirs = await it.one(`SELECT number, product_id AS product FROM orders WHERE provider_id <> ${supplier} LIMIT 1`)
	for (const query of [`product=${theirs.product}`, `q=${theirs.number}`, 'product=x', 'product=0']) assert.deepEqual(await ask(query), [], query)
	assert.equal((await provider.json('/provider/orders?q=abc')).status, 422)
})
