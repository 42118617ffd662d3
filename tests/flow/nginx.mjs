// The web server in front: what it keeps, what it refuses, what it hands on.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, parallel, test, until } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer callback nginx' })
const logged = answer => until(() => readFileSync(path.join(it.is.log, 'access.log'), 'utf8').split('\n').find(l => l.includes(answer.headers['x-request-id'])), 'the line in the log')

test('CAT-6 the storefront is kept for a second for visitors without cookies, and only for them', async () => {
	// a page that was kept bears the request id of the one that it was made for
	const ids = async headers => (await parallel(8, () => it.client(headers).get('/products'))).map(a => a.headers['x-request-id'])
	assert.ok(new Set(await ids()).size <= 2)
	assert.equal(new Set(await ids({ cookie: 'a=b' })).size, 8)
	assert.equal(new Set(await ids({ authorization: 'Bearer x' })).size, 8)
	const [first] = await ids()
	await until(async () => (await ids())[0] !== first, 'a new page', 3)
})

test('IFC-6 what is kept is kept for each language, IFC-1 and for pages and programs apart', async () => {
	const [chinese, english, json] = await Promise.all([{}, { 'accept-language': 'en' }, { accept: 'application/json' }].map(h => it.client(h).get('/products')))
	assert.match(chinese.html, /<html lang="zh-CN"/)
	assert.match(english.html, /<html lang="en"/)
	assert.ok(Array.isArray(json.json.items))
})

test('IFC-6 what a reader chose or who is signed in never stands in the page of another', async () => {
	const paths = ['/', '/products', '/products?category=saas', '/products/yuanshan-guard', `/providers/${(await it.one("SELECT provider_id AS id FROM product WHERE slug = 'yuanshan-guard'")).id}`, '/agreements/platform']
	const english = it.client({ cookie: 'yunshi-language=en' }), buyer = await it.client().signIn('buyer@demo.test'), { name } = await it.one("SELECT name FROM person WHERE email = 'buyer@demo.test'")
	for (const path of paths) {
		const pages = await parallel(12, async i => [it.client(), english, buyer, it.client({ 'accept-language': 'en' })][i % 4].get(path))
		for (const [i, page] of pages.entries()) {
			assert.equal(page.status, 200, path)
			assert.match(page.html, [/<html lang="zh-CN"/, /<html lang="en"/, /<html lang="zh-CN"/, /<html lang="en"/][i % 4], `${path} ${i}`)
			assert.equal(page.text.includes(name), i % 4 === 2, `${path} ${i}`)
			assert.match(page.headers['cache-control'], i % 4 === 2 ? /^no-store$/ : /^public, max-age=\d+$/, path)
			if (i % 4 !== 2) assert.match(page.headers.vary, /Accept-Language/)
		}
	}
	await buyer.submit('/products', {}, { action: '/logout' })
	assert.ok(!(await it.client().get('/products')).text.includes(name))
})

test('CAT-12 a provider\'s page is the storefront\'s, the portal of providers is not', async () => {
	assert.equal((await it.client().get('/providers/1')).status, 404)
	assert.equal((await it.client().get('/providers/1')).headers['x-request-id'].length, 32)
	assert.equal((await it.client().get('/provider')).status, 502)	// no pool of providers here
})

test('IFC-4 a notification above 64 kB is refused before a worker reads it', async () => {
	const large = await it.client().request('POST', '/callback/wechat', { headers: { 'content-type': 'text/xml' }, body: 'x'.repeat(65537) })
	assert.equal(large.status, 413)
	const program = await it.client().request('POST', '/callback/wechat', { headers: { 'content-type': 'text/xml', accept: 'application/json' }, body: 'x'.repeat(65537) })
	assert.equal(program.headers['content-type'], 'application/problem+json')
	assert.equal(program.json.status, 413)
})

test('files with the hash of their content in the address are kept for ever, others are asked for again', async () => {
	const page = (await it.client().get('/login')).html
	const [css] = /\/static\/[^"]+\.css\?v=\w+/.exec(page)
	const kept = await it.client().get(css)
	assert.equal(kept.headers['content-type'], 'text/css')
	assert.match(kept.headers['cache-control'], /immutable/)
	assert.deepEqual([kept.headers['x-content-type-options'], kept.headers['content-security-policy']], ['nosniff', "default-src 'none'; frame-ancestors 'none'"])
	assert.equal((await it.client().get(css.split('?')[0])).headers['cache-control'], 'no-cache')
	assert.equal((await it.client().get('/static/../yunshi.conf')).status >= 400, true)
	assert.equal((await it.client().get('/.git/config')).status, 404)
	assert.equal((await it.client().get('/static/')).status, 403)
	assert.equal((await it.client().request('TRACE', '/')).status, 405)
})

test('IFC-10 a request has one id: in the answer, in the log of the web server, in that of the worker', async () => {
	const answer = await it.client().get('/login')
	assert.match(answer.headers['x-request-id'], /^[0-9a-f]{32}$/)
	assert.match(await logged(answer), /path="\/login" status=200/)
	const worker = readFileSync(path.join(it.is.log, 'buyer.log'), 'utf8')
	assert.match(worker.split('\n').find(l => l.includes(answer.headers['x-request-id'])), /route=\/login status=200/)
})

test('/metrics answers here, where only this machine can ask', async () => {
	assert.equal((await it.client().get('/metrics')).status, 200)
	assert.equal(new URL(it.url).hostname, '127.0.0.1')
})
