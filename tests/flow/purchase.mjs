// One purchase all the way through: order, scan, notification, provisioning, login address; and what a payment's page says meanwhile.
import { randomUUID } from 'node:crypto'
import { assert, fill, instance, test, until } from '../lib/harness.mjs'

const it = await instance()
const buyer = await it.client().signIn('buyer@demo.test')
const other = await it.client().signIn('buyer2@demo.test')
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const slug = 'yuanshan-guard'
const plan = (await buyer.json(`/products/${slug}`)).json.plans[0]

/** Orders the plan; gives the order's address. */
async function order(fields = {}, who = buyer) {
	const review = '/checkout?' + new URLSearchParams({ plan: plan.id, duration: plan.prices[0].duration, quantity: 1, key: randomUUID() })
	const answer = await who.submit(review, { contact: '13800001111', agree: '1', ...fields }, { action: '/orders' })
	assert.equal(answer.status, 303)
	return answer.location.replace(/\/pay$/, '')
}
/** Begins to pay it by WeChat; gives the payment's address. */
async function begin(address, who = buyer) {
	const answer = await who.submit(`${address}/pay`, { channel: 'wechat' }, { action: `${address}/pay` })
	assert.equal(answer.status, 303)
	assert.match(answer.location, /^\/console\/payments\/P\d+$/)
	return answer.location
}
const tokenOf = async payment => new URL((await buyer.json(payment)).json.code_url).searchParams.get('pr')
const scan = async (payment, action, fields = {}) => sandbox.post(`/scan/${await tokenOf(payment)}/${action}`, fields)
const stateOf = async address => (await buyer.json(address)).json.state

test('ORD-10 MON-5 DEL-1 DEL-3 from the review page to the login address', async () => {
	const address = await order(), payment = await begin(address)
	const waiting = await buyer.get(payment)
	assert.ok(waiting.text.includes('请使用微信扫描二维码完成支付'))
	assert.match(waiting.html, /data-poll="\/console\/payments\/P\d+"/)
	assert.equal((await scan(payment, 'pay')).status, 200)
	await until(async () => await stateOf(payment) === 'succeeded', 'the payment')
	const paid = await buyer.get(payment)
	for (const word of ['支付成功', '进入管理中心', '查看我的订单']) assert.ok(paid.text.includes(word), word)
	await until(async () => await stateOf(address) === 'completed', 'the order')
	const done = (await buyer.json(address)).json
	assert.equal(done.paid, done.payable)
	assert.deepEqual(done.history.map(h => h.to).filter(Boolean), ['to_pay', 'processing', 'completed'])
	assert.deepEqual(done.actions.map(a => a.name), ['delete', 'buy_again'])
	assert.equal(done.payments[0].state, 'succeeded')
	const resource = (await buyer.json(`/console/resources/${done.lines[0].resource}`)).json
	assert.equal(resource.state, 'in_use')
	assert.ok(resource.end_at > resource.begin_at)
	const page = await buyer.get(`/console/resources/${resource.id}`)
	const login = resource.fields.find(f => f.name === 'website').value
	assert.ok(page.html.includes(`<a href="${login}" target="_blank" rel="noopener noreferrer">`))
	assert.ok(page.text.includes('登录地址') && page.text.includes('账号') && page.text.includes('密码'))
})

