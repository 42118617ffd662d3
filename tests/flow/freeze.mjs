// Organisations at the desk: found, frozen and unfrozen (ACC-15), given an account manager (ORD-9).
import { assert, fill, instance, parallel, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer provider operator nginx' })
const admin = await it.client().signIn('admin@demo.test'), support = await it.client().signIn('support@demo.test'), finance = await it.client().signIn('finance@demo.test')
const buyer = await it.client().signIn('buyer2@demo.test')
const orgOf = async name => (await it.one(`SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = '${name}@demo.test'`)).org
const org = await orgOf('buyer2'), provider = await orgOf('provider'), platform = await orgOf('admin')
const page = id => `/ops/organisations/${id}`
const freeze = (kind, reason, client = admin, id = org) => client.submit(page(id), { kind, reason }, { action: `${page(id)}/freeze` })
const unfreeze = (reason, client = admin, id = org) => client.submit(page(id), { reason }, { action: `${page(id)}/unfreeze` })
const state = async (id = org) => (await admin.json(page(id))).json

async function checkout() {
	const plan = (await buyer.json('/products/qinghe-bi')).json.plans.find(p => p.prices.some(x => x.price > 0)), price = plan.prices.find(x => x.price > 0)
	const address = `/checkout?${new URLSearchParams({ plan: plan.id, quantity: plan.quantity_min, duration: price.duration })}`
	return (await buyer.get(address)).location ?? address	// options have their first choice chosen
}
const address = await checkout()
const orders = async () => +(await it.one(`SELECT COUNT(*) AS n FROM orders WHERE buyer_id = ${org}`)).n

test('ACC-15 organisations are found by name, number and kind', async () => {
	const find = async query => (await admin.json(`/ops/organisations?${query}`)).json.items
	assert.deepEqual((await find(`q=${org}`)).map(o => o.id), [org])
	const named = await find(`q=${encodeURIComponent('北辰')}`)
	assert.deepEqual(named.map(o => o.id), [org])
	const providers = await find('kind=provider&limit=100')
	assert.ok(providers.length >= 12 && providers.every(o => o.kind === 'provider'))
	assert.deepEqual(await find('frozen=1'), [])
	assert.deepEqual(await find('q=%25'), [])
	const first = (await admin.json('/ops/organisations?limit=5')).json, second = (await admin.json(`/ops/organisations?limit=5&after=${first.next}`)).json
	assert.equal(new Set([...first.items, ...second.items].map(o => o.id)).size, 10)
	for (const id of ['1', '0', 'x']) assert.equal((await admin.get(page(id))).status, 404, id)
})

test('ACC-15 a frozen organisation cannot order; every page says which freeze stands, why and what to do', async () => {
	const form = Object.fromEntries(fill((await buyer.get(address)).form('/orders'), { contact: '13800001111', agree: '1' }))
	assert.equal((await freeze('violation', '商品描述与实际不符')).location, page(org))
	const before = await orders()
	for (const path of ['/console', '/console/orders', '/products/qinghe-bi', address, '/console/settings/sessions']) {
		const shown = await buyer.get(path)
		assert.equal(shown.status, 200, path)
		for (const says of ['贵组织因违规被冻结', '商品描述与实际不符', '整改后联系平台']) assert.ok(shown.text.includes(says), `${path}: ${says}`)
	}
	assert.ok(!(await buyer.get('/products/qinghe-bi')).html.includes('立即购买'))
	assert.ok((await buyer.get('/products/qinghe-bi')).text.includes('冻结期间不能下单'))
	assert.ok(!/<button[^>]*>提交订单/.test((await buyer.get(address)).html))
	const refused = await buyer.post('/orders', form)
	assert.equal(refused.status, 422)
	assert.ok(refused.text.includes('冻结'))
	assert.equal(await orders(), before)
	const { number } = await it.one(`SELECT number FROM orders WHERE buyer_id = ${org} AND state = 'to_confirm' LIMIT 1`), confirm = `/console/orders/${number}/confirm`
	assert.equal((await buyer.submit(confirm, {}, { action: confirm })).status, 422, 'nor confirm what was ordered for it')
	assert.equal((await it.one(`SELECT state FROM orders WHERE number = '${number}'`)).state, 'to_confirm')
	assert.equal((await admin.json('/ops/organisations?frozen=1')).json.items[0].freeze_reason, '商品描述与实际不符')
	for (const path of ['/console', '/products']) assert.ok(!(await it.client().get(path)).text.includes('被冻结'), path)
})

test('ACC-15 unfrozen, it orders again; both stand in its history with who and why', async () => {
	assert.equal((await unfreeze('已整改')).location, page(org))
	assert.ok(!(await buyer.get('/console')).text.includes('冻结'))
	assert.equal((await buyer.submit(address, { contact: '13800001111', agree: '1' }, { action: '/orders' })).status, 303)
	const log = (await admin.json(`/ops/audit?object=${org}`)).json.items
	assert.deepEqual(log.filter(e => /freeze/.test(e.event)).map(e => [e.event, e.from, e.to, e.why]), [['unfreeze', 'violation', null, '已整改'], ['freeze', null, 'violation', '商品描述与实际不符']])
	const shown = await admin.get(page(org))
	for (const says of ['违规冻结', '解除冻结', '已整改', '演示管理员']) assert.ok(shown.text.includes(says), says)
})

test('ACC-15 each kind of freeze says its own; the reader sees it in the own language', async () => {
	for (const [kind, zh, en] of [['arrears', '请充值结清欠款', 'Top up to settle the arrears'], ['police', '不能下单、续费、释放、退订和提现', 'Your organisation is frozen by the police']]) {
		await freeze(kind, '见通知书')
		assert.ok((await buyer.get('/console')).text.includes(zh), kind)
		assert.ok((await buyer.get('/console', { headers: { cookie: '', 'accept-language': 'en' } })).status === 303)
		await buyer.post('/language', { lang: 'en', back: '/console' })
		assert.ok((await buyer.get('/console')).text.includes(en), kind)
		await buyer.post('/language', { lang: 'zh-CN', back: '/console' })
		await unfreeze('解除')
	}
	await freeze('arrears', '<b>未结清</b>')
	assert.ok((await buyer.get('/console')).html.includes('&lt;b&gt;未结清'))
	await unfreeze('解除')
})

test('ACC-15 a reason is needed; of two operators at once one is done and the other is told', async () => {
	for (const [kind, reason] of [['violation', ''], ['violation', 'x'.repeat(201)], ['other', 'x'], ['', 'x']]) {
		const shown = await freeze(kind, reason)
		assert.equal(shown.status, 422, `${kind} ${reason.length}`)
		assert.ok(shown.html.includes('aria-invalid="true"'))
		assert.equal((await state()).freeze, null)
	}
	const action = `${page(org)}/freeze`, forms = []
	for (const client of [admin, finance]) forms.push(Object.fromEntries(fill((await client.get(page(org))).form(action), { kind: 'arrears', reason: '欠费' })))
	const answers = await parallel(2, i => [admin, finance][i].post(action, forms[i]))
	assert.deepEqual(answers.map(a => a.status).sort(), [303, 422])
	assert.ok(answers.find(a => a.status === 422).text.includes('刚被其他人改变'))
	assert.equal((await unfreeze('结清', finance)).status, 303)
	const again = Object.fromEntries(fill((await admin.get(page(org))).form(action), { kind: 'arrears', reason: '欠费' }))
	await parallel(3, () => admin.tab().post(action, again))
	assert.equal((await admin.json(`/ops/audit?object=${org}`)).json.items.filter(e => e.event === 'freeze' && e.why === '欠费').length, 2)
	await unfreeze('结清')
})

test('ACC-15 ACC-2 providers are frozen too, the platform is not; only administrators and finance do it', async () => {
	await freeze('violation', '资质过期', admin, provider)
	const portal = await (await it.client().signIn('provider@demo.test')).get('/provider')
	assert.ok(portal.text.includes('资质过期'))
	await unfreeze('已更新', admin, provider)
	const csrf = fill((await admin.get('/ops')).form('/logout'), {}).find(([k]) => k === 'csrf')[1]
	assert.equal((await admin.post(`${page(platform)}/freeze`, { csrf, kind: 'police', reason: 'x' })).status, 403)
	assert.equal((await admin.post(`${page(1)}/freeze`, { csrf, kind: 'police', reason: 'x' })).status, 404)
	assert.equal((await support.get(page(org))).status, 200)
	const mine = fill((await support.get('/ops')).form('/logout'), {}).find(([k]) => k === 'csrf')[1]
	for (const what of ['freeze', 'unfreeze', 'manager']) assert.equal((await support.post(`${page(org)}/${what}`, { csrf: mine, kind: 'police', seen: 'police', reason: 'x' })).status, 403, what)
	assert.equal((await buyer.get('/ops/organisations')).status, 403)
})

test('ORD-9 an administrator gives a customer an account manager, who must be one', async () => {
	const approver = (await it.one("SELECT id FROM person WHERE email = 'approver@demo.test'")).id, mediator = (await it.one("SELECT id FROM person WHERE email = 'mediator@demo.test'")).id
	const assign = (manager, id = org) => admin.submit(page(id), { manager }, { action: `${page(id)}/manager` })
	assert.equal((await assign(approver)).location, page(org))
	assert.equal((await state()).manager_name, '演示审批')
	assert.equal((await assign(mediator)).status, 422)
	assert.equal((await assign('')).status, 303)
	assert.equal((await state()).manager_name, null)
	assert.ok(!(await admin.get(page(provider))).html.includes(`${page(provider)}/manager`))
	const csrf = fill((await admin.get('/ops')).form('/logout'), {}).find(([k]) => k === 'csrf')[1]
	assert.equal((await admin.post(`${page(provider)}/manager`, { csrf, manager: approver })).status, 403)
})
