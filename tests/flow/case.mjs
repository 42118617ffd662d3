// Money that needs a person: booked, on the desk, settled by two people of finance.  MON-7, MON-1, MON-2, NUM-1.
import { randomBytes } from 'node:crypto'
import { assert, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { Actor, PRICE, World, newTransaction } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer operator callback jobs sandbox nginx' })
const world = await World.make(it, { buyers: 7 })
await it.sql("UPDATE category_policy SET channels = CONCAT(channels, ',balance') WHERE category_code = 'saas' AND channels NOT LIKE '%balance%'")
const finance = await it.client().signIn('finance@demo.test'), boss = await it.client().signIn('admin@demo.test')

const account = async (owner, kind) => +((await it.one(`SELECT SUM(balance) AS n FROM account WHERE owner = ${owner} AND kind = '${kind}'`)).n ?? 0)
const heard = async (payment, more) => (await world.notify(payment, { total_fee: String(PRICE), cash_fee: String(PRICE), ...more })).code
const pageOf = id => `/ops/finance/cases/${id}`
/** The one case of this payment's number. */
async function caseOf(number) {
	const found = await it.sql(`SELECT id, kind, state, stands, amount, expected, org_id FROM finance_case WHERE payment_number = '${number}'`)
	assert.equal(found.length, 1, number)
	return found[0]
}
/** Late money of buyer i: its order was cancelled before. */
async function late(i = 0) {
	const p = await world.payable(i)
	await world.buyerActor.ask('cancel', p.order.buyer, p.order.buyer, p.order.number, `cancel-${p.number}`)
	assert.equal(await heard(p), 'SUCCESS')
	return { p, ...await caseOf(p.number) }
}
/** Money of a number that nobody has. */
async function stranger(fen = 4200) {
	const number = `X${newTransaction().slice(-20)}`
	assert.equal(await heard({ number }, { total_fee: String(fen), cash_fee: String(fen) }), 'FAIL')
	return { number, ...await caseOf(number) }
}
const propose = (who, c, how, more = {}) => who.submit(pageOf(c.id), { how, note: '已与付款人核实', ...more }, { action: `${pageOf(c.id)}/propose` })
const decide = (who, c, what, fields = {}) => who.submit(pageOf(c.id), fields, { action: `${pageOf(c.id)}/${what}` })
/** The approval of a tab whose page does not show the button (any more). */
async function decideRaw(who, c, nth) {
	const csrf = /name="csrf" value="([^"]+)"/.exec((await who.get('/ops')).html)[1]
	return who.post(`${pageOf(c.id)}/approve`, { nth, csrf, key: randomBytes(8).toString('hex') })
}
const done = answer => assert.equal(answer.status, 303, answer.text?.slice(0, 400))
async function settle(c, how, more) {
	done(await propose(finance, c, how, more))
	done(await decide(boss, c, 'approve'))
	const { state, settlement, settled_at } = await it.one(`SELECT * FROM finance_case WHERE id = ${c.id}`)
	assert.deepEqual([state, settlement, !!settled_at], ['settled', how, true])
}

// ---- what opens one --------------------------------------------------------------------------------------------------------

test('MON-7 success after the order was cancelled: the buyer\'s cash, a case, and the buyer and finance are told', async () => {
	const before = await world.cash(0), c = await late(0)
	assert.deepEqual([c.kind, c.state, c.stands, c.amount, c.expected, c.org_id], ['late', 'open', 'cash', String(PRICE), String(PRICE), String(world.buyers[0])])
	assert.equal(await world.cash(0), before + PRICE)
	await until(async () => (await it.one(`SELECT COUNT(*) AS n FROM message WHERE number = '${c.id}' AND event = 'case_opened'`)).n > 0, 'finance is told')
	const page = await finance.get(pageOf(c.id))
	assert.ok(page.text.includes(c.p.number))
	assert.ok(page.text.includes('现金余额') && page.text.includes(c.p.order.number), 'what was booked, and its order')
	await world.audit()
})

test('MON-7 a second payment for a paid order, twice the same word: one case, the buyer\'s cash', async () => {
	const p = await world.payable(1), before = await world.cash(1)
	assert.equal(await heard(p), 'SUCCESS')
	const second = { transaction_id: newTransaction() }
	assert.deepEqual([await heard(p, second), await heard(p, second)], ['SUCCESS', 'SUCCESS'])
	assert.deepEqual([(await caseOf(p.number)).kind, await world.cash(1)], ['second_payment', before + PRICE])
})

