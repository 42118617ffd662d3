// One instance's life in each dialect, told to receivers that were written from the protocols alone (PRV-1 to PRV-5, DEL-2, DEL-3, SUB-2).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, test, timeout, until } from '../lib/harness.mjs'
import { receiver } from '../lib/receiver.mjs'
import { PRODUCT, World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer callback jobs sandbox nginx' })
const world = await World.make(it)
const secret = readFileSync(path.join(it.folder, 'secret/provider_token'), 'utf8')

let numbers = 10000, asked = 0, refreshed = 0
const app = n => ({ website: `https://app.example/${n}`, authUrl: `https://app.example/${n}/login` })
const tencent = body => body.action === 'createInstance' ? ++asked % 2 ? { signId: '0' } : { signId: String(++numbers), appInfo: app(numbers), additionalInfo: [{ name: '初始密码', value: 'geheim-1' }] } : { success: 'true' }
const lines = new Map()
function koogallery(body) {
	switch (body.activity) {
	case 'newInstance':
		if (!lines.has(body.orderLineId)) lines.set(body.orderLineId, { id: `k-${body.businessId}`, ready: 0 })
		return { resultCode: '000004', instanceId: lines.get(body.orderLineId).id }
	case 'queryInstance': {
		const line = [...lines.values()].find(x => x.id === body.instanceId)
		if (!line) return { resultCode: '000003' }
		if (!line.ready++) return { resultCode: '000004' }
		return { resultCode: '000000', info: [{ instanceId: line.id, appInfo: { frontEndUrl: `https://app.example/${line.id}`, userName: 'clerk', password: 'geheim-1', memo: '首次登录请修改密码' } }] }
	}
	case 'refreshInstance':
		return { resultCode: ++refreshed % 2 ? '000004' : '000000' }
	default:
		return { resultCode: lines.size && [...lines.values()].some(x => x.id === body.instanceId) ? '000000' : '000003' }
	}
}
const resourceOf = p => it.one(`SELECT o.state AS order_state, r.state, r.sign_id, r.id, r.buyer_id FROM orders o JOIN order_line l ON l.order_id = o.id JOIN resource r ON r.id = l.resource_id WHERE o.number = '${p.order.number}'`)
const fieldsOf = async id => it.sql(`SELECT name, value, sealed IS NOT NULL AS secret FROM resource_field WHERE resource_id = ${id} ORDER BY position`)

/** Bought, made after it was under way for a while, in use. */
async function bought(dialect, url) {
	await it.sql(`UPDATE product SET dialect = '${dialect}', webhook_url = '${url}' WHERE id = ${PRODUCT}`)
	const payment = await world.payable(0)
	assert.equal((await world.notify(payment)).code, 'SUCCESS')
	return until(async () => { const r = await resourceOf(payment); return r.state === 'in_use' && { ...r, number: payment.order.number } }, `${dialect}: in use`, 30)
}

/** The platform renewed it. */
async function renewed(r) {
	await it.sql(`INSERT INTO outbox (id, kind, state, subject, action, next_at, created_at, provider_id) SELECT ${r.id} + 77, 'provision', 'waiting', ${r.id}, 'renew', NOW(6), NOW(6), provider_id FROM resource WHERE id = ${r.id}`)
	await until(async () => (await it.one(`SELECT state FROM outbox WHERE id = ${r.id} + 77`)).state === 'done', 'renew was told', 30)
	return (await it.one(`SELECT DATE_FORMAT(end_at + INTERVAL 8 HOUR, '%Y-%m-%d %H:%i:%s') AS end FROM resource WHERE id = ${r.id}`)).end
}

/** Its period ends, and then its grace period. */
async function ended(r) {
	await it.sql(`UPDATE resource SET end_at = NOW(6) - INTERVAL 1 SECOND WHERE id = ${r.id}`)
	await until(async () => (await it.one(`SELECT COUNT(*) AS n FROM outbox WHERE subject = ${r.id} AND action = 'expire' AND state = 'done'`)).n === '1', 'expire was told', 30)
	await it.sql(`UPDATE resource SET end_at = NOW(6) - INTERVAL 400 DAY WHERE id = ${r.id}`)
	await until(async () => (await it.one(`SELECT COUNT(*) AS n FROM outbox WHERE subject = ${r.id} AND action = 'destroy' AND state = 'done'`)).n === '1', 'destroy was told', 30)
}

for (const dialect of ['tencent', 'yunshi'])
	test(`PRV-1 ${dialect === 'tencent' ? 'PRV-2' : 'PRV-4'} PRV-5 ${dialect}: under way, then made; renewed; expired, then destroyed, in this order, all signed`, async () => {
		asked = 0
		const to = await receiver(dialect, secret, tencent), r = await bought(dialect, to.url)
		assert.equal(r.sign_id, String(numbers))
		assert.deepEqual((await fieldsOf(r.id)).map(f => [f.name, f.secret]), [['website', '0'], ['auth_url', '0'], ['初始密码', '1']])
		const creates = to.asked('createInstance')
		assert.equal(creates.length, 2)
		assert.equal(creates[0].query.eventId, creates[1].query.eventId, 'the event number stays over repeats')
		assert.equal(creates[0].body.orderId, r.number)
		assert.equal(await renewed(r), to.asked('renewInstance')[0].body.instanceExpireTime)
		await ended(r)
		assert.deepEqual(to.calls.flatMap(c => c.wrong), [])
		assert.ok(to.calls.every(c => c.ok))
		assert.deepEqual(to.calls.map(c => c.body.action).slice(2), ['renewInstance', 'expireInstance', 'destroyInstance'])
		assert.ok(to.calls.slice(2).every(c => c.body.signId === r.sign_id))
		assert.equal(dialect === 'yunshi', 'x-yunshi-signature' in to.calls[0].headers)
	})

test('PRV-1 PRV-3 PRV-5 koogallery: under way, asked by queryInstance until it is made; renewed, which is under way too; frozen, then released; one instance for one order line', async () => {
	const to = await receiver('koogallery', secret, koogallery), r = await bought('koogallery', to.url)
	assert.equal(lines.size, 1)
	const [[line, { id }]] = lines
	assert.deepEqual([line, r.sign_id], [`${r.number}-000001`, id])
	const fields = await fieldsOf(r.id)
	assert.deepEqual(fields.map(f => [f.name, f.secret]), [['website', '0'], ['account', '0'], ['password', '1'], ['memo', '0']])
	assert.equal(fields[2].value, null)
	assert.equal(to.asked('newInstance').length, 2)
	const end = await renewed(r), asked = to.asked('refreshInstance')
	assert.deepEqual(asked.map(c => [c.body.scene, c.body.expireTime, c.body.instanceId]), Array(2).fill(['RENEWAL', end.replace(/\D/g, ''), id]), 'asked again until it is done')
	await ended(r)
	assert.deepEqual(to.calls.flatMap(c => c.wrong), [])
	const [freeze] = to.asked('updateInstanceStatus'), [release] = to.asked('releaseInstance')
	assert.deepEqual([freeze.body.status, freeze.body.instanceId, release.body.instanceId, release.body.orderId], ['FREEZE', id, id, r.number])
	assert.ok(to.calls.every(c => c.ok && c.body.testFlag === '0' && /^[0-9a-f]{64}$/.test(c.query.nonce)))
	assert.equal(new Set(to.calls.map(c => c.query.nonce)).size, to.calls.length)
})

test('PRV-3 a koogallery provider that refuses the signature is asked again; one that refuses the order line is refunded', async () => {
	const stranger = await receiver('koogallery', 'another-key', koogallery), no = await receiver('koogallery', secret, () => ({ resultCode: '000100', resultMsg: 'sold out' }))
	await it.sql(`UPDATE product SET dialect = 'koogallery', webhook_url = '${stranger.url}' WHERE id = ${PRODUCT}`)
	const again = await world.payable(1), refused = await world.payable(2)
	assert.equal((await world.notify(again)).code, 'SUCCESS')
	await until(() => stranger.calls.length >= 1, 'the first try')
	await it.sql(`UPDATE product SET webhook_url = '${no.url}' WHERE id = ${PRODUCT}`)
	assert.equal((await world.notify(refused)).code, 'SUCCESS')
	await until(async () => (await resourceOf(refused)).order_state === 'cancelled', 'the refund', 30)
	assert.equal(no.calls.every(c => c.ok), true)
	await world.audit()
})
