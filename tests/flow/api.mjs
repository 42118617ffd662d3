// API products: the key, the check in front of an API, quotas, and their page (DEL-13, DEL-14, API-1).
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, parallel, program, test, unescapeHtml, until } from '../lib/harness.mjs'

const it = await instance()
const buyer = await it.client().signIn('buyer@demo.test'), other = await it.client().signIn('buyer2@demo.test')
const org = (await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")).org
const product = await it.one("SELECT p.id, MIN(l.id) AS plan FROM product p JOIN plan l ON l.product_id = p.id AND l.billing_mode = 'package' WHERE p.slug = 'lingxi-ocr' GROUP BY p.id")
const address = `${it.sandboxUrl}/api/lingxi-ocr/v1/invoice`
const many = n => Array.from({ length: n }, (_, i) => i)

/** A purchase of so many calls. */
let purchases = 0
async function bought(total, { begin = -1, end = 30, resource = 990000 + ++purchases } = {}) {
	const model = await it.one(`SELECT id FROM resource WHERE buyer_id = ${org} LIMIT 1`)
	await it.sql(`
		INSERT INTO resource (buyer_id, id, state, delivery, order_id, order_number, order_line, product_id, plan_id, provider_id, name, product_name, plan_name, quantity, unit, created_at, begin_at, end_at, main_id, trial, options)
		SELECT ${org}, ${resource}, 'in_use', 'none', order_id, order_number, order_line, ${product.id}, ${product.plan}, provider_id, 'API ${resource}', 'API', 'calls', 1, 'x', created_at,
		       NOW(6) + INTERVAL ${begin} DAY, NOW(6) + INTERVAL ${end} DAY, NULL, 0, '' FROM resource WHERE id = ${model.id};
		UPDATE org_counter SET resources = resources + 1 WHERE org_id = ${org};
		INSERT INTO api_quota (buyer_id, product_id, end_at, resource_id, begin_at, total) SELECT buyer_id, product_id, end_at, id, begin_at, ${total} FROM resource WHERE id = ${resource}`)
	return resource
}
const used = async id => +(await it.one(`SELECT used FROM api_quota WHERE resource_id = ${id}`)).used
/** Nothing bought of it but what the test buys. */
const clear = () => it.sql(`DELETE FROM api_call; DELETE q, r FROM api_quota q JOIN resource r ON r.id = q.resource_id WHERE r.id BETWEEN 990000 AND 999999;
	UPDATE org_counter c SET resources = (SELECT COUNT(*) FROM resource r WHERE r.buyer_id = c.org_id AND r.state = 'in_use') WHERE org_id = ${org}`)
await it.sql(`UPDATE api_quota SET end_at = '2020-01-01' WHERE buyer_id = ${org} AND product_id = ${product.id}`)

const key = { id: null, secret: null }
const sign = (algorithm, secret, text) => createHmac(algorithm.slice(5), secret).update(text).digest('base64')
function signed({ algorithm = 'hmac-sha256', date = new Date().toUTCString(), nonce = randomBytes(8).toString('hex'), id = key.id, secret = key.secret, names = ['x-date', 'x-nonce'], more = {} } = {}) {
	const headers = { 'x-date': date, 'x-nonce': nonce, ...more }
	const signature = sign(algorithm, secret, names.map(n => `${n}: ${headers[n]}`).join('\n'))
	return { ...headers, authorization: `hmac id="${id}", algorithm="${algorithm}", headers="${names.join(' ')}", signature="${signature}"` }
}
async function call(headers, url = address) {
	const a = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{"url":"https://files.example/receipt.png"}' })
	return { status: a.status, left: a.headers.get('x-quota-remaining'), why: a.headers.get('x-quota-refused'), text: await a.text() }
}
const said = async headers => { const a = await call(headers); return [a.status, a.why] }

const first = await bought(100)

test('DEL-13 the page of an API: its key, total usage, quotas, calls by day, documentation, a sample; another organisation has no such page', async () => {
	const at = `/console/resources/${first}`, page = await buyer.get(at)
	for (const words of ['总使用情况', '0/100', 'secretId', '每日调用次数', '调用示例', 'API 文档', '票据识别', 'openssl dgst -sha256']) assert.ok(page.text.includes(words), words)
	const { api } = (await buyer.json(at)).json
	assert.deepEqual([api.used, api.total, api.quotas.filter(q => q.open).length, api.doc.calls[0].address], [0, 100, 1, address])
	assert.match(page.html, /<svg[^]*<rect class="bar"/)
	const asks = await it.one(`SELECT r.id FROM resource r JOIN product p ON p.id = r.product_id AND p.slug = 'qinghe-enterprise' JOIN api_quota q ON q.resource_id = r.id WHERE r.buyer_id = ${org} LIMIT 1`)
	assert.ok((await buyer.get(`/console/resources/${asks.id}`)).text.includes("/v2/verify?name=…&code=…'"), 'what must be in the query stands in the sample')
	assert.ok((await buyer.get(at, { headers: { 'accept-language': 'en' } })).text.includes('Total usage'))
	for (const path of ['', '/key']) assert.equal((await other.get(at + path)).status, 404)
	const plain = await it.one(`SELECT id FROM resource WHERE buyer_id = ${org} AND product_id <> ${product.id} AND state = 'in_use' AND id NOT IN (SELECT resource_id FROM api_quota) LIMIT 1`)
	assert.equal((await buyer.get(`/console/resources/${plain.id}/key`)).status, 404)
	assert.equal((await buyer.json(`/console/resources/${plain.id}`)).json.api, null)
})

test('DEL-13 the key is shown on demand, with a confirmation, and that is in the audit log; it stands nowhere in clear', async () => {
	const at = `/console/resources/${first}/key`, show = { action: `${at}/reveal` }
	if (!(await buyer.json(at)).json.secret_id) await buyer.submit(at, { hours: '0' }, { action: at })
	const without = await buyer.submit(at, { confirm: null }, show)
	assert.equal(without.status, 422)
	assert.ok(without.text.includes('请先勾选确认'))
	const before = +(await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_kind = 'credential' AND event = 'reveal'`)).n
	const { json: seen } = await buyer.submit(at, { confirm: '1' }, { ...show, headers: { accept: 'application/json' } }).then(a => ({ json: JSON.parse(a.html) }))
	key.id = seen.secret_id
	key.secret = seen.secret_key
	assert.match(key.id, /^AKID[0-9a-f]{32}$/)
	assert.match(key.secret, /^[\w-]{43}$/)
	assert.equal(+(await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_kind = 'credential' AND event = 'reveal'`)).n, before + 1)
	assert.equal(+(await it.one(`SELECT COUNT(*) AS n FROM api_key WHERE LOCATE('${key.secret}', sealed)`)).n, 0)
	assert.ok(!(await buyer.get(`/console/resources/${first}`)).html.includes(key.secret))
})

