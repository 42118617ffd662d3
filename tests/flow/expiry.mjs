// What people are told of their resources' ends, and providers of their systems (ACC-16, SUB-2, PRV-5).
import { assert, instance, test, timeout } from '../lib/harness.mjs'

timeout(60)
const it = await instance({ parts: 'store' })
const ORG = 9000, HOUR = 3600e3, DAY = 24 * HOUR
let moved = 0, ids = 0
const now = () => Date.now() + moved
const forward = async ms => { moved += Math.round(ms / 60e3) * 60e3; if (ms >= 60e3) await it.forward(`${Math.round(ms / 60e3)}m`) }
const utc = ms => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
/** Noon in Peking, so many days from today there. */
const noon = days => Math.floor((now() + 8 * HOUR) / DAY) * DAY + 4 * HOUR + days * DAY
const nextMorning = async (hour = 9.5) => {
	const at = (now() + 8 * HOUR) % DAY
	await forward((hour * HOUR - at + DAY) % DAY)
}
const of = await it.one(`SELECT r.* FROM resource r JOIN person p ON p.email = 'provider@demo.test' JOIN member m ON m.person_id = p.id AND m.org_id = r.provider_id
	JOIN product k ON k.id = r.product_id AND k.dialect IS NOT NULL AND k.state = 'listed' WHERE r.state = 'in_use' AND r.delivery = 'automatic' AND r.main_id IS NULL LIMIT 1`)
await it.sql(`INSERT INTO org (id, kind, name, created_at) VALUES (${ORG}, 'buyer', 'Org', '2026-01-01'); INSERT INTO org_counter (org_id) VALUES (${ORG})`)
/** A copy of a resource of the demo, of our own organisation. */
async function resource(end, more = {}) {
	const id = 8000 + ++ids, row = { ...of, buyer_id: ORG, id, name: `R${id}`, end_at: utc(end), begin_at: '2026-01-01', ...more }
	await it.sql(`INSERT INTO resource (${Object.keys(row)}) VALUES (${Object.values(row).map(v => v === null ? 'NULL' : `'${v}'`)})`)
	return String(id)
}
const run = (job = 'expiry') => it.yunshi('jobs', '--once', '--only', job)
/** One process holds this job for half a minute: the next does not wait for that. */
const term = async () => { await it.sql('DELETE FROM lease'); await run('resource_term') }
const told = async (number, event = 'resource_expiring') => (await it.sql(`SELECT d.why FROM message_draft d JOIN outbox b ON b.subject = d.id WHERE d.number = '${number}' AND b.action = '${event}' ORDER BY d.id`)).map(r => r.why)

test('ACC-16 a resource that ends is told of 30, 15, 7, 3 and 1 days before, each once, however often the job runs', async () => {
	await nextMorning()
	const id = await resource(noon(31)), seen = []
	await run()
	assert.deepEqual(await told(id), [])
	for (const days of [1, 14, 1, 8, 4, 1, 1, 1]) {
		await forward(days * DAY)
		await Promise.all([run(), run()])
		await run()
		seen.push((await told(id)).join())
	}
	assert.deepEqual(seen, ['30', '30', '30,15', '30,15,7', '30,15,7,3', '30,15,7,3', '30,15,7,3,1', '30,15,7,3,1'])
})

test('ACC-16 when the jobs were away, the nearest warning is given, and not all that were missed', async () => {
	await nextMorning()
	const id = await resource(noon(20))
	await run()
	await forward(15 * DAY)
	await run()
	await run()
	assert.deepEqual(await told(id), ['5'])
	await forward(4 * DAY)
	await run()
	assert.deepEqual(await told(id), ['5', '1'])
})

test('ACC-16 nobody is woken: what is due at midnight is told at nine', async () => {
	await nextMorning(10)
	await run()
	const id = await resource(noon(8))
	await nextMorning(8)
	await run()
	assert.deepEqual(await told(id), [])
	await nextMorning(9.2)
	await run()
	assert.deepEqual(await told(id), ['7'])
})

test('ACC-16 not told: who bought it today, parts that end with their main resource, what is no longer in use; a renewed one begins anew', async () => {
	await nextMorning(10)
	await run()
	await forward(DAY)
	const silent = [await resource(noon(7), { begin_at: utc(now() - HOUR) }), await resource(noon(7), { main_id: of.id }), await resource(noon(7), { state: 'refunded' })]
	const id = await resource(noon(7))
	await run()
	for (const x of silent) assert.deepEqual(await told(x), [])
	assert.deepEqual(await told(id), ['7'])
	await it.sql(`UPDATE resource SET end_at = '${utc(noon(31))}' WHERE id = ${id}`)
	await forward(DAY)
	await run()
	assert.deepEqual(await told(id), ['7', '30'])
})

