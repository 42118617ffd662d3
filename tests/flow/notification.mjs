// Which messages reach a person by e-mail and SMS, as they chose (ACC-16).
import { assert, fill, instance, test, until } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer sandbox nginx' })
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const PAGE = '/console/settings/notifications'
const sign = name => it.client().signIn(name + '@demo.test')
const buyer = await sign('buyer')
const orgOf = async name => (await it.one(`SELECT m.org_id AS org FROM member m JOIN person p ON p.id = m.person_id WHERE p.email = '${name}@demo.test' ORDER BY m.org_id LIMIT 1`)).org
const org = await orgOf('buyer')
let serial = 0

/** Something happens to the organisation; what its owner finds in the mail box: 'email', 'sms'. */
async function told(event, to = 'buyer@demo.test') {
	const number = 'N' + String(Date.now()) + ++serial, id = `7${String(Date.now())}${1000 + serial}`
	await it.sql(`INSERT INTO message_draft (id, org_id, number, subject, amount, deadline, why) VALUES (${id}, ${org}, '${number}', '云枢', 12300, '2030-01-01', '缘由');
		INSERT INTO outbox (id, kind, state, subject, action, next_at, created_at) VALUES (${id}, 'notify', 'waiting', ${id}, '${event}', '2020-01-01', NOW(6))`)
	await it.yunshi('jobs', '--once', '--only', 'outbox')
	const person = await it.one(`SELECT email, mobile FROM person WHERE email = '${to}'`)
	const letters = (await sandbox.json('/mail')).json.items.filter(x => x.text.includes(number) && [person.email, person.mobile].includes(x.to))
	assert.equal((await it.sql(`SELECT 1 FROM message m JOIN person p ON p.id = m.person_id WHERE m.number = '${number}' AND p.email = '${to}'`)).length, 1, 'in the inbox, always')
	return letters.map(x => x.by).sort()
}
const ticked = (page, name) => page.form(PAGE).controls.filter(c => c.name === name && c.on).map(c => c.value)

test('ACC-16 until one chooses: e-mail, and SMS for what is urgent for the role', async () => {
	const page = await buyer.get(PAGE)
	assert.ok(page.text.includes('buyer@demo.test') && /1\d{10}/.test(page.text))
	assert.ok(ticked(page, 'by_email').includes('topup_done') || page.html.includes('value="topup_done"'))
	assert.ok(ticked(page, 'by_sms').includes('resource_expiring'))
	assert.ok(!ticked(page, 'by_sms').includes('progress_reported'))
	assert.deepEqual(await told('resource_expiring'), ['email', 'sms'])
	assert.deepEqual(await told('progress_reported'), ['email'])
})

test('ACC-16 a kind that is switched off comes to the inbox alone; one that is switched on comes by SMS', async () => {
	const page = await buyer.get(PAGE), email = ticked(page, 'by_email').filter(e => e !== 'progress_reported'), sms = [...ticked(page, 'by_sms').filter(e => e !== 'resource_expiring'), 'progress_reported']
	const form = page.form(PAGE), answer = await buyer.post(PAGE, fill(form, { by_email: email, by_sms: sms }))
	assert.equal(answer.location, PAGE + '?saved=1')
	assert.ok((await buyer.get(answer.location)).text.includes('通知设置已保存'))
	assert.deepEqual(await told('resource_expiring'), ['email'])
	assert.deepEqual(await told('progress_reported'), ['sms'])
	assert.equal((await buyer.post(PAGE, fill(form, { by_email: email, by_sms: sms }))).location, PAGE + '?saved=1')	// the same once more
	assert.equal((await it.sql("SELECT 1 FROM audit_log WHERE event = 'notifications'")).length, 1)
})

test('ACC-16 money and decided appeals come by e-mail whatever was chosen, and the page says so', async () => {
	const page = await buyer.get(PAGE)
	assert.ok(page.text.includes('重要通知，始终发送邮件'))
	for (const event of ['topup_done', 'appeal_decided'])
		assert.match(page.html, new RegExp(`name="by_email" value="${event}"[^>]*checked[^>]* disabled`))
	await buyer.post(PAGE, fill(page.form(PAGE), { by_email: [], by_sms: [] }))
	assert.deepEqual(await told('topup_done'), ['email'])
	assert.deepEqual(await told('appeal_decided'), ['email'])
	assert.deepEqual(await told('acceptance_asked'), [])
})

test('ACC-16 what cannot be left out comes by SMS to who has no e-mail address', async () => {
	const { id: person } = await it.one("SELECT id FROM person WHERE email = 'buyer@demo.test'")
	await it.sql(`UPDATE person SET email = NULL WHERE id = ${person}`)
	try {
		const id = `7${Date.now()}99`
		await it.sql(`INSERT INTO message_draft (id, org_id, number, subject, amount, deadline, why) VALUES (${id}, ${org}, 'NOMAIL', '', 1, NULL, '');
			INSERT INTO outbox (id, kind, state, subject, action, next_at, created_at) VALUES (${id}, 'notify', 'waiting', ${id}, 'topup_done', '2020-01-01', NOW(6))`)
		await it.yunshi('jobs', '--once', '--only', 'outbox')
		await until(async () => (await sandbox.json('/mail')).json.items.some(x => x.by === 'sms' && x.text.includes('NOMAIL')), 'the SMS')
	} finally {
		await it.sql(`UPDATE person SET email = 'buyer@demo.test' WHERE id = ${person}`)
	}
})

test('ACC-16 a kind that does not concern the reader is refused, and nothing changes', async () => {
	const before = await it.sql('SELECT * FROM message_choice ORDER BY person_id, event'), form = (await buyer.get(PAGE)).form(PAGE)
	for (const name of ['by_email', 'by_sms'])
		for (const wrong of ['order_to_review', 'no_such', '']) {
			const answer = await buyer.post(PAGE, [...fill(form, {}).filter(([k]) => k !== 'key'), ['key', 'k-' + name + wrong.length + 'abcdefgh'], [name, wrong || '\'"><']])
			assert.equal(answer.status, 422)
		}
	assert.deepEqual(await it.sql('SELECT * FROM message_choice ORDER BY person_id, event'), before)
})

test('ACC-16 each sees the kinds of their own portal and roles, in their own language', async () => {
	const kinds = async name => (await (await sign(name)).json(PAGE)).json.topics.map(t => t.topic)
	assert.deepEqual(await kinds('buyer2'), ['orders', 'money', 'delivery', 'resources'])
	assert.deepEqual(await kinds('provider'), ['orders', 'delivery', 'provider'])
	assert.deepEqual(await kinds('mediator'), ['platform'])
	assert.ok((await buyer.get(PAGE, { headers: { 'accept-language': 'en' } })).text.includes('Important: always by e-mail'))
	assert.equal((await it.client().get(PAGE)).status, 303)
})
