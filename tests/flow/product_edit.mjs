// What a product shows: its pictures, the preview of a version, the document of an API.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, test, top } from '../lib/harness.mjs'
import { png } from '../lib/png.mjs'
import { at, Shelf, wrong } from '../lib/shelf.mjs'

const it = await instance({ parts: 'buyer provider operator nginx' })
const shelf = await Shelf.make(it), { provider } = shelf
const other = await it.client().signIn('provider2@demo.test'), approver = await it.client().signIn('approver@demo.test'), visitor = it.client()

/* ---- pictures ---- */

/** Sends a form with a file as a browser does. */
async function upload(id, bytes, name = 'a.png', field = 'picture') {
	const form = (await provider.get(at(id, '/edit/pictures'))).form(at(id, '/edit/pictures/upload')), line = '----Boundary7', parts = []
	for (const c of form.controls.filter(c => c.on)) parts.push(`--${line}\r\nContent-Disposition: form-data; name="${c.name}"\r\n\r\n${c.value}\r\n`)
	parts.push(`--${line}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`, bytes, `\r\n--${line}--\r\n`)
	return provider.request('POST', form.action, { body: Buffer.concat(parts.map(p => Buffer.from(p))),
		headers: { 'content-type': `multipart/form-data; boundary=${line}`, origin: it.url, 'sec-fetch-site': 'same-origin' } })
}
const pictures = async (id, version = 1) => JSON.parse(Buffer.from((await it.one(`SELECT HEX(body) AS body FROM product_version WHERE product_id = ${id} AND version = ${version}`)).body, 'hex')).pictures.map(p => p.id)

test('CAT-1 pictures are sent, ordered and taken away; visitors see them when the version is published', async () => {
	const { id } = await shelf.write('带图片的')
	for (const shade of [10, 20, 30]) assert.equal((await upload(id, png(320, 200, shade))).status, 303)
	const [a, b, c] = await pictures(id)
	const page = await provider.get(at(id, '/edit/pictures'))
	assert.match(page.text, /320 × 200/)
	assert.equal((page.html.match(/width="240" height="150"/g) ?? []).length, 3)
	const form = page.form(at(id, '/edit/pictures/picture')), hidden = form.controls.filter(x => x.on).map(x => [x.name, x.value])
	assert.equal((await provider.post(form.action, [...hidden, ['first', c]])).status, 303)
	assert.deepEqual(await pictures(id), [c, a, b])
	const again = (await provider.get(at(id, '/edit/pictures'))).form(at(id, '/edit/pictures/picture'))
	assert.equal((await provider.post(again.action, [...again.controls.filter(x => x.on).map(x => [x.name, x.value]), ['remove', a]])).status, 303)
	assert.deepEqual(await pictures(id), [c, b])
	const own = await provider.get(`/provider/pictures/${c}`)
	assert.deepEqual([own.status, own.headers['content-type'], own.headers['x-content-type-options']], [200, 'image/png', 'nosniff'])
	assert.ok(own.body.equals(png(320, 200, 30)))
	assert.equal((await other.get(`/provider/pictures/${c}`)).status, 404)
	assert.equal((await approver.get(`/ops/pictures/${c}`)).status, 200)
	assert.equal((await visitor.get(`/pictures/${c}`)).status, 404)
	await shelf.publish(id, 1)
	const shown = await visitor.get(`/pictures/${c}`)
	assert.deepEqual([shown.status, shown.headers['content-type'], shown.headers['cache-control']], [200, 'image/png', 'public, max-age=31536000, immutable'])
	assert.equal((await visitor.get(`/pictures/${a}`)).status, 404)
	const { slug, picture } = await it.one(`SELECT slug, picture FROM product WHERE id = ${id}`)
	assert.equal(picture, `/pictures/${c}`)
	assert.ok((await visitor.get(`/products/${slug}`)).html.includes(`src="/pictures/${b}"`))
})

test('CAT-1 what is no picture, too large, too small or there already is told at the field', async () => {
	const id = await shelf.create('坏图片'), folder = path.join(top, 'tests/refuse/picture')
	for (const file of readdirSync(folder)) {
		const refused = await upload(id, readFileSync(path.join(folder, file)), file)
		assert.deepEqual([refused.status, wrong(refused).map(w => w[0])], [422, ['picture']], file)
	}
	for (const [bytes, words] of [[png(63, 200), /64 至 4096/], [png(4097, 64), /64 至 4096/], [Buffer.concat([png(80, 80), Buffer.alloc(1)]), /完整/], [Buffer.alloc((1 << 20) + 1), /1024 KB/], [Buffer.alloc(0), /必填/]]) {
		const refused = await upload(id, bytes)
		assert.equal(refused.status, 422)
		assert.match(wrong(refused)[0][1], words)
	}
	assert.equal((await upload(id, Buffer.alloc(1 << 21))).status, 413)
	assert.equal((await upload(id, png(80, 80))).status, 303)
	assert.match(wrong(await upload(id, png(80, 80)))[0][1], /已有/)
	assert.equal((await pictures(id)).length, 1)
	for (let i = 1; i < 8; i++) assert.equal((await upload(id, png(80, 80 + i))).status, 303)
	assert.ok(!(await provider.get(at(id, '/edit/pictures'))).html.includes('type="file"'))
})

