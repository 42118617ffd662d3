// Providers' systems that go wrong in every way, jobs that are killed between any two steps, and two processes of jobs at once: DEL-2, PRV-5, PRV-6, SUB-3.
import { readFileSync, statSync } from 'node:fs'
import https from 'node:https'
import net from 'node:net'
import path from 'node:path'
import { assert, atEnd, instance, parallel, program, test, timeout, top, until } from '../lib/harness.mjs'
import { receiver } from '../lib/receiver.mjs'
import { newTransaction, PRICE, PRODUCT, World } from '../lib/world.mjs'

timeout(120)
const it = await instance({ parts: 'buyer sandbox nginx' })
const world = await World.make(it)
const secret = readFileSync(path.join(it.folder, 'secret/provider_token'), 'utf8')
const good = { signId: '4711', appInfo: { website: 'https://app.example/' } }
const known = await receiver('tencent', secret, body => body.action === 'createInstance' ? good : { success: 'true' })

/** A system that speaks bytes: what it does with a connection when it has heard the request. */
async function wire(act) {
	const asked = []
	const server = net.createServer(s => {
		let head = ''
		s.on('error', () => { /* the other side has gone */ }).on('data', d => {
			head += d
			if (!head.includes('\r\n\r\n')) return
			asked.push(/eventId=(\d+)/.exec(head)?.[1])
			head = ''
			act(s)
		})
	})
	await new Promise(yes => server.listen(0, '127.0.0.1', yes))
	atEnd(() => new Promise(yes => server.close(yes)))
	return { asked, url: `http://127.0.0.1:${server.address().port}/hook`, port: server.address().port }
}
const answer = (body, head = '') => s => s.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n${head}\r\n${body}`)

/** Writes for ever; told how much the other side took before it hung up. */
function endless(first, piece, took) {
	return s => {
		let n = 0
		const more = () => { while (!s.destroyed && s.write(piece)) n += piece.length }
		s.on('drain', more).on('close', () => took(n))
		s.write(first)
		more()
	}
}
/** One step of the jobs; true when they were killed. */
async function jobs(only = 'outbox', env = {}) {
	await it.sql('DELETE FROM lease')	// of those who are done, or dead
	const done = await program(it.is.program, ['jobs', '--config', it.is.config, '--only', only, '--once'], { env: { ...it.env(), YUNSHI_PROVISION_TIMEOUT_MS: '700', ...env } })
	assert.ok(done.status === 0 || done.signal === 'SIGKILL', done.stderr)
	return done.signal === 'SIGKILL'
}
/** What is due is what is asked of this resource, and nothing else. */
const due = id => it.sql(`UPDATE outbox SET next_at = IF(subject = ${id} AND kind = 'provision', UTC_TIMESTAMP(6) - INTERVAL 1 SECOND, '2099-01-01') WHERE state = 'waiting'`)
const speaks = (url, dialect = 'tencent') => it.sql(`UPDATE product SET webhook_url = '${url}', dialect = '${dialect}' WHERE id = ${PRODUCT}`)

let buyer = 0
/** Paid for while this is the product's system; nobody has called it yet: {resource, order}. */
async function bought(url) {
	await speaks(url)
	const payment = await world.payable(buyer++ % 4)
	assert.equal((await world.buyerActor.ask('hear', payment.number, newTransaction(), PRICE)).rc, 'ok')
	const { id } = await it.one(`SELECT resource_id AS id FROM order_line WHERE order_id = ${payment.order.id}`)
	return { id, order: payment.order.id }
}
const now = r => it.one(`SELECT o.state AS orders, r.state, r.sign_id, b.state AS told, b.tries, b.id AS event FROM orders o JOIN resource r ON r.order_id = o.id JOIN outbox b ON b.subject = r.id AND b.kind = 'provision' WHERE r.id = ${r.id} ORDER BY b.id DESC LIMIT 1`)
const triesOf = r => it.sql(`SELECT t.status, t.answer FROM outbox_try t JOIN outbox b ON b.id = t.outbox_id WHERE b.subject = ${r.id} ORDER BY t.outbox_id, t.try`)

let taken = 0
const faults = {
	'silence': [() => { /* nothing, ever */ }, 0, /Timeout/],
	'hanging up without a word': [s => s.destroy(), 0, /./],
	'half an answer': [s => { s.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{"signId":"4'); setTimeout(() => s.destroy(), 50) }, 0, /./],
	'half an answer, then silence': [s => s.write('HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{"signId":"4'), 0, /Timeout/],
	'a drop at a time': [s => { s.write('HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n'); const drip = setInterval(() => s.destroyed ? clearInterval(drip) : s.write(' '), 100) }, 0, /Timeout/],
	'a body without end': [endless('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n', `10000\r\n${'{'.repeat(65536)}\r\n`, n => { taken = n }), 0, /too large/],
	'a gigabyte, announced': [endless(`HTTP/1.1 200 OK\r\nContent-Length: ${1 << 30}\r\n\r\n`, 'x'.repeat(65536), n => { taken = n }), 0, /too large/],
	'a head without end': [endless('HTTP/1.1 200 OK\r\n', `X-Filler: ${'x'.repeat(8000)}\r\n`, n => { taken = n }), 0, /./],
	'words that are no HTTP': [s => s.end('SSH-2.0-OpenSSH_9.2\r\n'), 0, /./],
	'a redirect to itself': [s => s.end('HTTP/1.1 302 Found\r\nLocation: /hook\r\nContent-Length: 0\r\n\r\n'), 302, /usable status/],
	'a redirect to the metadata of a cloud': [s => s.end('HTTP/1.1 307 x\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n'), 307, /usable status/],
	'HTML': [answer('<!doctype html><title>Welcome</title>'), 200, /not JSON/],
	'nothing': [answer(''), 200, /not JSON/],
	'a list': [answer('[{"signId":"1"}]'), 200, /object/],
	'a member twice': [answer('{"signId":"1","signId":"2"}'), 200, /not JSON/],
	'a signId that is an object': [answer('{"signId":{"a":1}}'), 200, /usable signId/],
	'a signId that is too long': [answer(`{"signId":"${'1'.repeat(12)}"}`), 200, /usable signId/],
	'a signId with a line break': [answer('{"signId":"1\\n2"}'), 200, /usable signId/],
	'letters that are none': [s => s.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"signId":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])), 200, /not JSON/],
	'ten thousand brackets': [answer('['.repeat(10000)), 200, /not JSON/],
	'too many requests': [s => s.end('HTTP/1.1 429 x\r\nContent-Length: 0\r\n\r\n'), 429, /usable status/],
}
for (const [name, [act, status, why]] of Object.entries(faults))
	test(`DEL-2 PRV-6 ${name}: tried again under the same event, and delivered once the system is well`, async () => {
		taken = 0
		const bad = await wire(act), r = await bought(bad.url)
		await due(r.id)
		await jobs()
		const first = await now(r), [{ status: seen, answer: said }] = await triesOf(r)
		assert.deepEqual([first.orders, first.state, first.told, first.tries, seen], ['processing', 'provisioning', 'waiting', '1', String(status)], said)
		assert.match(said, why)
		assert.deepEqual(bad.asked, [first.event])
		assert.ok(taken < 16 << 20, `${taken} bytes went out`)
		await speaks(known.url)
		await due(r.id)
		await jobs()
		assert.deepEqual(Object.values(await now(r)), ['completed', 'in_use', '4711', 'done', '2', first.event])
	})

test('PRV-6 TLS that is none, or of nobody known, is no answer: tried again', async () => {
	const key = path.join(it.folder, 'nobody.key'), cert = path.join(it.folder, 'nobody.pem')
	const made = await program('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'])
	assert.equal(made.status, 0, made.stderr)
	const heard = [], plain = net.createServer(s => s.on('error', () => { /* gone */ }).on('data', () => s.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
	const nobody = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (req, res) => { heard.push(req.url); res.end(JSON.stringify(good)) })
	for (const server of [plain, nobody]) {
		await new Promise(yes => server.listen(0, '127.0.0.1', yes))
		const r = await bought(`https://localhost:${server.address().port}/hook`)
		await due(r.id)
		await jobs()
		const s = await now(r), [{ status, answer: said }] = await triesOf(r)
		assert.deepEqual([s.state, s.told, status], ['provisioning', 'waiting', '0'])
		assert.match(said, /SSL/)
		await new Promise(yes => server.close(yes))
	}
	assert.deepEqual(heard, [], 'nothing was told to somebody whose name nobody vouches for')
})