test('DEL-3 a password is hidden until it is asked for, and that stands in the audit log', async () => {
	const { items } = (await buyer.json('/console/resources?state=in_use')).json
	const address = `/console/resources/${items[0].id}`
	const shown = (await buyer.json(address)).json, secret = shown.fields.find(f => f.secret)
	assert.equal(secret.value, null)
	const reveal = `${address}/fields/${secret.position}/reveal`
	const form = Object.fromEntries(fill((await buyer.get(address)).form(reveal), {}))
	const answer = await buyer.post(reveal, form)
	assert.equal(answer.status, 200)
	assert.equal(answer.headers['cache-control'], 'no-store')
	const value = answer.html.match(/<dd class="mono">([^<]+)<\/dd>/)[1]
	assert.ok(value.length >= 6)
	assert.ok(!(await buyer.get(address)).html.includes(value), 'hidden again')
	const log = await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_id = ${items[0].id} AND event = 'reveal'`)
	assert.equal(log.n, '1')
	assert.ok((await buyer.get(address)).text.includes('查看了保密字段'))
	assert.equal((await buyer.post(`${address}/fields/999/reveal`, { ...form, key: 'another-key-1' })).status, 404)
	assert.equal((await other.get(address)).status, 404)
	assert.equal((await other.post(reveal, { csrf: fill((await other.get('/console')).form('/logout'), {}).find(([k]) => k === 'csrf')[1] })).status, 404)
})

test('DEL-3 a secret is sealed in the store, never in what a GET gives, and each showing is noted once', async () => {
	const { id } = (await buyer.json('/console/resources?state=in_use')).json.items[0], address = `/console/resources/${id}`
	const { position } = (await buyer.json(address)).json.fields.find(f => f.secret), reveal = `${address}/fields/${position}/reveal`
	const noted = async () => +(await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_id = ${id} AND event = 'reveal'`)).n
	const form = Object.fromEntries(fill((await buyer.get(address)).form(reveal), {})), before = await noted()
	const ask = key => buyer.post(reveal, { ...form, key }, { headers: { accept: 'application/json' } })
	const first = await ask('reveal-key-1'), again = await ask('reveal-key-1')
	assert.equal(first.status, 200)
	assert.equal(first.headers['cache-control'], 'no-store')
	const { value } = first.json
	assert.equal(again.json.value, value)
	assert.equal(await noted(), before + 1)
	assert.equal((await ask('reveal-key-2')).json.value, value)
	assert.equal(await noted(), before + 2)
	for (const path of [address, '/console/resources', `/console/orders/${(await it.one(`SELECT order_number AS n FROM resource WHERE id = ${id}`)).n}`])
		for (const answer of [await buyer.get(path), await buyer.json(path)]) assert.ok(answer.status === 200 && !answer.html.includes(value), path)
	assert.ok([404, 405].includes((await buyer.get(reveal)).status))
	const row = await it.one(`SELECT value, HEX(sealed) AS sealed FROM resource_field WHERE resource_id = ${id} AND position = ${position}`)
	assert.equal(row.value, null)
	assert.ok(row.sealed.length > 2 * value.length && !Buffer.from(row.sealed, 'hex').includes(value))
	const kept = await it.sql(`SELECT COALESCE(body, '') AS body FROM idempotency WHERE idem_key LIKE 'reveal-key-%'`)
	assert.ok(kept.length === 2 && kept.every(k => !k.body.includes(value)))
	const log = await it.sql(`SELECT why, COALESCE(details, '') AS details FROM audit_log WHERE object_id = ${id}`)
	assert.ok(log.every(l => !l.why.includes(value) && !l.details.includes(value)))
})

test('MON-5 the code is an image of its own for its payer alone, and gone when it is no longer of use', async () => {
	const address = await order(), payment = await begin(address)
	const image = await buyer.get(`${payment}/qr.svg`)
	assert.equal(image.status, 200)
	assert.equal(image.headers['content-type'], 'image/svg+xml')
	assert.match(image.html, /^<svg [^>]*viewBox="0 0 \d+ \d+"/)
	assert.equal((await other.get(`${payment}/qr.svg`)).status, 404)
	assert.equal((await other.get(payment)).status, 404)
	await buyer.submit(`${address}/cancel`, {}, { action: `${address}/cancel` })
	assert.equal((await buyer.get(`${payment}/qr.svg`)).status, 404)
	const closed = await buyer.get(payment)
	assert.ok(closed.text.includes('该支付单已关闭'))
	assert.ok(!closed.text.includes('重新支付'))
})

test('IFC-5 MON-8 without script the button asks the channel, before and after', async () => {
	const address = await order(), payment = await begin(address), check = `${payment}/check`
	const early = await buyer.submit(payment, {}, { action: check })
	assert.equal(early.status, 303)
	const said = await buyer.get(early.location)
	assert.equal(said.status, 200)
	assert.ok(said.text.includes('尚未收到付款结果'))
	assert.equal((await scan(payment, 'pay', { fault: 'lost' })).status, 200)
	const late = await buyer.submit(payment, {}, { action: check })
	assert.ok((await buyer.get(late.location)).text.includes('支付成功'))
	assert.notEqual(await stateOf(address), 'to_pay')
	assert.equal((await other.post(check, { csrf: 'x' })).status, 403)
})

test('MON-4 beginning again goes on with the same payment; a paid order leads to its page', async () => {
	const address = await order(), payment = await begin(address)
	assert.equal(await begin(address), payment)
	await scan(payment, 'pay')
	await until(async () => await stateOf(payment) === 'succeeded', 'the payment')
	const answer = await buyer.get(`${address}/pay`)
	assert.equal(answer.status, 303)
	assert.equal(answer.location, address)
	assert.equal((await buyer.json(`${address}/pay`)).status, 409)
})

test('MON-4 a payment that failed says so and offers another', async () => {
	const address = await order(), payment = await begin(address)
	assert.equal((await scan(payment, 'refuse')).status, 200)
	await buyer.submit(payment, {}, { action: `${payment}/check` })
	assert.equal(await stateOf(payment), 'failed')
	const page = await buyer.get(payment)
	assert.ok(page.text.includes('支付没有成功'))
	assert.ok(page.html.includes(`href="${address}/pay"`))
	assert.notEqual(await begin(address), payment)
})

