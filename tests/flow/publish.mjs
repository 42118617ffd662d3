// Publishing: a provider writes a product, submits it, an approver decides; the next version is written while the one before sells.
import { assert, instance, parallel, test } from '../lib/harness.mjs'
import { at, PLAN, Shelf, wrong } from '../lib/shelf.mjs'

const it = await instance({ parts: 'buyer provider operator nginx' })
const shelf = await Shelf.make(it), { provider, portal, owner } = shelf
const other = await it.client().signIn('provider2@demo.test'), buyer = await it.client().signIn('buyer@demo.test')
const bind = name => shelf[name].bind(shelf)
const [decide, act, state, save, create, write, list, revise] = ['decide', 'act', 'state', 'save', 'create', 'write', 'list', 'revise'].map(bind)

test('CAT-9 a new product is a draft that says what it lacks, and nobody can buy it', async () => {
	const id = await create('小账本', { slug: 'xiao-zhangben' })
	const page = await provider.get(at(id))
	assert.match(page.text, /草稿/)
	for (const lack of ['商品详情', '使用指南', '客服电话', '至少需要一个在售规格']) assert.ok(page.text.includes(lack), lack)
	assert.equal((await it.client().get('/products/xiao-zhangben')).status, 404)
	const early = await provider.get(at(id, '/submit'))
	assert.match(early.text, /完成后才能提交/)
	assert.equal((await act('submit', id, 1)).rc, 'invalid')
	assert.equal((await state(id)).state, 'draft')
})

test('CAT-9 written, submitted, approved: it sells as it was written', async () => {
	const { id, plan } = await write('云上账本', { 'prices.1.unit': 'year', 'prices.1.duration': 1, 'prices.1.price': '590' })
	const option = await save(id, `/plans/${plan}/options/new`, { code: 'edition', name: '版本', 'choices.0.code': 'base', 'choices.0.name': '基础' })
	assert.equal(option.status, 303, option.text)
	const more = await save(id, `/plans/${plan}/options/edition`, { 'choices.1.code': 'pro', 'choices.1.name': '专业', 'choices.1.effect': '-5.50', 'choices.1.effect_pm': '12.5' })
	assert.equal(more.status, 303, more.text)
	assert.match((await provider.get(at(id))).text, /可以提交审核/)
	const sent = await provider.submit(at(id, '/submit'))
	assert.equal(sent.status, 303)
	assert.deepEqual([(await state(id)).state, (await state(id)).edit_state], ['submitted', 'submitted'])
	assert.equal((await provider.get(at(id, '/edit/basic'))).status, 303)	// what was submitted is not written any more
	assert.equal((await decide('approve', id, 1)).rc, 'ok')
	const live = await state(id)
	assert.deepEqual([live.state, live.version, live.edit, live.price_from, live.agreement], ['listed', '1', null, '5900', '1'])
	const { slug } = await it.one(`SELECT slug FROM product WHERE id = ${id}`)
	for (const [tab, words] of Object.entries({ details: ['云上账本', '给小团队用的记账工具', '标准版', '第二段', '版本', '专业', '1 年'], guide: ['打开即用'], service: ['七天内无理由', '400-800-1234'] })) {
		const page = await it.client().get(`/products/${slug}?tab=${tab}`)
		for (const word of words) assert.ok(page.text.includes(word), word)
	}
	const rows = await it.sql(`SELECT code, effect_fen, effect_pm FROM plan_choice WHERE plan_id = ${plan} ORDER BY position`)
	assert.deepEqual(rows, [{ code: 'base', effect_fen: '0', effect_pm: '0' }, { code: 'pro', effect_fen: '-550', effect_pm: '125' }])
	assert.ok((await it.client().get(`/products?q=${encodeURIComponent('云上账本')}`)).text.includes('云上账本'))
})

test('CAT-9 refused with a reason, which is shown; the next version begins from it', async () => {
	const { id } = await write('被退回的商品')
	await act('submit', id, 1)
	assert.equal((await decide('refuse', id, 1)).rc, 'ok')
	assert.deepEqual([(await state(id)).state, (await state(id)).edit_state], ['refused', 'refused'])
	assert.match((await provider.get(at(id))).text, /审核未通过：not yet/)
	assert.equal(await revise(id), 2)
	assert.equal((await state(id)).state, 'draft')
	const page = await provider.get(at(id, '/edit/text'))
	assert.ok(page.html.includes('第一段\n第二段'))
	await act('submit', id, 2)
	assert.equal((await decide('approve', id, 2)).rc, 'ok')
	assert.equal((await state(id)).version, '2')
	assert.match((await provider.get(at(id))).text, /版本 2.*版本 1.*not yet/s)
})

