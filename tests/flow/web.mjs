// The engine as a client sees it: addresses, methods, heads, tokens, languages, errors; and pools that change their program.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, parallel, program, test, until } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const json = { accept: 'application/json' }
const ask = (method, target, options) => it.once('buyer', method, target, options)
const form = { 'content-type': 'application/x-www-form-urlencoded' }

test('IFC-4 404 and 405 are whole pages with a number, and problem details for programs', async () => {
	const page = await ask('GET', '/nothing/here')
	assert.equal(page.status, 404)
	assert.match(page.html, /<html lang="zh-CN">/)
	const number = page.headers['x-request-id']
	assert.match(number, /^[0-9a-f]{32}$/)
	assert.ok(page.html.includes(number))
	const problem = await ask('GET', '/nothing/here', { headers: json })
	assert.equal(problem.headers['content-type'], 'application/problem+json')
	const { status, code, reference, title, detail } = JSON.parse(problem.html)
	assert.deepEqual([status, code, reference], [404, 'not_found', problem.headers['x-request-id']])
	assert.ok(title && detail)
	const method = await ask('POST', '/healthz', { headers: json })
	assert.equal(method.status, 405)
	assert.equal(method.headers.allow, 'GET, HEAD')
	assert.equal((await ask('DELETE', '/healthz')).status, 405)
})

test('IFC-10 the number of an error stands in the log, and the query does not', async () => {
	const page = await it.client().get('/nothing/here?token=very-secret')
	const log = () => readdirSync(it.is.log).map(f => readFileSync(path.join(it.is.log, f), 'utf8')).join('\n')
	await until(() => log().includes(`request=${page.headers['x-request-id']}`), 'the line in the log')
	assert.ok(!log().includes('very-secret'))
})

test('IFC-1 HEAD has the head of GET and no body', async () => {
	const get = await ask('GET', '/healthz'), head = await ask('HEAD', '/healthz')
	assert.deepEqual([head.status, head.html, head.headers['content-length']], [200, '', get.headers['content-length']])
})

test('IFC-4 an address that has two spellings is refused', async () => {
	for (const target of ['/a//b', '/a/../b', '/./a', '/a%2fb', '/a%00', '/%zz', '/%ff', 'healthz', ''])
		assert.equal((await ask('GET', target)).status, 400, target)
	assert.equal((await ask('GET', '/healthz/')).status, 404)
	assert.equal((await ask('GET', '/' + 'a'.repeat(9000))).status, 413)
})

test('S-14 every answer tells browsers what they may not do with it', async () => {
	for (const target of ['/healthz', '/nothing', '/console']) {
		const { headers } = await ask('GET', target)
		assert.match(headers['content-security-policy'], /^default-src 'none'; .*frame-ancestors 'none'; base-uri 'none'$/, target)
		assert.doesNotMatch(headers['content-security-policy'], /unsafe/)
		assert.deepEqual([headers['x-content-type-options'], headers['x-frame-options'], headers['referrer-policy'], headers['cross-origin-opener-policy']],
			['nosniff', 'DENY', 'same-origin', 'same-origin'])
		assert.equal(headers['cache-control'], 'no-store')
	}
})

