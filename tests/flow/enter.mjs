// What a buyer sees of a resource, and how they enter it without signing in there: SUB-1, SUB-2, DEL-3, DEL-4.
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, test, until } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer provider jobs sandbox nginx' })
const secret = readFileSync(path.join(it.folder, 'secret/provider_token'), 'utf8')
const buyer = await it.client().signIn('buyer@demo.test'), other = await it.client().signIn('buyer2@demo.test')
const me = await it.one("SELECT m.org_id AS org, p.id AS person FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")
const r = await it.one(`SELECT r.id, r.product_id, r.sign_id, r.order_number FROM resource r WHERE r.buyer_id = ${me.org} AND r.state = 'in_use' AND r.delivery = 'automatic' AND r.sign_id IS NOT NULL AND r.end_at > NOW(6) LIMIT 1`)
const page = `/console/resources/${r.id}`, DAY = 86400e3
const leadsTo = url => it.sql(`DELETE FROM resource_field WHERE resource_id = ${r.id} AND name = 'auth_url'; INSERT INTO resource_field (resource_id, position, name, value) VALUES (${r.id}, 39, 'auth_url', '${url}')`)
const enter = (client = buyer) => client.submit(page, {}, { action: `${page}/enter` })
const decode = part => JSON.parse(Buffer.from(part, 'base64url'))

/** As a provider's system would: signature, receiver, time; null for a token that is none of its own. */
function read(token, key) {
	const [head, body, mac] = token.split('.')
	assert.deepEqual(decode(head), { alg: 'HS256', typ: 'JWT' })
	return createHmac('sha256', key).update(`${head}.${body}`).digest('base64url') === mac ? decode(body) : null
}