test('API-1 DEL-14 a call signed with hmac-sha1 or hmac-sha256 over the named headers in their order passes, and is counted', async () => {
	const a = await call(signed())
	assert.deepEqual([a.status, a.left, JSON.parse(a.text).kind], [200, '99', 'vat_invoice'])
	assert.deepEqual(await call(signed({ algorithm: 'hmac-sha1', names: ['source', 'x-date'], more: { source: 'test' } })).then(x => [x.status, x.left]), [200, '98'])
	assert.equal(await used(first), 2)
	assert.ok((await buyer.get(`/console/resources/${first}`)).text.includes('2/100'))
})

test('DEL-13 the sample call works as it stands, once the key is filled in', async () => {
	const [, code] = /<pre class="code"[^>]*><code>([^]*?)<\/code>/.exec((await buyer.get(`/console/resources/${first}`)).html)
	const before = await used(first), ran = await program('bash', ['-c', `set -e\n${unescapeHtml(code).replace("secretKey='…'", `secretKey='${key.secret}'`).replace('curl ', 'curl -sS ')}`])
	assert.equal(JSON.parse(ran.stdout).kind, 'vat_invoice', ran.stderr)
	assert.equal(await used(first), before + 1)
})

test('DEL-13 what a provider names its parameters and where it says that it is, is no command of the buyer\'s shell', async () => {
	const { api_doc: before } = await it.one(`SELECT api_doc FROM product_text WHERE product_id = ${product.id}`), evil = "'; ran; echo '"
	const doc = JSON.parse(before), [c] = doc.calls, put = text => it.sql(`UPDATE product_text SET api_doc = X'${Buffer.from(text).toString('hex')}' WHERE product_id = ${product.id}`)
	c.address += `?at=${evil}`
	c.parameters = [{ place: 'query', name: "q'", type: 'string', required: true, description: '' }, { place: 'body', name: evil, type: 'string', required: true, description: '' }]
	await put(JSON.stringify(doc))
	const [, code] = /<pre class="code"[^>]*><code>([^]*?)<\/code>/.exec((await buyer.get(`/console/resources/${first}`)).html)
	await put(before)
	const ran = await program('bash', ['-c', `ran() { echo RAN; }; curl() { printf '%s\\n' "$@"; }\n${unescapeHtml(code)}`])
	assert.equal(ran.status, 0, ran.stderr)
	assert.ok(!ran.stdout.includes('RAN') && ran.stdout.includes(`?at=${evil}&q'=…`) && ran.stdout.includes(JSON.stringify(evil)), ran.stdout)
})

