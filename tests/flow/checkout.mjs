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
	const m = (await buyer.json(address({ quantity: 3 }))).json
	assert.equal(m.quantity, 3)
	assert.equal(m.list_total, 3 * month.price)
	assert.equal(m.unit_price, month.price)
	assert.equal(m.price.reduce((sum, l) => sum + l.amount, 0), m.payable)
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

test('S-step a plan that is not there, or not for sale, cannot be bought', async () => {
	for (const id of ['1', '0', 'x', '18446744073709551615', '99999999999999999999']) assert.equal((await buyer.get(address({ plan: id }))).status, 404, id)
	await it.sql(`UPDATE plan SET on_sale = 0 WHERE id = ${plan.id}`)
	try {
		assert.equal((await buyer.get(address())).status, 404)
	} finally { await it.sql(`UPDATE plan SET on_sale = 1 WHERE id = ${plan.id}`) }
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

test('ACC-15 a frozen organisation cannot order', async () => {
	const { org } = await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")
	const fields = await filled()
	await it.sql(`UPDATE org SET freeze_kind = 'arrears' WHERE id = ${org}`)
	try {
		assert.ok((await refused(fields)).text.includes('冻结'))
	} finally { await it.sql(`UPDATE org SET freeze_kind = NULL WHERE id = ${org}`) }
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
