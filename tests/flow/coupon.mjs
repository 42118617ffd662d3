// Coupons: what a provider may offer, claiming, choosing one at the checkout, and what becomes of it with its order.
import { randomUUID } from 'node:crypto'
import { assert, fill, instance, parallel, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer provider jobs nginx' })
const provider = await it.client().signIn('provider@demo.test')
const buyer = await it.client().signIn('buyer@demo.test')
const other = await it.client().signIn('buyer2@demo.test')
const slug = 'yunfan-crm'
const plan = (await buyer.json(`/products/${slug}`)).json.plans.find(p => p.billing_mode === 'yearly_monthly')
const { id: product } = await it.one(`SELECT id FROM product WHERE slug = '${slug}'`)
const { id: foreign } = await it.one("SELECT id FROM product WHERE slug = 'xinghe-retail'")
// Only the coupons of this file.
await it.sql("UPDATE coupon SET state = 'stopped' WHERE state = 'published'; UPDATE coupon_claim SET valid_to = UTC_TIMESTAMP(6) - INTERVAL 1 DAY")

const day = n => new Date(Date.now() + (n * 24 + 8) * 3600e3).toISOString().slice(0, 10)
const good = {
	name: '测试券', kind: 'percent', percent: '10', amount: '', minimum: '', scope: 'provider', used_for: 'both', claim_from: day(0), claim_to: day(10),
	life: 'fixed', valid_from: day(0), valid_to: day(30), valid_days: '', total: '100', per_buyer: '1',
}
const json = { headers: { accept: 'application/json' } }

/** A draft: its id. */
async function draft(fields = {}) {
	const answer = await provider.submit('/provider/coupons/new', { ...good, ...fields })
	assert.equal(answer.status, 303, answer.text)
	return answer.location.split('/').pop()
}
const press = (who, id, button) => who.submit(`/provider/coupons/${id}`, {}, { action: `/provider/coupons/${id}/${button}` })
async function published(fields) {
	const id = await draft(fields)
	assert.equal((await press(provider, id, 'publish')).status, 303)
	return id
}
const claim = (who, id, options) => who.submit(`/coupons/${id}`, {}, { action: `/coupons/${id}/claim`, ...options })
/** Published and claimed: the id of the claim. */
async function claimed(fields, who = buyer) {
	const id = await published(fields)
	assert.equal((await claim(who, id)).status, 303)
	return (await it.one(`SELECT id FROM coupon_claim WHERE coupon_id = ${id} ORDER BY id DESC LIMIT 1`)).id
}
const state = async id => (await it.one(`SELECT state FROM coupon_claim WHERE id = ${id}`)).state
/** Ends what the tests before left usable. */
const clear = () => it.sql("UPDATE coupon_claim SET valid_to = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE state = 'usable'; UPDATE coupon SET state = 'stopped' WHERE state = 'published'")

const address = (more = {}) => '/checkout?' + new URLSearchParams({ plan: plan.id, duration: plan.prices.at(-1).duration, quantity: plan.quantity_min, key: randomUUID(), ...more })
const review = async more => (await buyer.json(address(more))).json.items[0]
const filled = async (fields = {}, more) => Object.fromEntries(fill((await buyer.get(address(more))).form('/orders'), { contact: '13800001111', agree: '1', ...fields }))
const place = (fields, options) => buyer.tab().post('/orders', fields, options)
async function ordered(fields) {
	const answer = await place(await filled(fields))
	assert.equal(answer.status, 303, answer.text)
	return /orders\/(\d+)/.exec(answer.location)[1]
}
async function audit() {
	const { status, stdout, stderr } = await it.tryYunshi('audit')
	assert.equal(status, 0, stdout + stderr)
}

test('ORD-14 a draft is filled in, changed, published; then it cannot be changed, only stopped', async () => {
	const id = await draft({ name: '草稿', percent: '15', minimum: '100.00' })
	assert.equal((await buyer.get(`/coupons/${id}`)).status, 404)
	const form = Object.fromEntries(fill((await provider.get(`/provider/coupons/${id}/edit`)).form(), {}))
	assert.equal(form.percent, '15')
	assert.equal(form.minimum, '100.00')
	assert.equal((await provider.post(`/provider/coupons/${id}/edit`, { ...form, percent: '20', scope: 'products', products: product })).status, 303)
	let page = await provider.get(`/provider/coupons/${id}`)
	for (const word of ['8 折', '指定商品可用', '发布后优惠内容不能再修改']) assert.ok(page.text.includes(word), word)
	assert.equal((await press(provider, id, 'publish')).status, 303)
	page = await provider.get(`/provider/coupons/${id}`)
	assert.ok(page.text.includes('停止领取') && !page.html.includes('/edit'))
	assert.equal((await provider.get(`/provider/coupons/${id}/edit`)).status, 409)
	assert.equal((await provider.post(`/provider/coupons/${id}/edit`, { ...form, key: `again-${id}` })).status, 409)
	assert.equal((await claim(buyer, id)).status, 303)
	assert.equal((await press(provider, id, 'stop')).status, 303)
	assert.equal((await it.one(`SELECT state FROM coupon WHERE id = ${id}`)).state, 'stopped')
	assert.ok((await buyer.get(`/coupons/${id}`)).text.includes('现在不能领取'))
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_kind = 'coupon' AND object_id = ${id}`)).n, '4')
	await clear()
})

test('ORD-14 a draft can be thrown away, what is published cannot', async () => {
	const id = await draft({ scope: 'products', products: product })
	assert.equal((await press(provider, id, 'delete')).location, '/provider/coupons')
	assert.equal((await provider.get(`/provider/coupons/${id}`)).status, 404)
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM coupon_product WHERE coupon_id = ${id}`)).n, '0')
	const kept = await published(), { csrf } = Object.fromEntries(fill((await provider.get('/provider/coupons/new')).form(), {}))
	assert.equal((await provider.post(`/provider/coupons/${kept}/delete`, { csrf, key: `delete-${kept}` })).status, 409)
	await clear()
})