test('CAT-2 MON-5 only the channels that the category allows are offered and accepted', async () => {
	const address = await order()
	const offered = (await buyer.json(`${address}/pay`)).json.channels.map(c => c.name)
	assert.deepEqual(offered, ['wechat', 'b2b'])
	const form = Object.fromEntries(fill((await buyer.get(`${address}/pay`)).form(`${address}/pay`), {}))
	for (const channel of ['balance', 'cash', '']) {
		const answer = await buyer.post(`${address}/pay`, { ...form, channel, key: `channel-${channel || 'none'}` })
		assert.equal(answer.status, 422, channel)
		assert.match(answer.html, /class="errsum"/)
	}
	assert.equal(await stateOf(address), 'to_pay')
})

test('S-step a cancelled order cannot be paid, and nothing can be paid twice by going back', async () => {
	const address = await order()
	const form = Object.fromEntries(fill((await buyer.get(`${address}/pay`)).form(`${address}/pay`), {}))
	await buyer.submit(`${address}/cancel`, { why: '不需要了' }, { action: `${address}/cancel` })
	assert.equal((await buyer.post(`${address}/pay`, form, { headers: { accept: 'application/json' } })).status, 409)
	const page = await buyer.get(address)
	assert.ok(page.text.includes('不需要了'))
	assert.ok(page.text.includes('已取消'))
})

test('ORD-6 an order that was not paid in time is cancelled by the system, and its page says so', async () => {
	const address = await order()
	await it.forward('25h')
	const again = await it.client().signIn('buyer@demo.test')
	await until(async () => (await again.json(address)).json.state === 'cancelled', 'the cancellation', 30)
	const { history } = (await again.json(address)).json
	assert.equal(history.at(-1).to, 'cancelled')
	assert.equal(history.at(-1).event, 'lapse')
})

test('ACC-14 every step of a purchase stands in the audit log, with who did it', async () => {
	const fresh = await it.client().signIn('buyer@demo.test'), desk = await it.client().signIn('admin@demo.test')
	const address = await order({}, fresh), payment = await begin(address, fresh)
	await sandbox.post(`/scan/${new URL((await fresh.json(payment)).json.code_url).searchParams.get('pr')}/pay`, {})
	await until(async () => (await fresh.json(address)).json.state === 'completed', 'the order')
	const done = (await fresh.json(address)).json
	const { id } = await it.one(`SELECT id FROM orders WHERE number = '${done.number}'`), paid = await it.one(`SELECT id FROM payment WHERE number = '${done.payments[0].number}'`)
	const entries = async object => (await desk.json(`/ops/audit?object=${object}`)).json.items.reverse()
	const ordered = await entries(id), money = await entries(paid.id), resource = await entries(done.lines[0].resource)
	assert.deepEqual(ordered.map(e => [e.from, e.to]), [[null, 'to_pay'], ['to_pay', 'processing'], ['processing', 'completed']])
	assert.equal(money.at(-1).to, 'succeeded')
	assert.deepEqual([resource.at(-1).from, resource.at(-1).to], ['provisioning', 'in_use'])
	assert.equal(ordered[0].actor_name, done.creator_name)
	for (const e of [ordered[1], money.at(-1), resource.at(-1)]) assert.ok(e.actor_name && e.actor_name !== done.creator_name, `${e.object_kind} ${e.event}`)
	for (const e of [...ordered, ...money, ...resource]) assert.ok(e.at && e.event && e.request_id, `${e.object_kind} ${e.event}`)
	assert.ok(ordered[0].address)
})

const sealed = () => until(async () => (await it.one('SELECT COUNT(*) AS n FROM audit_log a LEFT JOIN audit_seal s ON s.entry_id = a.id WHERE s.seq IS NULL')).n === '0', 'the seal', 40)

test('MON-2 after all this the books hold', async () => {
	// the seal of the audit log is made by a job, which has just lived through 25 hours
	await sealed()
	const { status, stdout } = await it.tryYunshi('audit')
	assert.equal(status, 0, stdout)
})

test('ACC-14 nobody can change the audit log; should the store itself be forged, the audit finds it', async () => {
	await sealed()
	const { id, why } = await it.one("SELECT id, why FROM audit_log WHERE event = 'lapse' ORDER BY id DESC LIMIT 1")
	const forge = `UPDATE audit_log SET why = 'x' WHERE id = ${id}`, remove = `DELETE FROM audit_log WHERE id = ${id}`
	for (const statement of [forge, remove]) await assert.rejects(it.sql(statement), /never/)
	await it.sql('DROP TRIGGER audit_log_keeps; DROP TRIGGER audit_log_stays')
	const found = async breach => {
		const { status, stdout } = await it.tryYunshi('audit', '--full')
		assert.equal(status, 1, stdout)
		assert.match(stdout, breach)
	}
	await it.sql(forge)
	await found(/the chain of the audit log breaks at/)
	await it.sql(`UPDATE audit_log SET why = '${why}' WHERE id = ${id}`)
	assert.equal((await it.tryYunshi('audit')).status, 0)
	await it.sql(remove)
	await found(/is sealed and gone/)
})
