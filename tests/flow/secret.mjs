// A provider replaces the secret of its product's system while both are in use (PRV-4).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, test, timeout, until } from '../lib/harness.mjs'
import { receiver } from '../lib/receiver.mjs'
import { wrong } from '../lib/shelf.mjs'

timeout(60)
const it = await instance({ parts: 'buyer provider jobs sandbox nginx' })
const first = readFileSync(path.join(it.folder, 'secret/provider_token'), 'utf8')
const provider = await it.client().signIn('provider@demo.test'), other = await it.client().signIn('provider2@demo.test')
const { org } = await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'provider@demo.test'")
const resources = await it.sql(`SELECT r.id, r.product_id FROM resource r WHERE r.provider_id = ${org} AND r.state = 'in_use' AND r.delivery = 'automatic' AND r.sign_id IS NOT NULL AND r.end_at > NOW(6) + INTERVAL 60 DAY
	AND r.product_id = (SELECT product_id FROM resource WHERE provider_id = ${org} AND state = 'in_use' AND delivery = 'automatic' AND sign_id IS NOT NULL GROUP BY product_id ORDER BY COUNT(*) DESC LIMIT 1) LIMIT 6`)
const product = resources[0].product_id, page = `/provider/products/${product}/secret`
const show = async () => (await provider.json(page)).json
const replace = (secret, grace) => provider.submit(page, { secret, ...grace && { grace } }, { action: page })
const done = { success: 'true' }

/** The next resource's period ends; what the systems were told of it, once it is told. */
async function told(...systems) {
	const { id } = resources.shift()
	await it.sql(`UPDATE resource SET end_at = NOW(6) - INTERVAL 1 SECOND WHERE id = ${id}`)
	const { event } = await until(async () => it.one(`SELECT id AS event FROM outbox WHERE subject = ${id} AND action = 'expire' AND state <> 'waiting'`), 'told', 30)
	const tries = await it.sql(`SELECT answer FROM outbox_try WHERE outbox_id = ${event} ORDER BY try DESC`)
	return { calls: systems.map(s => s.calls.filter(c => c.query.eventId === event)), answer: tries[0].answer, tries: tries.length }
}
const speaks = (dialect, url) => it.sql(`UPDATE product SET dialect = '${dialect}', webhook_url = '${url}' WHERE id = ${product}`)
const signatures = call => call.headers['x-yunshi-signature'].split(',').filter(x => x.startsWith('v1=')).length

test('PRV-4 what is wrong stands at its field, is not shown again, and changes nothing; another provider has no such page', async () => {
	const before = await it.one(`SELECT HEX(webhook_secret) AS s FROM product WHERE id = ${product}`)
	for (const [secret, grace, field] of [['short', 'day', 'secret'], ['', 'day', 'secret'], ['x'.repeat(101), 'day', 'secret'], ['a-new-secret-1', 'year', 'grace']]) {
		const refused = await replace(secret, grace)
		assert.deepEqual([refused.status, wrong(refused).map(w => w[0])], [422, [field]])
		if (secret) assert.ok(!refused.html.includes(secret))
	}
	assert.deepEqual(await it.one(`SELECT HEX(webhook_secret) AS s FROM product WHERE id = ${product}`), before)
	assert.equal((await other.get(page)).status, 404)
	assert.equal((await other.submit(`/provider/products`, {}, { action: page }).catch(() => ({ status: 404 }))).status, 404)
	assert.deepEqual(await show(), { id: product, name: (await show()).name, set: true, old_until: null })
})

test('PRV-4 yunshi: while the old secret lives each call is signed with both, and whoever knows either understands', async () => {
	assert.equal((await replace('a-second-secret', 'week')).status, 303)
	const left = (Date.parse((await show()).old_until) - Date.now()) / 86400e3
	assert.ok(left > 6.9 && left <= 7.1, left)
	const html = (await provider.get(page)).html
	assert.ok(html.includes('立即停用旧密钥') && !html.includes('a-second-secret') && !html.includes(first))
	for (const secret of [first, 'a-second-secret']) {
		const system = await receiver('yunshi', secret, () => done)
		await speaks('yunshi', system.url)
		const { calls: [[call]] } = await told(system)
		assert.deepEqual([call.ok, signatures(call)], [true, 2])
	}
})

test('PRV-4 PRV-2 tencent has room for one signature: the new one first, the old one where it is not known yet; no event fails of it', async () => {
	const late = await receiver('tencent', first, () => done), early = await receiver('tencent', 'a-second-secret', () => done)
	await speaks('tencent', late.url)
	const behind = await told(late)
	assert.deepEqual([behind.calls[0].map(c => c.ok), behind.tries], [[false, true], 1])
	assert.match(behind.answer, /secret that is being replaced/)
	await speaks('tencent', early.url)
	assert.deepEqual((await told(early)).calls[0].map(c => c.ok), [true])
})

test('PRV-4 ended at once, the old secret signs no more; it ends once', async () => {
	const end = { action: `${page}/end` }, tab = provider.tab(), stale = await tab.get(page)
	assert.equal((await provider.submit(page, {}, end)).status, 303)
	assert.equal((await show()).old_until, null)
	const form = stale.form(`${page}/end`)
	assert.equal((await tab.post(form.action, form.controls.filter(c => c.on).map(c => [c.name, c.value]))).status, 409)
	const system = await receiver('yunshi', 'a-second-secret', () => done)
	await speaks('yunshi', system.url)
	const { calls: [[call]] } = await told(system)
	assert.deepEqual([call.ok, signatures(call)], [true, 1])
	assert.deepEqual((await it.sql(`SELECT event, details FROM audit_log WHERE object_id = ${product} AND event LIKE 'secret%' ORDER BY id`)).map(e => [e.event, e.details]), [['secret', 'week'], ['secret_end', null]])
})

test('PRV-4 after its grace the old secret is dead by itself, without anybody doing anything', async () => {
	assert.equal((await replace('a-third-secret', 'day')).status, 303)
	await it.forward('25h')
	await provider.signIn('provider@demo.test')
	assert.equal((await show()).old_until, null)
	const system = await receiver('yunshi', 'a-third-secret', () => done)
	await speaks('yunshi', system.url)
	const { calls: [[call]] } = await told(system)
	assert.deepEqual([call.ok, signatures(call)], [true, 1])
	const text = readFileSync(path.join(it.is.log, 'jobs.log'), 'utf8')
	for (const secret of ['a-second-secret', 'a-third-secret']) assert.ok(!text.includes(secret))
	assert.match(await it.yunshi('audit'), / 0 breaches/)
})