test('ORD-14 IFC-4 each field refuses what it cannot be, at the field, and nothing typed is lost', async () => {
	const { n: before } = await it.one('SELECT COUNT(*) AS n FROM coupon')
	const form = Object.fromEntries(fill((await provider.get('/provider/coupons/new')).form(), good))
	const bad = {
		name: [{ name: '' }, { name: 'x'.repeat(41) }],
		percent: [{ percent: '' }, { percent: '0' }, { percent: '100' }, { percent: '-5' }, { percent: '9.5' }],
		amount: [{ kind: 'amount' }, { kind: 'amount', amount: '0' }, { kind: 'amount', amount: '-1' }, { kind: 'amount', amount: '1.234' }, { kind: 'amount', amount: '200', minimum: '100' }],
		minimum: [{ minimum: '-1' }, { minimum: 'x' }],
		products: [{ scope: 'products' }, { scope: 'products', products: foreign }, { scope: 'products', products: '1' }, { scope: 'products', products: [product, product] }],
		claim_to: [{ claim_to: day(-1), claim_from: day(-5) }, { claim_from: day(9), claim_to: day(8) }, { claim_to: '2026-02-30' }],
		valid_from: [{ valid_from: '' }, { valid_from: day(-1) }],
		valid_to: [{ valid_to: '' }, { valid_from: day(20), valid_to: day(19) }, { valid_to: day(9) }],
		valid_days: [{ life: 'after_claim' }, { life: 'after_claim', valid_days: '0' }, { life: 'after_claim', valid_days: '3651' }],
		total: [{ total: '0' }, { total: '' }, { total: '1000001' }],
		per_buyer: [{ per_buyer: '0' }, { total: '3', per_buyer: '4' }],
	}
	for (const [field, tries] of Object.entries(bad))
		for (const fields of tries) {
			const pairs = Object.entries({ ...form, ...fields }).flatMap(([k, v]) => [v].flat().map(one => [k, one]))
			const page = await provider.post('/provider/coupons/new', pairs)
			assert.equal(page.status, 422, JSON.stringify(fields))
			assert.ok(page.html.includes(`href="#${field}"`), `${JSON.stringify(fields)}: a link to ${field}`)
			if (!('name' in fields)) assert.ok(page.html.includes('value="测试券"'), 'the name stays')
		}
	assert.equal((await it.one('SELECT COUNT(*) AS n FROM coupon')).n, before)
})

