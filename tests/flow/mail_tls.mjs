// E-mails to servers that want TLS and a sign-in: nothing in clear, nobody else's certificate, each refusal what it is (ACC-16).
import { chmodSync, writeFileSync } from 'node:fs'
import { assert, instance, program, test } from '../lib/harness.mjs'
import { mailServer } from '../lib/smtp.mjs'
import { authority, certificate, file, pair } from '../lib/tls.mjs'

const it = await instance({ parts: 'buyer operator sandbox nginx' })
const sign = () => it.client().signIn('admin@demo.test'), PAGE = '/ops/messages', HERE = 'subjectAltName=DNS:localhost,IP:127.0.0.1\n'
await authority('ours')
await authority('theirs')
await certificate('box', 'ours', HERE)
await certificate('elsewhere', 'ours', 'subjectAltName=DNS:mail.example.com\n')
await certificate('stranger', 'theirs', HERE)
await certificate('alone', null, HERE)
await certificate('old', 'ours', HERE, '-1')
const password = 'geheim & 密码', signing = { user: 'robot@yunshi.test', password }
writeFileSync(file('password'), password)
chmodSync(file('password'), 0o400)

await it.sql(`INSERT INTO org (id, kind, name, created_at) VALUES (9000, 'buyer', 'Org', '2026-01-01');
	INSERT INTO org_counter (org_id) VALUES (9000);
	INSERT INTO person (id, user_name, email, mobile, name, password_hash, created_at) VALUES (9001, 'li', 'li@example.com', NULL, '李工', '', '2026-01-01');
	INSERT INTO member (person_id, org_id, roles) VALUES (9001, 9000, 1);
	UPDATE outbox SET state = 'done', next_at = NULL`)
let serial = 0
/** One round of the jobs with these settings. */
async function jobs(settings) {
	const env = Object.fromEntries(Object.entries(settings).map(([k, v]) => [`YUNSHI_MAIL_${k.toUpperCase()}`, v]))
	const done = await program(it.is.program, ['jobs', '--config', it.is.config, '--once', '--only', 'outbox'], { env: { ...it.env(), YUNSHI_MAIL_TIMEOUT_MS: '3000', ...env } })
	assert.equal(done.status, 0, done.stderr)
}
/** A letter to somebody, tried once: its row. */
async function letter(settings) {
	const number = `T${++serial}`, id = 710000 + serial
	await it.sql(`UPDATE outbox SET state = 'done', next_at = NULL WHERE state = 'waiting';
		INSERT INTO message_draft (id, org_id, number, subject, amount, deadline, why) VALUES (${id}, 9000, '${number}', '云枢', 1, '2030-01-01', '');
		INSERT INTO outbox (id, kind, state, subject, action, next_at, created_at) VALUES (${id}, 'notify', 'waiting', ${id}, 'resource_expiring', '2020-01-01', NOW(6))`)
	await jobs(settings)
	return { number, ...await rowOf(number) }
}
const rowOf = number => it.one(`SELECT b.id, b.state, b.tries, t.status, t.answer FROM message m JOIN outbox b ON b.subject = m.id AND b.action = 'email'
	LEFT JOIN outbox_try t ON t.outbox_id = b.id AND t.try = b.tries WHERE m.number = '${number}' ORDER BY b.id DESC LIMIT 1`)
const over = (box, more = {}) => ({ server: `${box.how.implicit ? 'smtps' : 'smtp'}://localhost:${box.port}`, tls: 'yes', ca_file: file('ours.pem'), ...box.how.user && { user: box.how.user, password_file: file('password') }, ...more })
const SECRETS = new RegExp(`li@example|MAIL|AUTH|Subject|${Buffer.from(password).toString('base64').slice(0, 8)}`, 'i')

for (const [name, how] of [['STARTTLS', { starttls: true }], ['smtps', { implicit: true }]])
	test(`ACC-16 ${name}: the letter goes out inside TLS, signed in with a password of any characters, under an authority of our own`, async () => {
		const box = await mailServer({ ...pair('box'), ...signing, ...how }), row = await letter(over(box))
		assert.deepEqual([row.state, row.status, row.answer], ['done', '250', '250 2.0.0 taken'])
		assert.deepEqual(box.letters.map(l => [l.secure, l.user, l.to.length]), [[true, signing.user, 1]])
		assert.ok(box.letters[0].text.includes('To: <li@example.com>') && box.letters[0].from.includes('noreply@yunshi.test'))
		assert.doesNotMatch(box.clear, SECRETS)
	})