test('API-1 what is not signed, not so, not now, or again is refused with 401 and takes nothing', async () => {
	const once = signed(), minutes = n => new Date(Date.now() + n * 60e3).toUTCString()
	assert.equal((await call(once)).status, 200)
	const before = await used(first)
	assert.deepEqual(await said(once), [401, 'replayed'])
	assert.deepEqual(await said({}), [401, 'malformed'])
	assert.deepEqual(await said({ authorization: 'Basic x' }), [401, 'malformed'])
	assert.deepEqual(await said(signed({ date: minutes(-16) })), [401, 'stale'])
	assert.deepEqual(await said(signed({ date: minutes(16) })), [401, 'stale'])
	assert.deepEqual(await said(signed({ date: new Date().toISOString() })), [401, 'malformed'])
	assert.deepEqual(await said(signed({ secret: 'x' })), [401, 'signature'])
	assert.deepEqual(await said(signed({ id: 'AKID0' })), [401, 'signature'])
	assert.deepEqual(await said({ ...signed(), 'x-nonce': 'other' }), [401, 'signature'])
	assert.deepEqual(await said({ ...signed(), 'x-date': minutes(1) }), [401, 'signature'])
	const { 'x-nonce': _, ...without } = signed()
	assert.deepEqual(await said(without), [401, 'malformed'])
	assert.equal(await used(first), before)
	assert.deepEqual(await said(signed({ date: minutes(-14) })), [200, null])
})

test('API-1 DEL-14 the same call sent 16 times at once is granted once; calls that arrive in another order than they were signed in are each granted, once', async () => {
	const before = await used(first), once = signed(), same = await parallel(16, () => said(once))
	assert.deepEqual([same.filter(([status]) => status === 200).length, same.filter(([status, why]) => status === 401 && why === 'replayed').length], [1, 15])
	const calls = many(8).map(i => signed({ date: new Date(Date.now() - i * 60e3).toUTCString() }))
	for (const c of calls) assert.equal((await call(c)).status, 200)
	for (const c of calls.reverse()) assert.deepEqual(await said(c), [401, 'replayed'])
	assert.equal(await used(first), before + 9)
	const { 'x-date': date, 'x-nonce': nonce, authorization } = signed(), other = authorization.replace('x-date x-nonce', 'x-nonce x-date')
	assert.deepEqual(await said({ 'x-date': date, 'x-nonce': nonce, authorization: other }), [401, 'signature'], 'the order of the names is signed too')
	assert.deepEqual([(await call({ 'x-nonce': nonce, 'x-date': date, authorization })).status, (await said({ 'x-date': date, 'x-nonce': nonce, authorization: authorization.replace(', signature', ',signature') }))[1]], [200, 'replayed'])
})

test('DEL-14 another product, a freeze, an ended period are 403', async () => {
	const before = await used(first)
	assert.deepEqual(await call(signed(), `${it.sandboxUrl}/api/lingxi-asr/v1/invoice`).then(a => [a.status, a.why]), [403, 'other_product'])
	for (const kind of ['arrears', 'violation', 'police']) {
		await it.sql(`UPDATE org SET freeze_kind = '${kind}' WHERE id = ${org}`)
		assert.deepEqual(await said(signed()), [403, 'frozen'])
	}
	await it.sql(`UPDATE org SET freeze_kind = NULL WHERE id = ${org}`)
	for (const set of ['end_at = NOW(6) - INTERVAL 1 SECOND', 'end_at = NOW(6) + INTERVAL 30 DAY, begin_at = NOW(6) + INTERVAL 1 DAY', 'begin_at = NOW(6) - INTERVAL 1 DAY, open = 0']) {
		await it.sql(`UPDATE api_quota SET ${set} WHERE resource_id = ${first}`)
		assert.deepEqual(await said(signed()), [403, 'ended'])
	}
	await it.sql(`UPDATE api_quota SET open = 1 WHERE resource_id = ${first}`)
	assert.equal(await used(first), before)
	assert.equal((await call(signed())).status, 200)
})

