// Reviewing a choice and placing the order: what is shown, what is refused, one order however often it is sent.
import { randomUUID } from 'node:crypto'
import { assert, fill, instance, parallel, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const buyer = await it.client().signIn('buyer@demo.test')
const slug = 'yuanshan-guard'
const plan = (await buyer.json(`/products/${slug}`)).json.plans[0]
const month = plan.prices[0]
const address = more => '/checkout?' + new URLSearchParams({ plan: plan.id, duration: month.duration, quantity: 1, key: randomUUID(), ...more })
const orders = async () => +(await it.one('SELECT COUNT(*) AS n FROM orders')).n
const good = { contact: '13800001111', agree: '1' }
/** The form of the review page as a buyer would send it. */
const filled = async (fields = good, more = {}) => Object.fromEntries(fill((await buyer.get(address(more))).form('/orders'), fields))
const place = (fields, options) => buyer.tab().post('/orders', fields, options)

/** Sends it and expects that it is refused, shown again, and that no order comes of it. */
async function refused(fields, field) {
	const before = await orders()
	const page = await place(fields)
	assert.equal(page.status, 422)
	if (field) assert.ok(page.html.includes(`href="#${field}"`), `a link to ${field} in the summary`)
	assert.match(page.html, /class="errsum"/)
	assert.match(page.html, /<title>错误：/)
	assert.equal(await orders(), before)
	return page
}

test('ORD-10 who is not signed in signs in and comes back to the review page', async () => {
	const visitor = it.client()
	const answer = await visitor.get(address())
	assert.equal(answer.status, 303)
	const login = await visitor.submit(answer.location, { name: 'buyer@demo.test', password: 'Yunshi-demo-1' })
	assert.equal(login.status, 303)
	assert.equal((await visitor.get(login.location)).status, 200)
	assert.ok(login.location.startsWith('/checkout?plan='))
})

test('ACC-11 signing in leads back to our own pages only', async () => {
	for (const back of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
		const answer = await it.client().submit(`/login?back=${encodeURIComponent(back)}`, { name: 'buyer@demo.test', password: 'Yunshi-demo-1' })
		assert.equal(answer.location, '/console', back)
	}
})

test('ORD-12 CAT-4 the review page shows product, plan, unit price, quantity, period, and every step of the price', async () => {
	const all = (await buyer.json(address({ quantity: 3 }))).json, [m] = all.items
	assert.equal(all.items.length, 1)
	assert.equal(m.quantity, 3)
	assert.equal(m.list_total, 3 * month.price)
	assert.equal(m.unit_price, month.price)
	assert.equal(m.price.reduce((sum, l) => sum + l.amount, 0), m.payable)
	assert.deepEqual([all.list_total, all.payable], [m.list_total, m.payable])
	const page = await buyer.get(address({ quantity: 3 }))
	for (const word of ['核对信息', '支付', '完成支付', '商品总计', '实付金额', m.product_name, m.plan_name, m.provider_name]) assert.ok(page.text.includes(word), word)
	assert.match(page.html, /<li aria-current="step">核对信息/)
})

test('CAT-4 JSON and page of one address agree', async () => {
	const page = await buyer.get(address()), { payable } = (await buyer.json(address())).json
	assert.ok(page.text.includes(`¥${(payable / 100).toFixed(2)}`))
})

test('ORD-10 an order is placed and waits to be paid, with what was seen and agreed to', async () => {
	const answer = await place(await filled({ ...good, memo: '请尽快开通' }))
	assert.equal(answer.status, 303)
	assert.match(answer.location, /^\/console\/orders\/\d{20}\/pay$/)
	const order = (await buyer.json(answer.location.replace(/\/pay$/, ''))).json
	assert.equal(order.state, 'to_pay')
	assert.equal(order.payable, (await buyer.json(address())).json.payable)
	assert.equal(order.contact, good.contact)
	assert.equal(order.memo, '请尽快开通')
	assert.equal(order.platform_agreement, 1)
	assert.ok(Date.parse(order.deadline_at) - Date.parse(order.created_at) === 24 * 3600e3)
	assert.deepEqual(order.actions.map(a => a.name), ['pay', 'cancel'])
})

test('IFC-4 what is missing is named in the summary and at its field; what was typed stays', async () => {
	const page = await refused(await filled({ memo: '保留的备注' }), 'contact')
	assert.ok(page.html.includes('href="#agree"'))
	assert.ok(page.text.includes('手机号码：此项必填'))
	assert.ok(page.html.includes('value="保留的备注"'))
	assert.ok(page.text.includes('请阅读并勾选服务协议'))
})

test('ORD-10 without the agreements there is no order, also for programs', async () => {
	const fields = await filled({ contact: good.contact })
	await refused(fields, 'agree')
	const json = await place(fields, { headers: { accept: 'application/json' } })
	assert.equal(json.status, 422)
	assert.equal(json.json.errors[0].field, 'agree')
})

test('S-input each field refuses what it cannot be, and nothing fails', async () => {
	const fields = await filled()
	const bad = {
		contact: ['12345', '1380000111a', '+', '1'.repeat(21), '<script>', "1' OR '1'='1"],
		memo: ['x'.repeat(201)],
		seen: ['-1', '1e3', '28.505', 'abc'],
		product_agreement: ['-1', 'x', '99999999999999999999'],
	}
	for (const [name, values] of Object.entries(bad))
		for (const value of values) await refused({ ...fields, [name]: value }, name)
})

test('S-input text that is not UTF-8, holds a NUL or a control character, or is sent twice, is refused', async () => {
	const fields = await filled()
	const body = extra => new URLSearchParams(Object.entries(fields).filter(([k]) => k !== 'memo')).toString() + extra
	for (const extra of ['&memo=%ff%fe', '&memo=a%00b', '&memo=a%1bb', '&memo=a&memo=b']) {
		const page = await buyer.post('/orders', {}, { body: body(extra) })
		assert.equal(page.status, 422, extra)
	}
	for (const malformed of ['&memo=%', '&memo=%zz'])
		assert.equal((await buyer.post('/orders', {}, { body: body(malformed) })).status, 400, malformed)
})

test('CAT-3 a quantity or duration that the plan does not offer is refused', async () => {
	for (const more of [{ quantity: 100000 }, { quantity: 999999999999 }, { duration: '5-month' }, { duration: '1-day' }, { duration: '' }]) {
		assert.equal((await buyer.json(address(more))).status, 422, JSON.stringify(more))
		const page = await buyer.get(address(more))
		assert.equal(page.status, 422, JSON.stringify(more))
		assert.match(page.html, /class="errsum"/)
		assert.ok(page.html.includes('action="/checkout"'), 'the product page, to choose again')
	}
	for (const quantity of ['-1', '0', '1.5', 'x', '9'.repeat(30)]) assert.equal((await buyer.json(address({ quantity }))).status, 422, quantity)
	for (const duration of ['-1-month', '0-month', 'month', '1-fortnight', '999999-year', '1-month-1'])
		assert.ok([404, 422].includes((await buyer.json(address({ duration }))).status), duration)
})

test('S-step CAT-9 a plan that is not there, or not for sale any more, cannot be bought, and the page says so', async () => {
	const fields = await filled()
	for (const id of ['1', '0', 'x', '18446744073709551615', '99999999999999999999']) assert.equal((await buyer.get(address({ plan: id }))).status, 404, id)
	await it.sql(`UPDATE plan SET on_sale = 0 WHERE id = ${plan.id}`)
	try {
		const page = await buyer.get(address())
		assert.equal(page.status, 422)
		assert.ok(page.text.includes('该规格已停止销售'))
		assert.ok(page.html.includes('id="buy"'), 'the product page, to choose another one')
		assert.equal((await buyer.json(address())).status, 422)
		await refused(fields, 'plan')
	} finally { await it.sql(`UPDATE plan SET on_sale = 1 WHERE id = ${plan.id}`) }
	await it.sql(`UPDATE product SET state = 'delisted' WHERE slug = '${slug}'`)
	try {
		assert.ok((await refused(fields, 'plan')).text.includes('该规格已停止销售'))
	} finally { await it.sql(`UPDATE product SET state = 'listed' WHERE slug = '${slug}'`) }
	await it.sql(`UPDATE product SET state = 'draft' WHERE slug = '${slug}'`)
	try {
		assert.equal((await buyer.get(address())).status, 404, 'nobody hears of a draft')
	} finally { await it.sql(`UPDATE product SET state = 'listed' WHERE slug = '${slug}'`) }
})

test('CAT-4 S-price a price edited in the form, or changed since it was seen, is shown again and not charged', async () => {
	const fields = await filled()
	await refused({ ...fields, seen: '0.01' })
	await it.sql(`UPDATE plan_price SET price = price + 500 WHERE plan_id = ${plan.id}`)
	try {
		const page = await refused(fields)
		assert.ok(page.text.includes('价格或协议在您查看之后发生了变化'))
		const again = Object.fromEntries(fill(page.form('/orders'), { agree: '1' }))
		assert.notEqual(again.seen, fields.seen)
		assert.ok(page.text.includes(`原价格 ¥${fields.seen}`), 'what it was')
		assert.ok(page.text.includes(`现价格 ¥${again.seen}`), 'what it is now')
		const answer = await place(again)
		assert.equal(answer.status, 303)
		assert.equal((await buyer.json(answer.location.replace(/\/pay$/, ''))).json.list_total, month.price + 500)
	} finally { await it.sql(`UPDATE plan_price SET price = price - 500 WHERE plan_id = ${plan.id}`) }
})

test('ORD-10 agreements that changed meanwhile are to be read again', async () => {
	const fields = await filled()
	await it.sql(`UPDATE product SET agreement_version = agreement_version + 1 WHERE slug = '${slug}'`)
	await refused(fields, 'agree')
	assert.equal((await place(await filled())).status, 303)
})

test('ORD-11 sent twice, or eight times at once, it is one order', async () => {
	const fields = await filled(), before = await orders()
	const first = await place(fields), again = await place(fields)
	assert.equal(first.status, 303)
	assert.equal(again.location, first.location)
	assert.equal(await orders(), before + 1)
	const other = await filled()
	const all = await parallel(8, () => place(other))
	assert.equal(new Set(all.filter(a => a.status === 303).map(a => a.location)).size, 1)
	assert.equal(await orders(), before + 2)
})

test('CAT-3 the last of a stock goes to one buyer only', async () => {
	await it.sql(`UPDATE plan SET stock = 1 WHERE id = ${plan.id}`)
	try {
		const forms = await Promise.all(Array.from({ length: 4 }, () => filled()))
		const answers = await Promise.all(forms.map(f => place(f)))
		assert.deepEqual(answers.map(a => a.status).sort(), [303, 422, 422, 422])
		assert.equal((await it.one(`SELECT stock FROM plan WHERE id = ${plan.id}`)).stock, '0')
		assert.ok((await buyer.get(`/products/${slug}`)).text.includes('已售罄'))
	} finally { await it.sql(`UPDATE plan SET stock = NULL WHERE id = ${plan.id}`) }
})

test('S-14 without the token of the session, or from elsewhere, nothing is placed', async () => {
	const fields = await filled(), before = await orders()
	for (const csrf of ['', 'x', '0'.repeat(64)]) assert.equal((await place({ ...fields, csrf })).status, 403, csrf)
	assert.equal((await place(fields, { headers: { origin: 'https://evil.example' } })).status, 403)
	assert.equal((await place(fields, { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403)
	assert.equal(await orders(), before)
})

test('ACC-15 a frozen organisation cannot order; the page says which freeze stands and what to do', async () => {
	const { org } = await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")
	const fields = await filled(), words = { arrears: '充值', violation: '违规', police: '公安' }
	for (const [kind, word] of Object.entries(words)) {
		await it.sql(`UPDATE org SET freeze_kind = '${kind}', freeze_reason = '账期 <10> 月' WHERE id = ${org}`)
		try {
			assert.ok((await refused(fields)).text.includes(word), kind)
			const page = await buyer.get(address())
			assert.ok(page.text.includes(word) && page.text.includes('账期 <10> 月'), kind)
			assert.ok(!/<button[^>]*>提交订单/.test(page.html), 'nothing to press')
		} finally { await it.sql(`UPDATE org SET freeze_kind = NULL, freeze_reason = '' WHERE id = ${org}`) }
	}
})

// ---- several things in one checkout (ORD-5), names and tags (CAT-14), packages (CAT-7)

const other = (await buyer.json('/products/changfeng-monitor')).json.plans[0]
const two = more => ({ 'plan.2': other.id, 'duration.2': other.prices[0].duration, 'quantity.2': 2, ...more })

test('ORD-5 ORD-10 two products are reviewed on one page, with all sums, and become one combined order', async () => {
	const m = (await buyer.json(address(two()))).json
	assert.deepEqual(m.items.map(i => i.quantity), [1, 2])
	assert.equal(m.payable, m.items[0].payable + m.items[1].payable)
	assert.equal(m.list_total, month.price + 2 * other.prices[0].price)
	const page = await buyer.get(address(two()))
	for (const i of m.items) assert.ok(page.text.includes(i.product_name) && page.html.includes(`href="/agreements/product/${i.slug}"`), i.slug)
	assert.ok(page.text.includes(`¥${(m.payable / 100).toFixed(2)}`))
	const answer = await place(await filled(good, two()))
	assert.equal(answer.status, 303)
	const rows = await it.sql(`SELECT o.number, o.payable, o.state, c.orders FROM orders o JOIN order_combined c ON c.id = o.combined_id
		WHERE o.combined_id = (SELECT combined_id FROM orders WHERE number = '${answer.location.split('/')[3]}') ORDER BY o.id`)
	assert.deepEqual(rows.map(r => [+r.payable, r.state, r.orders]), m.items.map(i => [i.payable, 'to_pay', '2']))
})

test('IFC-3 a program orders several by a list of objects', async () => {
	const f = await filled(good, two())
	const item = dot => ({ plan: f['plan' + dot], duration: f['duration' + dot], quantity: +f['quantity' + dot], seen: Math.round(f['seen' + dot] * 100), product_agreement: +f['product_agreement' + dot] })
	const body = { items: [{ ...item(''), name: '主站' }, item('.2')], contact: '13800001111', agree: true, platform_agreement: +f.platform_agreement }
	const send = (b, key) => buyer.request('POST', '/orders', {
		body: JSON.stringify(b), headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': f.csrf, 'idempotency-key': key, origin: it.url },
	})
	const answer = await send(body, 'program-two-1')
	assert.equal(answer.status, 201, answer.html)
	assert.equal(answer.json.orders.length, 2)
	body.items[1].seen++
	const changed = await send(body, 'program-two-2')
	assert.equal(changed.status, 422)
	body.items[1] = { ...item('.2'), quantity: 100000 }
	assert.deepEqual((await send(body, 'program-two-3')).json.errors.map(e => e.field), ['quantity.2'])
})

test('ORD-10 what is wrong with one of several is told at that one, and nothing typed is lost', async () => {
	const fields = { ...await filled({ ...good, memo: '一起开通', name: '主站', 'name.2': '拨测' }, two()), agree: '1' }
	const bad = [
		[{ 'quantity.2': '100000' }, 'quantity.2'], [{ 'duration.2': '5-month' }, 'duration.2'], [{ 'options.2': 'x=y' }, 'options.2'],
		[{ 'name.2': 'x'.repeat(61) }, 'name.2'], [{ 'begin_on.2': '2030-01-01' }, null], [{ 'coupon.2': '1' }, 'coupon.2'], [{ 'quantity.2': '-1' }, 'quantity.2'],
	]
	for (const [change, field] of bad) {
		const page = await refused({ ...fields, ...change }, field)
		assert.ok(field === null || page.html.includes(`id="${field}"`), `${field} is there`)
		assert.ok(page.html.includes('value="一起开通"') && page.html.includes('value="主站"'), 'what was typed')
		assert.match(page.html, /name="agree" value="1" checked/)
	}
	await it.sql(`UPDATE plan SET stock = 1 WHERE id = ${other.id}`)
	try {
		assert.ok((await refused(fields, 'quantity.2')).text.includes('该规格库存不足'))
	} finally { await it.sql(`UPDATE plan SET stock = NULL WHERE id = ${other.id}`) }
	await it.sql(`UPDATE plan SET on_sale = 0 WHERE id = ${other.id}`)
	try {
		assert.ok((await refused(fields, 'plan.2')).text.includes('该规格已停止销售'))
		assert.ok((await buyer.get(address(two()))).html.includes('id="plan.2"'))
	} finally { await it.sql(`UPDATE plan SET on_sale = 1 WHERE id = ${other.id}`) }
	await it.sql(`UPDATE plan_price SET price = price + 100 WHERE plan_id = ${other.id}`)
	try {
		const page = await refused(fields), again = Object.fromEntries(fill(page.form('/orders'), {}))
		assert.equal(again.seen, fields.seen)
		assert.equal(Math.round(again['seen.2'] * 100), (await buyer.json(address(two()))).json.items[1].payable)
		assert.notEqual(again['seen.2'], fields['seen.2'])
		assert.ok(page.text.includes(`原价格 ¥${fields['seen.2']}`) && !page.text.includes(`原价格 ¥${fields.seen}`), 'only of what has changed')
	} finally { await it.sql(`UPDATE plan_price SET price = price - 100 WHERE plan_id = ${other.id}`) }
	const many = Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`plan.${i + 2}`, other.id]))
	assert.equal((await buyer.get(address(many))).status, 422)
	assert.equal((await buyer.get(address({ 'plan.3': other.id, 'duration.3': other.prices[0].duration }))).status, 404, 'no second one')
})

test('CAT-14 name and tags are given when something is bought; bad keys are told at their row', async () => {
	const form = await filled()
	const tags = { tag: 'env', value: '生产', 'tag.2': '成本中心', 'value.2': 'R&D <7>' }
	for (const [change, field, word] of [
		[{ tag: 'a=b' }, 'tag', '标签键只能包含'], [{ 'tag.2': 'env' }, 'tag.2', '标签键不能重复'], [{ tag: '' }, 'tag', '请填写标签键'],
		[{ tag: 'k'.repeat(41) }, 'tag', '40'], [{ 'value.2': 'v'.repeat(81) }, 'value.2', '80'], [{ tag: ['a', 'b'] }, 'tag', ''],
	]) {
		const body = new URLSearchParams(Object.entries({ ...form, ...tags, ...change }).flatMap(([k, v]) => [v].flat().map(x => [k, x]))).toString()
		const page = await buyer.tab().post('/orders', {}, { body })
		assert.equal(page.status, 422)
		assert.ok(page.html.includes(`href="#${field}"`) && page.html.includes(`id="${field}-error"`), field)
		assert.ok(page.text.includes(word), word)
	}
	const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [i ? `tag.${i + 1}` : 'tag', `k${i}`]))
	assert.equal((await place({ ...form, ...eleven })).status, 422)
	const longest = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [[i ? `tag.${i + 1}` : 'tag', `${i}` + '键'.repeat(39)], [i ? `value.${i + 1}` : 'value', '值'.repeat(80)]]).flat())
	const answer = await place({ ...form, ...longest, name: '远'.repeat(60) })
	assert.equal(answer.status, 303)
	const { tags: kept } = await it.one(`SELECT s.tags FROM orders o JOIN order_sold s ON s.order_id = o.id WHERE o.number = '${answer.location.split('/')[3]}'`)
	assert.equal(kept.length, 10 * 121 + 9)
})