test('MON-7 a partial amount: unexplained, the order waits, the case says what was asked for', async () => {
	const p = await world.payable(1), before = await world.unexplained()
	assert.equal(await heard(p, { total_fee: String(PRICE - 100), cash_fee: String(PRICE - 100) }), 'FAIL')
	const c = await caseOf(p.number)
	assert.deepEqual([c.kind, c.stands, c.amount, c.expected], ['mismatch', 'unexplained', String(PRICE - 100), String(PRICE)])
	assert.deepEqual([await world.unexplained(), (await world.state(p)).orders], [before + PRICE - 100, 'to_pay'])
})

test('MON-7 an unknown number is unexplained', async () => {
	const before = await world.unexplained(), c = await stranger()
	assert.deepEqual([c.kind, c.stands, c.org_id, await world.unexplained()], ['unknown_number', 'unexplained', null, before + 4200])
})

test('MON-7 a frozen buyer: the cash, and the order is not paid', async () => {
	const p = await world.payable(2)
	await it.sql(`UPDATE org SET freeze_kind = 'violation' WHERE id = ${world.buyers[2]}`)
	assert.equal(await heard(p), 'SUCCESS')
	await it.sql(`UPDATE org SET freeze_kind = NULL WHERE id = ${world.buyers[2]}`)
	assert.deepEqual([(await caseOf(p.number)).kind, (await world.state(p)).orders], ['frozen_buyer', 'to_pay'])
})

test('MON-7 after the payment was closed, and after its money went back: late and second', async () => {
	const p = await world.payable(3, 'closed')
	assert.equal(await heard(p), 'SUCCESS')
	assert.equal((await caseOf(p.number)).kind, 'late')
	const q = await world.payable(3)
	await heard(q)
	await it.sql(`UPDATE payment SET refunded = amount WHERE number = '${q.number}'`).catch(() => { /* before refunds */ })
	assert.equal(await heard(q, { transaction_id: newTransaction() }), 'SUCCESS')
	assert.equal((await caseOf(q.number)).kind, 'second_payment')
	await it.sql(`UPDATE payment SET refunded = 0 WHERE number = '${q.number}'`).catch(() => { /* before refunds */ })
})

test('MON-7 another currency: nothing is booked, the case says so', async () => {
	const p = await world.payable(4), before = await world.unexplained()
	assert.equal(await heard(p, { fee_type: 'USD' }), 'FAIL')
	const c = await caseOf(p.number)
	assert.deepEqual([c.kind, c.stands, await world.unexplained()], ['currency', null, before])
	assert.ok((await finance.get(pageOf(c.id))).text.includes('没有入账'))
	await settle(c, 'nothing')
})

// ---- the list --------------------------------------------------------------------------------------------------------------

test('MON-7 the list is filtered by state, kind, channel, number and age; what cannot be is told', async () => {
	const c = await late(4), list = async q => (await finance.json(`/ops/finance/cases?${q}`)).json.items
	assert.deepEqual((await list(`q=${c.p.number}`)).map(x => x.id), [c.id])
	assert.ok((await list('kind=late&channel=wechat')).every(x => x.kind === 'late' && x.channel === 'wechat'))
	assert.deepEqual(await list(`q=${c.p.number}&channel=b2b`), [])
	assert.deepEqual(await list(`q=${c.p.number}&days=1`), [])
	await it.sql(`UPDATE finance_case SET created_at = created_at - INTERVAL 25 HOUR WHERE id = ${c.id}`)
	assert.equal((await list(`q=${c.p.number}&days=1`)).length, 1)
	for (const bad of ['kind=x', 'state=x', 'days=-1', 'days=x']) assert.equal((await finance.json(`/ops/finance/cases?${bad}`)).status, 422, bad)
	for (const none of ['1', '0', 'x', '99999999999999999999']) assert.equal((await finance.get(pageOf(none))).status, 404, none)
	assert.notEqual((await (await world.person(0)).get(pageOf(c.id))).status, 200)
})

// ---- settled ---------------------------------------------------------------------------------------------------------------

