// A call of an API tried from the page of its resource: signed, made once by the jobs, shown (DEL-13).
import { createHmac } from 'node:crypto'
import http from 'node:http'
import { assert, atEnd, fill, instance, parallel, program, test, until } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer callback sandbox nginx' })
const buyer = await it.client().signIn('buyer@demo.test'), other = await it.client().signIn('buyer2@demo.test')
const own = await it.one(`SELECT q.resource_id AS id, q.product_id AS product, q.buyer_id AS org FROM api_quota q JOIN product p ON p.id = q.product_id AND p.slug = 'lingxi-ocr'
	JOIN member m ON m.org_id = q.buyer_id JOIN person x ON x.id = m.person_id AND x.email = 'buyer@demo.test' WHERE q.open = 1 AND q.begin_at <= NOW(6) AND q.end_at > NOW(6) LIMIT 1`)
const home = `/console/resources/${own.id}/try`
const left = async () => +(await it.one(`SELECT SUM(total - used) AS n FROM api_quota WHERE buyer_id = ${own.org} AND product_id = ${own.product} AND open = 1 AND begin_at <= NOW(6) AND end_at > NOW(6)`)).n
/** One round of the jobs; other settings in env. */
const jobs = async env => { const a = await program(it.is.program, ['jobs', '--config', it.is.config, '--once', '--only', 'api_try'], { env: { ...it.env(), ...env } }); assert.equal(a.status, 0, a.stderr) }
const forget = () => it.sql('DELETE FROM api_try')

// The API of a provider that is not behind the platform's check, and goes wrong in every way.
const heard = []
let act = (_req, res) => res.end()
const server = http.createServer((req, res) => {
	let body = ''
	req.setEncoding('utf8').on('data', d => { body += d }).on('end', () => { heard.push({ method: req.method, url: req.url, headers: req.headers, body }); act(req, res) })
})
await new Promise(yes => server.listen(0, '127.0.0.1', yes))
atEnd(() => new Promise(yes => { server.close(yes); server.closeAllConnections() }))
const upstream = `http://127.0.0.1:${server.address().port}`
const call = (name, method, address, parameters = []) => ({
	name, method, address, returns: 'application/json', description: '', codes: [], samples: [],
	parameters: parameters.map(([place, name, required = false]) => ({ place, name, type: 'string', required, description: `about ${name}` })),
})
const { api_doc: doc } = await it.one(`SELECT api_doc FROM product_text WHERE product_id = ${own.product}`)
const calls = [...JSON.parse(doc).calls, call('read', 'get', `${upstream}/v1/{area}/items`, [['path', 'area', true], ['query', 'q', true], ['query', '页'], ['header', 'X-Tag'], ['header', 'Authorization'], ['header', 'a b'], ['body', 'none']]),
	call('write', 'put', `${upstream}/v1/items`, [['body', 'item', true]]), call('odd', 'get', `ftp://127.0.0.1/${'x'.repeat(20)}`)]
await it.sql(`UPDATE product_text SET api_doc = X'${Buffer.from(JSON.stringify({ calls })).toString('hex')}' WHERE product_id = ${own.product}`)
const [OCR, READ, WRITE, ODD] = [1, calls.length - 2, calls.length - 1, calls.length].map(n => `${home}/${n}`)
/** Sends the form and lets the jobs work: the page's JSON. */
async function tried(page, fields, env) {
	const sent = await buyer.submit(page, fields, { action: page })
	assert.equal(sent.status, 303, sent.text)
	await jobs(env)
	return { at: sent.location, ...(await buyer.json(sent.location)).json }
}
const good = { value: 'tag', 'value.2': 'a&b=c', 'value.3': '2', 'value.4': '华东' }

