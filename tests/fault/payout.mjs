// Money that leaves, and what banks say: killed between any two statements, and decided by several at once.  MON-2, MON-12, ISO-3, ISO-7, four eyes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Bank, nextId } from '../lib/bank.mjs'
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { everywhere, job, once } from '../lib/killed.mjs'
import { Actor, World, newTransaction } from '../lib/world.mjs'

const ROUNDS = +(process.env.YUNSHI_RACE_ROUNDS ?? 50)
timeout(150 + ROUNDS)
const it = await instance({ parts: 'buyer callback nginx' })
const world = await World.make(it, { buyers: 12 })
const [desk, callback] = [new Actor(it, 'operator'), new Actor(it, 'callback')]
const [maker, checker] = [9001, 9002], PLATFORM = 1
let keys = 0
const key = () => `payout-key-${++keys}`

const balances = async i => Object.values(await it.one(`SELECT ${['cash', 'frozen', 'withdrawal_due'].map(k => `COALESCE(SUM(IF(kind = '${k}', balance, 0)), 0) AS ${k}`)} FROM account WHERE owner = ${world.buyers[i]}`)).map(Number)
const stateOf = async number => (await it.one(`SELECT state FROM withdrawal WHERE number = '${number}'`))?.state
const partsOf = async number => (await it.sql(`SELECT p.state FROM withdrawal_part p JOIN withdrawal w ON w.id = p.withdrawal_id WHERE w.number = '${number}' ORDER BY p.line`)).map(p => p.state)
const payoutOf = number => it.one(`SELECT state, (SELECT b.number FROM payout_batch b WHERE b.id = p.batch_id) AS file FROM payout p WHERE number = '${number}'`)
await it.sql(world.buyers.map(org => `INSERT INTO payee_account VALUES (${org}, ${org}, 'Org ${org}', 'cmb', '深圳分行', '62220210${org}', 1, NOW())`).join(';'))

/** Cash of buyer i: some that came by a top-up through WeChat, which can go back, and some that can not. */
async function topup(i, fen) {
	const org = world.buyers[i], number = `P${process.pid}${++keys}`
	await it.sql(`INSERT INTO payment (id, number, org_id, purpose, channel, state, amount, sign_type, code_url, created_at, deadline_at, query_at)
		VALUES ((TIMESTAMPDIFF(MICROSECOND, '2020-01-01', UTC_TIMESTAMP(6)) << 13), '${number}', ${org}, 'topup', 'wechat', 'waiting', ${fen}, 'hmac_sha256', 'weixin://x', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 2 HOUR, '2099-01-01')`)
	assert.equal((await callback.ask('hear', number, newTransaction(), fen)).said, 'applied')
	await world.fund(i, fen)
}
const asking = (i, fen, k = key()) => ['withdraw', world.buyers[i], world.buyers[i], fen, world.buyers[i], k]
async function asked(i, fen) {
	const { rc, said } = await world.buyerActor.ask(...asking(i, fen))
	assert.equal(rc, 'ok', said)
	return said
}
const deciding = (number, how, person = checker) => ['withdraw_decide', PLATFORM, person, number, key(), how]
/** A payout of buyer i that waits. */
async function payout(i, fen) {
	await world.fund(i, fen)
	const number = await asked(i, fen)
	assert.equal((await desk.ask(...deciding(number, 'approve'))).rc, 'ok')
	return number
}
const filing = numbers => ['payouts', PLATFORM, maker, numbers.join(','), key(), 'icbc']
async function filed(numbers) {
	const { rc, said } = await desk.ask(...filing(numbers))
	assert.equal(rc, 'ok')
	return said
}
const fileDeciding = (file, how, person = checker) => ['payouts_decide', PLATFORM, person, file, key(), how]

/** Killed at each point; then the same again with the same key: there is one result, which `check` looks at. */
async function killedAndAgain(t, least, pool, prepare, check) {
	const again = new Actor(it, pool)
	const n = await everywhere(world, least, async point => {
		const words = await prepare(), first = await once(it, pool, point, ...words)
		if (!first) await world.audit()
		const second = await again.ask(...words)
		assert.equal(second.rc, 'ok', `${point} ${second.said}`)
		if (first) assert.equal(second.said, first.said, point)
		await check(words, point, second)
		return !first
	})
	t.note(`${n} statements`)
}