for (const [name, who] of [['of an authority that is not ours', 'stranger'], ['that signs itself', 'alone'], ['of another name', 'elsewhere'], ['that is over', 'old']])
	test(`ACC-16 a certificate ${name} is refused before a word is said, and the letter waits`, async () => {
		for (const how of [{ starttls: true }, { implicit: true }]) {
			const box = await mailServer({ ...pair(who), ...signing, ...how }), row = await letter(over(box))
			assert.deepEqual([row.state, row.status], ['waiting', '0'])
			assert.match(row.answer, /certificate|SSL/i)
			assert.ok(!box.steps.some(s => ['MAIL', 'AUTH', 'AUTH?'].includes(s)), box.steps.join(' '))
		}
	})

test('ACC-16 an authority that the system does not trust is none unless it is named', async () => {
	const box = await mailServer({ ...pair('box'), starttls: true })
	assert.equal((await letter(over(box, { ca_file: '' }))).state, 'waiting')
	assert.equal((await letter(over(box))).state, 'done')
})

test('ACC-16 a STARTTLS that was taken out on the way, or refused, or answered in clear, is not gone around: neither password nor letter in clear', async () => {
	for (const more of [{ starttls: false }, { starttls: true, says: { STARTTLS: '454 4.7.0 not now' } }, { starttls: true, says: { STARTTLS: '220 go on\r\n250 injected' } }]) {
		const box = await mailServer({ ...pair('box'), ...signing, ...more }), row = await letter(over(box))
		assert.equal(row.state, 'waiting')
		assert.deepEqual(box.letters, [])
		assert.doesNotMatch(box.clear, SECRETS)
	}
})

test('ACC-16 a wrong password fails at once, is not tried again and again, and stands on the operators\' page; set right, the letter goes out from there', async () => {
	const box = await mailServer({ ...pair('box'), ...signing, password: 'another', starttls: true }), row = await letter(over(box))
	assert.deepEqual([row.state, row.tries, row.status, row.answer], ['failed', '1', '535', '535 5.7.8 bad name or password'])
	await it.forward('1d')
	await jobs(over(box))
	assert.equal((await it.sql(`SELECT try FROM outbox_try WHERE outbox_id = ${row.id}`)).length, 1)
	const admin = await sign(), shown = (await admin.json(PAGE)).json.items.find(i => i.id === row.id)
	assert.deepEqual([shown.number, shown.status, shown.answer], [row.number, 535, row.answer])
	assert.ok((await admin.get(PAGE)).text.includes('535 5.7.8'))
	box.how.password = password
	assert.equal((await admin.submit(PAGE, {}, { action: `${PAGE}/${row.id}/resend` })).status, 303)
	await jobs(over(box))
	assert.deepEqual([(await rowOf(row.number)).state, box.letters.filter(l => l.text.includes('To: <li@example.com>')).length], ['done', 1])
})

test('ACC-16 a sign-in that is refused for now (4xx) is tried again', async () => {
	const box = await mailServer({ ...pair('box'), ...signing, starttls: true, says: { AUTH: '454 4.7.0 later' } })
	assert.deepEqual([(await letter(over(box))).state, box.letters.length], ['waiting', 0])
})

test('ACC-16 inside TLS too: 4xx for the reader or the text is tried again, 5xx is for good and stands on the page', async () => {
	for (const [step, line, state] of [['RCPT', '450 4.2.1 mailbox busy', 'waiting'], ['.', '451 4.3.0 later', 'waiting'], ['RCPT', '550 5.1.1 no such mailbox', 'failed'], ['.', '554 5.7.1 not wanted', 'failed'], ['MAIL', '553 5.1.8 not your sender', 'waiting']]) {
		const box = await mailServer({ ...pair('box'), ...signing, implicit: true, says: { [step]: line } }), row = await letter(over(box))
		assert.deepEqual([step, row.state, row.status, row.answer], [step, state, line.slice(0, 3), line])
		assert.equal((await (await sign()).json(`${PAGE}?state=${state}`)).json.items.find(i => i.id === row.id)?.answer, line)
		box.how.says = {}
		await it.forward('1d')
		await jobs(over(box))
		assert.equal(box.letters.filter(l => l.text.includes('li@example.com')).length, state === 'waiting' ? 1 : 0)
	}
})
