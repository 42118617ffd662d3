// Deliveries and appeals, acted on at the same moment and killed wherever they can be: one wins, the other is told, all of it or nothing, the books
// hold.  DEL-6, DEL-8, MON-2.
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { Actor, PRICE, PRODUCT, World } from '../lib/world.mjs'

const ROUNDS = +(process.env.YUNSHI_RACE_ROUNDS ?? 60), LANES = 4, PROVIDER = 7001, PERSON = 9
timeout(120 + ROUNDS)
const it = await instance({ parts: 'buyer' })
const world = await World.make(it, { buyers: LANES + 1 })
await it.sql(`UPDATE product SET delivery = 'manual', dialect = NULL, webhook_url = '' WHERE id = ${PRODUCT};
	UPDATE category_policy SET channels = CONCAT(channels, ',balance') WHERE category_code = 'saas'`)
for (const i of world.buyers.keys()) await world.fund(i, 100000000000)
const { org: PLATFORM } = await it.one("SELECT m.org_id AS org FROM member m JOIN person p ON p.id = m.person_id WHERE p.email = 'mediator@demo.test'")
const buyer = new Actor(it, 'buyer'), provider = new Actor(it, 'provider')
const lanes = await parallel(LANES, async i => ({ i, buyer: new Actor(it, 'buyer'), provider: new Actor(it, 'provider'), desk: new Actor(it, 'operator'), other: new Actor(it, 'operator'), jobs: new Actor(it, 'jobs'), more: new Actor(it, 'jobs') }))
const rounds = (n, run) => parallel(LANES, async i => { for (let r = i; r < n; r += LANES) await run(lanes[i], r) })
const pause = ms => new Promise(yes => setTimeout(yes, ms))
let keys = 0
const key = () => `delivery-key-${++keys}`

const bought = (i, number, event, actor = buyer, k = key()) => actor.ask('step', world.buyers[i], PERSON, number, k, event)
const sold = (number, event, actor = provider, k = key()) => actor.ask('step', PROVIDER, PERSON, number, k, event)
const appeal = (i, number, actor = buyer, k = key()) => actor.ask('appeal', world.buyers[i], PERSON, number, k, 'provider_late')
const decide = (number, decision, actor, k = key()) => actor.ask('appeal_decide', PLATFORM, PERSON, number, k, decision)
const ok = async answer => assert.equal((await answer).rc, 'ok')

/** A paid order's delivery of buyer i, as far as the steps say. */
async function delivery(i, ...steps) {
	const order = await world.place(i)
	await ok(world.pay(i, [order], { channel: 'balance' }))
	const d = await it.one(`SELECT id, number, resource_id AS resource, order_id FROM delivery WHERE order_number = '${order}'`)
	for (const s of steps) await ok(s === 'require' ? bought(i, d.number, s) : sold(d.number, s))
	return { ...d, i, order }
}
const submitted = i => delivery(i, 'require', 'confirm', 'submit')
async function late(i) {
	const d = await delivery(i, 'require', 'confirm')
	await it.sql(`UPDATE delivery SET step_since = step_since - INTERVAL 6 DAY, due_at = due_at - INTERVAL 6 DAY WHERE id = ${d.id}`)
	return d
}
async function appealed(i) {
	const d = await late(i)
	await ok(appeal(i, d.number))
	return { ...d, appeal: (await it.one(`SELECT number FROM appeal WHERE delivery_id = ${d.id}`)).number }
}
const due = (d, days = 31) => it.sql(`UPDATE delivery SET step_since = step_since - INTERVAL ${days} DAY, due_at = due_at - INTERVAL ${days} DAY, alarm_at = alarm_at - INTERVAL ${days} DAY WHERE id = ${d.id}`)
/** State, hold, the resource, how many rounds, and what came back. */
const seen = async d => Object.values(await it.one(`SELECT d.state, d.hold, r.state AS resource, (SELECT COUNT(*) FROM delivery_round x WHERE x.delivery_id = d.id) AS rounds,
	(SELECT COALESCE(SUM(u.payable), 0) FROM orders u WHERE u.refunds_id = d.order_id AND u.state = 'completed') AS back FROM delivery d JOIN resource r ON r.id = d.resource_id WHERE d.id = ${d.id}`))
const ends = async d => (await it.sql(`SELECT event FROM delivery_round WHERE delivery_id = ${d.id} AND event IN ('accept', 'auto_accept', 'reject_acceptance')`)).map(r => r.event)

/** Kills a process at each point of the case until it gets through; made makes what it is about, run acts, check sees that it is done once. */
async function everywhere(t, pool, least, { made, run, undone, done }) {
	let n = 0
	for (let k = 1, point = 'tx_statement:1'; point; ) {
		const x = await made(), k1 = key(), actor = new Actor(it, pool, point), first = await run(x, actor, k1)
		await actor.end()
		const killed = first.rc === 'killed'
		if (killed && point !== 'after_commit:1') assert.deepEqual(await seen(x), undone, point)
		const again = new Actor(it, pool), second = await run(x, again, k1)
		await again.end()
		assert.ok(second.rc === 'ok' || (second.rc === 'conflict' && (!killed || point === 'after_commit:1')), `${point} ${second.rc}`)
		assert.deepEqual(await seen(x), done, point)
		n += killed
		point = killed && point.startsWith('tx') ? `tx_statement:${++k}` : point.startsWith('tx') ? 'before_commit:1' : point === 'before_commit:1' ? 'after_commit:1' : null
	}
	assert.ok(n >= least, `${n} points`)
	t.note(`${n} points`)
	await world.audit()
}

