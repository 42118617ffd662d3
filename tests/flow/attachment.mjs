// Files of a step: taken in pieces, known by their content, given to those concerned and nobody else (DEL-12).
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { clamd, EICAR } from '../lib/clamd.mjs'
import { assert, instance, parallel, test, timeout, top, until } from '../lib/harness.mjs'
import { multipart, multipartType, send, upload } from '../lib/upload.mjs'

timeout(120)
const socket = path.join(os.tmpdir(), `clamd-${process.pid}.sock`)
process.env.YUNSHI_ATTACHMENTS_CLAMD = socket
const scanner = clamd(socket)
const it = await instance({ parts: 'buyer provider operator jobs nginx', options: ['--workers', '2'] })
const buyer = await it.client().signIn('buyer@demo.test'), other = await it.client().signIn('buyer2@demo.test')
const page = '/console/components'
const corpus = kind => readdirSync(path.join(top, 'tests/file', kind)).map(name => ({ name, bytes: readFileSync(path.join(top, 'tests/file', kind, name)) }))
const text = (name, s = 'hello') => ({ name, bytes: Buffer.from(s) })
const clean = () => it.sql('DELETE FROM attachment; DELETE FROM attachment_piece')
await clean()		// those of the demo
const drafts = () => it.sql('SELECT id, name, type, size, expires_at FROM attachment WHERE type IS NOT NULL ORDER BY id')
/** Names of the ticked files that a page shows. */
const ticked = shown => [...shown.html.matchAll(/name="files" value="(\d+)" checked><span><a href="[^"]*">([^<]*)/g)].map(m => m[2])
const orgOf = async email => (await it.one(`SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = '${email}'`)).org
const keep = async id => it.sql(`UPDATE attachment SET owner_kind = 'round', owner_id = 1, thread_id = 1, buyer_id = ${await orgOf('buyer@demo.test')}, provider_id = ${await orgOf('provider@demo.test')}, expires_at = NULL WHERE id = ${id}`)

test('DEL-12 each kind that is allowed is taken, and comes back as it was sent', async () => {
	const files = corpus('take')
	for (let i = 0; i < files.length; i += 10) assert.equal((await upload(buyer, page, { note: 'x' }, files.slice(i, i + 10))).status, 303)
	const rows = await drafts()
	assert.deepEqual(rows.map(r => r.name).sort(), files.map(f => f.name).sort())
	for (const f of files) {
		const row = rows.find(r => r.name === f.name), back = await buyer.get(`/console/attachments/${row.id}`)
		assert.equal(row.type, f.name.split('-')[0])
		assert.ok(back.body.equals(f.bytes), f.name)
		assert.equal(back.headers['content-length'] ?? String(f.bytes.length), String(f.bytes.length))
	}
	await clean()
})

test('DEL-12 what is none of them is refused at the field with its reason; nothing of it can be read', async () => {
	const says = { empty: '文件是空的', kind: '不是允许的文件类型', damaged: '不完整或已损坏', mixed: '夹带了另一种文件', encrypted: '有密码', bomb: '压缩炸弹' }
	const files = corpus('refuse')
	for (let i = 0; i < files.length; i += 10) {
		const some = files.slice(i, i + 10), shown = await upload(buyer, page, { note: '要保留的文字' }, some)
		assert.equal(shown.status, 422)
		assert.ok(shown.html.includes('value="要保留的文字"'))
		for (const f of some) assert.ok(shown.text.includes(`${f.name}：${says[f.name.split('-')[0]]}`) || shown.text.includes(says[f.name.split('-')[0]]), f.name)
	}
	assert.deepEqual(await drafts(), [])
	for (const { id } of await it.sql('SELECT id FROM attachment')) assert.equal((await buyer.get(`/console/attachments/${id}`)).status, 404)
	await clean()
})

test('DEL-12 IFC-4 a refused form keeps its text and its good files, which need not come again; one that is not ticked is left out', async () => {
	const first = await upload(buyer, page, { note: '' }, [text('a.txt'), text('b.txt', 'two'), text('c.exe', 'x')])
	assert.equal(first.status, 422)
	assert.deepEqual(ticked(first), ['a.txt', 'b.txt'])
	assert.match(first.text, /c\.exe：扩展名与文件内容不符/)
	assert.match(first.text, /已上传/)
	const ids = [...first.html.matchAll(/name="files" value="(\d+)"/g)].map(m => m[1])
	const second = await send(buyer, first, { note: '', files: [ids[0]] }, [text('d.txt', 'more')])
	assert.deepEqual(ticked(second), ['a.txt', 'd.txt'])
	assert.equal((await send(buyer, second, { note: '好' }, [{ name: '', bytes: Buffer.alloc(0) }])).status, 303)
	// another's drafts are not shown, and not read
	const theirs = await upload(other, page, { note: '' }, [])
	assert.deepEqual(ticked(await send(other, theirs, { note: '' }, [text('e.txt')])), ['e.txt'])
	const stolen = await other.request('POST', page, { body: multipart([['csrf', theirs.form().controls.find(c => c.name === 'csrf').value], ['note', ''], ['files', ids[0]]], []),
		headers: { 'content-type': multipartType, origin: it.url, 'sec-fetch-site': 'same-origin' } })
	assert.deepEqual(ticked(stolen), [])
	assert.equal((await other.get(`/console/attachments/${ids[0]}`)).status, 404)
	await clean()
})

test('DEL-12 ten files are taken, the eleventh is not; with those that were there before it is counted too', async () => {
	const shown = await upload(buyer, page, { note: '' }, Array.from({ length: 11 }, (_, i) => text(`${i}.txt`)))
	assert.equal(shown.status, 422)
	assert.equal(ticked(shown).length, 10)
	assert.match(shown.text, /10\.txt：超过 10 个/)
	const more = await send(buyer, shown, { note: 'x' }, [text('more.txt')])
	assert.equal(more.status, 422)
	assert.match(more.text, /10/)
	await clean()
})

test('DEL-12 twenty megabytes are taken and come back whole, a byte more is refused; no worker grows by it', async () => {
	const peak = async () => Math.max(...(await it.workers('buyer')).map(pid => +/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]))
	await upload(buyer, page, { note: '' }, [text('warm.txt')])
	const before = await peak(), body = Buffer.alloc(20 << 20, 'A line of twenty megabytes of text.\n')
	const shown = await upload(buyer, page, { note: '' }, [{ name: 'big.txt', bytes: body }, { name: 'bigger.txt', bytes: Buffer.concat([body, Buffer.from('x')]) }])
	assert.equal(shown.status, 422)
	assert.deepEqual(ticked(shown), ['big.txt'])
	assert.match(shown.text, /bigger\.txt：超过 20 MB/)
	const { id } = (await drafts()).find(r => r.name === 'big.txt')
	const back = await buyer.get(`/console/attachments/${id}`)
	assert.equal(createHash('sha256').update(back.body).digest('hex'), createHash('sha256').update(body).digest('hex'))
	assert.ok(await peak() - before < 12 << 10, `${await peak() - before} KiB more`)
	assert.ok(scanner.seen.some(s => s.equals(body)))
	await clean()
})