test('MON-7 one proposes, another approves: nobody approves what he proposed', async () => {
	const c = await late(0)
	done(await propose(finance, c, 'keep'))
	const own = await finance.get(pageOf(c.id))
	assert.ok(!own.html.includes(`${pageOf(c.id)}/approve`) && own.html.includes(`${pageOf(c.id)}/withdraw`))
	const refused = await decideRaw(finance, c, 1)
	assert.equal(refused.status, 422)
	assert.ok(refused.text.includes('另一位财务人员'))
	assert.equal((await caseOf(c.p.number)).state, 'proposed')
	done(await decide(boss, c, 'approve'))
	assert.equal((await caseOf(c.p.number)).state, 'settled')
	assert.equal((await decideRaw(boss, c, 1)).status, 422, 'settled is settled')
})
test('MON-7 a proposal that was rejected or withdrawn is not approved any more; the next one is another', async () => {
	const c = await stranger()
	done(await propose(finance, c, 'write_off'))
	done(await decide(boss, c, 'reject', { why: '先联系渠道' }))
	assert.equal((await decideRaw(boss, c, 1)).status, 422)
	done(await propose(finance, c, 'write_off'))
	done(await decide(finance, c, 'withdraw'))
	done(await propose(finance, c, 'credit', { payee: `Org ${world.buyers[5]}` }))
	assert.equal((await decideRaw(boss, c, 1)).status, 422, 'stale')
	const before = [await world.cash(5), await world.unexplained()]
	done(await decide(boss, c, 'approve'))
	assert.deepEqual([await world.cash(5), await world.unexplained()], [before[0] + 4200, before[1] - 4200])
	const page = await finance.json(pageOf(c.id))
	assert.deepEqual(page.json.proposals.map(p => p.state), ['approved', 'withdrawn', 'rejected'])
	assert.ok(page.json.booked.items.some(p => p.kind === 'unexplained_claim' && p.amount === 4200))
	await world.audit()
})

test('MON-7 bad input: each settlement is for its kinds, an organisation that is there, a note; nothing typed is lost', async () => {
	const c = await stranger(), page = async fields => { const a = await propose(finance, c, fields.how ?? 'credit', fields); assert.equal(a.status, 422); return a.text + a.html }
	assert.ok((await page({ how: 'keep' })).includes('不能这样处理'))
	assert.ok((await page({ how: 'pay_orders' })).includes('不能这样处理'))
	const nobody = await page({ payee: '没有这个组织' })
	assert.ok(nobody.includes('请填写一个存在的买家组织') && nobody.includes('value="没有这个组织"') && nobody.includes('已与付款人核实'))
	await page({ payee: '' })
	await page({ payee: 'Org 7001' })
	await page({ payee: `Org ${world.buyers[5]}`, note: '' })
	await page({ payee: `Org ${world.buyers[5]}`, note: 'x'.repeat(201) })
	await page({ how: 'x' })
	assert.equal((await caseOf(c.number)).state, 'open')
})

test('MON-7 written off: the platform\'s own, and the books are even', async () => {
	const c = await stranger(700), before = [await world.unexplained(), await account(0, 'expense')]
	await settle(c, 'write_off')
	assert.deepEqual([await world.unexplained(), await account(0, 'expense')], [before[0] - 700, before[1] + 700])
	await world.audit()
})

test('MON-7 REF-1 sent back to its origin: out of unexplained receipts, or out of the buyer\'s cash; spent cash is told', async () => {
	const c = await stranger(900), l = await late(5), before = [await world.unexplained(), await world.cash(5)]
	await settle(c, 'send_back')
	await settle(l, 'send_back')
	for (const x of [c, l]) {
		const r = await it.one(`SELECT cause, amount, payment_number FROM refund WHERE cause = 'case' AND cause_id = ${x.id}`)
		assert.deepEqual(r, { cause: 'case', amount: x.amount, payment_number: x.number ?? x.p.number })
		assert.ok((await finance.json(pageOf(x.id))).json.booked.items.some(p => p.kind === 'refund_out'))
	}
	await until(async () => (await it.one(`SELECT COUNT(*) AS n FROM refund WHERE cause = 'case' AND cause_id IN (${c.id}, ${l.id}) AND state = 'refused'`)).n === '2', 'the channel, which never had these payments, refuses')
	assert.deepEqual([await world.unexplained(), await world.cash(5)], before, 'and it stands where it stood')
	const spent = await late(6)
	done(await propose(finance, spent, 'send_back'))
	assert.equal((await world.pay(6, [(await world.order(6)).number], { channel: 'balance' })).rc, 'ok')
	const answer = await decide(boss, spent, 'approve')
	assert.deepEqual([answer.status, answer.text.includes('余额不足')], [422, true])
	await world.audit()
})

