// E-mail and SMS on their way out: each once, whatever the other side does, and what may have come twice is said (ACC-16).
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { assert, atEnd, instance, test, timeout, until } from '../lib/harness.mjs'

timeout(60)
const TIMEOUT = 700
const listen = server => new Promise(yes => server.listen(0, '127.0.0.1', () => { atEnd(() => { server.close(); server.closeAllConnections?.() }); yes(server.address().port) }))

/** A mail server: says what `says` has for the step (greeting, EHLO, MAIL, RCPT, DATA, end), "250 ok" otherwise; null: nothing; a function is called. */
let says = {}, letters = [], seen = [], open = []
const GOOD = { greeting: '220 box', DATA: '354 go on', end: '250 2.0.0 taken', QUIT: '221 bye' }
const smtp = net.createServer(socket => {
	let rest = '', data = null
	open.push(socket)
	const say = step => {
		const text = step in says ? says[step] : GOOD[step] ?? '250 ok'
		seen.push(step)
		if (typeof text === 'function') text(socket)
		else if (text !== null) socket.write(text + '\r\n')
		return text
	}
	socket.on('error', () => {}).on('data', piece => {
		rest += piece
		for (let at; (at = rest.indexOf('\r\n')) >= 0;) {
			const line = rest.slice(0, at)
			rest = rest.slice(at + 2)
			if (data && line === '.') {
				if (data.includes('To: <li@example.com>')) letters.push(data.join('\r\n'))	// not those of the demo's people
				data = null
				say('end')
			} else if (data) data.push(line.startsWith('.') ? line.slice(1) : line)
			else if (String(say(line.slice(0, 4).trim().toUpperCase())).startsWith('354')) data = []
		}
	})
	say('greeting')
})
const mailPort = await listen(smtp)

/** An SMS gateway. */
let smsSays = res => res.end('{}'), sms = []
const gateway = http.createServer((req, res) => {
	let body = ''
	req.on('data', d => { body += d }).on('end', () => { sms.push({ headers: req.headers, ...JSON.parse(body), body }); smsSays(res) })
})
const smsPort = await listen(gateway)

Object.assign(process.env, { YUNSHI_MAIL_SERVER: `smtp://127.0.0.1:${mailPort}`, YUNSHI_MAIL_TIMEOUT_MS: String(TIMEOUT), YUNSHI_SMS_GATEWAY: `http://127.0.0.1:${smsPort}/send` })
const it = await instance({ parts: 'store' })
await it.sql(`INSERT INTO org (id, kind, name, created_at) VALUES (9000, 'buyer', 'Org', '2026-01-01');
	INSERT INTO org_counter (org_id) VALUES (9000);
	INSERT INTO person (id, user_name, email, mobile, name, password_hash, created_at) VALUES (9001, 'li', 'li@example.com', NULL, '李工', '', '2026-01-01');
	INSERT INTO member (person_id, org_id, roles) VALUES (9001, 9000, 1)`)

const jobs = () => it.yunshi('jobs', '--once', '--only', 'outbox')
let serial = 0
/** Something happened: its rows, not yet carried out. */
async function happens(subject = '云枢协同办公平台', event = 'resource_expiring') {
	const number = `X${++serial}`, id = 700000 + serial
	await it.sql(`INSERT INTO message_draft (id, org_id, number, subject, amount, deadline, why) VALUES (${id}, 9000, '${number}', '${subject}', 1, '2030-01-01', '');
		INSERT INTO outbox (id, kind, state, subject, action, next_at, created_at) VALUES (${id}, 'notify', 'waiting', ${id}, '${event}', '2020-01-01', NOW(6))`)
	return number
}
const rowOf = (number, by = 'email') => it.one(`SELECT b.id, b.state, b.tries, t.status, t.answer FROM message m JOIN outbox b ON b.subject = m.id AND b.action = '${by}'
	LEFT JOIN outbox_try t ON t.outbox_id = b.id AND t.try = b.tries WHERE m.number = '${number}' ORDER BY b.id DESC LIMIT 1`)
