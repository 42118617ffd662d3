// Images and the servers they run on: chosen, put together step by step, ordered, paid and delivered together; and what fails together.
import { randomUUID } from 'node:crypto'
import { assert, fill, instance, test, timeout, until } from '../lib/harness.mjs'

timeout(60)
const it = await instance()
await it.sql("UPDATE category_policy SET channels = 'balance,wechat,b2b', refund_to = 'balance' WHERE category_code IN ('cloud-resource', 'image-free', 'image-paid')")
const buyer = await it.client().signIn('buyer@demo.test'), stranger = await it.client().signIn('buyer2@demo.test')
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const product = async slug => (await buyer.json(`/products/${slug}`)).json
const ecs = (await product('ziying-ecs')).plans[0], paid = (await product('yunfan-wordpress')).plans[0], free = (await product('ziying-linux')).plans[0]
const host = '/checkout/host', wizard = '/checkout/server'
const query = more => new URLSearchParams({ key: randomUUID(), ...more })
const imageOf = (plan, more) => ({ plan: plan.id, ...plan.prices[0] && { duration: plan.prices[0].duration }, quantity: 1, ...more })
const second = o => Object.fromEntries(Object.entries(o).map(([k, v]) => [`${k}.2`, v]))
const server = more => ({ plan: ecs.id, duration: '1-month', quantity: 1, options: 'region=east,disk=d100,net=n5,security=admin', ...more })
const both = (image, more) => ({ ...server(), ...second(imageOf(image)), 'host_item.2': 1, ...more })
const good = { contact: '13800001111', agree: '1' }
const review = async choice => buyer.get(`/checkout?${query(choice)}`)
const place = async (choice, fields = {}) => buyer.tab().post('/orders', Object.fromEntries(fill((await review(choice)).form('/orders'), { ...good, ...fields })))
const state = async number => (await it.one(`SELECT state FROM orders WHERE number = '${number}'`)).state
const group = async number => it.sql(`SELECT o.number, o.state, o.payable, o.id, p.slug FROM orders o JOIN product p ON p.id = o.product_id WHERE o.combined_id = (SELECT combined_id FROM orders WHERE number = '${number}') ORDER BY o.id`)
const resources = async id => it.sql(`SELECT id, name, state, main_id, host_id, sign_id, begin_at FROM resource WHERE order_id = ${id} ORDER BY order_line`)

async function pay(location) {
	const answer = await buyer.submit(location, { channel: 'wechat' }, { action: location })
	assert.equal(answer.status, 303)
	const code = new URL((await buyer.json(answer.location)).json.code_url).searchParams.get('pr')
	assert.equal((await sandbox.post(`/scan/${code}/pay`, {})).status, 200)
}

test('CAT-6 an image leads to the choice of a server; without one it is not ordered', async () => {
	const answer = await buyer.get(`/checkout?${query(imageOf(paid))}`)
	assert.equal(answer.status, 303)
	assert.ok(answer.location.startsWith(`${host}?plan=${paid.id}&duration=`))
	const page = await buyer.get(answer.location)
	for (const word of ['选择云服务器', '还没有运行中的云服务器', '选购云服务器']) assert.ok(page.text.includes(word), word)
	const program = await buyer.json(`/checkout?${query(imageOf(paid))}`)
	assert.equal(program.status, 200)
	const form = Object.fromEntries(fill((await review(both(paid))).form('/orders'), good))
	delete form['host_item.2']
	const refused = await buyer.tab().post('/orders', form)
	assert.equal(refused.status, 422)
	assert.ok(refused.html.includes('href="#host.2"') && refused.text.includes('镜像须安装在云服务器上'))
})

