// The connection to the store breaks at each statement, and at COMMIT before and after it was done: what was begun runs again by itself, a
// lost answer to COMMIT never does anything twice, and a store that dies in the middle is made up for when it is back.
import { assert, instance, test, timeout } from '../lib/harness.mjs'
import { Breaker } from '../lib/breaker.mjs'
import { Actor, PLAN, PRICE, World, newTransaction } from '../lib/world.mjs'

timeout(120)
const it = await instance({ parts: 'buyer nginx' })
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