test('CAT-9 CAT-10 the version before sells until the next is approved; orders keep their copy', async () => {
	const { id, plan, slug } = await list('两个版本')
	const order = await buyer.submit(`/checkout?plan=${plan}&duration=1-month&quantity=1`, { contact: '13800138000', agree: 1 }, { action: '/orders' })
	assert.equal(order.status, 303, order.text)
	const number = /orders\/(\d+)/.exec(order.location)[1]
	assert.equal(await revise(id), 2)
	const saved = await save(id, `/plans/${plan}`, { 'prices.0.price': '99.00', name: '标准版二' })
	assert.equal(saved.status, 303, saved.text)
	await save(id, '/edit/service', { agreement: '另一份协议' })
	const price = async () => (await it.one(`SELECT price FROM plan_price WHERE plan_id = ${plan}`)).price
	assert.equal(await price(), '5900')
	assert.ok(!(await it.client().get(`/products/${slug}`)).text.includes('标准版二'))
	await act('submit', id, 2)
	assert.equal(await price(), '5900')
	assert.equal((await state(id)).state, 'listed')
	assert.equal((await decide('approve', id, 2)).rc, 'ok')
	assert.equal(await price(), '9900')
	assert.equal((await state(id)).agreement, '2')
	assert.ok((await it.client().get(`/products/${slug}?v=2`)).text.includes('标准版二'))
	const kept = await it.one(`SELECT o.list_total, o.plan_name, s.plan FROM orders o JOIN order_sold s ON s.order_id = o.id WHERE o.number = '${number}'`)
	assert.deepEqual([kept.list_total, kept.plan_name, JSON.parse(kept.plan).prices[0].price], ['5900', '标准版', 5900])
	const history = await provider.get(at(id, '/versions/2'))
	for (const words of ['¥59.00', '¥99.00', '买家同意以下条款', '另一份协议', '标准版二']) assert.ok(history.text.includes(words), words)
})

test('CAT-9 a plan that is gone is no longer on sale; what is left of a stock is not set back by another version', async () => {
	const { id, plan } = await list('有库存的', { limited: 1, stock: 20 })
	const stock = async () => (await it.one(`SELECT stock FROM plan WHERE id = ${plan}`)).stock
	assert.equal(await stock(), '20')
	await it.sql(`UPDATE plan SET stock = 7 WHERE id = ${plan}`)
	await revise(id)
	await save(id, '/edit/basic', { summary: '新的简介' })
	await save(id, '/plans/new', { ...PLAN, name: '进阶版' })
	await act('submit', id, 2)
	await decide('approve', id, 2)
	assert.equal(await stock(), '7')
	await revise(id)
	await save(id, `/plans/${plan}`, { stock: 30 })
	await act('submit', id, 3)
	await decide('approve', id, 3)
	assert.equal(await stock(), '30')
	await revise(id)
	const page = await provider.get(at(id, `/plans/${plan}`))
	assert.equal((await provider.post(at(id, `/plans/${plan}/remove`), page.form(at(id, `/plans/${plan}/remove`)).controls.map(c => [c.name, c.value]))).status, 303)
	await act('submit', id, 4)
	assert.equal((await decide('approve', id, 4)).rc, 'ok')
	assert.equal((await it.one(`SELECT on_sale FROM plan WHERE id = ${plan}`)).on_sale, '0')
	assert.equal((await buyer.get(`/checkout?plan=${plan}&duration=1-month&quantity=1`)).status, 422)
})