test('CAT-6 IFC-5 a server is put together step by step, without script; going back keeps what was chosen', async () => {
	const start = (await buyer.get(`${host}?${query(imageOf(paid))}`)).html.match(/href="(\/checkout\/server\?[^"]*)"/)[1].replaceAll('&amp;', '&')
	let page = await buyer.get(start)
	const go = async (fields, step) => {
		const form = fill(page.form(wizard), { ...fields, step })
		page = await buyer.get(`${wizard}?${new URLSearchParams(form)}`)
		assert.equal(page.status, 200)
		return page
	}
	assert.match(page.html, /<li aria-current="step">地域与机型/)
	const amount = () => Math.round(100 * page.text.match(/总价 ¥([\d,.]+)/)[1].replaceAll(',', ''))
	await go({ plan: ecs.id, 'options:region': 'west' }, 2)
	assert.match(page.html, /<li aria-current="step">镜像/)
	assert.ok(page.html.includes(`value="${paid.id}" checked`), 'the image it began with')
	const withPaid = amount()
	await go({ 'plan.2': free.id }, 3)
	assert.ok(amount() < withPaid, 'a free one instead')
	await go({ 'options:disk': 'd200', 'options:net': 'n10' }, 4)
	await go({ 'options:security': 'closed', duration: '1-year', name: '生产 <1>' }, 3)
	assert.match(page.html, /name="options:disk" value="d200" checked/)
	await go({}, 2)
	assert.ok(page.html.includes(`value="${free.id}" checked`))
	await go({}, 1)
	assert.match(page.html, /name="options:region" value="west" checked/)
	await go({}, 4)
	assert.ok(page.html.includes('value="生产 &lt;1&gt;"') && /name="options:security" value="closed" checked/.test(page.html))
	const last = await buyer.get(`/checkout?${new URLSearchParams(fill(page.form(wizard), {}))}`)
	const shown = await buyer.get(last.location)
	for (const word of ['区域: 西南', '系统盘: 200 GB', '公网带宽: 10 Mbit/s', '仅内网互通', '安装到本次购买的：弹性云服务器', '1 年']) assert.ok(shown.text.includes(word), word)
	assert.ok(shown.html.includes('value="生产 &lt;1&gt;"'))
	const m = (await buyer.json(last.location)).json
	assert.equal(m.payable, amount(), 'the wizard and the review page agree')
	assert.deepEqual(m.items.map(i => i.payable > 0), [true, false])
	const back = shown.html.match(/href="(\/checkout\/server\?[^"]*)"/)[1].replaceAll('&amp;', '&')
	assert.equal((await buyer.json(back)).json.sum.total, m.payable)
})

test('CAT-4 CAT-14 the sum alone is what the step shows; what is not offered is replaced, another step refused', async () => {
	const sum = await buyer.get(`${wizard}/price?${query(both(paid))}`)
	assert.match(sum.html, /^<div class="price-box" id="price">/)
	const { json } = await buyer.json(`${wizard}/price?${query(both(paid))}`)
	const whole = (await buyer.json(`/checkout?${query(both(paid))}`)).json
	assert.deepEqual(json.rows.map(r => r.amount), whole.items.map(i => i.payable))
	assert.deepEqual(whole.items[0].shares.map(s => s.name), [ecs.name, '系统盘', '公网带宽'])
	assert.equal(whole.items[0].shares.reduce((n, s) => n + s.amount, 0), whole.items[0].payable)
	const odd = (await buyer.json(`${wizard}?${query({ plan: '1', duration: 'x', options: 'region=moon', 'plan.2': ecs.id })}`)).json
	assert.equal(odd.sum.rows.length, 1)
	assert.ok(odd.sum.total > 0)
	for (const step of ['0', '6', 'x', '-1']) assert.equal((await buyer.get(`${wizard}?step=${step}`)).status, 422, step)
	const many = await buyer.get(`${wizard}?${query(server({ step: 4, quantity: 101 }))}`)
	assert.equal(many.status, 422)
	assert.ok(many.html.includes('href="#quantity"') && many.html.includes('value="101"'))
	assert.equal((await buyer.get(`${wizard}?plan.3=${free.id}`)).status, 422)
	const none = await buyer.get(`${wizard}?step=2&q=${encodeURIComponent('没有这样的镜像')}`)
	assert.ok(none.text.includes('不使用云市场镜像') && !none.html.includes(`value="${paid.id}"`))
})

let running
test('CAT-6 CAT-8 ORD-5 server and image: one payment; parts come with the server, the image after it', async () => {
	const answer = await place(both(free), { name: 'web', 'name.2': 'linux', tag: 'env', value: '生产' })
	assert.equal(answer.status, 303)
	const orders = await group(answer.location.split('/')[3])
	assert.deepEqual(orders.map(o => [o.slug, o.state]), [['ziying-ecs', 'to_pay'], ['ziying-linux', 'to_pay']])
	assert.equal(orders[1].payable, '0')
	await pay(answer.location)
	await until(async () => (await group(orders[0].number)).every(o => o.state === 'completed'), 'both orders', 40)
	const [main, ...parts] = await resources(orders[0].id), [image] = await resources(orders[1].id)
	assert.deepEqual([main.name, main.state, image.name, image.state, image.host_id], ['web', 'in_use', 'linux', 'in_use', main.id])
	assert.deepEqual(parts.map(p => [p.name, p.state, p.main_id]), [['系统盘', 'in_use', main.id], ['公网带宽', 'in_use', main.id]])
	assert.ok(main.sign_id && image.sign_id && main.sign_id !== image.sign_id)
	assert.ok(image.begin_at >= main.begin_at)
	const page = await buyer.get(`/console/resources/${main.id}`)
	for (const word of ['关联资源', '系统盘', 'linux', '区域: 华东', 'env=生产']) assert.ok(page.text.includes(word), word)
	running = main.id
})

