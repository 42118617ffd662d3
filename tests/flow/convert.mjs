// A trial, and how it becomes a paid plan: CAT-5.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, fill, instance, test, timeout, until } from '../lib/harness.mjs'
import { receiver } from '../lib/receiver.mjs'

timeout(60)
const it = await instance()
const buyer = await it.client().signIn('buyer@demo.test'), stranger = await it.client().signIn('buyer2@demo.test')
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const { slug } = await it.one(`SELECT p.slug FROM product p JOIN plan t ON t.product_id = p.id AND t.trial = 1 JOIN plan l ON l.product_id = p.id AND l.billing_mode = 'yearly_monthly' AND l.quantity_min = 1
	WHERE p.delivery = 'automatic' AND NOT EXISTS (SELECT 1 FROM trial_taken x WHERE x.product_id = p.id) AND NOT EXISTS (SELECT 1 FROM plan_choice c WHERE c.plan_id = l.id) ORDER BY p.id LIMIT 1`)
const { plans } = (await buyer.json(`/products/${slug}`)).json
const trial = plans.find(p => p.trial), paid = plans.filter(p => !p.trial && p.prices.length)
const good = { contact: '13800001111', agree: '1' }
const checkout = (plan, more) => `/checkout?${new URLSearchParams({ plan: plan.id, ...plan.prices[0] && { duration: plan.prices[0].duration }, quantity: plan.quantity_min, key: randomUUID(), ...more })}`
const place = async (address, who = buyer) => who.tab().post('/orders', Object.fromEntries(fill((await who.get(address)).form('/orders'), good)))
const order = async location => (await buyer.json(location.replace(/\/pay$/, ''))).json
const settled = location => until(async () => { const o = await order(location); return ['completed', 'cancelled'].includes(o.state) && o }, 'the order', 40)
const resource = async () => (await buyer.json(address)).json
async function pay(location) {
	const answer = await buyer.submit(location, { channel: 'wechat' }, { action: location })
	const code = new URL((await buyer.json(answer.location)).json.code_url).searchParams.get('pr')
	assert.equal((await sandbox.post(`/scan/${code}/pay`, {})).status, 200)
}
let address

test('CAT-5 a trial is ordered without paying, delivered, marked as one, and offers to be converted', async () => {
	const answer = await place(checkout(trial))
	assert.equal(answer.status, 303)
	assert.match(answer.location, /^\/console\/orders\/\d{20}$/)
	const done = await settled(answer.location)
	assert.deepEqual([done.state, done.payable], ['completed', 0])
	address = `/console/resources/${done.lines[0].resource}`
	const r = await resource()
	assert.deepEqual([r.state, r.trial, r.actions.map(a => a.name)], ['in_use', true, ['convert']])
	const page = await buyer.get(address)
	assert.ok(page.text.includes('试用') && page.html.includes(`href="${address}/convert"`))
	const listed = (await buyer.json('/console/resources')).json.items.find(i => i.id === r.id)
	assert.deepEqual([listed.trial, listed.actions.map(a => a.href)], [true, [address, `${address}/convert`]])
})

test('CAT-5 one trial of a product for each organisation, and the page says so', async () => {
	const page = await place(checkout(trial))
	assert.equal(page.status, 422)
	assert.ok(page.text.includes('每个组织限试用一次') && page.html.includes('id="plan"'))
})

test('CAT-5 ACC-3 only the owner converts, only to a paid plan of the same product', async () => {
	const page = await buyer.get(`${address}/convert`)
	assert.equal(page.status, 200)
	for (const p of paid) assert.ok(page.text.includes(p.name), p.name)
	assert.ok(!page.html.includes(`plan=${trial.id}`))
	assert.equal((await stranger.get(`${address}/convert`)).status, 404)
	const base = address.split('/').at(-1)
	assert.equal((await stranger.get(checkout(paid[0], { base }))).status, 404)
	for (const odd of ['x', '1', '99999999999999999999']) assert.equal((await buyer.get(checkout(paid[0], { base: odd }))).status, 404, odd)
	const other = (await buyer.json('/products/yuanshan-guard')).json.plans[0], bought = (await buyer.json('/console/resources?state=in_use')).json.items.find(i => !i.trial)
	for (const [plan, more] of [[trial, { base }], [other, { base }], [paid[0], { base: bought.id }]]) {
		const answer = await place(checkout(plan, more))
		assert.equal(answer.status, 422)
		assert.match(answer.text, /该资源不能转为所选规格|该规格不支持这种订单/, plan.name)
	}
	assert.equal((await buyer.get(`/console/resources/${bought.id}/convert`)).status, 409)
})

/** From the resource's page to the placed order, by what is written there. */
async function convert() {
	const form = fill((await buyer.get(`${address}/convert?plan=${paid[0].id}`)).form('/checkout'), {})
	const review = await buyer.get(`/checkout?${new URLSearchParams(form)}`)
	const page = await buyer.get(review.location)
	assert.ok(page.text.includes('转正式版：'))
	assert.ok(!page.html.includes('name="tag"'), 'what is there has its name and tags')
	const answer = await buyer.tab().post('/orders', Object.fromEntries(fill(page.form('/orders'), good)))
	assert.equal(answer.status, 303)
	return answer.location
}