test('DEL-3 entering sends the browser to the provider with a token that says who comes, signed, for a minute, new each time', async () => {
	await leadsTo('https://app.example/login?from=market#/home')
	const shown = await buyer.get(page), noted = async () => +(await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_id = ${r.id} AND event = 'enter'`)).n
	assert.match(shown.headers['content-security-policy'], /form-action 'self' https:\/\/app\.example;/)
	assert.ok(!shown.html.includes('eyJ'), 'no token in the page')
	const form = shown.form(`${page}/enter`), fields = form.controls.filter(c => c.on).map(c => [c.name, c.value])
	const seen = new Set()
	for (let i = 0; i < 2; i++) {	// the same form twice: its page stays open
		const to = await buyer.post(form.action, fields)
		assert.equal(to.status, 303)
		assert.match(to.headers['cache-control'], /no-store/)
		const url = new URL(to.headers.location)
		assert.deepEqual([url.origin, url.pathname, url.hash, url.searchParams.get('from'), url.searchParams.get('old_token')], ['https://app.example', '/login', '#/home', 'market', null])
		const claims = read(url.searchParams.get('token'), secret)
		assert.deepEqual([claims.iss, claims.aud, claims.sub, claims.accountId, claims.signId, claims.orderId, claims.exp - claims.iat],
			[it.url, r.product_id, me.person, me.org, r.sign_id, r.order_number, 60])
		assert.ok(Math.abs(claims.iat - Date.now() / 1000) < 60)
		assert.equal(read(url.searchParams.get('token'), 'another-secret'), null)
		seen.add(claims.jti)
	}
	assert.equal(seen.size, 2)
	assert.equal(await noted(), 2)
	assert.equal((await it.sql(`SELECT location FROM idempotency WHERE location LIKE '%token=%'`)).length, 0)
})

test('DEL-3 PRV-4 while the secret is replaced there is a token of each', async () => {
	const sealed = await it.one(`SELECT HEX(webhook_secret) AS s FROM product WHERE id = ${r.product_id}`)
	const provider = await it.client().signIn('provider@demo.test'), at = `/provider/products/${r.product_id}/secret`
	const mine = (await provider.get(at)).status === 200 ? provider : await it.client().signIn('provider2@demo.test')
	assert.equal((await mine.submit(at, { secret: 'the-next-secret', grace: 'day' }, { action: at })).status, 303)
	const url = new URL((await enter()).headers.location), token = url.searchParams.get('token'), old = url.searchParams.get('old_token')
	assert.equal(read(token, 'the-next-secret').jti, read(old, secret).jti)
	await it.sql(`UPDATE product SET webhook_secret = X'${sealed.s}', old_secret = NULL WHERE id = ${r.product_id}`)
})

test('DEL-3 PRV-6 an address that could mislead a browser is not entered; nor is another’s resource, or one that is over', async () => {
	for (const bad of ['javascript:alert(1)', 'https://app.example;script-src *', 'https://user@app.example/', 'https:///x', 'ftp://app.example/', 'https://app.example/\\"x', '//app.example/'])	{
		await leadsTo(bad.replaceAll('\\', '\\\\'))
		const shown = await buyer.get(page)
		assert.ok(!shown.html.includes(`${page}/enter`), bad)
		assert.match(shown.headers['content-security-policy'], /form-action 'self';/, bad)
	}
	await leadsTo('https://app.example/login')
	assert.equal((await other.get(page)).status, 404)
	const form = (await buyer.get(page)).form(`${page}/enter`), fields = form.controls.filter(c => c.on).map(c => [c.name, c.value])
	const theirs = (await other.get('/console/resources')).html.match(/name="csrf" value="([^"]+)"/)[1]
	assert.equal((await other.post(form.action, fields.map(([k, v]) => [k, k === 'csrf' ? theirs : v]))).status, 404)
	await it.sql(`UPDATE resource SET state = 'expired' WHERE id = ${r.id}`)
	assert.ok(!(await buyer.get(page)).html.includes(`${page}/enter`))
	assert.equal((await buyer.post(form.action, fields)).status, 409)
	await it.sql(`UPDATE resource SET state = 'in_use' WHERE id = ${r.id}`)
})

test('DEL-3 a secret is shown on demand, noted, and kept by no cache', async () => {
	const secretOf = (await buyer.json(page)).json.fields.find(f => f.secret)
	assert.equal(secretOf.value, null)
	const shown = await buyer.submit(page, {}, { action: `${page}/fields/${secretOf.position}/reveal` })
	assert.equal(shown.status, 200)
	assert.match(shown.headers['cache-control'], /no-store/)
	assert.equal((await it.sql(`SELECT 1 FROM audit_log WHERE object_id = ${r.id} AND event = 'reveal'`)).length, 1)
	assert.ok((await buyer.get(page)).text.includes('查看了保密字段'))
})

test('SUB-1 SUB-2 DEL-4 the page says what happened and what comes: delivered when, released when, refund under way, its orders, whom to ask', async () => {
	const m = (await buyer.json(page)).json, shown = await buyer.get(page)
	assert.ok(m.orders.some(o => o.number === r.order_number && o.kind === 'purchase'))
	const grace = +(await it.one(`SELECT y.grace_days FROM orders o JOIN order_sold s ON s.order_id = o.id JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version WHERE o.number = '${r.order_number}'`)).grace_days
	assert.equal(Date.parse(m.release_at), Date.parse(m.end_at) + grace * DAY)
	assert.match(shown.text, /卖家已于 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d 发货/)
	for (const says of ['售后支持', '联系卖家', '相关订单', '资源动态', '到期未续费释放时间']) assert.ok(shown.text.includes(says), says)
	await it.sql(`UPDATE resource SET state = 'expired' WHERE id = ${r.id}`)
	assert.match((await buyer.get(page)).text, /服务已暂停；将于 \d{4}-/)
	await it.sql(`UPDATE org SET freeze_kind = 'police' WHERE id = ${me.org}`)
	assert.match((await buyer.get(page)).text, /冻结期间资源保留/)
	await it.sql(`UPDATE org SET freeze_kind = NULL WHERE id = ${me.org}; UPDATE resource SET state = 'in_use' WHERE id = ${r.id}`)
	await it.sql(`UPDATE orders SET refunds_id = id, state = 'refunding' WHERE number = '${r.order_number}'`)
	assert.ok((await buyer.get(page)).text.includes('该资源正在退款'))
	assert.ok((await buyer.get(`/console/resources?q=${r.id}`)).text.includes('退款中'))
})