test('S-14 behind https: only https for a year, and cookies that belong to this host alone', async () => {
	process.env.YUNSHI_PLATFORM_BASE_URL = 'https://market.example.com'
	try {
		const { headers } = await ask('GET', '/login')
		assert.equal(headers['strict-transport-security'], 'max-age=31536000; includeSubDomains')
		assert.match(headers['set-cookie'], /^__Host-yunshi-visitor=\w+; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
	} finally { delete process.env.YUNSHI_PLATFORM_BASE_URL }
})

test('IFC-4 who is not signed in is sent to sign in and back; a program is told 401', async () => {
	const page = await ask('GET', '/console/settings/sessions?a=%E4%BA%91')
	assert.equal(page.status, 303)
	assert.equal(page.headers.location, '/login?back=' + encodeURIComponent('/console/settings/sessions?a=%E4%BA%91'))
	const problem = await ask('GET', '/console/settings/sessions', { headers: json })
	assert.equal(problem.status, 401)
	assert.equal(JSON.parse(problem.html).code, 'unauthenticated')
	assert.equal((await ask('GET', '/console/settings/sessions', { headers: { cookie: 'yunshi=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } })).status, 303)
})

test('IFC-6 Chinese or English: the cookie, else Accept-Language, else Chinese', async () => {
	const lang = async headers => (await ask('GET', '/nothing', { headers })).html.match(/<html lang="([^"]+)"/)[1]
	assert.equal(await lang({}), 'zh-CN')
	assert.equal(await lang({ 'accept-language': 'en-GB,en;q=0.9' }), 'en')
	assert.equal(await lang({ 'accept-language': 'fr' }), 'zh-CN')
	assert.equal(await lang({ 'accept-language': 'zh', cookie: 'yunshi-language=en' }), 'en')
})

test('IFC-6 the switch of languages leads back to a page of ours and to no other', async () => {
	const change = body => ask('POST', '/language', { headers: form, body })
	const done = await change('lang=en&back=/products?q=a')
	assert.deepEqual([done.status, done.headers.location], [303, '/products?q=a'])
	assert.match(done.headers['set-cookie'], /^yunshi-language=en; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
	for (const back of ['https://evil.test/', '//evil.test/', '/\\evil.test'])
		assert.equal((await change(`lang=en&back=${back}`)).headers.location, '/', back)
	assert.equal((await change('lang=en&back=/%0d%0aX:%20y')).status, 422)
	assert.equal((await change('lang=tlh&back=/')).status, 400)
})

test('S-14 a change without the token, with another visitor\'s, or from another site is refused', async () => {
	const shown = await ask('GET', '/login')
	const cookie = shown.headers['set-cookie'].split(';')[0]
	const csrf = shown.html.match(/name="csrf" value="([0-9a-f]{64})"/)[1]
	const send = (fields, headers = {}) => ask('POST', '/login', { headers: { ...form, cookie, ...headers }, body: new URLSearchParams({ name: '', password: '', ...fields }).toString() })
	assert.equal((await send({ csrf })).status, 422)
	assert.equal((await send({})).status, 403)
	assert.equal((await send({ csrf: csrf.replace(/^./, c => c === '0' ? '1' : '0') })).status, 403)
	assert.equal((await send({ csrf }, { cookie: 'yunshi-visitor=00000000000000000000000000000000' })).status, 403)
	assert.equal((await send({ csrf }, { origin: 'https://evil.test' })).status, 403)
	assert.equal((await send({ csrf }, { 'sec-fetch-site': 'cross-site' })).status, 403)
	assert.equal((await send({ csrf }, { origin: it.url, 'sec-fetch-site': 'same-origin' })).status, 422)
})

test('IFC-4 a refused form is its page again, with what was typed and links to what is wrong', async () => {
	const shown = await ask('GET', '/login')
	const cookie = shown.headers['set-cookie'].split(';')[0]
	const csrf = shown.html.match(/name="csrf" value="([0-9a-f]{64})"/)[1]
	const body = new URLSearchParams({ csrf, name: '"><b>somebody', password: '' }).toString()
	const page = await ask('POST', '/login', { headers: { ...form, cookie }, body })
	assert.equal(page.status, 422)
	assert.match(page.html, /<title>错误：/)
	assert.match(page.html, /<a href="#password">/)
	assert.ok(page.html.includes('value="&quot;&gt;&lt;b&gt;somebody"'))
	const problem = await ask('POST', '/login', { headers: { ...form, ...json, cookie, 'x-csrf-token': csrf }, body })
	assert.equal(problem.status, 422)
	assert.deepEqual(JSON.parse(problem.html).errors.map(e => [e.field, e.code]), [['password', 'field.required']])
	const asJson = await ask('POST', '/login', { headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf }, body: '{"name":7}' })
	assert.deepEqual(JSON.parse(asJson.html).errors.map(e => [e.field, e.code]), [['name', 'field.type'], ['password', 'field.required']])
})

test('IFC-4 bodies: 415 for what no form is, 413 above the bound, 400 for rubbish and bad keys', async () => {
	const shown = await ask('GET', '/login')
	const cookie = shown.headers['set-cookie'].split(';')[0]
	const csrf = shown.html.match(/name="csrf" value="([0-9a-f]{64})"/)[1]
	const send = async (headers, body) => (await ask('POST', '/login', { headers: { cookie, 'x-csrf-token': csrf, ...headers }, body })).status
	assert.equal(await send({ 'content-type': 'text/plain' }, 'name=a'), 415)
	assert.equal(await send(form, 'name=' + 'a'.repeat(1 << 20)), 413)
	assert.equal(await send({ 'content-type': 'application/json' }, '{"name":'), 400)
	assert.equal(await send(form, 'name=%zz'), 400)
	assert.equal(await send(form, Array(3000).fill('a=1').join('&')), 400)
	for (const key of ['short', 'a'.repeat(129), 'with space', 'ü'.repeat(8)])
		assert.equal(await send({ ...form, 'idempotency-key': key }, 'name=a'), 400, key)
	assert.equal(await send({ ...form, 'idempotency-key': 'a'.repeat(128) }, 'name=a'), 422)
})

test('IFC-8 commands: help for each, wrong usage is 2', async () => {
	for (const command of ['web', 'jobs', 'migrate', 'audit', 'user', 'demo', 'clock', 'config']) {
		const help = await program(it.is.program, [command, '--help'])
		assert.equal(help.status, 0, command)
		assert.match(help.stdout, new RegExp(`^usage: yunshi ${command} `))
		assert.equal((await program(it.is.program, [command, '--surprise'])).status, 2, command)
	}
	assert.match((await program(it.is.program, ['--version'])).stdout, /^yunshi \d/)
	assert.equal((await program(it.is.program, [])).status, 2)
	assert.equal((await program(it.is.program, ['web', '--pool', 'nobody'])).status, 2)
	assert.equal((await program(it.is.program, ['web', '--pool', 'buyer', '--workers', '2'])).status, 2)
})

test('IFC-8 a pool takes a new program and new settings without losing a request', async () => {
	const before = await it.workers('buyer')
	let on = true
	const readers = parallel(4, async () => {
		const client = it.client(), seen = []
		while (on) seen.push((await client.get('/healthz')).status)
		return seen
	})
	it.kill('buyer', 'SIGHUP')
	await until(async () => { const now = await it.workers('buyer'); return now.length === before.length && now.every(p => !before.includes(p)) }, 'new workers')
	on = false
	const seen = (await readers).flat()
	assert.ok(seen.length > 10)
	assert.deepEqual(seen.filter(s => s !== 200 && s !== 429), [])
})

test('IFC-4 ACC-3 characters that no number or code has find nothing, and are no error', async () => {
	const buyer = await it.client().signIn('buyer@demo.test')
	for (const path of ['/products/%E4%B8%AD', '/agreements/%E4%B8%AD', '/console/orders/%E4%B8%AD', '/console/orders/%E4%B8%AD/pay', '/console/payments/P%E4%B8%AD', '/console/resources/%E4%B8%AD'])
		assert.equal((await buyer.get(path)).status, 404, path)
	for (const query of ['/products?category=%E4%B8%AD', '/console/orders?category=%E4%B8%AD']) {
		const answer = await buyer.json(query)
		assert.deepEqual([answer.status, answer.json.items], [200, []], query)
	}
})