test('CAT-3 the stock of what sells is changed at once, never below nothing', async () => {
	const { id, plan } = await list('限量', { limited: 1, stock: 5 })
	const give = by => provider.submit(at(id, '/stock'), { by }, { action: at(id, `/stock/${plan}`) })
	assert.equal((await give('10')).status, 303)
	assert.equal((await give('-15')).status, 303)
	const refused = await give('-1')
	assert.equal(refused.status, 422)
	assert.deepEqual(wrong(refused), [['by', '调整后的库存不能小于 0']])
	assert.equal((await give('many')).status, 422)
	assert.equal((await it.one(`SELECT stock FROM plan WHERE id = ${plan}`)).stock, '0')
	const page = await provider.get(at(id, '/stock')), form = page.form(at(id, `/stock/${plan}`))
	const fields = form.controls.map(c => [c.name, c.name === 'by' ? '3' : c.value])
	const both = await parallel(2, () => provider.post(form.action, fields))
	assert.deepEqual(both.map(a => a.status), [303, 303])
	assert.equal((await it.one(`SELECT stock FROM plan WHERE id = ${plan}`)).stock, '3')	// sent twice, done once
})

test('CAT-9 delisting: nobody can buy, what was bought stays; it is listed again without another review', async () => {
	const { id, plan, slug } = await list('要下架的')
	const ask = await provider.get(at(id, '/delist'))
	assert.match(ask.text, /不能续费/)
	assert.equal((await provider.submit(at(id, '/delist'), { why: '换新品' })).status, 303)
	assert.equal((await state(id)).state, 'delisted')
	assert.equal((await buyer.get(`/checkout?plan=${plan}&duration=1-month&quantity=1`)).status, 422)
	assert.ok((await it.client().get(`/products/${slug}`)).text.includes('要下架的'))
	assert.equal((await provider.submit(at(id), {}, { action: at(id, '/relist') })).status, 303)
	assert.equal((await state(id)).state, 'listed')
	assert.equal((await buyer.get(`/checkout?plan=${plan}&duration=1-month&quantity=1`)).status, 303)
})

test('CAT-9 a decision about what was withdrawn, or decided before, is told and changes nothing', async () => {
	const { id } = await write('反复无常')
	await act('submit', id, 1)
	assert.equal((await provider.submit(at(id), {}, { action: at(id, '/withdraw') })).status, 303)
	assert.deepEqual([(await state(id)).state, (await state(id)).edit], ['draft', '2'])	// what was submitted stays as it was seen
	assert.equal((await decide('approve', id, 1)).rc, 'conflict')
	await act('submit', id, 2)
	assert.equal((await decide('refuse', id, 1)).rc, 'conflict')
	assert.equal((await decide('approve', id, 2)).rc, 'ok')
	assert.equal((await decide('approve', id, 2)).rc, 'conflict')
	assert.equal((await decide('refuse', id, 2)).rc, 'conflict')
	assert.equal((await state(id)).state, 'listed')
})

test('CAT-9 of an approval and a withdrawal at once one wins, the other is told', async () => {
	const { id } = await write('同时')
	for (let version = 1, i = 0; i < 6; i++) {
		await act('submit', id, version)
		const [approved, withdrawn] = await Promise.all([decide('approve', id, version), act('withdraw', id, version)])
		assert.deepEqual([approved.rc, withdrawn.rc].sort(), ['conflict', 'ok'])
		const now = await state(id)
		assert.equal(now.version === String(version), approved.rc === 'ok')
		version = now.edit ? +now.edit : await revise(id)
	}
})

test('CAT-9 nobody approves his own: the portal cannot, and the desk is another organisation', async () => {
	const { id } = await write('自己审自己')
	await act('submit', id, 1)
	assert.equal((await portal.ask('product', owner.org, owner.person, 'approve', id, 1, 'x'.repeat(8))).rc, 'internal')	// the pool's account may not write what sells
	assert.equal((await state(id)).state, 'submitted')
	assert.equal((await provider.get(`/ops/products/${id}/versions/1`)).status === 200, false)
})

test('CAT-9 two pages of one draft: the second save is told and loses nothing', async () => {
	const { id } = await write('两个窗口')
	const page = await provider.get(at(id, '/edit/basic')), form = page.form(at(id, '/edit/basic'))
	const fields = (name, key) => form.controls.filter(c => c.on).map(c => [c.name, c.name === 'name' ? name : c.name === 'key' ? key : c.value])
	assert.equal((await provider.post(form.action, fields('第一个', 'key-first-page'))).status, 303)
	const second = await provider.post(form.action, fields('第二个', 'key-second-page'))
	assert.equal(second.status, 422)
	assert.match(second.text, /刚刚在别处被保存/)
	assert.ok(second.html.includes('value="第二个"'))
	assert.equal((await state(id)).name, '第一个')
	const again = second.form(at(id, '/edit/basic'))
	assert.equal((await provider.post(form.action, again.controls.filter(c => c.on).map(c => [c.name, c.value]))).status, 303)
	assert.equal((await state(id)).name, '第二个')
	const race = await provider.get(at(id, '/edit/basic')), racing = race.form(at(id, '/edit/basic'))
	const answers = await parallel(4, i => provider.tab().post(racing.action, racing.controls.filter(c => c.on).map(c => [c.name, c.name === 'key' ? `key-racing-${i}` : c.value])))
	assert.deepEqual(answers.map(a => a.status).sort(), [303, 422, 422, 422])
})