test('DEL-12 an upload that is cut off leaves nothing to be seen', async () => {
	const shown = await buyer.get(page), csrf = shown.form().controls.find(c => c.name === 'csrf').value
	const body = multipart([['csrf', csrf], ['note', 'x']], [{ name: 'half.txt', bytes: Buffer.alloc(3 << 20, 'x') }])
	await new Promise(yes => {
		const s = net.connect(new URL(it.url).port, '127.0.0.1', () => {
			s.write(`POST ${page} HTTP/1.1\r\nHost: x\r\nOrigin: ${it.url}\r\nCookie: ${[...['yunshi-session', '__Host-yunshi-session']].map(n => buyer.cookie(n) && `${n}=${buyer.cookie(n)}`).filter(Boolean).join('; ')}\r\nContent-Type: ${multipartType}\r\nContent-Length: ${body.length}\r\n\r\n`)
			s.write(body.subarray(0, 2 << 20), () => { s.destroy(); yes() })
		})
	})
	// … and one that reaches the worker, and ends before its last boundary, or with another length than it says
	for (const cut of [body.subarray(0, 2 << 20), body.subarray(0, body.length - 8)])
		assert.equal((await buyer.request('POST', page, { body: cut, headers: { 'content-type': multipartType, origin: it.url, 'sec-fetch-site': 'same-origin' } })).status, 400)
	assert.deepEqual(await drafts(), [])
})

test('DEL-12 what did not come whole or belongs to no step is swept, row and pieces; what is kept stays', async () => {
	await upload(buyer, page, { note: 'x' }, [text('draft.txt'), text('kept.txt', 'kept')])
	const { id } = (await drafts()).find(r => r.name === 'kept.txt')
	await keep(id)
	assert.ok((await it.sql('SELECT id FROM attachment')).length > 1)
	await it.forward('25h')
	await until(async () => (await it.sql('SELECT id FROM attachment')).length === 1, 'swept', 90)
	assert.deepEqual(await it.sql('SELECT DISTINCT attachment_id AS id FROM attachment_piece'), [{ id }])
	await clean()
})