test('CAT-14 IFC-5 without script the button gives one row more, and what was typed stays', async () => {
	const form = { ...await filled({ ...good, name: '主站', tag: 'env', value: '测试' }) }
	const page = await buyer.post('/checkout', form)
	assert.equal(page.status, 200)
	const again = Object.fromEntries(fill(page.form('/orders'), {}))
	assert.deepEqual([again.name, again.tag, again.value, again['tag.2'], again.contact, again.agree], ['主站', 'env', '测试', '', good.contact, '1'])
	assert.ok(!('tag.3' in again))
})

test('CAT-7 a package may begin on a later day: not in the past, not beyond a year', async () => {
	const traffic = (await buyer.json('/products/ziying-traffic')).json.plans[0]
	const choice = { plan: traffic.id, duration: traffic.prices[0].duration }
	await it.sql(`UPDATE plan SET begin_later = 0 WHERE id = ${traffic.id}`)
	assert.ok(!(await buyer.get(address(choice))).html.includes('name="begin_on"'), 'not of every plan')
	await it.sql(`UPDATE plan SET begin_later = 1 WHERE id = ${traffic.id}`)
	const fields = await filled(good, choice), day = n => new Date(Date.now() + n * 86400e3 + 8 * 3600e3).toISOString().slice(0, 10)
	for (const wrong of [day(-1), day(367), '2026-02-30', '1-1-1', 'x']) {
		const page = await refused({ ...fields, begin_on: wrong }, 'begin_on')
		assert.ok(page.html.includes('id="begin_on-error"') && page.html.includes(`value="${wrong}"`), wrong)
	}
	const answer = await place({ ...fields, begin_on: day(30) })
	assert.equal(answer.status, 303)
	assert.equal((await it.one(`SELECT begin_on AS d FROM orders WHERE number = '${answer.location.split('/')[3]}'`)).d, day(30))
})

test('IFC-3 a program sends the same names as JSON and gets 201 with the address', async () => {
	const f = await filled()
	const body = JSON.stringify({
		plan: f.plan, duration: f.duration, quantity: +f.quantity, seen: Math.round(f.seen * 100), contact: f.contact, agree: true,
		product_agreement: +f.product_agreement, platform_agreement: +f.platform_agreement,
	})
	const answer = await buyer.request('POST', '/orders', {
		body, headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': f.csrf, 'idempotency-key': 'program-key-1', origin: it.url },
	})
	assert.equal(answer.status, 201, answer.html)
	assert.match(answer.json.number, /^\d{20}$/)
	assert.equal(answer.location, `/console/orders/${answer.json.number}/pay`)
})

test('ACC-2 who may not order is refused', async () => {
	const fields = await filled()
	const provider = await it.client().signIn('provider@demo.test')
	assert.equal((await provider.get(address())).status, 403)
	const seen = await provider.get('/console/settings/sessions')
	assert.equal((await provider.post('/orders', { ...fields, csrf: fill(seen.form('/logout'), {}).find(([k]) => k === 'csrf')[1] })).status, 403)
})