test('ORD-14 ACC-3 a coupon of another provider is 404; who only looks cannot change; a double click makes one', async () => {
	const id = await draft(), strange = await it.client().signIn('provider2@demo.test')
	for (const path of [`/provider/coupons/${id}`, `/provider/coupons/${id}/edit`, '/provider/coupons/0', '/provider/coupons/x'])
		assert.equal((await strange.get(path)).status, 404, path)
	const form = Object.fromEntries(fill((await strange.get('/provider/coupons/new')).form(), good))
	for (const what of ['edit', 'publish', 'stop', 'delete'])
		assert.equal((await strange.post(`/provider/coupons/${id}/${what}`, { ...form, key: `strange-${what}` })).status, 404, what)
	assert.equal((await buyer.get('/provider/coupons')).status, 403)
	const mine = Object.fromEntries(fill((await provider.get('/provider/coupons/new')).form(), good))
	const [a, b] = await parallel(2, () => provider.tab().post('/provider/coupons/new', mine))
	assert.deepEqual([a.status, a.location], [303, b.location])
})

test('ORD-15 a buyer claims a coupon once for each press, and no more than a buyer may', async () => {
	const id = await published({ per_buyer: '2', life: 'after_claim', valid_days: '7' })
	const fields = Object.fromEntries(fill((await buyer.get(`/coupons/${id}`)).form(`/coupons/${id}/claim`), {}))
	const answers = await parallel(4, () => buyer.tab().post(`/coupons/${id}/claim`, fields))
	for (const a of answers) assert.deepEqual([a.status, a.location], [303, `/coupons/${id}`])
	assert.equal((await it.one(`SELECT claimed FROM coupon WHERE id = ${id}`)).claimed, '1')
	const { valid_to } = await it.one(`SELECT valid_to FROM coupon_claim WHERE coupon_id = ${id}`)
	assert.equal(valid_to, `${day(7)} 15:59:59.000000`, 'the last second of the seventh day in Shanghai')
	assert.equal((await claim(buyer, id)).status, 303)
	assert.ok((await buyer.get(`/coupons/${id}`)).text.includes('已领取'))
	const refused = await buyer.post(`/coupons/${id}/claim`, { ...fields, key: 'third-press' })
	assert.equal(refused.status, 422)
	assert.ok(refused.text.includes('每人限领数量'))
	assert.equal((await it.one(`SELECT claimed FROM coupon WHERE id = ${id}`)).claimed, '2')
	await audit()
	await clear()
})

test('ORD-14 none is left, not yet, no longer: each is told, and nothing is claimed', async () => {
	const id = await published({ total: '1' })
	const fields = Object.fromEntries(fill((await other.get(`/coupons/${id}`)).form(`/coupons/${id}/claim`), {}))
	assert.equal((await claim(buyer, id)).status, 303)
	const tries = [['', '已经领完'], ["claim_from = UTC_TIMESTAMP(6) + INTERVAL 1 DAY", '还没有开始'], ["claim_to = UTC_TIMESTAMP(6) - INTERVAL 1 DAY", '已经结束'], ["state = 'stopped'", '已经结束']]
	for (const [i, [change, word]] of tries.entries()) {
		if (change) await it.sql(`UPDATE coupon SET total = 5, ${change} WHERE id = ${id}`)
		const page = await other.post(`/coupons/${id}/claim`, { ...fields, key: `try-number-${i}` })
		assert.equal(page.status, 422)
		assert.ok(page.text.includes(word), word)
		const program = await other.post(`/coupons/${id}/claim`, { ...fields, key: `try-json-${i}` }, json)
		assert.equal(program.status, 422)
		if (change) await it.sql(`UPDATE coupon SET claim_from = UTC_TIMESTAMP(6) - INTERVAL 1 DAY, claim_to = UTC_TIMESTAMP(6) + INTERVAL 9 DAY WHERE id = ${id}`)
	}
	for (const id of ['0', '1', 'x', '18446744073709551616']) assert.equal((await other.post(`/coupons/${id}/claim`, { ...fields, key: `strange-${id}` })).status, 404, id)
	await clear()
})