test('CAT-5 one open order about a resource at a time, with a link to it', async () => {
	const location = await convert(), { number, kind } = await order(location)
	assert.equal(kind, 'conversion')
	const page = await buyer.get(address)
	assert.ok(page.html.includes(`href="/console/orders/${number}"`) && page.text.includes('该资源有未完成的订单'))
	assert.deepEqual((await resource()).actions, [])
	assert.equal((await buyer.get(`${address}/convert`)).location, address)
	const again = await buyer.get(checkout(paid[0], { base: address.split('/').at(-1) }))
	assert.equal(again.status, 422)
	assert.ok(again.text.includes('该资源有未完成的订单') && again.html.includes(`href="/console/orders/${number}"`))
	const sent = await buyer.tab().post('/orders', Object.fromEntries(fill(again.form('/orders'), good)))
	assert.equal(sent.status, 422)
	assert.ok(sent.html.includes(`href="/console/orders/${number}"`))
	await buyer.submit(`/console/orders/${number}/cancel`, {}, { action: `/console/orders/${number}/cancel` })
	assert.deepEqual((await resource()).actions.map(a => a.name), ['convert'])
})

test('CAT-5 REF-13 when the provider refuses, it is refunded and stays a trial', async () => {
	const location = await convert(), before = await resource()
	await it.sql(`UPDATE product SET webhook_url = CONCAT(webhook_url, '/gone/away') WHERE slug = '${slug}'`)
	await pay(location)
	const done = await settled(location)
	await it.sql(`UPDATE product SET webhook_url = REPLACE(webhook_url, '/gone/away', '') WHERE slug = '${slug}'`)
	assert.equal(done.state, 'cancelled')
	assert.equal(done.refunds.length, 1)
	assert.equal(done.refunds[0].amount, done.payable)
	const after = await resource()
	assert.deepEqual([after.trial, after.state, after.plan_name, after.end_at], [true, 'in_use', before.plan_name, before.end_at])
})

test('CAT-5 PRV-2 paid, it is the same resource with its data, not a trial any more, for the new period', async () => {
	const before = await resource(), location = await convert()
	await pay(location)
	const done = await settled(location)
	assert.equal(done.state, 'completed')
	const after = await resource()
	assert.deepEqual([after.id, after.sign_id, after.trial, after.plan_name, after.state], [before.id, before.sign_id, false, paid[0].name, 'in_use'])
	assert.ok(after.begin_at >= before.begin_at && after.end_at > before.end_at)
	assert.deepEqual(after.actions, [])
	assert.ok(!(await buyer.get(address)).text.includes('试用'))
	assert.equal((await buyer.get(`${address}/convert`)).status, 409)
	assert.equal((await it.tryYunshi('audit')).status, 0)
})

for (const dialect of ['tencent', 'koogallery'])
	test(`CAT-5 PRV-2 PRV-3 ${dialect}: a system that is not ours is told of the conversion, and asked again while it is under way`, async () => {
		let n = 0
		const under = () => ++n === 1, answers = { tencent: () => under() ? { later: true } : { success: 'true', appInfo: { website: 'https://paid.example/' } }, koogallery: () => ({ resultCode: under() ? '000004' : '000000' }) }
		const to = await receiver(dialect, readFileSync(path.join(it.folder, 'secret/provider_token'), 'utf8'), answers[dialect])
		await it.sql(`UPDATE resource SET trial = 1 WHERE id = ${address.split('/').at(-1)}; UPDATE product SET dialect = '${dialect}', webhook_url = '${to.url}' WHERE slug = '${slug}'`)
		const location = await convert()
		await pay(location)
		const done = await settled(location), { sign_id, end_at, trial: still } = await resource()
		assert.deepEqual([done.state, still, to.calls.length, to.calls.every(c => c.ok), to.calls.flatMap(c => c.wrong)], ['completed', false, 2, true, []])
		const { body } = to.calls[1], end = new Date(Date.parse(end_at) + 8 * 3600e3).toISOString().slice(0, 19).replace('T', ' ')
		assert.deepEqual(dialect === 'tencent' ? [body.action, body.signId, body.spec, body.instanceExpireTime] : [body.activity, body.instanceId, body.scene, body.expireTime],
			dialect === 'tencent' ? ['modifyInstance', sign_id, paid[0].name, end] : ['refreshInstance', sign_id, 'TRIAL_TO_FORMAL', end.replace(/\D/g, '')])
	})

test('CAT-9 ACC-15 a delisted product or a freeze takes the offer away', async () => {
	await it.sql(`UPDATE resource SET trial = 1 WHERE id = ${address.split('/').at(-1)}`)
	assert.deepEqual((await resource()).actions.map(a => a.name), ['convert'])
	await it.sql(`UPDATE product SET state = 'delisted' WHERE slug = '${slug}'`)
	assert.deepEqual((await resource()).actions, [])
	assert.equal((await buyer.get(`${address}/convert`)).status, 409)
	await it.sql(`UPDATE product SET state = 'listed' WHERE slug = '${slug}'; UPDATE org o JOIN resource r ON r.buyer_id = o.id SET o.freeze_kind = 'arrears' WHERE r.id = ${address.split('/').at(-1)}`)
	assert.deepEqual((await resource()).actions, [])
	await it.sql('UPDATE org SET freeze_kind = NULL')
})
