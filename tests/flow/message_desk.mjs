// E-mails and SMS that did not get through, at the operators' desk (ACC-16).
import { assert, fill, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer operator sandbox nginx' })
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const sign = name => it.client().signIn(name + '@demo.test')
const admin = await sign('admin'), PAGE = '/ops/messages'
const { org } = await it.one("SELECT m.org_id AS org FROM member m JOIN person p ON p.id = m.person_id WHERE p.email = 'buyer@demo.test' ORDER BY m.org_id LIMIT 1")
let serial = 0

/** A message whose e-mail failed: {number, id of its row}. */
async function failed() {
	const number = `D${++serial}`, id = 600000 + serial
	await it.sql(`INSERT INTO message_draft (id, org_id, number, subject, amount, deadline, why) VALUES (${id}, ${org}, '${number}', '云枢', 1, '2030-01-01', '');
		INSERT INTO outbox (id, kind, state, subject, action, next_at, created_at) VALUES (${id}, 'notify', 'waiting', ${id}, 'progress_reported', '2020-01-01', NOW(6))`)
	process.env.YUNSHI_MAIL_SERVER = 'smtp://127.0.0.1:9'
	await it.yunshi('jobs', '--once', '--only', 'outbox')
	delete process.env.YUNSHI_MAIL_SERVER
	const row = await it.one(`SELECT b.id FROM outbox b JOIN message m ON m.id = b.subject JOIN person p ON p.id = m.person_id WHERE m.number = '${number}' AND b.action = 'email' AND p.email = 'buyer@demo.test'`)
	await it.sql(`UPDATE outbox b JOIN message m ON m.id = b.subject SET b.state = IF(b.id = ${row.id}, 'failed', 'done'), b.next_at = NULL, b.done_at = NOW(6) WHERE m.number = '${number}' AND b.action = 'email'`)
	return { number, id: row.id }
}
const list = async (who, state = 'failed') => (await who.json(`${PAGE}?state=${state}`)).json.items.map(x => x.number)
const letters = async number => (await sandbox.json('/mail')).json.items.filter(x => x.by === 'email' && x.text.includes(number))
const go = () => it.yunshi('jobs', '--once', '--only', 'outbox')

test('ACC-16 what failed is listed with its reason, and goes out once when it is sent again, however often the button is pressed', async () => {
	const x = await failed(), page = await admin.get(PAGE)
	assert.ok(page.text.includes(x.number) && page.text.includes('buyer@demo.test') && /connect/i.test(page.text), 'the reason')
	const form = fill(page.form(`${PAGE}/${x.id}/resend`), {})
	for (let i = 0; i < 2; i++) assert.equal((await admin.post(`${PAGE}/${x.id}/resend`, form)).location, PAGE)
	await go()
	const got = await letters(x.number)
	assert.deepEqual(got.map(l => l.copies), [1])
	assert.ok(!got[0].text.includes('可能与您已收到的一封重复'))
	assert.ok(!(await list(admin)).includes(x.number))
	assert.ok((await list(admin, 'done')).includes(x.number))
	assert.equal((await it.sql(`SELECT 1 FROM audit_log WHERE event = 'message_resend' AND object_id = ${x.id}`)).length, 1)
	assert.equal((await it.sql(`SELECT 1 FROM outbox_try WHERE outbox_id = ${x.id}`)).length, 1, 'what was tried stays on record')
})

test('ACC-16 two operators at once: one sends it again, the other is told', async () => {
	const x = await failed(), people = [admin, await sign('support')]
	const forms = await Promise.all(people.map(async p => fill((await p.get(PAGE)).form(`${PAGE}/${x.id}/resend`), {})))
	const answers = await Promise.all(people.map((p, i) => p.post(`${PAGE}/${x.id}/resend`, forms[i])))
	assert.deepEqual(answers.map(a => a.status).sort(), [303, 422])
	assert.ok(answers.find(a => a.status === 422).text.includes('可能已有人处理'))
	await go()
	assert.deepEqual((await letters(x.number)).map(l => l.copies), [1])
})

test('ACC-16 all that failed go out again together; what failed after the page was opened waits', async () => {
	const some = [await failed(), await failed()], form = fill((await admin.get(PAGE)).form(PAGE + '/resend'), {}), late = await failed()
	assert.equal((await admin.post(PAGE + '/resend', form)).status, 303)
	await go()
	for (const x of some) assert.equal((await letters(x.number)).length, 1)
	assert.deepEqual([await letters(late.number), await list(admin)], [[], [late.number]])
})

test('ACC-16 ACC-2 the desk is for administrators, support and auditors; the auditor only reads; nobody sends what did not fail', async () => {
	const [x] = (await admin.json(PAGE)).json.items
	for (const [name, status] of [['support', 200], ['finance', 403], ['buyer', 403]]) assert.ok([status, 404].includes((await (await sign(name)).get(PAGE)).status), name)
	const form = (await admin.get(PAGE)).form(`${PAGE}/${x.id}/resend`)
	for (const id of ['1', '99999999999999999999', 'x']) assert.ok([404, 422].includes((await admin.post(`${PAGE}/${id}/resend`, fill(form, { key: 'another-key-' + id }))).status))
	assert.equal((await admin.post(PAGE + '/resend', fill(form, {}).concat([['up_to', 'x']]))).status, 404)
})