test('CAT-1 a picture of another product, or of nobody, is not to be had', async () => {
	const id = await shelf.create('借图片')
	await upload(id, png(90, 90))
	const page = await provider.get(at(id, '/edit/pictures')), form = page.form(at(id, '/edit/pictures/picture'))
	const hidden = form.controls.filter(x => x.on).map(x => [x.name, x.value])
	assert.equal((await provider.post(form.action, [...hidden, ['first', '123456789']])).status, 404)
	for (const path of ['/pictures/0', '/pictures/x', '/pictures/99999999999999999999']) assert.equal((await visitor.get(path)).status, 404, path)
})

test('IFC-3 a body that is no form with files is refused', async () => {
	const id = await shelf.create('坏表单'), action = at(id, '/edit/pictures/upload')
	const send = (type, body) => provider.request('POST', action, { body, headers: { 'content-type': type, origin: it.url, 'sec-fetch-site': 'same-origin' } })
	assert.equal((await send('multipart/form-data', 'x')).status, 400)
	assert.equal((await send('multipart/form-data; boundary=b', '--b\r\n\r\nx\r\n--b--')).status, 400)
	assert.equal((await send('multipart/mixed; boundary=b', '--b--')).status, 415)
	assert.equal((await send('multipart/form-data; boundary=b', '--b--')).status, 403)	// no token
})

/* ---- preview ---- */

test('CAT-9 the preview shows the page that buyers would see; nothing can be bought on it', async () => {
	const { id, plan, slug } = await shelf.list('有预览的')
	await shelf.revise(id)
	await shelf.save(id, '/edit/basic', { summary: '下一版的简介' })
	await shelf.save(id, `/plans/${plan}`, { name: '下一版的规格', 'prices.0.price': '77.00' })
	const page = await provider.get(at(id, '/preview'))
	assert.equal(page.status, 200)
	for (const words of ['预览', '下一版的简介', '下一版的规格', '¥77.00', '七天内无理由'].slice(0, 4)) assert.ok(page.text.includes(words), words)
	assert.ok(!/<button[^>]*>立即购买/.test(page.html))
	assert.match(page.html, /noindex/)
	assert.ok((await provider.get(at(id, '/preview?tab=service'))).text.includes('七天内无理由'))
	assert.ok((await provider.get(at(id, `/preview?plan=${plan}&duration=1-month&quantity=3`))).text.includes('¥231.00'))
	assert.ok(!(await visitor.get(`/products/${slug}`)).text.includes('下一版'))
	assert.equal((await other.get(at(id, '/preview'))).status, 404)
	const bare = await shelf.create('还空着的')
	assert.equal((await provider.get(at(bare, '/preview'))).status, 200)
})

/* ---- the document of an API ---- */

test('CAT-15 how an API is called is written call by call and shown as it will be', async () => {
	const { id } = await shelf.write('识别接口')
	const call = {
		name: '票据识别', method: 'post', address: 'https://api.example.com/v1/invoice', returns: 'JSON', description: '一次一张',
		'parameters.0.place': 'header', 'parameters.0.name': 'Authorization', 'parameters.0.type': 'string', 'parameters.0.required': 1, 'parameters.0.description': '签名',
		'codes.0.code': '0', 'codes.0.message': '成功', 'samples.0.title': '请求示例', 'samples.0.text': 'curl \\\n  https://api.example.com',
	}
	const saved = await shelf.save(id, '/calls/new', call)
	assert.equal(saved.status, 303, saved.text)
	const preview = await provider.get(at(id, '/preview?tab=api'))
	for (const words of ['票据识别', 'POST', 'Authorization', '签名', '成功', 'curl']) assert.ok(preview.text.includes(words), words)
	await shelf.publish(id, 1)
	const { api_doc } = await it.one(`SELECT HEX(api_doc) AS api_doc FROM product_text WHERE product_id = ${id}`)
	const doc = JSON.parse(Buffer.from(api_doc, 'hex'))
	assert.deepEqual(doc.calls[0].parameters, [{ place: 'header', name: 'Authorization', type: 'string', required: true, description: '签名' }])
	assert.equal(doc.calls[0].samples[0].text, 'curl \\\n  https://api.example.com')
	assert.equal(await shelf.revise(id), 2)
	for (const [fields, field] of [[{ address: 'ftp://x' }, 'address'], [{ method: '' }, 'method'], [{ 'parameters.0.place': '' }, 'parameters.0.place'], [{ 'codes.1.code': '0', 'codes.1.message': 'x' }, 'codes.1.code']]) {
		const page = await shelf.save(id, '/calls/1', fields)
		assert.deepEqual([page.status, wrong(page).map(w => w[0])], [422, [field]])
	}
	assert.equal((await shelf.save(id, '/calls/1/remove', {}, '/calls/1')).status, 303)
	await shelf.publish(id, 2)
	assert.equal((await it.one(`SELECT api_doc FROM product_text WHERE product_id = ${id}`)).api_doc, null)
})