test('ACC-16 hundreds that end in the same second are all told, by two processes at once, each once', async () => {
	await nextMorning(10)
	await run()
	const at = noon(8), all = []
	for (let i = 0; i < 230; i++) all.push({ ...of, buyer_id: ORG, id: 9000 + i, name: `S${i}`, end_at: utc(at), begin_at: '2026-01-01' })
	await it.sql(`INSERT INTO resource (${Object.keys(of)}) VALUES ${all.map(r => `(${Object.values(r).map(v => v === null ? 'NULL' : `'${v}'`)})`)}`)
	await forward(DAY)
	await Promise.all([run(), run()])
	await run()
	const counts = await it.sql("SELECT number, COUNT(*) AS n FROM message_draft WHERE number BETWEEN '9000' AND '9229' AND LENGTH(number) = 4 GROUP BY number")
	assert.equal(counts.length, 230)
	assert.ok(counts.every(c => c.n === '1'))
})

test('ACC-16 SUB-2 the end and the release are told, each once', async () => {
	const id = await resource(now() - HOUR)
	await it.sql(`UPDATE org_counter SET resources = 1 WHERE org_id = ${ORG}`)
	await term()
	await term()
	assert.deepEqual([await told(id, 'resource_expired'), await told(id, 'resource_released')], [[''], []])
	await forward(40 * DAY)
	await term()
	await term()
	assert.deepEqual([await told(id, 'resource_expired'), await told(id, 'resource_released')], [[''], ['']])
})

test("PRV-5 ACC-16 a listed product's daily check that fails is told once, and again only after it recovered", async () => {
	const product = of.product_id, notices = () => told(product, 'probe_failed')
	await it.sql(`UPDATE product_probe SET next_at = NULL; DELETE FROM product_probe WHERE product_id = ${product};
		INSERT INTO product_probe (product_id, dialect, webhook_url, state, asked_at, checked_at, next_at)
		SELECT id, dialect, 'http://127.0.0.1:9/hook', 'passed', '2026-01-01', '2026-01-01', '2026-01-02' FROM product WHERE id = ${product}`)
	await run('product_probe')
	assert.equal((await notices()).length, 1)
	await forward(25 * HOUR)
	await run('product_probe')
	assert.equal((await notices()).length, 1)
	assert.ok((await it.one(`SELECT checked_at FROM product_probe WHERE product_id = ${product}`)).checked_at > utc(now() - HOUR))
	await it.sql(`UPDATE product_probe SET state = 'passed' WHERE product_id = ${product}`)
	await forward(25 * HOUR)
	await run('product_probe')
	assert.equal((await notices()).length, 2)
	await it.sql(`UPDATE product SET state = 'delisted' WHERE id = ${product}; UPDATE product_probe SET state = 'passed', next_at = '2026-01-02' WHERE product_id = ${product}`)
	await run('product_probe')
	assert.equal((await notices()).length, 2, 'what does not sell is nobody’s worry')
})

test("PRV-5 ACC-16 an event that a provider's system never took is told to the provider, once, with the way to it", async () => {
	const id = await resource(noon(300)), event = '8999999'
	await it.sql(`UPDATE product SET webhook_url = 'http://127.0.0.1:9/hook' WHERE id = ${of.product_id};
		INSERT INTO outbox (id, kind, state, subject, action, tries, next_at, created_at) VALUES (${event}, 'provision', 'waiting', ${id}, 'expire', 9, '2026-01-01', '2026-01-01')`)
	await Promise.all([run('outbox'), run('outbox')])
	await run('outbox')
	assert.equal((await it.one(`SELECT state FROM outbox WHERE id = ${event}`)).state, 'failed')
	const got = await it.sql(`SELECT p.email, m.link, m.topic, m.subject FROM message m JOIN person p ON p.id = m.person_id WHERE m.event = 'event_failed' AND m.number = '${event}'`)
	assert.ok(got.some(m => m.email === 'provider@demo.test'))
	assert.equal(new Set(got.map(m => m.email)).size, got.length)
	assert.deepEqual([got[0].link, got[0].topic, got[0].subject], [`/provider/integration/${event}`, 'provider', of.product_name])
})