function begin(what = {}) { says = what; letters = []; seen = []; sms = []; smsSays = res => res.end('{}') }
/** Another try, when its time has come. */
async function again(what = {}) { says = what; await it.forward('1d'); await jobs() }
const head = letter => letter.slice(0, letter.indexOf('\r\n\r\n'))
const text = letter => Buffer.from(letter.slice(letter.indexOf('\r\n\r\n') + 4).replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, x) => String.fromCharCode(parseInt(x, 16))), 'latin1').toString()
const words = line => Buffer.from(line.replace(/\?=\r\n =\?UTF-8\?Q\?/g, '').replace(/^=\?UTF-8\?Q\?|\?=$/g, '').replace(/=([0-9A-F]{2})/g, (_, x) => String.fromCharCode(parseInt(x, 16))), 'latin1').toString()
const header = (letter, name) => head(letter).match(new RegExp(`^${name}: (.*(?:\\r\\n .*)*)`, 'm'))?.[1]
const REPEAT = /可能与您已收到的一封重复/

test('ACC-16 an e-mail is what mail programs expect: RFC 5322 and 2047, ASCII, short lines, Chinese whole again', async () => {
	begin()
	const number = await happens('云枢协同办公平台企业旗舰版（含移动端与低代码搭建，最多五百人）')
	await jobs()
	assert.equal(letters.length, 1)
	const [x] = letters, row = await it.one(`SELECT id FROM message WHERE number = '${number}'`)
	assert.match(x, /^[\x20-\x7e\r\n]*$/)
	assert.ok(x.split('\r\n').every(l => l.length <= 78), 'lines')
	for (const w of header(x, 'Subject').split('\r\n ')) assert.ok(/^=\?UTF-8\?Q\?[^ ?]+\?=$/.test(w) && w.length <= 75, w)
	assert.equal(words(header(x, 'Subject')), '【云市场】服务即将到期')
	assert.equal(words(header(x, 'From').replace(/\r\n <.*/, '')), '云市场')
	assert.match(header(x, 'From'), /<noreply@yunshi\.test>$/)
	assert.equal(header(x, 'To'), '<li@example.com>')
	assert.equal(header(x, 'Message-ID'), `<${row.id}@yunshi.test>`)
	assert.ok(!Number.isNaN(Date.parse(header(x, 'Date'))))
	assert.equal(header(x, 'List-Unsubscribe'), `<${it.url}/console/settings/notifications>`)
	assert.deepEqual(['Auto-Submitted', 'MIME-Version', 'Content-Type'].map(h => header(x, h)), ['auto-generated', '1.0', 'text/plain; charset=utf-8'])
	const said = text(x)
	assert.ok(said.includes('最多五百人') && said.includes(`${it.url}/console/resources/${number}`) && said.includes('/console/settings/notifications'), said)
	assert.ok(!REPEAT.test(said))
	assert.deepEqual(await rowOf(number), { ...await rowOf(number), state: 'done', tries: '1', status: '250', answer: '250 2.0.0 taken' })
})

for (const [name, what] of [['is silent', { greeting: null }], ['greets too slowly', { greeting: s => setTimeout(() => s.write('220 box\r\n'), TIMEOUT * 2) }],
	['hangs up at once', { greeting: s => s.destroy() }], ['has no room now (4xx)', { RCPT: '451 4.3.0 later' }], ['is busy after the text (4xx)', { end: '452 4.3.1 no space' }],
	['refuses us, not the reader (5xx before RCPT)', { MAIL: '550 who are you' }],
	['answers nonsense', { EHLO: 'hello', HELO: 'hello' }]])
	test(`ACC-16 a mail server that ${name} is asked again, and the letter then arrives once, as new`, async () => {
		begin(what)
		const number = await happens()
		await jobs()
		assert.deepEqual([(await rowOf(number)).state, (await rowOf(number)).tries], ['waiting', '1'])
		letters = []
		await again()
		assert.equal(letters.length, 1)
		assert.ok(!REPEAT.test(text(letters[0])))
		assert.equal((await rowOf(number)).state, 'done')
	})

for (const [step, code] of [['RCPT', '550 5.1.1 no such mailbox'], ['end', '554 5.7.1 not wanted']])
	test(`ACC-16 a refusal for good ends at once and is not tried again: ${code}`, async () => {
		begin({ [step]: code })
		const number = await happens()
		await jobs()
		await again()
		assert.deepEqual(await rowOf(number), { ...await rowOf(number), state: 'failed', tries: '1', status: code.slice(0, 3), answer: code })
	})

for (const [name, what, sent] of [['cuts the connection', { end: s => s.destroy() }, 2], ['falls silent', { end: null }, 2], ['cuts the connection while', { DATA: s => { s.write('354 go on\r\n'); s.destroy() } }, 1]])
	test(`ACC-16 a server that ${name} after the whole text may have taken it: the second letter is the same one, and says so`, async () => {
		begin(what)
		const number = await happens()
		await jobs()
		assert.equal((await rowOf(number)).state, 'waiting')
		await again()
		assert.equal(letters.length, sent)
		assert.equal(new Set(letters.map(x => header(x, 'Message-ID'))).size, 1)
		assert.deepEqual(letters.map(x => REPEAT.test(text(x))), [false, true].slice(-sent))
		assert.equal((await rowOf(number)).state, 'done')
	})

