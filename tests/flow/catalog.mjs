// What the platform is seeded with: categories and their policies, and the names of the kinds of orders.
import { assert, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const buyer = await it.client().signIn('buyer@demo.test')

const POLICIES = `
	image-free         no          none
	image-paid         no          disk_change
	software           human_only  five_days_or_acceptance
	saas               human_only  five_days_or_acceptance
	template-site      human_only  five_days
	template-miniapp   human_only  five_days
	custom-site        yes         until_acceptance
	custom-miniapp     yes         until_acceptance
	custom-software    yes         until_acceptance
	ops-service        yes         until_acceptance
	training           yes         until_acceptance
	enterprise-service yes         none
	api                no          none
	tool               no          none
	hardware           yes         five_days
	cloud-app          yes         five_days
	content            yes         five_days
	cloud-resource     no          quota_then_fee`.trim().split('\n').map(l => l.trim().split(/\s+/))

test('CAT-2 each category has its policy: supervision, refunds, contract, channels, where refunds go', async () => {
	const rows = await it.sql('SELECT c.code, p.* FROM category c JOIN category_policy p ON p.category_code = c.code AND p.version = c.policy_version ORDER BY c.position')
	assert.deepEqual(rows.map(r => [r.code, r.supervised, r.refund]), POLICIES)
	for (const r of rows) {
		const cloud = r.code === 'cloud-resource'
		assert.equal(r.contract, cloud ? '1' : '0', r.code)
		assert.deepEqual(r.channels.split(',').sort(), cloud ? ['balance'] : r.delivery === 'with_server' ? ['b2b', 'balance', 'wechat'] : ['b2b', 'wechat'], r.code)
		assert.equal(r.refund_to, cloud ? 'balance' : 'origin', r.code)
		assert.equal(r.auto_renewal, cloud ? '1' : '0', r.code)
		assert.equal(r.period_end, cloud ? 'end_of_day' : 'to_second', r.code)
	}
})

/** Value and label of each option of a select. */
const options = (html, name) => [...html.match(new RegExp(`<select[^>]* name="${name}".*?</select>`, 's'))[0].matchAll(/<option value="([^"]+)"[^>]*>([^<]*)</g)].map(m => [m[1], m[2]])

test('CAT-2 people choose among all categories, in their order and language', async () => {
	const rows = await it.sql('SELECT code, name_zh, name_en FROM category ORDER BY position')
	const page = await buyer.get('/console/orders'), english = await buyer.get('/console/orders', { headers: { 'accept-language': 'en' } })
	assert.deepEqual(options(page.html, 'category'), rows.map(r => [r.code, r.name_zh]))
	assert.deepEqual(options(english.html, 'category'), rows.map(r => [r.code, r.name_en]))
})

test('ORD-1 the six kinds of orders are the same in program, database and both languages', async () => {
	const kinds = [['purchase', '新购', 'Purchase'], ['renewal', '续费', 'Renewal'], ['change', '变更', 'Change'], ['conversion', '转正式版', 'Conversion'],
		['to_pay_per_use', '到期转按需', 'To pay-per-use'], ['unsubscribe', '退订', 'Unsubscribe']]
	const page = await buyer.get('/console/orders'), english = await buyer.get('/console/orders', { headers: { 'accept-language': 'en' } })
	assert.deepEqual(options(page.html, 'kind'), kinds.map(([k, zh]) => [k, zh]))
	assert.deepEqual(options(english.html, 'kind'), kinds.map(([k, , en]) => [k, en]))
	const { type } = await it.one("SELECT column_type AS type FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'orders' AND column_name = 'kind'")
	assert.equal(type, `enum(${kinds.map(([k]) => `'${k}'`)})`)
	for (const [kind] of kinds) assert.equal((await buyer.json(`/console/orders?kind=${kind}`)).status, 200, kind)
	assert.equal((await buyer.json('/console/orders?kind=refund')).status, 422)
})
