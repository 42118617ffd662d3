// Many who want the last item, and several who decide on one version of a product: over connections of their own, YUNSHI_RACE_ROUNDS times each.
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { Actor, PLAN, PRODUCT, World } from '../lib/world.mjs'

const ROUNDS = +(process.env.YUNSHI_RACE_ROUNDS ?? 100), BUYERS = 8, LANES = 4, PROVIDER = 7001
timeout(60 + ROUNDS)
const it = await instance({ parts: 'buyer' })
const world = await World.make(it, { buyers: BUYERS, stock: 0 })
const buyers = await parallel(BUYERS, async () => new Actor(it, 'buyer')), jobs = new Actor(it, 'jobs')
const stock = async () => +(await it.one(`SELECT stock FROM plan WHERE id = ${PLAN}`)).stock
const number = said => said.split('/')[3]
/** Asks until it is answered: who is busy has changed nothing. */
const sure = async (actor, ...words) => {
	for (;;) {
		const answer = await actor.ask(...words)
		if (answer.rc !== 'busy') return answer
	}
}

test(`ORD-6 the last item, by eight buyers at once, ${ROUNDS} times: one has it, the others are told`, async () => {
	for (let r = 0; r < ROUNDS; r++) {
		await it.sql(`UPDATE plan SET stock = 1 WHERE id = ${PLAN}`)
		const answers = await Promise.all(buyers.map((a, i) => sure(a, ...world.placing(i, `last-${r}-${i}`))))
		assert.equal(answers.filter(a => a.rc === 'ok').length, 1)
		for (const a of answers) assert.ok(a.rc === 'ok' || a.said === 'order.sold_out', `${a.rc} ${a.said}`)
		assert.equal(await stock(), 0)
	}
	await world.audit()
})

test(`ORD-6 three items, taken, cancelled and expired by eight at once, ${ROUNDS} times each: in the end all three are there`, async t => {
	await it.sql(`UPDATE plan SET stock = 3 WHERE id = ${PLAN}`)
	let taken = 0
	await parallel(BUYERS, async i => {
		for (let r = 0; r < ROUNDS; r++) {
			const placed = await sure(buyers[i], ...world.placing(i, `three-${i}-${r}`))
			assert.ok(placed.rc === 'ok' || placed.said === 'order.sold_out', `${placed.rc} ${placed.said}`)
			if (placed.rc !== 'ok') continue
			taken++
			const order = number(placed.said), cancel = sure(buyers[i], 'cancel', world.buyers[i], world.buyers[i], order, `back-${order}`)
			if (r % 4 === 0) {
				await it.sql(`UPDATE orders SET deadline_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE number = '${order}' AND state = 'to_pay'`)
				const both = await Promise.all([cancel, sure(jobs, 'expire', order)])
				assert.equal(both.filter(a => a.rc === 'ok').length, 1, JSON.stringify(both))
			} else assert.equal((await cancel).rc, 'ok')
		}
	})
	t.note(`${taken} taken`)
	assert.equal(await stock(), 3)
	await world.audit()
})

// -- versions of products ---------------------------------------------------------------------------------------------

const lanes = await parallel(LANES, async i => ({ product: PRODUCT + 10 + i, provider: new Actor(it, 'provider'), one: new Actor(it, 'operator'), two: new Actor(it, 'operator') }))
const { id: platform } = await it.one("SELECT id FROM org WHERE kind = 'platform' LIMIT 1"), { person } = await it.one(`SELECT person_id AS person FROM member WHERE org_id = ${platform} LIMIT 1`)
const doc = product => ({
	name: `Shelf ${product}`, summary: 'On the shelf', category: 'saas', delivery: 'manual', description: 'd', guide: 'g', pictures: [], agreement: 'a', after_sales: 's', support_phone: '4000000000',
	support_email: 'shelf@demo.test', webhook_url: '',
	plans: [{ id: String(product + 100), name: 'Basic', summary: '', billing_mode: 'one_off', unit: 'item', quantity_min: 1, quantity_max: 1, quantity_step: 1, on_sale: true,
		prices: [{ unit: 'year', duration: 1, price: 1000 }], tiers: [], options: [], parts: [] }],
})
for (const { product } of lanes) await it.sql(`
	INSERT INTO product (id, slug, provider_id, category_code, state, name, summary, delivery, agreement_version, listed_at, created_at)
	VALUES (${product}, 'shelf-${product}', ${PROVIDER}, 'saas', 'draft', 'Shelf', 'Shelf', 'manual', 1, '2026-01-01', '2026-01-01');
	INSERT INTO product_text (product_id, description, guide, after_sales, agreement, support_phone, support_email) VALUES (${product}, '', '', '', '', '', '');
	INSERT INTO plan (product_id, id, position, name, billing_mode, unit) VALUES (${product}, ${product + 100}, 1, 'Basic', 'one_off', 'item');`)

/** What the store gave up in favour of another transaction is done again. */
async function retried(run) {
	for (;;) try { return await run() } catch (e) { if (!/ERROR 1213/.test(e.message)) throw e }
}