test('MON-2 MON-12 killed between any two statements of asking for a withdrawal: asked again by the same form there is one', async t => {
	let before
	await killedAndAgain(t, 7, 'buyer', async () => {
		await topup(0, 1000)
		before = await balances(0)
		return asking(0, 1500)
	}, async (words, point, { said }) => {
		const [cash, frozen, due] = before
		assert.deepEqual(await balances(0), [cash - 1500, frozen + 1500, due], point)
		assert.deepEqual([await stateOf(said), new Set(await partsOf(said))], ['requested', new Set(['planned'])])
	})
})

test('MON-2 MON-12 killed between any two statements of cancelling and of refusing: the money is cash again, once', async t => {
	for (const [i, pool, words] of [[1, 'buyer', n => ['withdraw_cancel', world.buyers[1], world.buyers[1], n, key()]], [2, 'operator', n => deciding(n, 'refuse')]])
		await killedAndAgain(t, 6, pool, async () => {
			await topup(i, 500)
			return words(await asked(i, 900))
		}, async ([, , , number], point) => {
			const [, frozen, due] = await balances(i)
			assert.deepEqual([frozen, due, new Set(await partsOf(number))], [0, 0, new Set(['dropped'])], point)
		})
})

test('MON-2 MON-12 killed between any two statements of approving: its refunds and its payout are there once, or not at all', async t => {
	let before
	await killedAndAgain(t, 12, 'operator', async () => {
		await topup(3, 700)
		before = await balances(3)
		return deciding(await asked(3, 1400), 'approve')
	}, async ([, , , number], point) => {
		const [cash, frozen, due] = before
		assert.deepEqual(await balances(3), [cash - 1400, frozen, due + 700], point)
		assert.deepEqual([await stateOf(number), await partsOf(number), (await payoutOf(number)).state], ['under_way', ['under_way', 'under_way'], 'waiting'])
		assert.equal((await it.one(`SELECT COUNT(*) AS n FROM refund r JOIN withdrawal w ON w.id = r.cause_id WHERE r.cause = 'withdrawal' AND w.number = '${number}' AND r.amount = 700`)).n, '1')
	})
})

test('MON-2 ISO-7 killed between any two statements of making a file of payouts and of approving it: a payout is in one file, or in none', async t => {
	await killedAndAgain(t, 6, 'operator', async () => filing([await payout(4, 300), await payout(5, 200)]), async ([, , , numbers], point, { said }) => {
		for (const n of numbers.split(',')) assert.deepEqual(await payoutOf(n), { state: 'filed', file: said }, point)
		assert.equal((await desk.ask(...fileDeciding(said, 'discard'))).rc, 'ok')
	})
	await killedAndAgain(t, 6, 'operator', async () => fileDeciding(await filed([await payout(4, 300), await payout(5, 200)]), 'approve'), async ([, , , file], point) => {
		assert.deepEqual((await it.sql(`SELECT DISTINCT p.state FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE b.number = '${file}'`)).map(r => r.state), ['sent'], point)
	})
})

test('MON-2 ISO-7 killed while the bank\'s answer is heard: each payout ends once', async t => {
	for (const [i, how, state, back] of [[6, 'done', 'done', 0], [7, 'refused', 'refused', 600]]) {
		let cash
		await killedAndAgain(t, 10, 'operator', async () => {
			const numbers = [await payout(i, 400), await payout(i, 200)], file = await filed(numbers)
			assert.equal((await desk.ask(...fileDeciding(file, 'approve'))).rc, 'ok')
			cash = await world.cash(i)
			return ['payouts_said', PLATFORM, checker, file, key(), how]
		}, async ([, , , file], point) => {
			assert.deepEqual(await balances(i), [cash + back, 0, 0], point)
			assert.deepEqual(await it.sql(`SELECT DISTINCT p.state, b.state AS file FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE b.number = '${file}'`), [{ state, file: 'closed' }])
		})
	}
})

test('ISO-7 killed while an approved file goes into the bank\'s folder: it lies there whole, under one name', async t => {
	const out = path.join(it.folder, 'spool/icbc/out')
	await it.sql('UPDATE payout_batch SET filed_at = created_at WHERE filed_at IS NULL')		// of the tests before
	const n = await everywhere(world, 3, async point => {
		const file = await filed([await payout(8, 100)])
		assert.equal((await desk.ask(...fileDeciding(file, 'approve'))).rc, 'ok')
		const killed = await job(it, 'payout_file', point)
		assert.equal(await job(it, 'payout_file'), false)
		const { document, filed_at } = await it.one(`SELECT HEX(document) AS document, filed_at FROM payout_batch WHERE number = '${file}'`)
		assert.ok(filed_at, point)
		assert.equal(readFileSync(path.join(out, `${file}.xml`)).toString('hex').toUpperCase(), document, point)
		return killed
	})
	assert.deepEqual(readdirSync(out).filter(name => name.includes('.part')), [])
	t.note(`${n} statements`)
})

