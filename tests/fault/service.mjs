// Signals, lost connections and a store that goes and comes, seen from outside while payments arrive: IFC-4, IFC-8, MON-6, S-9.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { assert, atEnd, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { PRODUCT, World } from '../lib/world.mjs'

timeout(60)
process.env.YUNSHI_PROVISION_TIMEOUT_MS = '2000'
const it = await instance({ parts: 'buyer callback jobs nginx', options: ['--workers', '3'] })
const world = await World.make(it, { buyers: 8 })
const alive = async pool => (await it.workers(pool)).sort()

/** What a worker can be asked for without a person: reads the store, answers 200. */
const page = () => it.client().get('/products?q=x')

/** Locks a row for so long, in a transaction of somebody else. */
const lock = (payment, seconds) => it.sql(`START TRANSACTION; SELECT id FROM payment WHERE id = ${payment.id} FOR UPDATE; DO SLEEP(${seconds}); COMMIT`)

test('IFC-8 SIGHUP under load: new workers, and no notification is lost or answered otherwise', async () => {
	const before = await alive('callback'), payments = []
	for (let i = 0; i < 60; i++) payments.push(await world.payable(i % 8))
	const sending = parallel(4, async i => {
		const codes = []
		for (let k = i; k < payments.length; k += 4) codes.push((await world.notify(payments[k])).code)
		return codes
	})
	it.kill('callback', 'SIGHUP')
	assert.deepEqual((await sending).flat(), Array(60).fill('SUCCESS'))
	await until(async () => { const now = await alive('callback'); return now.length === 3 && now.every(p => !before.includes(p)) }, 'new workers')
	for (const p of payments) await world.paidOnce(p)
	await world.audit()
})

test('IFC-8 SIGTERM of a worker: the request at hand is done and answered, and another worker comes', async () => {
	const payment = await world.payable(0), held = lock(payment, 1.5), before = await alive('callback')
	await new Promise(yes => setTimeout(yes, 300))
	const answer = world.notify(payment)
	await new Promise(yes => setTimeout(yes, 300))
	for (const pid of before) process.kill(pid, 'SIGTERM')
	assert.equal((await answer).code, 'SUCCESS')
	await held
	await world.paidOnce(payment)
	await until(async () => { const now = await alive('callback'); return now.length === 3 && now.every(p => !before.includes(p)) }, 'new workers')
})

test('IFC-8 SIGTERM of the pool: the request at hand is done and answered, then it ends; started again it serves', async () => {
	const payment = await world.payable(0), held = lock(payment, 1.5), master = it.pid('callback')
	await new Promise(yes => setTimeout(yes, 300))
	const answer = world.notify(payment)
	await new Promise(yes => setTimeout(yes, 300))
	process.kill(master, 'SIGTERM')
	assert.equal((await answer).code, 'SUCCESS')
	await held
	await world.paidOnce(payment)
	await until(() => { try { process.kill(master, 0); return / Z /.test(readFileSync(`/proc/${master}/stat`, 'utf8')) } catch { return true } }, 'the end')
	await it.start()
	const next = await world.payable(1)
	assert.equal((await world.notify(next)).code, 'SUCCESS')
	await world.paidOnce(next)
})

test('IFC-8 SIGTERM of the jobs while a provider is called: the call is waited for, recorded and acted on', async () => {
	let asked = 0
	const server = http.createServer((req, res) => { asked++; req.resume().on('end', () => setTimeout(() => res.end('{"signId":"77"}'), 1000)) })
	await new Promise(yes => server.listen(0, '127.0.0.1', yes))
	atEnd(() => new Promise(yes => { server.close(yes); server.closeAllConnections() }))
	it.kill('jobs', 'SIGSTOP')
	await it.sql(`UPDATE product SET webhook_url = 'http://127.0.0.1:${server.address().port}/' WHERE id = ${PRODUCT};
		UPDATE outbox SET next_at = '2099-01-01' WHERE state = 'waiting'`)
	const payment = await world.payable(2)
	assert.equal((await world.notify(payment)).code, 'SUCCESS')
	it.kill('jobs', 'SIGCONT')
	await until(() => asked === 1, 'the call')
	it.kill('jobs', 'SIGTERM')
	await until(async () => (await world.state(payment)).orders === 'completed', 'the order', 5)
	await it.start()
	assert.equal(asked, 1)
	await world.audit()
})

test('S-5 connections that the server ends are made anew: nobody notices', async () => {
	const payments = []
	for (let i = 0; i < 12; i++) payments.push(await world.payable(3))
	for (const p of payments) {
		const mine = (await it.sql("SELECT id FROM information_schema.processlist WHERE user LIKE 'yunshi_%'")).map(r => `KILL ${r.id}`)
		await it.sql(mine.join(';')).catch(() => 'one was gone already')
		const [notified, shown] = await Promise.all([world.notify(p), page()])
		assert.deepEqual([notified.code, shown.status], ['SUCCESS', 200])
	}
	for (const p of payments) await world.paidOnce(p)
	await world.audit()
})

test('IFC-4 MON-6 the store goes and comes: 503 with Retry-After and FAIL meanwhile, the same workers serve again, nothing is lost', async () => {
	const before = [await alive('buyer'), await alive('callback')], jobs = it.pid('jobs'), payment = await world.payable(4)
	it.kill('store')
	for (let i = 0; i < 5; i++) {
		const ready = await it.client().get('/readyz'), shown = await it.client().get(`/products?q=${i}`), notified = await world.notify(payment)
		assert.equal(ready.status, 503)
		assert.deepEqual([shown.status, shown.headers['retry-after'] > 0], [503, true])
		assert.deepEqual([notified.status, notified.code], [200, 'FAIL'])
		assert.equal((await it.client().get('/healthz')).status, 200)
	}
	const problem = await it.client().json('/products?q=a')
	assert.deepEqual([problem.status, problem.json.code], [503, 'away'])
	await it.start()
	await until(async () => (await it.client().get('/readyz')).status === 200, 'ready', 5)
	for (let i = 0; i < 12; i++) assert.equal((await page()).status, 200)
	assert.equal((await world.notify(payment)).code, 'SUCCESS')
	await world.paidOnce(payment)
	assert.deepEqual([await alive('buyer'), await alive('callback')], before)
	assert.equal(it.pid('jobs'), jobs)
	await world.audit()
})

test('S-5 a store that stands still for a second is waited for', async () => {
	const payment = await world.payable(5)
	it.kill('store', 'SIGSTOP')
	const asked = world.notify(payment)
	await new Promise(yes => setTimeout(yes, 1000))
	it.kill('store', 'SIGCONT')
	assert.equal((await asked).code, 'SUCCESS')
	await world.paidOnce(payment)
})