test('DEL-13 a tried call passes the check of the platform: signed with the key, its answer is shown, one call is taken', async () => {
	const before = await left(), sent = await buyer.submit(OCR, { body: '{"url":"https://files.example/receipt.png"}' }, { action: OCR })
	assert.match(sent.location, new RegExp(`${OCR}\\?of=\\d+$`))
	const waiting = await buyer.get(sent.location)
	for (const words of ['等待发送', '刷新结果', 'data-poll=']) assert.ok(waiting.html.includes(words), words)
	assert.equal(await left(), before, 'a page calls nobody')
	await jobs()
	const m = (await buyer.json(sent.location)).json, { result } = m
	assert.deepEqual([m.state, result.status, result.taken, result.left, JSON.parse(result.answer).kind], ['answered', 200, true, before - 1, 'vat_invoice'])
	assert.equal(await left(), before - 1)
	assert.match(result.request, /^POST http:.*\nx-date: .* GMT\nx-nonce: \w{16}\nAuthorization: hmac id="AKID\w+", algorithm="hmac-sha256", headers="x-date x-nonce", signature="[\w+/=]{44}"\n\n\{"url"/)
	const page = await buyer.get(sent.location)
	for (const words of ['HTTP 200', `已从套餐扣减 1 次，剩余 ${before - 1} 次`, 'vat_invoice']) assert.ok(page.text.includes(words), words)
	assert.ok(!page.html.includes('data-poll'))
	await jobs()
	assert.equal(await left(), before - 1, 'made once')
	assert.ok((await buyer.get(sent.location, { headers: { 'accept-language': 'en' } })).text.includes('One call was taken from your quota'))
	assert.ok((await buyer.get(`/console/resources/${own.id}`)).html.includes(`href="${OCR}"`))
})

test('DEL-13 what the buyer fills in stands at its place, encoded; the form is filled again; what the platform sets itself is no field', async () => {
	act = (_req, res) => { res.setHeader('content-type', 'application/json'); res.end('{"ok":"<b>"}\r\n') }
	const m = await tried(READ, good), { method, url, headers, body } = heard.at(-1)
	assert.deepEqual([method, url, headers['x-tag'], body, headers['content-type']], ['GET', `/v1/${encodeURIComponent('华东')}/items?q=a%26b%3Dc&%E9%A1%B5=2`, 'tag', '', undefined])
	assert.deepEqual([m.state, m.result.status, m.result.type, m.result.answer, m.result.taken], ['answered', 200, 'application/json', '{"ok":"<b>"}\n', false])
	assert.deepEqual(m.fields.map(f => f.value), Object.values(good))
	assert.ok((await buyer.get(m.at)).html.includes('&lt;b&gt;'))
	const { id, signature } = /id="(?<id>[^"]+)".*signature="(?<signature>[^"]+)"/.exec(headers.authorization).groups
	const shown = await buyer.submit(`/console/resources/${own.id}/key`, { confirm: '1' }, { action: `/console/resources/${own.id}/key/reveal`, headers: { accept: 'application/json' } }).then(a => a.json)
	assert.equal(id, shown.secret_id)
	assert.equal(signature, createHmac('sha256', shown.secret_key).update(`x-date: ${headers['x-date']}\nx-nonce: ${headers['x-nonce']}`).digest('base64'))
	await tried(WRITE, { body: ' {"item": "一"} ' })
	assert.deepEqual([heard.at(-1).method, JSON.parse(heard.at(-1).body).item, heard.at(-1).headers['content-type']], ['PUT', '一', 'application/json; charset=utf-8'])
	await forget()
})

test('DEL-13 what is wrong is told at its field, with what was typed; nothing is called', async () => {
	const asked = heard.length
	for (const [page, fields, field, words] of [
		[READ, { ...good, 'value.4': '' }, 'value.4', '此项必填'], [READ, { ...good, 'value.4': '..' }, 'value.4', '路径参数不能是'], [READ, { ...good, 'value.2': '' }, 'value.2', '此项必填'],
		[READ, { ...good, 'value.3': 'x'.repeat(201) }, 'value.3', '最多 200 个字符'], [READ, { ...good, value: '云' }, 'value', 'ASCII'], [READ, { ...good, value: 'a\r\nHost: b' }, 'value', ''],
		[WRITE, { body: '' }, 'body', '此项必填'], [WRITE, { body: '{"item":' }, 'body', '不是有效的 JSON'], [WRITE, { body: `"${'x'.repeat(8000)}"` }, 'body', '最多 8000 个字符'],
	]) {
		const a = await buyer.submit(page, fields, { action: page })
		assert.deepEqual([a.status, a.html.includes(`id="${field}-error"`), a.text.includes(words)], [422, true, true], `${field} ${words}`)
		if (field !== 'body' && !fields[field].includes('\n')) assert.ok(a.html.includes(`value="${fields[field]}"`))
	}
	await jobs()
	assert.equal(heard.length, asked)
	assert.equal((await it.sql('SELECT id FROM api_try')).length, 0)
})

test('DEL-13 another organisation, a reader, a resource that is no API and a call that is not there: no such page', async () => {
	const { at } = await tried(READ, good), plain = await it.one(`SELECT id FROM resource WHERE buyer_id = ${own.org} AND product_id <> ${own.product} AND id NOT IN (SELECT resource_id FROM api_quota) LIMIT 1`)
	for (const path of [READ, at]) assert.equal((await other.get(path)).status, 404)
	for (const path of [`${home}/0`, `${home}/${calls.length + 1}`, `${home}/x`, `${READ}?of=1`, `${READ}?of=x`, `/console/resources/${plain.id}/try/1`]) assert.equal((await buyer.get(path)).status, 404, path)
	await it.sql(`UPDATE member SET roles = 8 WHERE org_id = ${own.org}`)
	assert.deepEqual([(await buyer.get(READ)).status, (await buyer.get(`/console/resources/${own.id}`)).html.includes(`href="${OCR}"`)], [403, false])
	await it.sql(`UPDATE member SET roles = 1 WHERE org_id = ${own.org}`)
	await forget()
})

test('DEL-13 sent twice it is one call; ten a minute and not more, at once or one after the other', async () => {
	const asked = heard.length, form = fill((await buyer.get(READ)).form(READ), good), send = key => buyer.post(READ, form.map(([k, v]) => [k, k === 'key' ? key : v]))
	const same = await parallel(4, () => send('the-same-key-0001'))
	assert.equal(new Set(same.filter(a => a.status === 303).map(a => a.location)).size, 1)
	const many = await parallel(12, i => send(`another-key-${1000 + i}`))
	assert.deepEqual([many.filter(a => a.status === 303).length, many.filter(a => a.status === 422 && a.text.includes('每分钟最多试用 10 次')).length], [9, 3])
	await Promise.all([jobs(), jobs()])
	await jobs()
	assert.equal(heard.length, asked + 10)
	await forget()
})

for (const [how, answer, expected] of [
	['slow', () => {}, ['silent', 0, null]],
	['half an answer', (_req, res) => { res.writeHead(200, { 'content-length': 100 }); res.write('half', () => res.destroy()) }, ['answered', 200, 'half']],
	['redirecting', (_req, res) => res.writeHead(302, { location: `${upstream}/elsewhere` }).end('there'), ['answered', 302, 'there']],
	['no text', (_req, res) => res.end(Buffer.from([0x89, 0x50, 0, 0xff])), ['answered', 200, null]],
	['an error', (_req, res) => res.writeHead(500, { 'content-type': 'text/html' }).end('<script>alert(1)</script>'), ['answered', 500, '<script>alert(1)</script>']],
	['cut off', (_req, res) => res.destroy(), ['silent', 0, null]],
	['empty', (_req, res) => res.writeHead(204).end(), ['answered', 204, '']],
])
	test(`DEL-13 PRV-6 an API that answers ${how}`, async () => {
		act = answer
		const asked = heard.length, m = await tried(READ, good, { YUNSHI_PROVISION_TIMEOUT_MS: '700' })
		assert.deepEqual([m.state, m.result.status, m.result.answer], expected)
		assert.equal(heard.length, asked + 1, 'asked once, there')
		assert.ok(!(await buyer.get(m.at)).html.includes('<script>alert'))
		await forget()
	})

test('DEL-13 of an answer of a gigabyte the beginning is shown, the rest is not waited for', async () => {
	let sent = 0
	act = (_req, res) => { const more = () => { while (!res.destroyed && sent < 1e9) { sent += 65536; if (!res.write('云'.repeat(21845) + 'x')) return res.once('drain', more) } res.end() }; res.on('error', () => {}); more() }
	const m = await tried(READ, good)
	assert.deepEqual([m.state, m.result.status, m.result.cut, m.result.answer], ['answered', 200, true, '云'.repeat(5461)])
	assert.ok(sent < 1e8, `${sent} bytes`)
	assert.ok((await buyer.get(m.at)).text.includes('只显示开头'))
	await forget()
})

test('DEL-13 PRV-6 an address inside, an address that is none, nobody there: said so', async () => {
	const asked = heard.length
	assert.equal((await tried(READ, good, { YUNSHI_PLATFORM_DEVELOPMENT: 'no', YUNSHI_PLATFORM_CLOCK_FILE: '' })).state, 'denied')
	assert.equal(heard.length, asked)
	const m = await tried(ODD, {})
	assert.equal(m.state, 'denied')
	assert.ok((await buyer.get(m.at)).text.includes('接口地址不允许调用'))
	await it.sql(`UPDATE product_text SET api_doc = REPLACE(api_doc, '${upstream}', 'http://127.0.0.1:1') WHERE product_id = ${own.product}`)
	assert.equal((await tried(READ, good)).state, 'away')
	await forget()
})

test('DEL-13 jobs that died while they called: never called again, given up, and forgotten after a week', async () => {
	await it.sql(`UPDATE product_text SET api_doc = REPLACE(api_doc, 'http://127.0.0.1:1/', '${upstream}/') WHERE product_id = ${own.product}`)
	act = () => {}
	const asked = heard.length, sent = await buyer.submit(READ, good, { action: READ }), child = it.spawn('jobs', '--once', '--only', 'api_try')
	await until(() => heard.length > asked, 'the call')
	child.kill('SIGKILL')
	await child.ended
	await jobs()
	assert.equal((await buyer.json(sent.location)).json.state, 'calling')
	await it.sql('UPDATE api_try SET next_at = NOW(6) - INTERVAL 1 SECOND')
	await jobs()
	assert.equal((await buyer.json(sent.location)).json.state, 'interrupted')
	await it.sql('UPDATE api_try SET next_at = next_at - INTERVAL 7 DAY')
	await jobs()
	assert.equal((await buyer.get(sent.location)).status, 404)
	assert.equal(heard.length, asked + 1)
	assert.match(await it.yunshi('audit'), / 0 breaches/)
})
