// The approvers' side of publishing (CAT-9): the queue, what changed, the decision.
import { assert, fill, instance, parallel, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer provider operator nginx' })
const provider = await it.client().signIn('provider@demo.test'), approver = await it.client().signIn('approver@demo.test')
const admin = await it.client().signIn('admin@demo.test'), support = await it.client().signIn('support@demo.test')
const { org } = await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'provider@demo.test'")
// What the demo's providers are writing and have submitted is not this test's.
await it.sql(`DELETE FROM product_version WHERE state <> 'published'; DELETE FROM product WHERE state IN ('draft', 'submitted', 'refused'); UPDATE product SET edit_version = NULL`)
const mine = await it.sql(`SELECT id, slug, name FROM product WHERE provider_id = ${org} AND state = 'listed'
	AND NOT EXISTS (SELECT 1 FROM plan l WHERE l.product_id = product.id AND l.billing_mode = 'package') ORDER BY id`)
const portal = (id, below = '') => `/provider/products/${id}${below}`
const desk = (id, version) => `/ops/products/${id}/versions/${version}`
const queue = async () => (await approver.json('/ops/products?limit=100')).json.items.map(p => `${p.id} ${p.version}`)
const versionOf = async id => +(await it.one(`SELECT edit_version AS v FROM product WHERE id = ${id}`)).v
const summary = async slug => (await it.one(`SELECT summary FROM product WHERE slug = '${slug}'`)).summary

/** A new version of a product that sells, with this summary, submitted: its number. */
async function submit(id, text) {
	assert.equal((await provider.submit(portal(id), {}, { action: portal(id, '/revise') })).status, 303)
	const version = await versionOf(id)
	const saved = await provider.submit(portal(id, '/edit/basic'), { summary: text }, { action: portal(id, '/edit/basic') })
	assert.equal(saved.status, 303, saved.text)
	// versions of the demo name the port that the sample system had when they were written: it passed its check there too
	await it.sql(`UPDATE product_probe k JOIN product_version v ON v.product_id = k.product_id AND v.version = ${version} SET k.webhook_url = JSON_VALUE(v.body, '$.webhook_url') WHERE k.product_id = ${id}`)
	const sent = await provider.submit(portal(id, '/submit'))
	assert.equal(sent.status, 303, sent.text)
	return version
}
const approve = (id, version, note = '', client = approver) => client.submit(desk(id, version), { note }, { action: `${desk(id, version)}/approve` })
const refuse = (id, version, why, client = approver) => client.submit(desk(id, version), { why }, { action: `${desk(id, version)}/refuse` })

test('CAT-9 a submitted version waits in the queue; its page shows side by side what changed', async () => {
	const [{ id, slug, name }] = mine, before = await summary(slug)
	assert.deepEqual(await queue(), [])
	assert.ok((await approver.get('/ops/products')).text.includes('没有待审核的商品'))
	const version = await submit(id, '新的一句话简介')
	assert.deepEqual(await queue(), [`${id} ${version}`])
	const page = await approver.get(desk(id, version))
	for (const says of [name, '新的一句话简介', before, '演示服务商', '通过并上架']) assert.ok(page.text.includes(says), says)
	assert.match((await approver.get('/ops/products')).html, /<a href="\/ops\/products" aria-current="page">.*?<span class="count hot">1/s)
	const preview = await approver.get(`${desk(id, version)}/preview`)
	assert.equal(preview.status, 200)
	assert.ok(preview.text.includes('新的一句话简介'))
	assert.equal(await summary(slug), before, 'what sells goes on selling as it was')
})

test('CAT-9 approved, it sells; the history says who decided what', async () => {
	const [{ id, slug }] = mine, version = await versionOf(id)
	assert.equal((await approve(id, version, '内容属实')).location, desk(id, version))
	assert.equal(await summary(slug), '新的一句话简介')
	assert.deepEqual(await queue(), [])
	const { json } = await approver.json(desk(id, version))
	assert.deepEqual([json.version_state, json.decider, json.reason], ['published', '演示审批', '内容属实'])
	assert.equal(json.versions[0].state, 'published')
	assert.ok(!(await approver.get(desk(id, version))).html.includes(`${desk(id, version)}/approve`))
})

test('CAT-9 a refusal needs a reason, which the provider reads; what sells stays', async () => {
	const [, { id, slug }] = mine, before = await summary(slug), version = await submit(id, '夸大的简介')
	for (const why of ['', '长'.repeat(501)]) {
		const page = await refuse(id, version, why)
		assert.equal(page.status, 422)
		assert.ok(page.html.includes('aria-invalid="true"'))
	}
	assert.equal((await refuse(id, version, '简介含有绝对化用语\n请修改')).location, desk(id, version))
	assert.equal(await summary(slug), before)
	assert.ok((await provider.get(portal(id))).text.includes('简介含有绝对化用语'))
	assert.equal((await approver.json(desk(id, version))).json.version_state, 'refused')
})

test('CAT-9 of two approvers, or an approver and the provider, one wins and the other is told', async () => {
	const [, , { id }] = mine, version = await submit(id, '同时审核')
	const form = async (client, what, fields) => Object.fromEntries(fill((await client.get(desk(id, version))).form(`${desk(id, version)}/${what}`), fields))
	const forms = [await form(approver, 'approve', {}), await form(admin, 'refuse', { why: '不行' })]
	const answers = await parallel(2, i => [approver, admin][i].post(`${desk(id, version)}/${['approve', 'refuse'][i]}`, forms[i]))
	assert.deepEqual(answers.map(a => a.status).sort(), [303, 422])
	assert.ok(answers.find(a => a.status === 422).text.includes('已被撤回或已由他人审核'))
	const [, , , { id: second }] = mine, waiting = await submit(second, '将被撤回')
	const late = Object.fromEntries(fill((await approver.get(desk(second, waiting))).form(`${desk(second, waiting)}/approve`), {}))
	assert.equal((await provider.submit(portal(second), {}, { action: portal(second, '/withdraw') })).status, 303)
	const told = await approver.post(`${desk(second, waiting)}/approve`, late)
	assert.equal(told.status, 422)
	assert.ok(told.text.includes('已被撤回'))
})

test('CAT-9 nobody decides on a version that they submitted themselves', async () => {
	const { id: person } = await it.one("SELECT id FROM person WHERE email = 'approver@demo.test'")
	const [, { id }] = mine, version = await submit(id, '自己提交')
	await it.sql(`UPDATE product_version SET submitted_by = ${person} WHERE product_id = ${id} AND version = ${version}`)
	for (const answer of [await approve(id, version), await refuse(id, version, '不行')]) {
		assert.equal(answer.status, 422)
		assert.ok(answer.text.includes('您自己提交的版本'))
	}
	assert.equal((await refuse(id, version, '另一位审批人', admin)).status, 303)
})

test('ACC-2 the desk reads submitted versions, approvers decide; drafts are their provider\'s', async () => {
	const [{ id }] = mine
	assert.equal((await provider.submit(portal(id), {}, { action: portal(id, '/revise') })).status, 303)
	for (const below of ['', '/preview']) assert.equal((await approver.get(desk(id, await versionOf(id)) + below)).status, 404, below)
	const published = (await it.one(`SELECT MAX(version) AS v FROM product_version WHERE product_id = ${id} AND state = 'published'`)).v
	const page = await support.get(desk(id, published))
	assert.equal(page.status, 200)
	const csrf = fill(page.form('/logout'), {}).find(([k]) => k === 'csrf')[1]
	for (const what of ['approve', 'refuse']) assert.equal((await support.post(`${desk(id, published)}/${what}`, { csrf, why: 'x' })).status, 403, what)
	for (const [product, version] of [[id, 99], ['1', 1], ['x', 1], [id, 'x']]) assert.equal((await approver.get(desk(product, version))).status, 404)
	assert.equal((await provider.get('/ops/products')).status, 403)
})
