// The connection to the store breaks at each statement, and at COMMIT before and after it was done: what was begun runs again by itself, a
// lost answer to COMMIT never does anything twice, and a store that dies in the middle is made up for when it is back.
import { assert, instance, test, timeout } from '../lib/harness.mjs'
import { Breaker } from '../lib/breaker.mjs'
import { Actor, PLAN, PRICE, World, newTransaction } from '../lib/world.mjs'

timeout(120)
const it = await instance({ parts: 'buyer sandbox nginx' })
const world = await World.make(it, { stock: 1000 })
const breaker = new Breaker(it)
await breaker.ready
const through = pool => new Actor(it, pool, undefined, { YUNSHI_DATABASE_SOCKET: breaker.path })
const buyer = through('buyer'), callback = through('callback')

/** The case with the connection broken at each statement in turn, then at COMMIT; `how` as in the breaker. */
async function everywhere(how, least, run) {
	let n = 1
	for (; ; n++) {
		breaker.arm(n, how)
		await run(n)
		if (!breaker.broke) break
	}
	assert.ok(n - 1 >= least, `${n - 1} statements`)
	breaker.arm('commit', how)
	await run('commit')
	assert.equal(breaker.broke, 1)
	await world.audit()
}

for (const how of ['before', 'after']) {
	const lost = how === 'before' ? 'before the statement arrives' : 'after it was done'

	test(`MON-6 S-5 a notification goes on when the connection breaks ${lost}`, async () => {
		await everywhere(how, 10, async at => {
			const payment = await world.payable(0), { rc, said } = await callback.ask('hear', payment.number, newTransaction(), PRICE)
			assert.equal(rc, 'ok', `${at}`)
			assert.equal(said, at === 'commit' && how === 'after' ? 'duplicate' : 'applied', `${at}`)
			await world.paidOnce(payment)
		})
	})

	test(`ORD-11 S-5 placing an order goes on when the connection breaks ${lost}, and places one`, async () => {
		const count = async () => +(await it.one(`SELECT COUNT(*) AS n FROM orders WHERE plan_id = ${PLAN}`)).n
		let turn = 0
		await everywhere(how, 5, async at => {
			const before = await count(), words = world.placing(1, `${how}-place-${++turn}`)
			const first = await buyer.ask(...words)
			assert.equal(first.rc, 'ok', `${at}`)
			assert.equal(await count(), before + 1, `${at}`)
			assert.deepEqual(await buyer.ask(...words), first)
		})
	})

	test(`ORD-6 S-5 cancelling goes on when the connection breaks ${lost}`, async () => {
		let turn = 0
		await everywhere(how, 6, async at => {
			const { order } = await world.payable(2)
			assert.equal((await buyer.ask('cancel', order.buyer, order.buyer, order.number, `${how}-cancel-${++turn}`)).rc, 'ok', `${at}`)
			assert.deepEqual(await it.sql(`SELECT to_state FROM audit_log WHERE object_id = ${order.id} ORDER BY id`), [{ to_state: 'to_pay' }, { to_state: 'cancelled' }])
		})
	})
}

for (const at of [1, 4, 7, 10, 13, 'commit'])
	test(`MON-2 MON-6 the store is killed in the middle of a notification, at ${at === 'commit' ? 'COMMIT' : `statement ${at}`}`, async () => {
		const payment = await world.payable(3), words = ['hear', payment.number, newTransaction(), PRICE]
		breaker.arm(at, () => it.kill('store'))
		const first = await callback.ask(...words)
		assert.equal(breaker.broke, 1)
		assert.ok(['away', 'uncertain'].includes(first.rc), first.rc)
		await it.start()
		await world.audit()
		assert.equal((await callback.ask(...words)).rc, 'ok')
		await world.paidOnce(payment)
		await world.audit()
	})

test('MON-7 MON-8 the closing of a payment learns that it was paid and cannot book it: it is tried again, nothing is lost', async () => {
	const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
	const order = await world.order(2), by = order.buyer, cash = await world.cash(2)
	const { said } = await world.buyerActor.ask('start', by, by, order.number, 'closing-start'), number = said.split('/').at(-1)
	const { scan_path: scan } = (await sandbox.json(`/?number=${number}`)).json.waiting[0]
	assert.equal((await world.buyerActor.ask('cancel', by, by, order.number, 'closing-cancel')).rc, 'ok')
	assert.equal((await sandbox.post(`${scan}/pay`, { fault: 'lost' })).status, 200)
	await it.sql(`UPDATE outbox SET next_at = IF(kind = 'channel_close' AND subject = (SELECT id FROM payment WHERE number = '${number}'), UTC_TIMESTAMP(6), '2099-01-01') WHERE state = 'waiting'`)
	const jobs = () => it.tryYunshi('jobs', '--only', 'outbox', '--once')
	await it.sql("REVOKE INSERT ON finance_case FROM yunshi_jobs@'%'")
	assert.equal((await jobs()).status, 0)
	assert.deepEqual(await world.cases({ number }), [])
	await it.sql("GRANT INSERT ON finance_case TO yunshi_jobs@'%'")
	await it.sql("UPDATE outbox SET next_at = UTC_TIMESTAMP(6) WHERE state = 'waiting' AND kind = 'channel_close' AND next_at < '2099-01-01'")
	assert.equal((await jobs()).status, 0)
	assert.deepEqual(await world.cases({ number }), ['late'])
	assert.equal(await world.cash(2), cash + PRICE)
	await world.audit()
})