test('ORD-15 a visitor signs in to claim; the page for visitors is the same for all', async () => {
	const id = await published(), visitor = it.client(), page = await visitor.get(`/coupons/${id}`)
	assert.match(page.headers['cache-control'], /public/)
	assert.ok(!page.html.includes('csrf') && !page.html.includes('已领取'))
	const login = /href="(\/login\?back=[^"]+)"/.exec(page.html)[1]
	const back = await visitor.submit(login, { name: 'buyer@demo.test', password: 'Yunshi-demo-1' })
	assert.equal(back.location, `/coupons/${id}`)
	assert.ok((await visitor.get(back.location)).form(`/coupons/${id}/claim`))
	assert.equal((await it.client().post(`/coupons/${id}/claim`, {}, json)).status, 401)
	assert.equal((await provider.get(`/coupons/${id}`)).status, 200)
	assert.equal((await provider.post(`/coupons/${id}/claim`, {})).status, 403)
	await clear()
})

test('ORD-12 the review page chooses what saves most, tells why others do not apply, and what each takes off', async () => {
	const list = (await review()).list_total
	const ten = await claimed({ name: '九折' }), fifteen = await claimed({ name: '八五折', percent: '15', scope: 'products', products: product })
	await claimed({ name: '续费', percent: '50', used_for: 'renewal' })
	await claimed({ name: '门槛', percent: '40', minimum: '9999999.00' })
	const m = await review()
	assert.deepEqual([m.coupons.items.length, m.coupons.usable], [4, 2])
	const [best, second] = m.coupons.items
	assert.deepEqual([best.id, best.chosen, best.best, second.id, second.chosen], [fifteen, true, true, ten, false])
	assert.deepEqual(m.coupons.items.slice(2).map(c => c.why_not).sort(), ['minimum', 'only_renewal'])
	assert.equal(m.list_total, list)
	assert.equal(m.price.reduce((s, l) => s + l.amount, 0), m.payable)
	assert.equal(m.price.find(l => l.kind === 'coupon').amount, -best.saves)
	const page = await buyer.get(address())
	for (const word of ['该产品有 4 张优惠券，其中 2 张适用于本订单', '商品总计', '优惠券抵扣', '实付金额', '仅续费可用', '订单金额未达到使用门槛', '最优惠', '查看全部优惠券', '使用说明', '查看适用商品', '不使用优惠券'])
		assert.ok(page.text.includes(word), word)
	assert.equal((await review({ coupon: ten })).payable, m.payable + best.saves - second.saves)
	assert.equal((await review({ coupon: '0' })).payable, m.payable + best.saves)
	await clear()
})

test('ORD-12 CAT-4 another choice shows the new sum; one that was not seen is shown again and not charged', async () => {
	const ten = await claimed({}), before = +(await it.one('SELECT COUNT(*) AS n FROM orders')).n
	const fields = await filled({ contact: '13800002222', memo: '留着' })
	assert.equal(fields.coupon, ten)
	const again = await buyer.post('/checkout', { ...fields, coupon: '0' })
	assert.equal(again.status, 200)
	const form = Object.fromEntries(fill(again.form('/orders'), {}))
	assert.deepEqual([form.coupon, form.contact, form.memo, form.agree], ['0', '13800002222', '留着', '1'])
	assert.equal(+form.seen, (await review({ coupon: '0' })).payable / 100)
	const refused = await place({ ...fields, coupon: '0' })
	assert.equal(refused.status, 422)
	assert.ok(refused.text.includes('价格或协议在您查看之后发生了变化'))
	assert.equal(+(await it.one('SELECT COUNT(*) AS n FROM orders')).n, before)
	assert.equal((await place(form)).status, 303)
	assert.equal(await state(ten), 'usable', 'none was chosen')
	await clear()
})