const outside = { YUNSHI_PLATFORM_DEVELOPMENT: 'no', YUNSHI_PLATFORM_CLOCK_FILE: '' }
test('PRV-6 outside development no address inside is called, however it is written; the line is refunded', async () => {
	const inside = await wire(answer(JSON.stringify(good))), { port } = inside
	for (const host of ['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f000001', '0.0.0.0', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.1', '169.254.169.254', '192.168.1.1', '[fd00::1]']) {
		const r = await bought(`http://${host}:${port}/hook`)
		await due(r.id)
		await jobs('outbox', outside)
		const s = await now(r), [{ status, answer: said }] = await triesOf(r)
		assert.deepEqual([host, s.orders, s.state, s.told, status, said], [host, 'cancelled', 'failed', 'failed', '0', 'private address'])
	}
	assert.deepEqual(inside.asked, [])
	await world.audit()
})

test('PRV-6 a name that leads inside, or does so once it was looked at, is not called: the address that is checked is the one that is connected to', async () => {
	const library = path.join(it.folder, 'rebind.so'), asked = path.join(it.folder, 'rebind.asked')
	const built = await program('cc', ['-shared', '-fPIC', '-o', library, path.join(top, 'tests/fault/rebind.c'), '-ldl'])
	assert.equal(built.status, 0, built.stderr)
	const inside = await wire(answer(JSON.stringify(good))), env = { ...outside, LD_PRELOAD: library, REBIND: asked }
	const r = await bought(`http://inside.test:${inside.port}/hook`)
	await due(r.id)
	await jobs('outbox', env)
	assert.deepEqual([(await now(r)).state, (await triesOf(r))[0].answer], ['failed', 'private address'])
	const x = await bought(`http://rebind.test:${inside.port}/hook`)
	for (let i = 1; i <= 2; i++) {
		await due(x.id)
		await jobs('outbox', env)
		assert.equal(statSync(asked).size, i, 'one question for one call')
	}
	assert.deepEqual([(await now(x)).state, (await triesOf(x)).at(-1).answer], ['failed', 'private address'])
	assert.deepEqual(inside.asked, [])
	const open = await bought(`http://inside.test:${inside.port}/hook`)
	await due(open.id)
	await jobs('outbox', { LD_PRELOAD: library, REBIND: asked })
	assert.equal((await now(open)).state, 'in_use', 'the same name, in development')
	await world.audit()
})

/** In use, and past its end. */
async function past(days = 1) {
	const r = await bought(known.url)
	await due(r.id)
	await jobs()
	assert.equal((await now(r)).state, 'in_use')
	await it.sql(`UPDATE resource SET end_at = NOW(6) - INTERVAL ${days} DAY WHERE id = ${r.id}`)
	return r
}
/** Only this one's term is over. */
const only = r => it.sql(`UPDATE resource SET end_at = '2099-01-01' WHERE end_at < NOW(6) AND id <> ${r.id}`)
const eventsOf = async r => (await it.sql(`SELECT CONCAT(action, ' ', state) AS e FROM outbox WHERE subject = ${r.id} AND kind = 'provision' ORDER BY id`)).map(x => x.e)

for (const [what, days, state, action] of [['expiry', 1, 'expired', 'expire'], ['release', 400, 'released', 'destroy']])
	test(`MON-2 SUB-2 SUB-3 killed between any two statements of ${what}, and of telling it: it happens once, and is told under one event`, async t => {
		const points = { resource_term: 0, outbox: 0 }
		for (const job of Object.keys(points))
			for (let n = -3, killed = true; n <= 1 || killed; n++) {
				const point = n <= 0 ? ['before_commit:1', 'after_commit:1', 'before_commit:2', 'after_commit:2'][n + 3] : `tx_statement:${n}`
				const r = await past(1)
				await only(r)
				if (state === 'released') {
					await jobs('resource_term')
					await due(r.id)
					await jobs()
					await it.sql(`UPDATE resource SET end_at = NOW(6) - INTERVAL ${days} DAY WHERE id = ${r.id}`)
				}
				if (job === 'outbox') await jobs('resource_term')
				if (job === 'outbox') await due(r.id)
				const before = known.calls.length
				killed = await jobs(job, { YUNSHI_FAULT: point })
				if (killed) points[job]++
				await jobs('resource_term')
				await due(r.id)
				await jobs()
				assert.equal((await now(r)).state, state)
				const told = ['create done', 'expire done', ...state === 'released' ? ['destroy done'] : []]
				assert.deepEqual(await eventsOf(r), told, `${job} ${point}`)
				const calls = known.calls.slice(before).filter(c => c.body.action === `${action}Instance`)
				assert.ok(calls.length >= 1 && calls.length <= 2 && new Set(calls.map(c => c.query.eventId)).size === 1, `${job} ${point}: ${calls.length} calls`)
				assert.equal(await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_id = ${r.id} AND to_state = '${state}'`).then(x => x.n), '1')
			}
		await world.audit()
		assert.ok(points.resource_term > 4 && points.outbox > 4, JSON.stringify(points))
		t.note(JSON.stringify(points))
	})

test('PRV-5 IFC-8 two processes of jobs and a system that fails every third time: each resource hears its events in order, each until it is answered, none more often than its tries say', async () => {
	let n = 0
	const heard = [], moody = await receiver('tencent', secret, (body, event) => {
		const fails = ++n % 3 === 0
		heard.push({ sign: body.signId, action: body.action, event: event.eventId, fails })
		return body.action === 'createInstance' ? fails ? [] : { signId: String(100000 + n) } : { success: fails ? 'perhaps' : 'true' }
	})
	await speaks(moody.url)
	const resources = []
	for (let i = 0; i < 12; i++) resources.push(await bought(moody.url))
	await it.sql(`UPDATE outbox SET next_at = '2099-01-01' WHERE state = 'waiting' AND kind <> 'provision'; UPDATE outbox SET next_at = NOW(6) WHERE state = 'waiting' AND kind = 'provision'`)
	const ids = resources.map(r => r.id), workers = [it.spawn('jobs'), it.spawn('jobs')]
	const all = state => until(async () => (await it.sql(`SELECT id FROM resource WHERE id IN (${ids}) AND state = '${state}'`)).length === ids.length, state, 60)
	const told = (action, state) => until(async () => (await it.sql(`SELECT id FROM outbox WHERE subject IN (${ids}) AND action = '${action}' AND state = '${state}'`)).length === ids.length, `${action} ${state}`, 60)
	await all('in_use')
	await it.sql(`UPDATE resource SET end_at = NOW(6) - INTERVAL 400 DAY WHERE id IN (${ids})`)
	await all('released')
	await told('destroy', 'done')
	for (const w of workers) w.kill('SIGTERM')
	await parallel(2, i => workers[i].ended)
	for (const { id } of resources) {
		const rows = await it.sql(`SELECT b.id, b.action, b.state, b.tries, r.sign_id FROM outbox b JOIN resource r ON r.id = b.subject WHERE b.subject = ${id} AND b.kind = 'provision' ORDER BY b.id`)
		assert.deepEqual(rows.map(b => `${b.action} ${b.state}`), ['create done', 'expire done', 'destroy done'])
		const of = rows.map(b => heard.map((h, at) => ({ ...h, at })).filter(h => h.event === b.id))
		of.forEach((calls, i) => {
			assert.ok(calls.length >= 1 && calls.length <= +rows[i].tries, `${calls.length} calls, ${rows[i].tries} tries`)
			assert.ok(calls.slice(0, -1).every(c => c.fails) && !calls.at(-1).fails, 'until it is answered')
			if (i) assert.ok(of[i - 1].at(-1).at < calls[0].at && calls.every(c => c.sign === rows[i].sign_id), 'after the one before')
		})
	}
	await world.audit()
})
