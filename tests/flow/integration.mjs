// What a provider's own system was told: seen, sent again, dealt with (DEL-2, PRV-5).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, test, timeout, until } from '../lib/harness.mjs'
import { receiver } from '../lib/receiver.mjs'
import { at, Shelf } from '../lib/shelf.mjs'

timeout(60)
const it = await instance({ parts: 'buyer provider jobs sandbox nginx' })
const secret = readFileSync(path.join(it.folder, 'secret/provider_token'), 'utf8')
const provider = await it.client().signIn('provider@demo.test'), other = await it.client().signIn('provider2@demo.test')
const org = (await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'provider@demo.test'")).org
let answer = () => ({ success: 'false' })
const system = await receiver('tencent', secret, body => answer(body))
const home = '/provider/integration'
const list = async (query = '', client = provider) => (await client.json(home + query)).json
const event = async id => (await provider.json(`${home}/${id}`)).json

/** A resource in use of this provider, whose system is ours from now on; its period ends: {id of the event}. */
async function expiring() {
	const r = await it.one(`SELECT r.id, r.product_id FROM resource r JOIN product p ON p.id = r.product_id WHERE r.provider_id = ${org} AND r.state = 'in_use' AND r.delivery = 'automatic' AND r.sign_id IS NOT NULL AND r.end_at > NOW(6)
		AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.subject = r.id AND b.kind = 'provision' AND b.action = 'expire') LIMIT 1`)
	await it.sql(`UPDATE product SET dialect = 'tencent', webhook_url = '${system.url}' WHERE id = ${r.product_id}`)
	await it.sql(`UPDATE resource SET end_at = NOW(6) - INTERVAL 1 SECOND WHERE id = ${r.id}`)
	return (await until(async () => (await it.sql(`SELECT id FROM outbox WHERE subject = ${r.id} AND action = 'expire' AND tries > 0`))[0], 'the event', 30)).id
}
const failed = await (async () => { const id = await expiring(); await until(async () => (await event(id)).event.state === 'failed', 'failed'); return id })()

test('PRV-5 DEL-2 a failed event stands in the list with what was answered; another provider has no such event', async () => {
	const { items } = await list('?state=failed')
	const mine = items.find(e => e.id === failed)
	assert.deepEqual([mine.action, mine.state, mine.tries, mine.status, mine.answer], ['expire', 'failed', 1, 200, 'refused by the provider'])
	assert.ok(items.every(e => e.state === 'failed'))
	assert.ok(!(await list('', other)).items.some(e => e.id === failed))
	for (const path of [failed, '0', 'x', '18446744073709551615']) assert.equal((await other.get(`${home}/${path}`)).status, 404)
	for (const act of ['replay', 'acknowledge']) assert.equal((await other.submit(home, {}, { action: `${home}/${failed}/${act}` }).catch(e => e)).status === 303, false)
	const page = await provider.get(`${home}/${failed}`)
	for (const says of ['到期', '立即重新发送', '标记为已处理', 'refused by the provider']) assert.ok(page.text.includes(says), says)
})

test('PRV-5 it is dealt with once; then sent again, it goes out from the beginning under the same event number and succeeds', async () => {
	const at = `${home}/${failed}`
	assert.equal((await provider.submit(at, {}, { action: `${at}/acknowledge` })).status, 303)
	assert.ok((await event(failed)).event.acknowledged_at)
	assert.equal((await event(failed)).may_acknowledge, false)
	assert.equal((await provider.tab().submit(at, {}, { action: `${at}/replay` })).status, 303)
	answer = () => ({ success: 'true' })
	await until(async () => (await event(failed)).event.state === 'done', 'done', 30)
	const calls = system.calls.filter(c => c.query.eventId === failed)
	assert.ok(calls.length >= 2 && calls.every(c => c.ok))
	assert.equal((await event(failed)).may_replay, false)
	const again = await provider.get(at)
	assert.ok(!again.html.includes('/replay"'))
	assert.match(await it.yunshi('audit'), / 0 breaches/)
})

test('PRV-5 one that waits goes out at once', async () => {
	answer = () => ({ later: 1 })
	const id = await expiring()
	assert.equal((await event(id)).event.state, 'waiting')
	answer = () => ({ success: 'true' })
	assert.equal((await provider.submit(`${home}/${id}`, {}, { action: `${home}/${id}/replay` })).status, 303)
	await until(async () => (await event(id)).event.state === 'done', 'done', 30)
	assert.equal((await event(id)).event.tries, 2)
})

test('REF-13 a creation that failed was refunded: it cannot be sent again', async () => {
	const [{ id }] = await it.sql(`SELECT b.id FROM outbox b WHERE b.provider_id = ${org} AND b.action = 'create' LIMIT 1`)
	await it.sql(`UPDATE outbox SET state = 'failed', next_at = NULL WHERE id = ${id}`)
	assert.equal((await event(id)).may_replay, false)
	assert.ok(!(await provider.get(`${home}/${id}`)).html.includes('/replay"'))
})

test('PRV-1 PRV-5 DEL-2 a connection check: in each dialect a system that knows the secret passes; one that takes any signature, or knows another secret, does not', async () => {
	const shelf = await Shelf.make(it), { id } = await shelf.write('要测试的商品'), ours = 'a-secret-of-ours'
	const webhook = at(id, '/edit/webhook')
	const reply = { tencent: b => ({ echoback: b.echoback }), yunshi: b => ({ echoback: b.echoback }), koogallery: () => ({ resultCode: '000003' }) }
	const check = async (dialect, url) => {
		assert.equal((await shelf.save(id, '/edit/webhook', { dialect, webhook_url: url })).status, 303)
		assert.equal((await shelf.save(id, '/secret', { secret: ours })).status, 303)
		assert.equal((await shelf.provider.submit(webhook, {}, { action: `${webhook}/probe` })).status, 303)
		return until(async () => { const m = (await shelf.provider.json(webhook)).json; return ['passed', 'failed'].includes(m.probe) && m }, `${dialect} is checked`, 30)
	}
	for (const dialect of ['tencent', 'koogallery', 'yunshi']) {
		const good = await receiver(dialect, ours, reply[dialect]), stranger = await receiver(dialect, 'another-secret', reply[dialect])
		assert.deepEqual([dialect, (await check(dialect, stranger.url)).probe], [dialect, 'failed'])
		assert.deepEqual([dialect, (await check(dialect, good.url)).probe], [dialect, 'passed'])
		assert.deepEqual(good.calls.map(c => c.ok), [true, false])
	}
	const careless = await receiver('tencent', ours, reply.tencent, { anybody: true })
	const m = await check('tencent', careless.url)
	assert.deepEqual([m.probe, m.probe_answer], ['failed', 'a wrong signature was accepted'])
	assert.equal((await shelf.save(id, '/edit/webhook', { dialect: 'tencent', webhook_url: 'https://api.example.com/other' })).status, 303)
	assert.equal((await shelf.provider.json(webhook)).json.probe, null, 'another address is another system')
})