test('ORD-15 ORD-12 a coupon that is not the buyer\'s, is over, or not for this order cannot be used', async () => {
	const theirs = await claimed({}, other), renewal = await claimed({ used_for: 'renewal', percent: '30' }), over = await claimed({ percent: '20' })
	await it.sql(`UPDATE coupon_claim SET valid_to = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = ${over}`)
	const fields = await filled(), { n: before } = await it.one('SELECT COUNT(*) AS n FROM orders')
	for (const coupon of [theirs, renewal, over, '7', 'x', '-1', '18446744073709551615']) {
		assert.equal((await buyer.json(address({ coupon }))).status, 422, coupon)
		const page = await place({ ...fields, coupon })
		assert.equal(page.status, 422, coupon)
		assert.ok(page.html.includes('href="#coupon"'), coupon)
	}
	assert.equal((await it.one('SELECT COUNT(*) AS n FROM orders')).n, before)
	assert.deepEqual([await state(theirs), await state(renewal), await state(over)], ['usable', 'usable', 'usable'])
	await clear()
})

test('ORD-6 ORD-15 an unpaid order locks its coupon; cancelled, it is free again, and expired when its time is over meanwhile', async () => {
	const ten = await claimed({}), first = await ordered()
	assert.equal(await state(ten), 'locked')
	assert.equal((await buyer.json(`/console/orders/${first}`)).json.price.find(l => l.kind === 'coupon').amount < 0, true)
	const list = await buyer.get('/console/coupons?state=locked')
	assert.ok(list.html.includes(`/console/orders/${first}`) && list.text.includes('待支付订单占用'))
	const m = await review()
	assert.deepEqual([m.coupons.usable, m.coupons.items[0].why_not], [0, 'locked'])
	assert.equal((await buyer.json(address({ coupon: ten }))).status, 422)
	await audit()
	const cancel = number => buyer.submit(`/console/orders/${number}/cancel`, { why: '换一个' })
	assert.equal((await cancel(first)).status, 303)
	assert.equal(await state(ten), 'usable')
	const second = await ordered()
	assert.equal(await state(ten), 'locked')
	await it.sql(`UPDATE coupon_claim SET valid_to = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = ${ten}`)
	assert.equal((await cancel(second)).status, 303)
	const expired = (await buyer.json('/console/coupons?state=expired')).json.items
	assert.equal(expired[0].state, 'expired')
	assert.equal((await review()).coupons.items.length, 0)
	await audit()
})

test('ORD-6 the system\'s cancelling frees it too', async () => {
	const ten = await claimed({}), number = await ordered()
	await it.sql(`UPDATE orders SET deadline_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE number = '${number}'`)
	for (let i = 0; i < 200 && await state(ten) === 'locked'; i++) await new Promise(yes => setTimeout(yes, 100))
	assert.equal(await state(ten), 'usable')
	await audit()
	await clear()
})

test('ORD-14 a price that a coupon brings to 0 is never below it: the order needs no payment and the coupon is used', async () => {
	const whole = await claimed({ kind: 'amount', amount: '9999999.00' }), m = await review()
	assert.equal(m.payable, 0)
	const answer = await place(await filled())
	assert.equal(answer.status, 303)
	assert.ok(!answer.location.endsWith('/pay'))
	assert.equal(await state(whole), 'used')
	const [item] = (await buyer.json('/console/coupons?state=used')).json.items
	assert.deepEqual([item.saved, item.order_number], [m.coupons.items[0].saves, answer.location.split('/').pop()])
	await audit()
})

