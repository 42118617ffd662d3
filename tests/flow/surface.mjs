// Every row of the routes (src/web/routes_*.def): who is let in, what a change must bring along, and that what belongs to another organisation is not there.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, test, timeout, top } from '../lib/harness.mjs'
import { png } from '../lib/png.mjs'
import { multipart, multipartType } from '../lib/upload.mjs'

timeout(120)
const it = await instance({ parts: 'buyer provider operator nginx', options: ['--workers', '1'] })
const read = file => readFileSync(path.join(top, 'src', file), 'utf8').replace(/\/\*.*?\*\//gs, '')

/** Each route that has a session, and that not everybody may open. */
const routes = ['storefront', 'buyer', 'provider', 'operator'].flatMap(pool => [...read(`web/routes_${pool}.def`).matchAll(/^(GET|QUERY|POST)\("([^"]+)",.*?PERM_(\w+)/gm)]
	.map(([, kind, pattern, perm]) => ({ method: kind === 'POST' ? 'POST' : 'GET', pattern, perm, pool }))).filter(r => r.perm !== 'PUBLIC')

/** The table of permissions: {perm: the roles of a buyer, a provider, the platform that have it}, each a set of bits. */
const permits = (() => {
	const role = {}, set = {}
	for (const [, name] of /ENUM\(role\)(.*?)END/s.exec(read('domain/enums.def'))[1].matchAll(/\(ROLE_(\w+)/g)) role[name] = 1 << Object.keys(role).length
	const value = text => [...text.matchAll(/R\((\w+)\)|([A-Z_]+)/g)].reduce((all, [, one, several]) => all | (one ? role[one] : set[several]), 0)
	const table = read('domain/permit.def')
	for (const [, name, text] of table.matchAll(/^#define (\w+) +(\(R.*\))$/gm)) set[name] = value(text)
	return Object.fromEntries([...table.matchAll(/^(?:PAYER_)?PERM\((\w+), +\w+, +([^,]+),([^,]+),(.+)\)/gm)].map(([, name, ...of]) => [name, of.map(value)]))
})()

const people = await Promise.all(['buyer', 'buyer2', 'provider', 'provider2', 'admin', 'approver', 'mediator', 'finance', 'support'].map(async name => {
	const client = await it.client().signIn(`${name}@demo.test`)
	const m = await it.one(`SELECT o.id, o.kind, m.roles FROM person p JOIN member m ON m.person_id = p.id JOIN org o ON o.id = m.org_id WHERE p.email = '${name}@demo.test'`)
	const csrf = (await client.get('/console/settings/sessions')).form('/logout').controls.find(c => c.name === 'csrf').value
	return { name, client, org: m.id, kind: ['buyer', 'provider', 'platform'].indexOf(m.kind), roles: +m.roles, csrf }
}))
const who = Object.fromEntries(people.map(p => [p.name, p]))
const may = (p, perm) => (permits[perm][p.kind] & p.roles) !== 0
const changes = async () => +(await it.one('SELECT COUNT(*) AS n FROM audit_log')).n

/** All of them, a few at a time: the answers that are not as they should be. */
async function wrong(list, ask) {
	const found = [], waiting = [...list]
	await Promise.all(Array.from({ length: 4 }, async () => {
		for (let x; (x = waiting.shift()); ) {
			const says = await ask(x)
			if (says) found.push(`${x.method} ${x.path ?? x.pattern}: ${says}`)
		}
	}))
	return found
}
const anyone = pattern => pattern.replace(/\{\w+\}/g, '1')

test('ACC-2 each route opens to the roles of its permission alone, whatever the id; visitors sign in first', async t => {
	const before = await changes(), visitor = it.client()
	assert.ok(routes.length > 250 && Object.keys(permits).length > 60, `${routes.length} routes, ${Object.keys(permits).length} permissions`)
	const asked = people.flatMap(p => routes.filter(r => !may(p, r.perm)).map(r => ({ ...r, path: anyone(r.pattern), p })))
	assert.deepEqual(await wrong(asked, async ({ method, path, p }) => {
		const { status } = method === 'POST' ? await p.client.tab().post(path, { csrf: p.csrf }) : await p.client.tab().get(path)
		return status !== 403 && `${p.name} ${status}`
	}), [])
	assert.deepEqual(await wrong(routes, async ({ method, pattern }) => {
		const { status, location } = method === 'POST' ? await visitor.tab().post(anyone(pattern), {}) : await visitor.tab().get(anyone(pattern))
		return !(method === 'POST' ? status === 403 || status === 303 && location.startsWith('/login') : status === 303 && location.startsWith('/login')) && status
	}), [])
	assert.equal(await changes(), before)
	t.note(`${asked.length} refusals`)
})

test('S-14 no change without the token of this session, nor from another site, nor with a key that is none', async () => {
	const before = await changes(), allowed = p => routes.filter(r => r.method === 'POST' && may(p, r.perm))
	for (const p of [who.buyer, who.provider, who.admin, who.finance]) {
		const status = async (r, fields, headers) => (await p.client.tab().post(anyone(r.pattern), fields, { headers })).status
		assert.ok(allowed(p).length > 20)
		assert.deepEqual(await wrong(allowed(p), async r => {
			const none = await status(r, {}), foreign = await status(r, { csrf: p.csrf }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })
			const key = await status(r, { csrf: p.csrf, key: 'a b' })
			return !(none === 403 && foreign === 403 && key === 400) && `${p.name} ${none} ${foreign} ${key}`
		}), [])
	}
	assert.equal(await changes(), before)
})

/** A row with these columns; what else must be there is the least that fits. */
async function row(table, values) {
	const columns = await it.sql(`SELECT column_name AS name, column_type AS type FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '${table}'
		AND is_nullable = 'NO' AND column_default IS NULL AND generation_expression IS NULL ORDER BY ordinal_position`)
	const least = type => /^enum/.test(type) ? /'[^']*'/.exec(type)[0] : /char|text|blob|binary/.test(type) ? "'x'" : /date/.test(type) ? "'2026-11-01'" : '1'
	const all = { ...Object.fromEntries(columns.map(c => [c.name, least(c.type)])), ...values }
	await it.sql(`INSERT INTO ${table} (${Object.keys(all)}) VALUES (${Object.values(all)})`)
}

/** What buyer@ and provider@ have, by the beginning of its addresses: a statement that gives its parameters. */
async function owned() {
	const b = who.buyer.org, p = who.provider.org
	const o = await it.one(`SELECT o.id, o.number, r.id AS resource, o.product_id AS product FROM orders o JOIN resource r ON r.order_id = o.id AND r.buyer_id = o.buyer_id
		WHERE o.buyer_id = ${b} AND o.provider_id = ${p} AND o.state = 'completed' LIMIT 1`)
	const deal = { buyer_id: b, provider_id: p, order_id: o.id, order_number: `'${o.number}'`, resource_id: o.resource }
	await row('delivery', { ...deal, id: 501, number: "'D501'", state: "'in_implementation'", product_id: o.product })
	await row('appeal', { ...deal, id: 502, number: "'A502'", delivery_id: 501, delivery_number: "'D501'" })
	await row('attachment', { id: 503, org_id: b, person_id: 1, type: "'text'", size: 1, hash: "UNHEX(SHA2('x', 256))", owner_kind: "'round'", owner_id: 501, thread_id: 501, buyer_id: b, provider_id: p })
	await row('attachment_piece', { attachment_id: 503, nth: 0 })
	await row('resource', { id: 504, buyer_id: b, provider_id: p, order_id: o.id, product_id: o.product, state: "'provisioning'", delivery: "'manual'" })
	await row('quotation', { id: 505, number: "'Q505'", buyer_id: b, provider_id: p, plan_id: '(SELECT MIN(id) FROM plan)', expires_at: "'2099-01-01'" })
	await row('withdrawal', { id: 506, org_id: b, number: "'W506'" })
	await row('payee_account', { id: 507, org_id: b, is_default: 0 })
	await row('remit_claim', { id: 508, org_id: b })
	await row('order_combined', { id: 509, buyer_id: b, number: "'C509'" })
	await row('product_picture', { id: 510, product_id: `(SELECT MIN(id) FROM product WHERE provider_id = ${p})`, type: "'png'" })
	await row('payment', { id: 511, org_id: b, number: "'P511'", channel: "'wechat'", state: "'waiting'", code_url: "'weixin://x'", sign_type: "'hmac_sha256'", deadline_at: "'2099-01-01'" })
	const product = `SELECT v.product_id AS id, v.version, 'basic' AS section, 'new' AS 'call', 'new' AS 'option', JSON_VALUE(v.body, '$.plans[0].id') AS plan
		FROM product_version v JOIN product p ON p.id = v.product_id WHERE p.provider_id = ${p} AND v.state = 'draft' LIMIT 1`
	const order = (of, state) => `SELECT number FROM orders WHERE ${of} AND state = '${state}' LIMIT 1`, bought = `buyer_id = ${b}`, sold = `provider_id = ${p}`
	const statements = {
		'/console/attachments': 'SELECT 503 AS id', '/console/orders': order(bought, 'completed'), '/console/orders/{number}/confirm': order(bought, 'to_confirm'),
		'/console/orders/{number}/cancel': order(bought, 'to_pay'), '/console/orders/{number}/pay': order(bought, 'to_pay'), '/console/orders/combined': "SELECT 'C509' AS number",
		'/console/billing/claims': 'SELECT 508 AS id', '/console/withdrawals': "SELECT 'W506' AS number", '/console/withdrawals/accounts': 'SELECT 507 AS id',
		'/console/zone-orders': `SELECT number FROM orders WHERE payer_org_id = ${b} AND buyer_id <> ${b} AND state = 'completed' LIMIT 1`, '/console/vouchers': `SELECT number FROM voucher WHERE org_id = ${b} LIMIT 1`,
		'/console/quotations': "SELECT 'Q505' AS number", '/console/payments': "SELECT 'P511' AS number", '/console/deliveries': "SELECT 'D501' AS number",
		'/console/resources': `SELECT ${o.resource} AS id, 1 AS position`, '/console/resources/{id}/key': `SELECT q.resource_id AS id FROM api_quota q JOIN resource r ON r.id = q.resource_id WHERE r.buyer_id = ${b} LIMIT 1`,
		'/console/resources/{id}/try': `SELECT q.resource_id AS id, 1 AS 'call' FROM api_quota q JOIN resource r ON r.id = q.resource_id WHERE r.buyer_id = ${b} LIMIT 1`,
		'/provider/orders': order(sold, 'completed'), '/provider/orders/{number}/reprice': order(sold, 'to_pay'), '/provider/attachments': 'SELECT 503 AS id', '/provider/coupons': `SELECT id FROM coupon WHERE provider_id = ${p} LIMIT 1`,
		'/provider/products': product, '/provider/pictures': 'SELECT 510 AS id', '/provider/resources': 'SELECT 504 AS id', '/provider/integration': `SELECT id FROM outbox WHERE provider_id = ${p} LIMIT 1`,
		'/provider/quotations': "SELECT 'Q505' AS number", '/provider/deliveries': "SELECT 'D501' AS number",
	}
	const of = pattern => Object.keys(statements).filter(k => pattern.startsWith(k)).sort((x, y) => y.length - x.length)[0]
	const rows = await Promise.all(Object.entries(statements).map(async ([k, v]) => [k, await it.one(v)]))
	const params = Object.fromEntries(rows)
	return routes.filter(r => /\{/.test(r.pattern) && ['buyer', 'provider'].includes(r.pool)).map(r => {
		const found = params[of(r.pattern)]
		return { ...r, path: r.pattern.replace(/\{(\w+)\}/g, (_, name) => found?.[name] ?? 'missing') }
	})
}

const theirs = await owned()
const pair = pool => pool === 'buyer' ? [who.buyer, who.buyer2] : [who.provider, who.provider2]

test('ACC-3 a page of another organisation\'s is not there; its own people see it', async t => {
	const pages = theirs.filter(r => r.method === 'GET')
	assert.deepEqual(await wrong(pages, async r => {
		const [own, other] = await Promise.all(pair(r.pool).map(p => p.client.tab().get(r.path)))
		return !([200, 303, 409].includes(own.status) && other.status === 404) && `${own.status} ${other.status}`
	}), [])
	t.note(`${pages.length} pages`)
})

/** What each of these forms takes, so that nothing but the owner is wrong. */
const fields = {
	...Object.fromEntries('reason why note requirement material acceptance objection progress work statement answer name'.split(' ').map(name => [name, 'x'])),
	...Object.fromEntries('agree confirm version saves by product_agreement platform_agreement hours'.split(' ').map(name => [name, 1])),
	contact: '13800001111', secret: '12345678', seen: '1.00', payable: '1.00', ground: 'provider_late', kind: 'percent', percent: 10, scope: 'provider', used_for: 'both',
	claim_from: '2027-01-01', claim_to: '2027-02-01', life: 'after_claim', valid_days: 30, total: 10, per_buyer: 1,
}

test('ACC-3 nor can anybody of another organisation change it', async t => {
	const all = theirs.filter(r => r.method === 'POST'), before = await changes()
	assert.deepEqual(await wrong(all, async r => {
		const [, other] = pair(r.pool)
		const all = { ...fields, csrf: other.csrf }, accept = { accept: 'application/json', origin: it.url }
		const { status, html } = /upload$/.test(r.path) ?
			await other.client.tab().request('POST', r.path, { body: multipart(Object.entries(all), [{ field: 'picture', name: 'x.png', bytes: png(600, 400) }]), headers: { ...accept, 'content-type': multipartType } }) :
			await other.client.tab().post(r.path, all, { headers: accept })
		return status !== 404 && `${status} ${html}`
	}), [])
	assert.equal(await changes(), before)
	t.note(`${all.length} changes`)
})

test('IFC-10 a page asks the store a handful of statements, whatever it shows', async t => {
	const MOST = 9, pages = [...routes.filter(r => !r.pattern.includes('{')).map(r => ({ ...r, path: r.pattern })), ...theirs].filter(r => r.method === 'GET' && !r.path.includes('missing'))
	for (const p of [who.buyer, who.provider, who.admin, who.finance]) {
		const own = pages.filter(r => may(p, r.perm))
		for (let again = 0; again < 2; again++) await wrong(own, async r => void await p.client.tab().get(r.path))	/* what a worker prepares it prepares once */
	}
	const least = {}
	for (const pool of ['buyer', 'provider', 'operator'])
		for (const [, route, n] of readFileSync(path.join(it.is.log, `${pool}.log`), 'utf8').matchAll(/ method=GET route=(\S+) status=200 .* queries=(\d+)/g)) least[route] = Math.min(least[route] ?? 99, n)
	assert.ok(Object.keys(least).length > 100, `${Object.keys(least).length} pages`)
	t.note(Object.entries(least).sort(([, a], [, b]) => b - a).map(([route, n]) => `${n} ${route}`).join('\n'))
	assert.deepEqual(Object.entries(least).filter(([, n]) => n > MOST), [])
})