test('DEL-6 MON-2 killed between any two statements of accepting: accepted and handed over, or neither', t => everywhere(t, 'buyer', 8, {
	made: () => submitted(0), run: (d, actor, k) => bought(0, d.number, 'accept', actor, k),
	undone: ['awaiting_acceptance', null, 'provisioning', '4', '0'], done: ['completed', null, 'in_use', '5', '0'],
}))

test('DEL-6 DEL-9 killed between any two statements of the timer\'s accepting', t => everywhere(t, 'jobs', 8, {
	made: async () => { const d = await submitted(0); await due(d); return d }, run: (d, actor) => actor.ask('alarm', d.id),
	undone: ['awaiting_acceptance', null, 'provisioning', '4', '0'], done: ['completed', null, 'in_use', '5', '0'],
}))

test('DEL-8 killed between any two statements of an appeal: it is open and holds the delivery, or neither', t => everywhere(t, 'buyer', 8, {
	made: () => late(0), run: (d, actor, k) => appeal(0, d.number, actor, k),
	undone: ['in_implementation', null, 'provisioning', '3', '0'], done: ['in_implementation', 'appeal', 'provisioning', '4', '0'],
}))

test('DEL-8 REF-1 killed between any two statements of closing with a full refund: decided with its money, or neither', t => everywhere(t, 'operator', 15, {
	made: () => appealed(0), run: (d, actor, k) => decide(d.appeal, 'close_full', actor, k),
	undone: ['in_implementation', 'appeal', 'provisioning', '4', '0'], done: ['closed', null, 'refunded', '5', String(PRICE)],
}))

test(`DEL-6 the buyer accepts while two jobs accept, ${ROUNDS} times: one of them, once`, async t => {
	let won = 0
	await rounds(ROUNDS, async (lane, r) => {
		const d = await submitted(lane.i)
		await due(d)
		const jobs = [lane.jobs, lane.more].map(j => j.ask('alarm', d.id))
		if (r % 3) await pause(r % 7)
		const [mine, ...theirs] = await Promise.all([bought(lane.i, d.number, 'accept', lane.buyer), ...jobs])
		assert.deepEqual([mine, ...theirs].map(a => a.rc).sort(), ['conflict', 'conflict', 'ok'])
		assert.deepEqual(await ends(d), [mine.rc === 'ok' ? 'accept' : 'auto_accept'])
		assert.equal((await seen(d))[2], 'in_use')
		won += mine.rc === 'ok'
	})
	t.note(`the buyer ${won} times`)
	await world.audit()
})

test(`DEL-6 accepting against rejecting and against the timer, ${ROUNDS} times: one of the three`, async () => {
	await rounds(ROUNDS, async (lane, r) => {
		const d = await submitted(lane.i)
		await due(d)
		const all = await Promise.all([bought(lane.i, d.number, 'accept', lane.buyer), bought(lane.i, d.number, 'reject_acceptance', buyer), lane.jobs.ask('alarm', d.id)])
		const one = all.findIndex(a => a.rc === 'ok')
		assert.deepEqual(all.map(a => a.rc), [0, 1, 2].map(i => i === one ? 'ok' : 'conflict'), String(r))
		assert.deepEqual(await ends(d), [['accept', 'reject_acceptance', 'auto_accept'][one]])
		assert.equal((await seen(d))[0], one === 1 ? 'in_implementation' : 'completed')
	})
	await world.audit()
})

test(`DEL-8 REF-1 two mediators of two minds decide at once, ${ROUNDS} times: one decision, its money once`, async t => {
	const before = await world.cash(4)
	let full = 0
	await rounds(ROUNDS, async (lane, r) => {
		const d = await appealed(lane.i), minds = r % 2 ? ['close_full', 'complete'] : ['close_partial', 'close_full']
		const both = await Promise.all([decide(d.appeal, minds[0], lane.desk), decide(d.appeal, minds[1], lane.other)])
		const one = both.findIndex(a => a.rc === 'ok'), mind = minds[one]
		assert.deepEqual(both.map(a => a.rc), [0, 1].map(i => i === one ? 'ok' : 'conflict'))
		assert.deepEqual(await it.one(`SELECT state, decision FROM appeal WHERE delivery_id = ${d.id}`), { state: 'decided', decision: mind })
		assert.deepEqual(await seen(d), mind === 'complete' ? ['completed', null, 'in_use', '5', '0'] : ['closed', null, 'refunded', '5', mind === 'close_full' ? String(PRICE) : '100'])
		full += mind === 'close_full'
	})
	t.note(`${full} full`)
	assert.equal(await world.cash(4), before)
	await world.audit()
})

test(`DEL-8 the appeal against the provider's submitting, ${ROUNDS} times: what is held is not acted on`, async t => {
	let won = 0
	await rounds(ROUNDS, async (lane, r) => {
		const d = await late(lane.i)
		const [mine, theirs] = await Promise.all([appeal(lane.i, d.number, lane.buyer), sold(d.number, 'submit', lane.provider)])
		assert.deepEqual([mine.rc, theirs.rc].sort(), ['conflict', 'ok'], String(r))
		assert.deepEqual((await seen(d)).slice(0, 2), mine.rc === 'ok' ? ['in_implementation', 'appeal'] : ['awaiting_acceptance', null])
		assert.equal((await it.one(`SELECT COUNT(*) AS n FROM appeal WHERE delivery_id = ${d.id}`)).n, mine.rc === 'ok' ? '1' : '0')
		won += mine.rc === 'ok'
	})
	t.note(`the appeal ${won} times`)
	await world.audit()
})