test('CAT-9 a save into what was submitted meanwhile is told', async () => {
	const { id } = await write('已提交')
	const form = (await provider.get(at(id, '/edit/basic'))).form(at(id, '/edit/basic'))
	await act('submit', id, 1)
	const late = await provider.post(form.action, form.controls.filter(c => c.on).map(c => [c.name, c.name === 'name' ? '晚了一步' : c.value]))
	assert.equal(late.status, 422)
	assert.ok(late.html.includes('value="晚了一步"'))
	assert.match(late.text, /不能保存到其中/)
})

test('CAT-3 each wrong input of a plan is told at its field, and nothing typed is lost', async () => {
	const { id, plan } = await write('填错的规格')
	const send = fields => save(id, `/plans/${plan}`, fields)
	const cases = [
		[{ 'prices.0.price': '-1' }, 'prices.0.price', /不能小于/], [{ 'prices.0.price': 'abc' }, 'prices.0.price', /有效的数字/], [{ 'prices.0.price': '1.234' }, 'prices.0.price', /有效的数字/],
		[{ quantity_min: 9, quantity_max: 3 }, 'quantity_max', /不能小于起购数量/], [{ quantity_step: 0 }, 'quantity_step', /不能小于 1/], [{ quantity_step: 6 }, 'quantity_step', /到不了/],
		[{ quantity_min: -1 }, 'quantity_min', /不能小于 1/], [{ name: '' }, 'name', /必填/], [{ name: '长'.repeat(61) }, 'name', /最多 60/], [{ unit: '' }, 'unit', /必填/],
		[{ 'prices.1.unit': 'month', 'prices.1.duration': 1, 'prices.1.price': 3 }, 'prices.1.duration', /重复/], [{ 'prices.1.duration': 3 }, 'prices.1.unit', /必填/],
		[{ 'prices.0.unit': 'hour' }, 'prices.0.unit', /天、月或年/], [{ trial: 1 }, 'trial', /免费/], [{ stock: -2, limited: 1 }, 'stock', /不能小于 0/],
		[{ 'parts.0.name': '系统盘', 'parts.0.option_code': 'disk' }, 'parts.0.option_code', /没有这个选项/],
	]
	for (const [fields, field, words] of cases) {
		const page = await send(fields)
		assert.equal(page.status, 422, JSON.stringify(fields))
		const found = wrong(page).find(([f]) => f === field)
		assert.ok(found && words.test(found[1]), `${JSON.stringify(fields)}: ${JSON.stringify(wrong(page))}`)
		for (const [name, value] of Object.entries(fields)) {
			const control = page.form(at(id, `/plans/${plan}`)).controls.find(c => c.name === name)
			assert.equal(control.value, String(value), name)
		}
		assert.match(page.html, new RegExp(`href="#${field.replaceAll('.', '\\.')}"`))
	}
	const two = await save(id, '/plans/new', { ...PLAN })
	assert.deepEqual([two.status, wrong(two)], [422, [['name', '已有同名的规格']]])
})