test('DEL-12 both organisations and the platform read it; anybody else is told that there is no such thing', async () => {
	const me = await it.client().signIn('buyer@demo.test'), they = await it.client().signIn('provider@demo.test'), them = await it.client().signIn('provider2@demo.test')
	const desk = await it.client().signIn('mediator@demo.test'), stranger = await it.client().signIn('buyer2@demo.test')
	await upload(me, page, { note: 'x' }, [text('需求 %22最终%22.txt', 'secret')])
	const { id } = (await drafts())[0]
	assert.equal((await they.get(`/provider/attachments/${id}`)).status, 404)	// still a draft
	assert.equal((await desk.get(`/ops/attachments/${id}`)).status, 404)
	await keep(id)
	for (const [client, area, status] of [[me, 'console', 200], [they, 'provider', 200], [desk, 'ops', 200], [them, 'provider', 404], [stranger, 'console', 404]]) {
		const answer = await client.get(`/${area}/attachments/${id}`)
		assert.equal(answer.status, status, `${area} ${status}`)
		assert.equal(answer.body.includes('secret'), status === 200)
	}
	for (const [client, area] of [[me, 'provider'], [me, 'ops'], [they, 'console'], [they, 'ops'], [them, 'ops']]) assert.notEqual((await client.get(`/${area}/attachments/${id}`)).status, 200)
	assert.equal((await it.client().get(`/console/attachments/${id}`)).status, 303)
	for (const no of ['0', 'x', '18446744073709551615', `${id}0`]) assert.equal((await me.get(`/console/attachments/${no}`)).status, 404)
	const { headers } = await me.get(`/console/attachments/${id}`)
	assert.equal(headers['content-disposition'], `attachment; filename="__ ____.txt"; filename*=UTF-8''${encodeURIComponent('需求 _最终_.txt')}`)
	assert.equal(headers['content-type'], 'text/plain')
	assert.equal(headers['x-content-type-options'], 'nosniff')
	assert.equal(headers['cache-control'], 'no-store')
	assert.match(headers['content-security-policy'], /default-src 'none';.*; sandbox;/)
	await clean()
})

test('DEL-12 names with paths, quotes, line ends and turns of direction are made safe', async () => {
	const me = await it.client().signIn('buyer@demo.test')
	const sent = { '../../etc/passwd.txt': 'passwd.txt', 'C:\\\\x\\\\a.txt': 'a.txt', 'q%22q.txt': 'q_q.txt', 'n%0D%0Aset-cookie: a.txt': 'nset-cookie_ a.txt', 'evil\u202etxt.txt': 'eviltxt.txt', 'x\ny.txt': 'xy.txt' }
	await upload(me, page, { note: 'x' }, Object.keys(sent).map(name => text(name)))
	assert.deepEqual((await drafts()).map(r => r.name), Object.values(sent))
	await clean()
})

test('DEL-12 the form token stands before the files; a file for a field that takes none, or of a stranger, is not taken', async () => {
	const me = await it.client().signIn('buyer@demo.test'), csrf = (await me.get(page)).form().controls.find(c => c.name === 'csrf').value
	const post = (fields, files, client = me) => client.request('POST', page, { body: multipart(fields, files), headers: { 'content-type': multipartType, origin: it.url, 'sec-fetch-site': 'same-origin' } })
	assert.equal((await post([['note', 'x']], [text('a.txt')])).status, 403)
	assert.equal((await post([['csrf', 'forged'], ['note', 'x']], [text('a.txt')])).status, 403)
	assert.equal((await post([['csrf', csrf]], [{ field: 'note', ...text('a.txt') }])).status, 400)
	assert.equal((await post([['csrf', csrf], ['note', 'x']], [text('a.txt')], it.client())).status, 303)	// sent to sign in
	assert.deepEqual(await it.sql('SELECT id FROM attachment'), [])
})

test('DEL-12 IFC-3 the same form sent twice, files and all, is one wish; with another file it is another', async () => {
	const me = await it.client().signIn('buyer@demo.test'), shown = await me.get(page)
	const answers = await parallel(3, () => send(me.tab(), shown, { note: 'x' }, [text('a.txt')], { page }))
	assert.deepEqual(answers.map(a => a.status), [303, 303, 303])
	await clean()
})

test('DEL-12 with a virus scanner: what it calls clean is taken, a virus is not, and without its word nothing is', async () => {
	const me = await it.client().signIn('buyer@demo.test')
	assert.match((await upload(me, page, { note: 'x' }, [text('virus.txt', EICAR)])).text, /virus\.txt：发现病毒/)
	for (const answer of ['stream: INSTREAM size limit exceeded. ERROR\0', 'stream: O', '']) {
		scanner.answer = answer
		const shown = await upload(me, page, { note: '留着' }, [text('a.txt')])
		assert.equal(shown.status, 422)
		assert.match(shown.text, /a\.txt：暂时无法做病毒检查，请稍后重试/)
		assert.ok(shown.html.includes('value="留着"'))
	}
	scanner.answer = null
	await scanner.close()
	assert.match((await upload(me, page, { note: 'x' }, [text('a.txt')])).text, /暂时无法做病毒检查/)
	assert.deepEqual(await drafts(), [])
})
