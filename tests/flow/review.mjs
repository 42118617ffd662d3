// Orders that wait for an approver (ORD-8): rules, queue, decisions.
import { assert, fill, instance, parallel, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer operator nginx' })
const approver = await it.client().signIn('approver@demo.test'), admin = await it.client().signIn('admin@demo.test'), support = await it.client().signIn('support@demo.test')
const buyer = await it.client().signIn('buyer@demo.test'), other = await it.client().signIn('buyer2@demo.test')
const orgOf = async name => (await it.one(`SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = '${name}@demo.test'`)).org
const org = await orgOf('buyer'), rules = '/ops/reviews/rules'
const add = (fields, client = approver) => client.submit(rules, { note: '测试规则', ...fields }, { action: rules })
const list = async () => (await approver.json(rules)).json.items
const clear = async () => { for (const { id } of await list()) await approver.submit(rules, {}, { action: `${rules}/${id}/remove` }) }
const queue = async () => (await approver.json('/ops/reviews?limit=100')).json.items.map(o => o.number)
const at = number => `/ops/orders/${number}`
const approve = (number, note = '', client = approver) => client.submit(at(number), { note }, { action: `${at(number)}/approve` })
const refuse = (number, reason, client = approver) => client.submit(at(number), { reason }, { action: `${at(number)}/refuse` })
const shown = async (number, client = approver) => (await client.json(at(number))).json
const books = async () => assert.match(await it.yunshi('audit'), / 0 breaches/)

/** Places an order and gives it as its buyer sees it. */
async function order(slug = 'qinghe-bi', client = buyer, paid = true, quantity) {
	const plan = (await client.json(`/products/${slug}`)).json.plans.find(p => !p.trial && p.prices.some(x => x.price > 0) === paid), price = plan.prices.find(x => x.price > 0)
	const query = new URLSearchParams({ plan: plan.id, quantity: quantity ?? plan.quantity_min, ...(price && { duration: price.duration }) })
	const placed = await client.submit(`/checkout?${query}`, { contact: '13800001111', agree: '1' }, { action: '/orders' })
	assert.equal(placed.status, 303, placed.text)
	const number = /orders\/(\d+)/.exec(placed.location)[1]
	return { ...(await client.json(`/console/orders/${number}`)).json, plan_id: plan.id }
}
await clear()

test('ORD-8 without a rule nothing waits; a rule of a category keeps its orders waiting, and no others', async () => {
	assert.equal((await order()).state, 'to_pay')
	assert.equal((await add({ category: 'saas', note: 'SaaS 采购须审批' })).location, rules)
	const waiting = await order()
	assert.equal(waiting.state, 'in_review')
	assert.equal((await order('panshi-gateway')).state, 'to_pay')
	assert.ok((await queue()).includes(waiting.number))
	assert.ok(waiting.deadline_at)
	const page = await approver.get(at(waiting.number))
	for (const says of ['SaaS 采购须审批', '示例海蓝制造有限公司', waiting.product_name, '13800001111', '待审核']) assert.ok(page.text.includes(says), says)
	assert.match((await approver.get('/ops/reviews')).html, /<a href="\/ops\/reviews" aria-current="page">.*?<span class="count hot">/s)
	assert.equal((await buyer.submit(`/console/orders/${waiting.number}/pay`, { channel: 'wechat' }).catch(e => e)).status === 303, false, 'it cannot be paid yet')
	await books()
})

test('ORD-8 an approved order can be paid; the note stands in its history', async () => {
	const [number] = (await queue()).slice(-1)
	assert.equal((await approve(number, '预算已核')).location, at(number))
	const mine = (await buyer.json(`/console/orders/${number}`)).json
	assert.equal(mine.state, 'to_pay')
	const event = mine.history.at(-1)
	assert.deepEqual([event.event, event.from, event.to, event.why, event.who], ['approve', 'in_review', 'to_pay', '预算已核', '演示审批'])
	assert.ok(!(await queue()).includes(number))
	assert.equal((await shown(number)).state, 'to_pay')
	assert.ok(!(await approver.get(at(number))).html.includes(`${at(number)}/approve`))
	await books()
})

test('ORD-8 a refusal needs a reason; it cancels the order, and what it held is free again', async () => {
	await add({ category: 'hardware', note: '硬件须审批' })
	const stock = async () => +(await it.one("SELECT SUM(l.stock) AS n FROM plan l JOIN product p ON p.id = l.product_id WHERE p.slug = 'panshi-gateway'")).n
	const before = await stock(), { number, state } = await order('panshi-gateway', buyer, true, 3)
	assert.equal(state, 'in_review')
	assert.equal(await stock(), before - 3)
	for (const reason of ['', '长'.repeat(201)]) {
		const page = await refuse(number, reason)
		assert.equal(page.status, 422)
		assert.ok(page.html.includes('aria-invalid="true"'))
		assert.equal((await shown(number)).state, 'in_review')
	}
	assert.equal((await refuse(number, '型号不在采购目录')).location, at(number))
	const mine = (await buyer.json(`/console/orders/${number}`)).json
	assert.equal(mine.state, 'cancelled')
	assert.equal(mine.history.at(-1).why, '型号不在采购目录')
	assert.equal(await stock(), before)
	await books()
})

test('ORD-8 rules by amount, customer and plan; a plan whose provider asks for it; what costs nothing never waits', async () => {
	await clear()
	const { payable, plan_id } = await order()
	const yuan = (payable / 100).toFixed(2), less = ((payable - 1) / 100).toFixed(2)
	const expect = async (rule, states) => {
		await add(rule)
		const [mine, theirs] = [await order(), await order('qinghe-bi', other)]
		assert.deepEqual([mine.state, theirs.state], states, JSON.stringify(rule))
		await clear()
	}
	const theirs = (await order('qinghe-bi', other)).payable
	assert.ok(theirs >= payable, 'the first has an agreed discount')
	await expect({ over: (theirs / 100).toFixed(2) }, ['to_pay', 'to_pay'])
	await expect({ over: less }, ['in_review', 'in_review'])
	await expect({ over: yuan, category: 'saas' }, ['to_pay', theirs > payable ? 'in_review' : 'to_pay'])
	await expect({ org }, ['in_review', 'to_pay'])
	await expect({ org, category: 'hardware' }, ['to_pay', 'to_pay'])
	await expect({ plan: plan_id }, ['in_review', 'in_review'])
	await it.sql(`UPDATE plan SET review = 1 WHERE id = ${plan_id}`)
	const asked = await order()
	assert.equal(asked.state, 'in_review')
	assert.ok((await approver.get(at(asked.number))).text.includes('该规格的订单需要审核'))
	await it.sql(`UPDATE plan SET review = 0 WHERE id = ${plan_id}`)
	await add({})
	assert.notEqual((await order('ziying-linux', buyer, false).catch(e => ({ state: String(e) }))).state, 'in_review')
	assert.equal((await order()).state, 'in_review', 'a rule that says nothing is of all')
	await clear()
})

test('ORD-8 ORD-2 of two approvers, or an approver and the buyer, one wins and the other is told', async () => {
	await add({ category: 'saas' })
	for (const round of ['two approvers', 'approve and refuse', 'the buyer cancels']) {
		const { number } = await order(), path = at(number)
		const form = async (client, page, action, fields) => [client, action, Object.fromEntries(fill((await client.get(page)).form(action), fields))]
		const first = await form(approver, path, `${path}/approve`, {})
		const second = round === 'two approvers' ? await form(admin, path, `${path}/approve`, {})
			: round === 'approve and refuse' ? await form(admin, path, `${path}/refuse`, { reason: '不同意' })
				: await form(buyer, `/console/orders/${number}/cancel`, `/console/orders/${number}/cancel`, {})
		const answers = await parallel(2, i => { const [client, action, fields] = [first, second][i]; return client.post(action, fields) })
		const done = answers.filter(a => a.status === 303).length
		assert.equal(done, round === 'the buyer cancels' && answers.every(a => a.status === 303) ? 2 : 1, `${round}: ${answers.map(a => a.status)}`)
		const told = answers.find(a => a.status !== 303)
		if (told) assert.ok([409, 422].includes(told.status) && /已变更|已发生变更|刚刚|状态/.test(told.text), round)
		const moves = (await buyer.json(`/console/orders/${number}`)).json.history.filter(e => e.from === 'in_review')
		assert.equal(moves.length, 1, round)
	}
	await books()
	await clear()
})

test('ORD-8 IFC-3 sent again, a decision is one decision', async () => {
	await add({ category: 'saas' })
	const { number } = await order(), action = `${at(number)}/approve`
	const form = Object.fromEntries(fill((await approver.get(at(number))).form(action), { note: '一次' }))
	const answers = await parallel(3, () => approver.tab().post(action, form))
	assert.deepEqual(answers.map(a => a.status), [303, 303, 303])
	assert.equal((await buyer.json(`/console/orders/${number}`)).json.history.filter(e => e.event === 'approve').length, 1)
	await clear()
})

test('ORD-8 a rule is turned off and on and removed; bad ones are refused at their field', async () => {
	await add({ category: 'saas', note: '可关闭' })
	const [{ id }] = await list()
	const press = what => approver.submit(rules, {}, { action: `${rules}/${id}/${what}` })
	await press('off')
	assert.equal((await list())[0].enabled, false)
	assert.equal((await order()).state, 'to_pay')
	await press('on')
	assert.equal((await order()).state, 'in_review')
	await press('remove')
	assert.deepEqual(await list(), [])
	for (const [fields, says] of [[{ category: 'none' }, '请从给出的选项中选择'], [{ org: '1' }, '没有这个客户'], [{ org: 'x' }, '没有这个客户'], [{ org: await orgOf('provider') }, '没有这个客户'],
		[{ plan: '7' }, '没有这个规格'], [{ over: '-1' }, '金额不能小于'], [{ over: '1.005' }, '请输入有效的数字'], [{ note: '' }, '此项必填']]) {
		const page = await add(fields)
		assert.equal(page.status, 422, says)
		assert.ok(page.text.includes(says), `${JSON.stringify(fields)}: ${says}`)
	}
	assert.deepEqual(await list(), [])
	const events = (await admin.json('/ops/audit?kind=system')).json.items.map(e => e.event)
	for (const event of ['review_rule_add', 'review_rule_on', 'review_rule_off', 'review_rule_remove']) assert.ok(events.includes(event), event)
})

test('ORD-8 the queue goes page by page, the first to be decided on top', async () => {
	const all = []
	for (let after = ''; after !== null;) {
		const page = (await approver.json(`/ops/reviews?limit=2&after=${after}`)).json
		all.push(...page.items)
		after = page.next
	}
	assert.ok(all.length > 4)
	assert.deepEqual(all.map(o => o.number), await queue())
	for (let i = 1; i < all.length; i++) assert.ok(all[i - 1].deadline_at <= all[i].deadline_at)
	assert.equal(all.length, +(await it.one("SELECT COUNT(*) AS n FROM orders WHERE state = 'in_review' AND kind <> 'unsubscribe'")).n)
})

test('ACC-2 the desk sees the queue and any order, approvers decide, administrators and approvers keep the rules', async () => {
	const [number] = await queue()
	const page = await support.get(at(number))
	assert.equal(page.status, 200)
	assert.ok(!page.html.includes(`${at(number)}/approve`))
	const csrf = fill(page.form('/logout'), {}).find(([k]) => k === 'csrf')[1]
	for (const path of [`${at(number)}/approve`, `${at(number)}/refuse`, rules, `${rules}/1/off`]) assert.equal((await support.post(path, { csrf, reason: 'x', note: 'x' })).status, 403, path)
	for (const path of ['/ops/reviews', rules, at(number)]) assert.equal((await buyer.get(path)).status, 403, path)
	assert.equal((await approver.get(at('12345678901234567890'))).status, 404)
	assert.equal((await admin.get(at(number))).status, 200)
	assert.equal((await refuse(number, '到此为止')).status, 303)
})

test('ORD-8 nobody approves an order that they placed themselves', async () => {
	await add({ category: 'saas' })
	const { number } = await order(), { id } = await it.one("SELECT id FROM person WHERE email = 'approver@demo.test'")
	await it.sql(`UPDATE orders SET creator_id = ${id} WHERE number = '${number}'`)
	const own = await approve(number)
	assert.equal(own.status, 422)
	assert.ok(own.text.includes('您自己下的订单'))
	assert.equal((await approve(number, '', admin)).status, 303)
	await clear()
})

test('ORD-2 ORD-8 an order that nobody decides is cancelled after seven days', async () => {
	await add({ category: 'saas' })
	const { number } = await order()
	await it.forward('8d')
	await it.yunshi('jobs', '--only', 'order_expiry', '--once')
	const { state } = await it.one(`SELECT state FROM orders WHERE number = '${number}'`)
	assert.equal(state, 'cancelled')
})