test('CAT-3 rows are added and taken away without script; empty ones do not count', async () => {
	const { id, plan } = await write('行')
	const page = await provider.get(at(id, `/plans/${plan}`)), form = page.form(at(id, `/plans/${plan}`))
	const sent = form.controls.filter(c => c.on).map(c => [c.name, c.value])
	const added = await provider.post(form.action, [...sent, ['add', 'prices']])
	assert.equal(added.status, 303)
	assert.match(added.location, /add=prices/)
	const wider = await provider.get(added.location), rows = wider.form(at(id, `/plans/${plan}`))
	const fields = rows.controls.filter(c => c.on).map(c => [c.name, { 'prices.1.unit': 'year', 'prices.1.duration': '1', 'prices.1.price': '500' }[c.name] ?? c.value])
	assert.equal((await provider.post(rows.action, fields)).status, 303)
	const doc = async () => JSON.parse((await it.one(`SELECT body FROM product_version WHERE product_id = ${id} AND version = 1`)).body).plans[0].prices.map(p => p.unit)
	assert.deepEqual(await doc(), ['month', 'year'])
	const last = (await provider.get(at(id, `/plans/${plan}`))).form(at(id, `/plans/${plan}`))
	assert.equal((await provider.post(last.action, [...last.controls.filter(c => c.on).map(c => [c.name, c.value]), ['drop', 'prices.0']])).status, 303)
	assert.deepEqual(await doc(), ['year'])
})

test('CAT-1 each wrong input of the other pages is told at its field', async () => {
	const id = await create('填错的')
	const service = await save(id, '/edit/service', { support_email: 'nobody', support_phone: 'call me' })
	assert.deepEqual([service.status, wrong(service).map(w => w[0])], [422, ['support_phone', 'support_email']])
	const hook = await save(id, '/edit/webhook', { dialect: 'tencent', webhook_url: 'ftp://example.com' })
	assert.deepEqual([hook.status, wrong(hook).map(w => w[0])], [422, ['webhook_url']])
	const basic = await save(id, '/edit/basic', { summary: '长'.repeat(201), category: 'nothing' })
	assert.equal(basic.status, 422)
	assert.ok(wrong(basic).some(w => w[0] === 'summary'))
	assert.equal((await save(id, '/edit/basic', { category: 'nothing' })).status, 422)
	const secret = await save(id, '/secret', { secret: 'short' })
	assert.equal(secret.status, 422)
	assert.ok(!secret.html.includes('short'))
	for (const [fields, field] of [[{ name: '' }, 'name'], [{ category: '' }, 'category'], [{ slug: 'Upper Case' }, 'slug'], [{ slug: 'yunfan-crm' }, 'slug']]) {
		const page = await provider.submit('/provider/products/new', { name: 'x', category: 'saas', delivery: 'manual', ...fields })
		assert.deepEqual([page.status, wrong(page).map(w => w[0])], [422, [field]], JSON.stringify(fields))
	}
})

test('CAT-9 PRV-5 automatic delivery needs a webhook, its secret, which is kept sealed, and a connection check that it passed', async () => {
	const { id } = await write('自动开通')
	await save(id, '/edit/basic', { delivery: 'automatic' })
	assert.match((await provider.get(at(id))).text, /自动交付需要对接协议和地址/)
	await save(id, '/edit/webhook', { dialect: 'tencent', webhook_url: 'https://api.example.com/hook' })
	assert.equal((await act('submit', id, 1)).rc, 'invalid')
	const set = await save(id, '/secret', { secret: 'a-secret-of-ours' })
	assert.equal(set.status, 303)
	const { secret } = await it.one(`SELECT HEX(webhook_secret) AS secret FROM product WHERE id = ${id}`)
	assert.ok(secret && !Buffer.from(secret, 'hex').includes('a-secret'))
	assert.ok(!(await provider.get(at(id, '/secret'))).html.includes('a-secret'))
	assert.equal((await act('submit', id, 1)).rc, 'invalid')
	assert.match((await provider.get(at(id))).text, /请先通过连接测试/)
	await it.sql(`INSERT INTO product_probe (product_id, dialect, webhook_url, state, asked_at) VALUES (${id}, 'tencent', 'https://api.example.com/hook', 'passed', NOW(6))`)
	assert.equal((await act('submit', id, 1)).rc, 'ok')
})