test('MON-7 the unpaid orders of a late payment are paid out of the balance; when none is left that is told', async () => {
	const p = await world.payable(2, 'closed')
	assert.equal(await heard(p), 'SUCCESS')
	const c = await caseOf(p.number)
	await settle(c, 'pay_orders')
	assert.ok(['processing', 'completed'].includes((await world.state(p)).orders))
	const gone = await late(2)
	done(await propose(finance, gone, 'pay_orders'))
	const answer = await decide(boss, gone, 'approve')
	assert.equal(answer.status, 422)
	assert.ok(answer.text.includes('没有待支付'))
	assert.equal((await it.one(`SELECT state FROM finance_case WHERE id = ${gone.id}`)).state, 'proposed')
	await world.audit()
})

test('MON-7 ACC-14 who proposed and who decided stands in the audit log', async () => {
	const c = await late(3)
	await settle(c, 'keep')
	const rows = await it.sql(`SELECT event, from_state, to_state, actor_name, why FROM audit_log WHERE object_id = ${c.id} ORDER BY id`)
	assert.deepEqual(rows.map(r => [r.event, r.from_state, r.to_state, r.actor_name]), [['open', null, 'open', 'wechat'], ['propose', 'open', 'proposed', '演示财务'], ['approve', 'proposed', 'settled', '演示管理员']])
})

test('MON-7 two approvals, a rejection and a withdrawal at once, 200 times: one of them, and the money moves once', async () => {
	const actors = await parallel(4, async () => new Actor(it, 'operator')), [first, second] = await it.sql("SELECT id FROM person WHERE email IN ('finance@demo.test', 'admin@demo.test') ORDER BY email DESC")
	const before = await world.unexplained(), cash = await world.cash(5)
	let credited = 0
	for (let round = 0; round < 200; round++) {
		const id = String(((BigInt(Date.now()) - 1577836800000n) * 1000n << 13n) + BigInt(round))	/* the time is in it */
		await it.sql(`
			INSERT INTO finance_case (id, kind, state, channel, transaction_id, payment_number, amount, stands, raw, created_at, proposals) VALUES (${id}, 'unmatched', 'proposed', 'b2b', 'race-${id}', '', 100, 'unexplained', '', NOW(), 1);
			INSERT INTO case_proposal (case_id, nth, state, settlement, org_id, note, proposed_by, proposed_name, proposed_at) VALUES (${id}, 1, 'waiting', 'credit', ${world.buyers[5]}, 'race', ${first.id}, 'F', NOW());
			INSERT INTO journal (id, kind, org_id, booked_at) VALUES (${id}, 'unexplained_in', 0, '2026-01-01');
			INSERT INTO posting (journal_id, line, owner, kind, shard, amount) VALUES (${id}, 1, 3, 'clearing', 0, -100), (${id}, 2, 0, 'unexplained', 0, 100);
			INSERT INTO account (owner, kind, shard, balance) VALUES (3, 'clearing', 0, -100), (0, 'unexplained', 0, 100) ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance);`)
		const answers = await Promise.all([
			actors[0].ask('case', second.id, 'approve', id, 1), actors[1].ask('case', second.id, 'approve', id, 1),
			actors[2].ask('case', second.id, 'reject', id, 1), actors[3].ask('case', first.id, 'withdraw', id, 1),
		])
		assert.equal(answers.filter(a => a.rc === 'ok').length, 1, JSON.stringify(answers))
		assert.ok(answers.every(a => ['ok', 'conflict'].includes(a.rc)), JSON.stringify(answers))
		if (answers[0].rc === 'ok' || answers[1].rc === 'ok') credited++
	}
	assert.deepEqual([await world.cash(5), await world.unexplained()], [cash + credited * 100, before + (200 - credited) * 100])
	await world.audit()
})