test('ORD-15 the list: tabs with counts, filter, both orders, pages in constant steps, nobody else\'s', async () => {
	await it.sql("UPDATE coupon_claim SET valid_to = UTC_TIMESTAMP(6) + INTERVAL 9 DAY WHERE state = 'usable'")
	const id = await published({ per_buyer: '9', kind: 'amount', amount: '5.00' })
	for (let i = 0; i < 7; i++) assert.equal((await claim(buyer, id)).status, 303)
	const all = (await buyer.json('/console/coupons?limit=100')).json.items, page = await buyer.get('/console/coupons')
	for (const sort of ['latest', 'ending']) {
		const seen = []
		for (let after = ''; after !== null;) {
			const { items, next } = (await buyer.json(`/console/coupons?sort=${sort}&limit=3&after=${after ?? ''}`)).json
			seen.push(...items)
			after = next
		}
		assert.deepEqual(seen.map(c => c.number).sort(), all.map(c => c.number).sort(), sort)
		const key = sort === 'latest' ? seen.map(c => c.claimed_at).reverse() : seen.map(c => c.valid_to)
		assert.deepEqual(key, [...key].sort(), sort)
	}
	for (const state of ['usable', 'locked', 'used', 'expired']) {
		const { items } = (await buyer.json(`/console/coupons?limit=100&state=${state}`)).json
		assert.deepEqual(items.map(c => c.number), all.filter(c => c.state === state).map(c => c.number), state)
		assert.match(page.html, new RegExp(`state=${state}"[^>]*>[^<]*<span[^>]*>${items.length}<`), state)
	}
	assert.ok((await buyer.json('/console/coupons?kind=amount')).json.items.every(c => c.coupon.kind === 'amount'))
	const theirs = (await other.json('/console/coupons?limit=100')).json.items.map(c => c.number)
	assert.ok(theirs.length && !theirs.some(n => all.some(c => c.number === n)))
	for (const bad of ['state=x', 'kind=x', 'sort=x', 'limit=0', 'after=zz', `sort=ending&after=${'f'.repeat(32)}`, `sort=ending&after=${'0'.repeat(32)}`]) assert.ok([400, 422].includes((await buyer.json(`/console/coupons?${bad}`)).status), bad)
	await clear()
})

test('ORD-12 ORD-5 of two things bought together one has the coupon', async () => {
	await clear()
	const ten = await claimed({}), duration = plan.prices.at(-1).duration
	const two = { 'plan.2': plan.id, 'duration.2': duration, 'quantity.2': plan.quantity_min }
	const { items } = (await buyer.json(address(two))).json
	assert.deepEqual(items.map(i => i.coupons.items.map(c => [c.id, c.chosen, c.why_not])), [[[ten, true, null]], [[ten, false, 'locked']]])
	const fields = await filled({}, two), { n: before } = await it.one('SELECT COUNT(*) AS n FROM orders')
	const both = await place({ ...fields, 'coupon.2': ten })
	assert.equal(both.status, 422)
	assert.ok(both.html.includes('href="#coupon.2"'))
	assert.equal((await it.one('SELECT COUNT(*) AS n FROM orders')).n, before)
	assert.equal((await place(fields)).status, 303)
	assert.equal(await state(ten), 'locked')
	await audit()
})

test('ORD-14 the provider sees what was claimed, held, used and saved', async () => {
	await clear()
	const id = await published({ total: '3' })
	assert.equal((await claim(buyer, id)).status, 303)
	await ordered()
	const m = (await provider.json(`/provider/coupons/${id}`)).json
	assert.deepEqual([m.row.claimed, m.row.total, m.locked, m.used, m.saved], [1, 3, 1, 0, 0])
	const rows = (await provider.json('/provider/coupons?state=published')).json.items
	assert.deepEqual(rows.map(r => [r.coupon.id, r.claimed]), [[id, 1]])
	await audit()
})