test('ACC-2 ACC-3 another provider finds nothing; those who may not write read', async () => {
	const { id, plan } = await write('别人的')
	for (const below of ['', '/submit', '/edit/basic', `/plans/${plan}`, '/versions/1', '/stock', '/delist']) assert.equal((await other.get(at(id, below))).status, 404, below)
	const form = (await provider.get(at(id, '/edit/basic'))).form(at(id, '/edit/basic')), theirs = (await other.get('/provider/products/new')).form('/provider/products/new')
	const csrf = theirs.controls.find(c => c.name === 'csrf').value
	const foreign = await other.post(form.action, form.controls.filter(c => c.on).map(c => [c.name, c.name === 'csrf' ? csrf : c.value]))
	assert.equal(foreign.status, 404)
	assert.equal((await buyer.get(at(id))).status, 403)
	await it.sql(`UPDATE member SET roles = 8 WHERE person_id = ${owner.person} AND org_id = ${owner.org}`)	// a viewer
	try {
		assert.equal((await provider.get(at(id))).status, 200)
		assert.equal((await provider.get('/provider/products')).status, 200)
		assert.ok(!(await provider.get('/provider/products')).html.includes('/provider/products/new'))
		for (const below of ['/edit/basic', '/submit']) assert.equal((await provider.get(at(id, below))).status, 403, below)
	} finally { await it.sql(`UPDATE member SET roles = 1 WHERE person_id = ${owner.person} AND org_id = ${owner.org}`) }
})

test('CAT-9 the list: tabs with their counts, search, pages', async () => {
	const all = await provider.json('/provider/products?limit=3')
	assert.equal(all.json.items.length, 3)
	const seen = [...all.json.items]
	for (let next = all.json.next; next; ) {
		const page = (await provider.json(`/provider/products?limit=3&after=${next}`)).json
		seen.push(...page.items)
		next = page.next
	}
	assert.equal(seen.length, +(await it.one(`SELECT COUNT(*) AS n FROM product WHERE provider_id = ${owner.org}`)).n)
	assert.equal(new Set(seen.map(p => p.id)).size, seen.length)
	for (const tab of ['listed', 'submitted', 'draft', 'refused', 'delisted']) {
		const items = (await provider.json(`/provider/products?tab=${tab}&limit=100`)).json.items
		assert.ok(items.every(p => p.state === tab || p.edit_state === tab), tab)
	}
	assert.deepEqual((await provider.json(`/provider/products?q=${encodeURIComponent('云上账')}`)).json.items.map(p => p.name), ['云上账本'])
	assert.match((await provider.get('/provider/products?q=no-such-thing')).text, /没有/)
})

test('CAT-9 CAT-3 whatever the catalogue sells can be revised: untouched, its approval changes nothing that sells', async () => {
	const tables = ['plan', 'plan_price', 'plan_choice', 'plan_tier', 'plan_part', 'product_text', 'agreement']
	const live = async () => [await it.sql('SELECT id, name, summary, price_from, picture, webhook_url, agreement_version, state FROM product ORDER BY id'), ...await Promise.all(tables.map(t => it.sql(`SELECT * FROM ${t} ORDER BY 1, 2, 3`)))]
	const products = await it.sql("SELECT id, slug, provider_id FROM product WHERE state = 'listed' AND edit_version IS NULL AND version = 1 ORDER BY slug"), before = await live()
	const lines = rows => rows.flat().map(r => JSON.stringify({ ...r, ...r.option_code !== undefined && 'bound' in r && { position: 0 }, ...r.api_doc && { api_doc: JSON.parse(r.api_doc) } }))
	assert.ok(products.length > 50)
	for (const p of products) {
		const act = (event, version) => portal.ask('product', p.provider_id, owner.person, event, p.id, version, `key-${event}-${p.id}`)
		assert.equal((await act('revise', 0)).rc, 'ok', p.slug)
		const { edit } = await state(p.id)
		assert.equal((await act('submit', edit)).rc, 'ok', p.slug)
		assert.equal((await decide('approve', p.id, edit)).rc, 'ok', p.slug)
	}
	const after = new Set(lines(await live()))
	assert.deepEqual(lines(before).filter(l => !after.has(l)).map(l => l.slice(0, 300)), [])
	assert.equal(after.size, lines(before).length)
})

test('ACC-14 what was written and decided stands in the audit log', async () => {
	const { id } = await list('留痕')
	const rows = await it.sql(`SELECT event, from_state, to_state, details, actor_name FROM audit_log WHERE object_id = ${id} ORDER BY id`)
	assert.deepEqual([...new Set(rows.map(r => r.event))], ['create', 'save', 'submit', 'approve'])
	assert.ok(rows.some(r => r.event === 'save' && r.details.includes('标准版')))
	assert.deepEqual([rows.at(-1).from_state, rows.at(-1).to_state], ['submitted', 'listed'])
})
