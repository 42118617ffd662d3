// For twenty seconds payments arrive while workers, jobs and the store are killed at random.  The payment platform repeats what was not
// acknowledged, providers are called until they deliver: in the end each payment is booked once, each order delivered once, the audit clean.
import { assert, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { World } from '../lib/world.mjs'

timeout(120)
process.env.YUNSHI_PROVISION_TIMEOUT_MS = '500'
const it = await instance({ parts: 'buyer callback jobs sandbox nginx', options: ['--workers', '3'] })
const world = await World.make(it, { buyers: 8 })
const SECONDS = 20, SENDERS = 4
// repeatable: YUNSHI_TEST_SEED
let seed = +(process.env.YUNSHI_TEST_SEED ?? Date.now() % 1e9)
const random = n => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 65536) % n }
const pause = ms => new Promise(yes => setTimeout(yes, ms))

test('MON-2 MON-6 DEL-2 payments under random kill -9 of workers, jobs and store', async t => {
	t.note(`YUNSHI_TEST_SEED=${seed}`)
	const payments = []
	for (let i = 0; i < 280; i++) payments.push(await world.payable(i % 8))
	const killed = { worker: 0, jobs: 0, store: 0 }, acknowledged = new Set(), end = Date.now() + SECONDS * 1000
	let unheard = 0

	/** Like the payment platform: the same document until it is acknowledged. */
	const send = async payment => {
		for (const xml = world.xml(world.fields(payment.number)); ;) {
			const { code } = await world.send(xml).catch(() => ({}))
			if (code === 'SUCCESS') { acknowledged.add(payment.number); return }
			unheard++
			await pause(50)
		}
	}
	const sending = parallel(SENDERS, async i => {
		for (let k = i; k < payments.length; k += SENDERS) {
			await send(payments[k])
			await pause(random(500))
		}
	})
	const killers = [
		async () => { const w = await it.workers('callback').catch(() => []); if (w.length) { process.kill(w[random(w.length)], 'SIGKILL'); killed.worker++ } },
		async () => { it.kill('jobs'); killed.jobs++; await it.start() },
		async () => { it.kill('store'); killed.store++; await pause(random(300)); await it.start() },
	]
	while (Date.now() < end) {
		const which = random(10)
		await killers[which < 7 ? 0 : which < 9 ? 1 : 2]().catch(error => { if (error.code !== 'ESRCH') throw error })
		await pause(random(250))
	}
	await sending
	t.note(`${JSON.stringify(killed)}, ${unheard} notifications not acknowledged`)
	assert.ok(killed.worker >= 5 && killed.jobs >= 1 && killed.store >= 1, JSON.stringify(killed))
	assert.equal(acknowledged.size, payments.length)
	await world.audit()
	for (const p of payments) await world.paidOnce(p)
	const open = () => it.one(`SELECT COUNT(*) AS n FROM orders WHERE number IN (${payments.map(p => `'${p.order.number}'`)}) AND state <> 'completed'`)
	await until(async () => (await open()).n === '0', 'all delivered', 40)
	const fields = await it.sql(`SELECT COUNT(*) AS n FROM resource_field f JOIN resource r ON r.id = f.resource_id WHERE r.order_number IN (${payments.map(p => `'${p.order.number}'`)}) GROUP BY r.id`)
	assert.deepEqual([...new Set(fields.map(f => f.n))], ['4'])
	assert.equal((await it.one("SELECT COUNT(*) AS n FROM finance_case WHERE org_id BETWEEN 8001 AND 8008")).n, '0')
	await world.audit()
})