test('DEL-14 64 callers at once get exactly what there is, first from what ends first; the rest 429; the buyer is told once that little is left', async () => {
	await clear()
	await it.sql(`UPDATE api_key SET low = 0 WHERE buyer_id = ${org}`)
	const late = await bought(30, { end: 60 }), soon = await bought(70, { end: 5 })
	const half = await parallel(64, () => call(signed()))
	assert.deepEqual(half.map(a => a.status), many(64).map(() => 200))
	assert.equal(new Set(half.map(a => a.left)).size, 64, 'each has its own place in the quota')
	assert.deepEqual([await used(soon), await used(late)], [64, 0])
	const rest = await parallel(64, () => call(signed()))
	assert.deepEqual([rest.filter(a => a.status === 200).length, rest.filter(a => a.status === 429 && a.why === 'used_up').length], [36, 28])
	assert.deepEqual([await used(soon), await used(late)], [70, 30])
	assert.equal(+(await it.one(`SELECT COUNT(*) AS n FROM api_call`)).n, 100)
	const told = () => it.sql(`SELECT id FROM message WHERE org_id = ${org} AND event = 'quota_low' GROUP BY id`)
	await until(async () => (await told()).length, 'the message')
	assert.equal(+(await it.one(`SELECT COUNT(*) AS n FROM outbox WHERE kind = 'notify' AND action = 'quota_low'`)).n, 1)
})

test('DEL-13 a replaced key: both are good for the hours that were named, then only the new one', async () => {
	await clear()
	const id = await bought(50), at = `/console/resources/${id}/key`, old = { ...key }
	for (const hours of ['-1', '169', 'x', '']) assert.equal((await buyer.submit(at, { hours }, { action: at })).status, 422, hours)
	assert.equal((await buyer.submit(at, { hours: '1' }, { action: at })).status, 303)
	key.secret = JSON.parse((await buyer.submit(at, { confirm: '1' }, { action: `${at}/reveal`, headers: { accept: 'application/json' } })).html).secret_key
	assert.notEqual(key.secret, old.secret)
	assert.deepEqual([(await call(signed())).status, (await call(signed({ secret: old.secret }))).status], [200, 200])
	await it.sql(`UPDATE api_key SET old_until = NOW(6) WHERE buyer_id = ${org}`)
	assert.deepEqual([(await call(signed())).status, (await call(signed({ secret: old.secret }))).status], [200, 401])
	assert.equal((await buyer.submit(at, { hours: '0' }, { action: at })).status, 303)
	assert.deepEqual(await said(signed()), [401, 'signature'])
	key.secret = JSON.parse((await buyer.submit(at, { confirm: '1' }, { action: `${at}/reveal`, headers: { accept: 'application/json' } })).html).secret_key
})

test('DEL-14 workers killed while calls are checked: what was granted is counted, each once', async () => {
	await clear()
	const id = await bought(100000)
	let killing = true, killed = 0
	const killer = (async () => {
		for (; killing; await new Promise(yes => setTimeout(yes, 60))) {
			const [pid] = await it.workers('callback')
			if (pid) { process.kill(pid, 'SIGKILL'); killed++ }
		}
	})()
	const answers = (await parallel(6, async () => { const seen = []; for (let i = 0; i < 40; i++) seen.push(await call(signed()).catch(() => ({ status: 0 }))); return seen })).flat()
	killing = false
	await killer
	const granted = answers.filter(a => a.status === 200).length, taken = await used(id)
	assert.ok(killed >= 3 && granted >= 100, `${killed} killed, ${granted} granted`)
	assert.ok(taken >= granted && taken <= answers.length, `${granted} granted, ${taken} counted`)
	assert.equal(+(await it.one('SELECT COUNT(*) AS n FROM api_call')).n, taken)
})