test('CAT-6 an image for a running server of one\'s own; one that has an image, or is another\'s, is refused', async () => {
	const answer = await place(server({ quantity: 2 }))
	await pay(answer.location)
	await until(async () => await state(answer.location.split('/')[3]) === 'completed', 'two servers', 40)
	const { id } = await it.one(`SELECT id FROM orders WHERE number = '${answer.location.split('/')[3]}'`)
	const made = (await resources(id)).filter(r => !r.main_id)
	assert.equal(made.length, 2, 'each unit is a resource of its own')
	assert.notEqual(made[0].sign_id, made[1].sign_id)
	const page = await buyer.get(`${host}?${query(imageOf(paid))}`)
	assert.ok(page.html.includes(`value="${made[0].id}"`) && new RegExp(`value="${running}" disabled`).test(page.html))
	assert.ok(!(await stranger.get(`${host}?${query(imageOf(paid))}`)).html.includes(made[0].id))
	const on = async (id, who = buyer) => who.get(`/checkout?${query(imageOf(paid, { host: id }))}`)
	assert.ok((await on(made[0].id)).text.includes(`安装到云服务器：${made[0].name}`))
	assert.equal((await on(made[0].id, stranger)).status, 404)
	for (const id of ['x', '1', '99999999999999999999']) assert.equal((await on(id)).status, 404, id)
	const form = Object.fromEntries(fill((await on(made[0].id)).form('/orders'), good)), send = fields => buyer.tab().post('/orders', { ...form, ...fields })
	assert.ok((await send({ host: running })).text.includes('已安装镜像'))
	const [part] = await it.sql(`SELECT id FROM resource WHERE main_id = ${running}`), [elsewhere] = await it.sql("SELECT id FROM resource WHERE state = 'in_use' AND main_id IS NULL AND buyer_id = (SELECT buyer_id FROM resource WHERE id = " + running + ") AND product_id NOT IN (SELECT product_id FROM plan WHERE server = 1) LIMIT 1")
	for (const id of [elsewhere.id, part.id]) assert.ok((await send({ host: id })).text.includes('请选择一台运行中的云服务器'), id)
	assert.ok(!page.html.includes(`value="${part.id}"`))
	assert.equal((await send({ host: '1' })).status, 404)
	assert.equal((await send({ quantity: '2' })).status, 422)
	const placed = await send({})
	assert.equal(placed.status, 303)
	const again = await place(imageOf(paid, { host: made[1].id }))
	assert.equal(again.status, 303)
	assert.ok((await buyer.tab().post('/orders', { ...form, key: randomUUID() })).text.includes('已安装镜像'), 'an unpaid order holds the server')
	await pay(placed.location)
	await until(async () => await state(placed.location.split('/')[3]) === 'completed', 'the image', 40)
	assert.deepEqual((await buyer.json(`/console/resources/${made[0].id}`)).json.beside.map(b => b.relation).sort(), ['image', 'part', 'part'])
})

test('ORD-5 ORD-6 cancelling one cancels both', async () => {
	const orders = await group((await place(both(paid))).location.split('/')[3])
	await buyer.submit(`/console/orders/${orders[1].number}/cancel`, {}, { action: `/console/orders/${orders[1].number}/cancel` })
	assert.deepEqual((await group(orders[0].number)).map(o => o.state), ['cancelled', 'cancelled'])
})

test('CAT-6 DEL-2 REF-13 when the server fails, the image fails with it, and both are refunded', async () => {
	const cash = async () => +(await it.one("SELECT COALESCE(SUM(balance), 0) AS n FROM account WHERE kind = 'cash' AND owner = (SELECT buyer_id FROM resource WHERE id = " + running + ')')).n
	const answer = await place(both(paid)), orders = await group(answer.location.split('/')[3]), before = await cash()
	await it.sql("UPDATE product SET webhook_url = CONCAT(webhook_url, '/gone/away') WHERE slug = 'ziying-ecs'")
	await pay(answer.location)
	await until(async () => (await group(orders[0].number)).every(o => o.state === 'cancelled'), 'both cancelled', 40)
	await it.sql("UPDATE product SET webhook_url = REPLACE(webhook_url, '/gone/away', '') WHERE slug = 'ziying-ecs'")
	assert.equal(await cash(), before + +orders[0].payable + +orders[1].payable)
	const all = [...await resources(orders[0].id), ...await resources(orders[1].id)]
	assert.deepEqual(all.map(r => r.state), all.map(() => 'failed'))
	assert.equal((await it.tryYunshi('audit')).status, 0)
})