for (const step of ['greeting', 'RCPT', 'end'])
	test(`ACC-16 jobs killed while the server is at ${step}: the letter is sent again, with the note that it may be the second`, async () => {
		begin({ [step]: null })
		const number = await happens()
		const child = it.spawn('jobs', '--once', '--only', 'outbox')
		await until(() => seen.includes(step), step)
		child.kill('SIGKILL')
		await child.ended
		await again()
		assert.equal((await rowOf(number)).state, 'done')
		assert.ok(REPEAT.test(text(letters.at(-1))))
		assert.equal(new Set(letters.map(x => header(x, 'Message-ID'))).size, 1)
	})

test('ACC-16 a letter that nobody takes is given up after its last try', async () => {
	begin({ greeting: s => s.destroy() })
	const number = await happens()
	await jobs()
	for (let i = 0; i < 9; i++) await again(says)
	assert.deepEqual([(await rowOf(number)).state, (await rowOf(number)).tries], ['failed', '10'])
})

test('ACC-16 two processes at once send each letter once', async () => {
	begin()
	const numbers = []
	for (let i = 0; i < 12; i++) numbers.push(await happens())
	await Promise.all([jobs(), jobs()])
	assert.equal(letters.length, 12)
	assert.equal(new Set(letters.map(x => header(x, 'Message-ID'))).size, 12)
})

test('ACC-16 a mail server that does not answer keeps nobody waiting: the others are not tried in its time', async () => {
	begin({ greeting: null })
	for (let i = 0; i < 5; i++) await happens()
	await jobs()
	assert.equal(seen.filter(s => s === 'greeting').length, 1)
	await again()
	assert.equal(letters.length, 5)
})

test('ACC-16 in clear to a server without STARTTLS: only when the settings allow it', async () => {
	begin()
	process.env.YUNSHI_MAIL_TLS = 'yes'
	const number = await happens()
	await jobs()
	delete process.env.YUNSHI_MAIL_TLS
	assert.equal((await rowOf(number)).state, 'waiting')
	assert.ok(!seen.includes('MAIL'))
	await again()
	assert.equal(letters.length, 1)
})

test('ACC-16 an address that is none is refused without asking anybody', async () => {
	begin()
	await it.sql("UPDATE person SET email = 'li> SIZE=1' WHERE id = 9001")
	const number = await happens()
	await jobs()
	await it.sql("UPDATE person SET email = 'li@example.com' WHERE id = 9001")
	assert.deepEqual([(await rowOf(number)).state, seen.length], ['failed', 0])
})

test('ACC-16 an SMS is signed JSON; it does not wait for its e-mail; 422 ends it, all else is tried again', async () => {
	const key = readFileSync(`${it.folder}/secret/sms`, 'utf8').trim()
	await it.sql("UPDATE person SET mobile = '13900000001' WHERE id = 9001")
	begin({ greeting: s => s.destroy() })
	const number = await happens()
	await jobs()
	const [x] = sms
	assert.deepEqual([x.to, x.repeat, x.text.includes(number)], ['13900000001', false, true])
	assert.equal(x.headers['x-yunshi-signature'], createHmac('sha256', key).update(`${x.headers["x-yunshi-time"]}.${x.body}`).digest('hex'))
	assert.ok(Math.abs(+x.headers['x-yunshi-time'] - Date.now() / 1000) < 60)
	assert.equal((await rowOf(number, 'sms')).state, 'done')
	for (const [answer, state] of [[res => { res.writeHead(422); res.end() }, 'failed'], [res => { res.writeHead(503); res.end() }, 'waiting'], [res => { res.writeHead(302, { location: '/x' }); res.end() }, 'waiting'], [res => { res.writeHead(401); res.end() }, 'waiting']]) {
		begin()
		smsSays = answer
		const other = await happens()
		await jobs()
		assert.equal((await rowOf(other, 'sms')).state, state)
	}
	begin()
	smsSays = res => res.destroy()
	const lost = await happens()
	await jobs()
	smsSays = res => res.end('{}')
	sms = []
	await again()
	const repeated = sms.find(s => s.text.includes(lost))
	assert.equal(repeated.repeat, true)
})