test('DEL-15 a provider\'s own gateway reports usage in batches: each record once, errors by record, never more than is left', async () => {
	const slug = 'lingxi-asr', secret = readFileSync(path.join(it.folder, 'secret/provider_token'), 'utf8'), now = Math.floor(Date.now() / 1000)
	const asr = await it.one(`SELECT p.id FROM product p WHERE slug = '${slug}'`)
	await it.sql(`UPDATE api_quota SET end_at = '2020-01-01' WHERE product_id = ${asr.id}`)
	const id = await bought(10, { end: 3 }), next = await bought(10, { end: 9 })
	await it.sql(`UPDATE resource r JOIN api_quota q ON q.resource_id = r.id SET r.product_id = ${asr.id}, q.product_id = ${asr.id} WHERE r.id IN (${id}, ${next})`)
	const at = `/console/resources/${id}/key`
	if (!(await buyer.json(at)).json.secret_id) await buyer.submit(at, { hours: '0' }, { action: at })
	const { secret_id: caller } = (await buyer.json(at)).json
	async function report(body, { key = secret, t = now, product = slug, event = 'b1', type = 'application/json' } = {}) {
		const text = typeof body === 'string' ? body : JSON.stringify(body)
		const v1 = createHmac('sha256', key).update(`${t}.${event}.${createHash('sha256').update(text).digest('hex')}`).digest('hex')
		const a = await fetch(`${it.url}/usage?eventId=b1`, { method: 'POST', body: text, headers: { 'content-type': type, 'x-yunshi-product': product, 'x-yunshi-signature': `t=${t},v1=${v1}` } })
		return { status: a.status, results: a.status === 200 ? (await a.json()).records.map(r => `${r.id} ${r.result}`) : await a.text() }
	}
	const record = (id, calls, more = {}) => ({ id, secret_id: caller, calls, at: now, ...more })
	const batch = { records: [record('r1', 7), record('r2', 5), record('r3', 9), record('r1', 7), record('r4', 1, { secret_id: key.id }), record('r5', 1, { secret_id: 'AKID0' }), record('r6', 0), record('r7', 1, { at: now - 32 * 86400 }),
		record('r8', 1, { at: now + 3600 }), record('r9', -1), record('r'.repeat(65), 1), record('r 1', 1), { id: 'r10' }, 'x', record('r11', 8)] }
	const expected = ['r1 counted', 'r2 counted', 'r3 used_up', 'r1 known', 'r4 unknown', 'r5 unknown', 'r6 malformed', 'r7 time', 'r8 time', 'r9 malformed', 'null malformed', 'null malformed', 'r10 malformed', 'null malformed', 'r11 counted']
	assert.deepEqual((await report(batch)).results, expected)
	assert.deepEqual([await used(id), await used(next)], [10, 10], 'what ends first first, over two purchases')
	const again = await parallel(8, () => report(batch))
	for (const a of again) assert.deepEqual(a.results.filter(r => r.endsWith('counted')), [])
	assert.deepEqual([await used(id), await used(next)], [10, 10])
	for (const [why, a] of [['another secret', { key: 'x' }], ['another time', { t: now - 3600 }], ['another event', { event: 'b2' }], ['another product', { product: 'lingxi-ocr' }], ['no product', { product: 'none' }]])
		assert.equal((await report(batch, a)).status, 401, why)
	for (const bad of ['', '{', '[]', '{}', '{"records":[]}', '{"records":{}}', '{"records":[],"records":[]}']) assert.equal((await report(bad)).status, 400, bad)
	assert.equal((await report({ records: many(201).map(i => record(`m${i}`, 1)) })).status, 413)
	assert.equal((await report(batch, { type: 'text/plain' })).status, 415)
	assert.ok((await buyer.get(`/console/resources/${id}`)).text.includes('20/20'))
})

test('DEL-14 old calls are added up by day and can still not be made again; the books of calls hold', async () => {
	const day = async () => +((await it.sql(`SELECT SUM(calls) AS n FROM api_day WHERE buyer_id = ${org} AND product_id = ${product.id}`))[0].n ?? 0)
	const n = +(await it.one('SELECT COUNT(*) AS n FROM api_call')).n
	const before = await day()
	await it.sql('UPDATE api_call SET dated_at = dated_at - INTERVAL 1 HOUR')
	await until(async () => await day() === before + n, 'folded', 60)
	assert.equal(+(await it.one('SELECT COUNT(*) AS n FROM api_call')).n, 0)
	assert.match(await it.yunshi('audit'), / 0 breaches/)
	await it.sql(`UPDATE api_day SET calls = calls + 1 WHERE buyer_id = ${org} AND product_id = ${product.id} LIMIT 1`)
	assert.match(await it.yunshi('audit').catch(e => e.message), /api_used/)
})
