// Categories and the versions of their policies (CAT-2).
import { assert, fill, instance, parallel, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer operator nginx' })
const admin = await it.client().signIn('admin@demo.test'), support = await it.client().signIn('support@demo.test')
const buyer = await it.client().signIn('buyer@demo.test')
const one = async code => (await admin.json(`/ops/categories/${code}`)).json
const edit = code => `/ops/categories/${code}/policy`
const change = (code, fields, why = '测试调整') => admin.submit(edit(code), { why, ...fields }, { action: edit(code) })
const rows = code => it.sql(`SELECT * FROM category_policy WHERE category_code = '${code}' ORDER BY version`)

/** An unpaid order of a product's first plan with a price: its address. */
async function order(slug) {
	const plan = (await buyer.json(`/products/${slug}`)).json.plans.find(p => p.prices.some(x => x.price > 0)), price = plan.prices.find(x => x.price > 0)
	const query = new URLSearchParams({ plan: plan.id, quantity: plan.quantity_min, duration: price.duration })
	const placed = await buyer.submit(`/checkout?${query}`, { contact: '13800001111', agree: '1' }, { action: '/orders' })
	assert.equal(placed.status, 303, placed.text)
	return placed.location
}
const channels = async address => (await buyer.json(address)).json.channels.map(c => c.name).sort()

test('CAT-2 the categories are listed with what their policies say', async () => {
	const { items } = (await admin.json('/ops/categories')).json
	assert.equal(items.length, 18)
	const saas = items.find(c => c.code === 'saas')
	assert.deepEqual([saas.delivery, saas.supervised, saas.refund, saas.version], ['automatic_or_manual', 'human_only', 'five_days_or_acceptance', 1])
	const page = await admin.get('/ops/categories/cloud-resource')
	for (const word of ['先无理由额度，后收手续费', '退回余额', '余额支付', '到期日当天 23:59:59', '7 天', '初始版本']) assert.ok(page.text.includes(word), word)
	for (const path of ['/ops/categories/none-such', '/ops/categories/none-such/policy']) assert.equal((await admin.get(path)).status, 404, path)
})

test('CAT-2 a change makes a new version; the ones before stay as they were', async () => {
	const before = await rows('saas')
	const done = await change('saas', { grace_days: '15', commission: '12.5', wechat: null, contract: '1' }, '与服务商协商后上调')
	assert.equal(done.location, '/ops/categories/saas')
	const after = await rows('saas')
	assert.deepEqual(after.slice(0, 1), before)
	assert.equal(after.length, 2)
	const v = after[1]
	assert.deepEqual([v.grace_days, v.commission_pm, v.channels, v.contract, v.refund, v.delivery], ['15', '125', 'b2b', '1', before[0].refund, before[0].delivery])
	const { version, versions } = await one('saas')
	assert.equal(version, 2)
	assert.equal(versions[0].why, '与服务商协商后上调')
	assert.ok(versions[0].author)
	assert.deepEqual(versions[0].changes.map(c => `${c.label} ${c.before} ${c.after}`), ['支付方式 微信支付、企业网银 企业网银', '到期保留天数 7 天 15 天', '佣金 10% 12.5%', '可签电子合同 否 是'])
	const log = (await admin.json('/ops/audit?kind=system')).json.items.find(e => e.event === 'policy_change')
	assert.deepEqual([log.details.before.grace_days, log.details.after.grace_days, log.details.version, log.why], [7, 15, 2, '与服务商协商后上调'])
	await change('saas', { grace_days: '7', commission: '10', wechat: '1', contract: null })
	assert.equal((await one('saas')).version, 3)
})

test('CAT-2 every category can be changed from what it is; nothing changed makes no version', async () => {
	for (const { code, version } of (await admin.json('/ops/categories')).json.items) {
		const same = await change(code, {})
		assert.equal(same.status, 422, code)
		assert.ok(same.text.includes('没有任何变化'), code)
		assert.equal((await change(code, { recycle_days: '30' })).status, 303, code)
		assert.equal((await one(code)).version, version + 1, code)
	}
})

test('CAT-2 what does not fit together is refused at its field, and what was typed stays', async () => {
	const refused = [
		['saas', { wechat: null, b2b: null }, '至少选择一种支付方式'], ['saas', { refund: 'disk_change' }, '随云服务器交付'], ['saas', { delivery: 'automatic' }, '人工交付'],
		['api', { supervised: 'yes' }, '交付监管只适用于'], ['api', { requirement_form: '1' }, '需求单只适用于'], ['saas', { grace_days: '366' }, '不能大于 365'],
		['saas', { grace_days: '-1' }, '不能小于 0'], ['saas', { grace_days: 'x' }, '请输入有效的数字'], ['saas', { commission: '100.1' }, '百分数'], ['saas', { commission: '1.25' }, '百分数'],
		['saas', { refund: 'all' }, '请从给出的选项中选择'],
	]
	for (const [code, fields, says] of refused) {
		const before = (await rows(code)).length, page = await change(code, { ...fields, recycle_days: '99' })
		assert.equal(page.status, 422, says)
		assert.ok(page.text.includes(says), `${says}: ${JSON.stringify(fields)}`)
		assert.match(page.html, /name="recycle_days"[^>]*value="99"/)
		assert.equal((await rows(code)).length, before)
	}
	assert.equal((await change('saas', { recycle_days: '99' }, '')).status, 422)
})

test('CAT-2 ACC-14 of two who change it at once, one is done and the other is told', async () => {
	const second = await it.client().signIn('admin@demo.test')
	const forms = []
	for (const [client, days] of [[admin, '20'], [second, '21']]) forms.push(Object.fromEntries(fill((await client.get(edit('tool'))).form(edit('tool')), { why: '同时修改', grace_days: days })))
	const before = (await rows('tool')).length
	const answers = await parallel(2, i => [admin, second][i].post(edit('tool'), forms[i]))
	assert.deepEqual(answers.map(a => a.status).sort(), [303, 422])
	const told = answers.find(a => a.status === 422)
	assert.ok(told.text.includes('刚被其他人修改'))
	assert.equal((await rows('tool')).length, before + 1)
	const stale = await admin.post(edit('tool'), { ...Object.fromEntries(fill(told.form(edit('tool')), {})), csrf: forms[0].csrf })
	assert.equal(stale.status, 422, 'what was typed belongs to the version that was seen')
	assert.equal((await rows('tool')).length, before + 1)
})

test('CAT-2 an order keeps the policy under which it was sold', async () => {
	const slug = 'qinghe-bi', { category } = await it.one(`SELECT category_code AS category FROM product WHERE slug = '${slug}'`)
	const old = await order(slug)
	assert.ok((await channels(old)).includes('wechat'))
	assert.equal((await change(category, { wechat: null, b2b: null, balance: '1', grace_days: '0', refund: 'none' })).status, 303)
	assert.ok((await channels(old)).includes('wechat'))
	const young = await order(slug)
	assert.ok(!(await channels(young)).includes('wechat'))
	const number = address => /orders\/(\d+)/.exec(address)[1]
	const sold = async address => it.one(`SELECT y.grace_days, y.refund, y.channels FROM orders o JOIN order_sold s ON s.order_id = o.id
		JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version WHERE o.number = '${number(address)}'`)
	assert.equal((await sold(old)).refund, 'five_days_or_acceptance')
	assert.deepEqual(await sold(young), { grace_days: '0', refund: 'none', channels: 'balance' })
})

test('CAT-2 names and position are changed, without a new version', async () => {
	const rename = fields => admin.submit('/ops/categories/content', fields, { action: '/ops/categories/content' })
	assert.equal((await rename({ name_zh: '数字内容', name_en: 'Digital content', position: '1' })).location, '/ops/categories/content')
	const { name_zh, name_en, position, versions } = await one('content')
	assert.deepEqual([name_zh, name_en, position], ['数字内容', 'Digital content', 1])
	assert.equal(versions.length, (await rows('content')).length)
	for (const fields of [{ name_zh: '' }, { name_en: 'x'.repeat(61) }, { position: '0' }, { position: '1001' }]) {
		const page = await rename(fields)
		assert.equal(page.status, 422, JSON.stringify(fields))
		assert.ok(page.html.includes('aria-invalid="true"'))
	}
	assert.deepEqual((await admin.json('/ops/audit?kind=system')).json.items.find(e => e.event === 'category_rename').details.after, ['数字内容', 'Digital content', 1])
})

test('ACC-2 everybody at the desk reads policies, administrators change them; nobody else sees them', async () => {
	assert.equal((await support.get('/ops/categories/saas')).status, 200)
	assert.equal((await support.get(edit('saas'))).status, 403)
	const csrf = fill((await support.get('/ops/categories/saas')).form('/logout'), {}).find(([k]) => k === 'csrf')[1]
	for (const path of [edit('saas'), '/ops/categories/saas']) assert.equal((await support.post(path, { csrf })).status, 403, path)
	assert.equal((await buyer.get('/ops/categories')).status, 403)
})

test('CAT-2 SUB-2 a resource is kept for the grace days of the policy under which it was sold', async () => {
	const mine = await it.one(`SELECT r.id, r.end_at, o.category_code AS category FROM resource r JOIN orders o ON o.id = r.order_id WHERE r.state = 'expired' AND r.end_at > UTC_TIMESTAMP() - INTERVAL 6 DAY LIMIT 1`)
	assert.ok(mine, 'the demo has a resource in its grace days')
	const { grace_days: now } = await it.one(`SELECT y.grace_days FROM category c JOIN category_policy y ON y.category_code = c.code AND y.version = c.policy_version WHERE c.code = '${mine.category}'`)
	if (now !== '0') await change(mine.category, { grace_days: '0' })
	await it.yunshi('jobs', '--only', 'resource_term', '--once')
	assert.equal((await it.one(`SELECT state FROM resource WHERE id = ${mine.id}`)).state, 'expired')
	await it.forward('8d')
	await it.sql("DELETE FROM lease WHERE name = 'job:resource_term'")	// of the process that has just ended
	await it.yunshi('jobs', '--only', 'resource_term', '--once')
	assert.equal((await it.one(`SELECT state FROM resource WHERE id = ${mine.id}`)).state, 'released')
})