/** The next version of the lane's product, waiting for a decision. */
async function submitted(lane) {
	const { v } = await retried(() => it.one(`START TRANSACTION; SET @v = (SELECT 1 + MAX(version) FROM product_version WHERE product_id = ${lane.product});
		UPDATE product_version SET state = 'withdrawn' WHERE product_id = ${lane.product} AND state = 'draft';
		INSERT INTO product_version (product_id, version, state, saves, body, created_at, created_by, saved_at, saved_by, submitted_at, submitted_by)
		VALUES (${lane.product}, COALESCE(@v, 2), 'submitted', 1, '${JSON.stringify(doc(lane.product))}', UTC_TIMESTAMP(6), 1, UTC_TIMESTAMP(6), 1, UTC_TIMESTAMP(6), 1);
		UPDATE product SET edit_version = COALESCE(@v, 2), state = IF(state = 'listed', 'listed', 'submitted') WHERE id = ${lane.product};
		COMMIT;
		SELECT COALESCE(@v, 2) AS v`))
	return v
}
const decide = (lane, actor, event, v) => actor === lane.provider ?
	sure(actor, 'product', PROVIDER, PROVIDER, event, lane.product, v, `${event}-${lane.product}-${v}-p`) :
	sure(actor, 'product', platform, person, event, lane.product, v, `${event}-${lane.product}-${v}-${actor === lane.one ? 1 : 2}`)
const now = (lane, v) => it.one(`SELECT p.state, p.version, p.edit_version AS edit, v.state AS decided, (SELECT COUNT(*) FROM audit_log a WHERE a.object_id = p.id AND a.details LIKE '%"version":${v}}' AND
	a.event IN ('approve', 'refuse', 'withdraw')) AS decisions FROM product p JOIN product_version v ON v.product_id = p.id AND v.version = ${v} WHERE p.id = ${lane.product}`)
const rounds = run => parallel(LANES, async i => { for (let r = i; r < ROUNDS; r += LANES) await run(lanes[i], r) })

async function race(t, pairs) {
	const won = {}
	await rounds(async (lane, r) => {
		const v = await submitted(lane), [[a, ea], [b, eb]] = pairs(lane, r)
		const answers = await Promise.all([decide(lane, a, ea, v), decide(lane, b, eb, v)])
		assert.deepEqual(answers.map(x => x.rc).sort(), ['conflict', 'ok'], JSON.stringify(answers))
		const event = answers[0].rc === 'ok' ? ea : eb, state = await now(lane, v)
		won[event] = (won[event] ?? 0) + 1
		assert.equal(state.decided, { approve: 'published', refuse: 'refused', withdraw: 'withdrawn' }[event])
		assert.equal(state.decisions, '1')
		assert.equal(event === 'approve', state.version === v && state.edit === null && state.state === 'listed', JSON.stringify(state))
	})
	t.note(JSON.stringify(won))
	for (const name of Object.keys(won)) assert.ok(won[name] < ROUNDS, name)
	await world.audit()
}

test(`CAT-9 approving against withdrawing, ${ROUNDS} times: one of them is done, and the other is told`, t =>
	race(t, (lane, r) => r % 2 ? [[lane.one, 'approve'], [lane.provider, 'withdraw']] : [[lane.provider, 'withdraw'], [lane.one, 'approve']]))

test(`CAT-9 two approvers of two minds, ${ROUNDS} times: one decides`, t =>
	race(t, (lane, r) => r % 2 ? [[lane.one, 'approve'], [lane.two, 'refuse']] : [[lane.two, 'refuse'], [lane.one, 'approve']]))

test(`CAT-9 CAT-12 sales beside what is published, taken off and put back, ${ROUNDS} times: the lists keep true`, async () => {
	const deal = (await import('node:fs')).readFileSync(`${import.meta.dirname}/../../sql/query/product.sql`, 'utf8').match(/-- name: product_deal exec\n.*\n(.*)/)[1]
	let on = true
	const selling = parallel(2, async () => { while (on) await retried(() => it.sql(lanes.map(l => deal.replace(':product', l.product)).join(';\n').concat(';\n').repeat(5))) })
	await rounds(async (lane, r) => {
		if (r % 3 === 0) assert.equal((await decide(lane, lane.one, 'approve', await submitted(lane))).rc, 'ok')
		else for (const event of ['delist', 'relist']) {
			const { rc } = await sure(lane.provider, 'product', PROVIDER, PROVIDER, event, lane.product, 0, `${event}-${lane.product}-${r}`)
			assert.ok(rc === 'ok' || rc === 'conflict' || rc === 'denied', `${event} ${rc}`)
		}
	})
	on = false
	await selling
	const sold = await it.sql(`SELECT deals FROM product WHERE id >= ${PRODUCT + 10} AND id < ${PRODUCT + 10 + LANES}`)
	assert.ok(sold.every(p => +p.deals > 10))
	await world.audit()
})