test('MON-2 ISO-3 killed between any two statements of taking in a bank\'s file and of hearing its entries: each entry is booked once', async t => {
	const bank = new Bank(it, 'ccb'), folder = path.join(it.folder, 'spool/ccb/in')
	mkdirSync(folder, { recursive: true })
	let turn = 0
	const n = await everywhere(world, 20, async point => {
		const references = [nextId('K'), nextId('K')], before = await world.unexplained()
		writeFileSync(path.join(folder, `${++turn}.xml`), bank.document(references.map((reference, k) => bank.entry({ yuan: `${k + 1}.00`, reference }))))
		const killed = await job(it, 'bank_spool', point)
		if (killed) await world.audit()
		for (const again of ['bank_entry', 'bank_spool']) assert.equal(await job(it, again), false)
		for (const r of references) assert.equal((await bank.row(r)).state, 'unmatched', point)
		assert.equal((await it.one(`SELECT COUNT(*) AS n FROM finance_case WHERE transaction_id IN (${references.map(r => `'${bank.account}/${r}'`)})`)).n, '2', point)
		assert.equal(await world.unexplained(), before + 300, point)
		assert.deepEqual(readdirSync(folder), [], point)
		return killed
	})
	t.note(`${n} statements`)
})

// ---- several at once --------------------------------------------------------------------------------------------------------

const outcomes = answers => {
	assert.ok(answers.every(a => ['ok', 'conflict'].includes(a.rc)), JSON.stringify(answers))
	assert.equal(answers.filter(a => a.rc === 'ok').length, 1, JSON.stringify(answers))
	return answers.findIndex(a => a.rc === 'ok')
}

test(`MON-12 two approve a withdrawal, one refuses it, and its organisation cancels it at once, ${ROUNDS} times: one of them, and the money moves once`, async t => {
	const [a, b, c, d] = await parallel(4, async k => new Actor(it, k < 3 ? 'operator' : 'buyer')), won = [0, 0, 0, 0]
	let out = 0
	await world.fund(9, 100 * ROUNDS)
	for (let round = 0; round < ROUNDS; round++) {
		const n = await asked(9, 100)
		const at = outcomes(await Promise.all([
			a.ask(...deciding(n, 'approve')), b.ask(...deciding(n, 'approve', maker)), c.ask(...deciding(n, 'refuse')), d.ask('withdraw_cancel', world.buyers[9], world.buyers[9], n, key()),
		]))
		won[at]++
		out += at < 2 ? 100 : 0
		assert.equal(await stateOf(n), ['under_way', 'under_way', 'refused', 'cancelled'][at])
	}
	t.note(`${won} won`)
	assert.deepEqual(await balances(9), [100 * ROUNDS - out, 0, out])
	await world.audit()
})

test(`ISO-7 one payout put into two files at once, then two approve and one discards, ${ROUNDS} times: one file, and one decision`, async t => {
	const actors = await parallel(3, async () => new Actor(it, 'operator')), won = [0, 0, 0]
	for (let round = 0; round < ROUNDS; round++) {
		const [x, y] = [await payout(10, 100), await payout(11, 50)]
		const made = await Promise.all([actors[0].ask(...filing([x])), actors[1].ask(...filing([y, x]))]), file = made[outcomes(made)].said
		assert.equal((await payoutOf(x)).file, file)
		assert.equal((await actors[0].ask(...fileDeciding(file, 'approve', maker))).rc, 'denied', 'not by the one who made it')
		const at = outcomes(await Promise.all([actors[0].ask(...fileDeciding(file, 'approve')), actors[1].ask(...fileDeciding(file, 'approve', 9003)), actors[2].ask(...fileDeciding(file, 'discard', maker))]))
		won[at]++
		assert.deepEqual(await payoutOf(x), at < 2 ? { state: 'sent', file } : { state: 'waiting', file: null })
	}
	t.note(`${won} won`)
	await world.audit()
})
