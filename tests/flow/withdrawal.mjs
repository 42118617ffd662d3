// Taking money out: what may go, how it is split, frozen, decided, on its way, and how it ends.  MON-12, ACC-4, ACC-15, MON-1, MON-2.
import { assert, fill, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { World } from '../lib/world.mjs'

timeout(120)
const it = await instance({ parts: 'buyer operator callback jobs sandbox nginx' })
const world = await World.make(it, { buyers: 10 })
const people = await parallel(10, i => world.person(i))
const [finance, admin] = [await it.client().signIn('finance@demo.test'), await it.client().signIn('admin@demo.test')]
const page = '/console/withdrawals', accounts = `${page}/accounts`, desk = '/ops/finance/withdrawals'
const ACCOUNT = '6222 0210-0112 3456 789'

const balance = async (i, kind) => +((await it.one(`SELECT SUM(balance) AS n FROM account WHERE owner = ${world.buyers[i]} AND kind = '${kind}'`)).n ?? 0)
const money = async i => [await balance(i, 'cash'), await balance(i, 'frozen'), await balance(i, 'withdrawal_due')]
const rowOf = number => it.one(`SELECT * FROM withdrawal WHERE number = '${number}'`)
const parts = async number => (await it.sql(`SELECT y.line, y.amount, y.state FROM withdrawal_part y JOIN withdrawal w ON w.id = y.withdrawal_id WHERE w.number = '${number}' ORDER BY y.line`)).map(p => [+p.line, +p.amount, p.state])
const addAccount = (i, account = ACCOUNT, more = {}) => people[i].submit(accounts, { bank: 'cmb', branch: '深圳科技园支行', account, again: account, ...more }, { action: accounts })
const payeeOf = async i => (await it.one(`SELECT id FROM payee_account WHERE org_id = ${world.buyers[i]} ORDER BY is_default DESC LIMIT 1`))?.id
const ask = async (i, amount, client = people[i]) => { const payee = await payeeOf(i); return client.submit(page, { amount, ...payee && { payee } }, { action: page }) }
async function asked(i, amount) {
	const answer = await ask(i, amount)
	assert.equal(answer.status, 303, answer.text)
	return answer.location.split('/').at(-1)
}
const decide = (number, how, client = finance, fields = {}) => client.submit(`${desk}/${number}`, fields, { action: `${desk}/${number}/${how}` })
const cancel = (i, number) => people[i].submit(`${page}/${number}`, {}, { action: `${page}/${number}/cancel` })
const error = (answer, field) => new RegExp(`id="${field}-error">([^<]*)`).exec(answer.html)?.[1] ?? ''

/** A top-up by WeChat that arrived: the number of its payment. */
async function topup(i, fen) {
	const answer = await people[i].submit('/console/topup', { amount: (fen / 100).toFixed(2), channel: 'wechat' }, { action: '/console/topup' })
	const number = answer.location.split('/').at(-1), { code_url: code } = await it.one(`SELECT code_url FROM payment WHERE number = '${number}'`)
	await it.client({}, it.sandboxUrl).post(`/scan/${new URL(code).searchParams.get('pr')}/pay`, {})
	await until(async () => (await it.one(`SELECT state FROM payment WHERE number = '${number}'`)).state === 'succeeded', 'the top-up')
	return number
}

// ---- bank accounts ----------------------------------------------------------------------------------------------------------

test('MON-12 a bank account in the organisation\'s own name: digits, typed twice; the first one is the default', async () => {
	for (const [fields, field, says] of [
		[{ account: '1234567' }, 'account', '8 至 30'], [{ account: '12345678x' }, 'account', '8 至 30'], [{ account: '1'.repeat(31) }, 'account', '8 至 30'],
		[{ again: '6222021001123456788' }, 'again', '不一致'], [{ branch: '' }, 'branch', ''], [{ bank: 'none' }, 'bank', ''],
	]) {
		const account = fields.account ?? ACCOUNT
		const answer = await addAccount(0, account, { again: account, ...fields })
		assert.equal(answer.status, 422, field)
		assert.ok(error(answer, field).includes(says) && error(answer, field), `${field}: ${error(answer, field)}`)
		if (field !== 'branch') assert.ok(answer.html.includes('value="深圳科技园支行"'), 'what was typed is kept')
	}
	assert.equal(await payeeOf(0), undefined)
	assert.equal((await addAccount(0)).status, 303)
	assert.match(error(await addAccount(0, ACCOUNT.replaceAll(/[ -]/g, '')), 'account'), /已添加/)
	assert.equal((await addAccount(0, '755900000010001')).status, 303)
	const rows = (await people[0].json(accounts)).json.items
	assert.deepEqual(rows.map(r => [r.account, r.name, r.is_default]), [['6222021001123456789', `Org ${world.buyers[0]}`, true], ['755900000010001', `Org ${world.buyers[0]}`, false]])
	assert.equal((await people[0].submit(accounts, {}, { action: `${accounts}/${rows[1].id}/default` })).status, 303)
	assert.deepEqual((await people[0].json(accounts)).json.items.map(r => r.account), ['755900000010001', '6222021001123456789'])
	assert.equal((await people[0].submit(accounts, {}, { action: `${accounts}/${rows[1].id}/remove` })).status, 303)
	assert.equal((await people[0].json(accounts)).json.items.length, 1)
	assert.equal((await people[1].post(`${accounts}/${rows[0].id}/remove`, fill((await people[1].get(page)).form(page), {}))).status, 404, 'another\'s')
})

// ---- asking -----------------------------------------------------------------------------------------------------------------

test('MON-12 withdrawable is cash without what is frozen or owed; gift is not; more is refused at the field', async () => {
	await world.fund(1, 10000)
	await world.fund(1, 5000, 'gift')
	await addAccount(1)
	await it.sql(`
		SET @id = (SELECT MAX(id) + 1 FROM journal);
		INSERT INTO journal (id, kind, org_id, booked_at) VALUES (@id, 'adjust', ${world.buyers[1]}, UTC_TIMESTAMP(6));
		INSERT INTO posting (journal_id, line, owner, kind, shard, amount) VALUES (@id, 1, ${world.buyers[1]}, 'arrears', 0, -1500), (@id, 2, 0, 'expense', 0, 1500);
		INSERT INTO account (owner, kind, shard, balance) VALUES (${world.buyers[1]}, 'arrears', 0, -1500), (0, 'expense', 0, 1500) ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance)`)
	const m = (await people[1].json(page)).json
	assert.deepEqual([m.cash, m.arrears, m.gift, m.total, m.origin, m.by_bank], [10000, 1500, 5000, 8500, 0, 8500])
	for (const [amount, says] of [['85.01', '85.00'], ['150', '85.00'], ['0', ''], ['-1', ''], ['', ''], ['8.555', ''], ['x', '']]) {
		const answer = await ask(1, amount)
		assert.equal(answer.status, 422, amount)
		assert.ok(error(answer, 'amount').includes(says) && error(answer, 'amount'), `${amount}: ${error(answer, 'amount')}`)
		assert.ok(answer.html.includes(`value="${amount}"`), amount)
	}
	assert.deepEqual(await money(1), [10000, 0, 0])
	const number = await asked(1, '60')
	assert.deepEqual(await money(1), [4000, 6000, 0])
	const after = (await people[1].json(page)).json
	assert.deepEqual([after.cash, after.frozen, after.total], [10000, 6000, 2500])
	assert.ok((await people[1].get(`${page}/${number}`)).text.includes('待审核'))
	assert.deepEqual(await parts(number), [[0, 6000, 'planned']])
	assert.equal((await people[2].get(`${page}/${number}`)).status, 404)
	await world.audit()
})

test('MON-12 without a bank account nothing goes by bank; another\'s account is none', async () => {
	await world.fund(2, 3000)
	const none = await ask(2, '10')
	assert.equal(none.status, 422)
	assert.ok(none.text.includes('请先添加收款账户'))
	const stolen = await people[2].post(page, [...fill((await people[2].get(page)).form(page), { amount: '10' }), ['payee', await payeeOf(1)]])
	assert.equal(stolen.status, 422)
	assert.deepEqual(await money(2), [3000, 0, 0])
})

test('MON-12 the same form twice and in two tabs is one withdrawal; two forms at once never take more than there is', async () => {
	await world.fund(3, 10000)
	await addAccount(3)
	const fields = fill((await people[3].get(page)).form(page), { amount: '60', payee: await payeeOf(3) })
	const answers = await Promise.all([people[3].tab(), people[3].tab()].map(t => t.post(page, fields)))
	const again = await people[3].post(page, fields)
	assert.equal(new Set([...answers, again].filter(a => a.status === 303).map(a => a.location)).size, 1)
	assert.deepEqual(await money(3), [4000, 6000, 0])
	const forms = await parallel(2, async () => fill((await people[3].get(page)).form(page), { amount: '30', payee: await payeeOf(3) }))
	const two = await Promise.all(forms.map((f, i) => [people[3].tab(), people[3].tab()][i].post(page, f)))
	assert.deepEqual(two.map(a => a.status).sort(), [303, 422])
	assert.deepEqual(await money(3), [1000, 9000, 0])
	await world.audit()
})

test('ACC-4 ACC-15 a zone withdraws nothing, nor does whoever the police froze; other freezes do not stop it', async () => {
	await world.fund(4, 5000)
	await addAccount(4)
	const freeze = kind => it.sql(`UPDATE org SET freeze_kind = ${kind ? `'${kind}'` : 'NULL'}, freeze_reason = 'x' WHERE id = ${world.buyers[4]}`)
	await freeze('police')
	const shown = await people[4].get(page)
	assert.ok(shown.text.includes('被公安冻结，不能提现'))
	const refused = await ask(4, '10')
	assert.equal(refused.status, 422)
	assert.ok(refused.text.includes('被公安冻结，不能提现'))
	await freeze('arrears')
	const number = await asked(4, '10')
	await freeze('police')
	assert.equal((await finance.get(`${desk}/${number}`)).text.includes('被公安冻结'), true)
	assert.equal((await decide(number, 'approve')).status, 422)
	assert.deepEqual(await money(4), [4000, 1000, 0])
	await freeze(null)
	await it.sql(`UPDATE org SET paying_org_id = ${world.buyers[0]} WHERE id = ${world.buyers[4]}`)
	assert.notEqual((await people[4].post(page, fill((await people[3].get(page)).form(page), { amount: '5', payee: await payeeOf(4) }))).status, 303)
	await it.sql(`UPDATE org SET paying_org_id = NULL WHERE id = ${world.buyers[4]}`)
	await world.audit()
})

// ---- deciding ---------------------------------------------------------------------------------------------------------------

test('MON-12 cancelled by the buyer before anybody decides: the money is cash again; after that it cannot be', async () => {
	await world.fund(5, 9000)
	await addAccount(5)
	const number = await asked(5, '90')
	assert.deepEqual(await money(5), [0, 9000, 0])
	assert.equal((await cancel(5, number)).status, 303)
	assert.deepEqual([(await rowOf(number)).state, ...await money(5)], ['cancelled', 9000, 0, 0])
	assert.equal((await finance.post(`${desk}/${number}/approve`, fill((await finance.get(desk)).form(), {}))).status, 422)
	const second = await asked(5, '90'), stale = fill((await people[5].get(`${page}/${second}`)).form(`${page}/${second}/cancel`), {})
	assert.equal((await decide(second, 'approve')).status, 303)
	assert.equal((await people[5].post(`${page}/${second}/cancel`, stale)).status, 422)
	assert.deepEqual([(await rowOf(second)).state, ...await money(5)], ['under_way', 0, 0, 9000])
	await world.audit()
})

test('MON-12 refused with a reason that the buyer reads; the money is cash again', async () => {
	await world.fund(6, 4000)
	await addAccount(6)
	const number = await asked(6, '40')
	const empty = await decide(number, 'refuse', finance, { why: '' })
	assert.equal(empty.status, 422)
	assert.equal((await decide(number, 'refuse', finance, { why: '请先补充对公账户证明' })).status, 303)
	assert.deepEqual([(await rowOf(number)).state, ...await money(6)], ['refused', 4000, 0, 0])
	assert.ok((await people[6].get(`${page}/${number}`)).text.includes('请先补充对公账户证明'))
	await until(async () => (await people[6].get('/console/inbox')).text.includes(number), 'the message')
	await world.audit()
})

test('MON-12 approved: the bank part becomes one payout in the name that the organisation had', async () => {
	await world.fund(7, 7000)
	await addAccount(7)
	const number = await asked(7, '70')
	assert.ok((await finance.get(desk)).text.includes(number))
	assert.equal((await people[7].post(`${desk}/${number}/approve`, [])).status, 403, 'only finance')
	const forms = await parallel(2, async i => [[finance, admin][i], fill((await [finance, admin][i].get(`${desk}/${number}`)).form(`${desk}/${number}/approve`), {})])
	const answers = await Promise.all(forms.map(([c, f]) => c.post(`${desk}/${number}/approve`, f)))
	assert.deepEqual(answers.map(a => a.status).sort(), [303, 422], 'two at once: one does')
	assert.deepEqual([(await rowOf(number)).state, ...await money(7), await parts(number)], ['under_way', 0, 0, 7000, [[0, 7000, 'under_way']]])
	const payout = await it.one(`SELECT * FROM payout WHERE number = '${number}'`)
	assert.deepEqual([payout.cause, payout.name, payout.account, payout.bank, payout.amount, payout.state], ['withdrawal', `Org ${world.buyers[7]}`, '6222021001123456789', 'cmb', '7000', 'waiting'])
	await world.audit()
})

// ---- the way that it came ----------------------------------------------------------------------------------------------------

test('MON-12 what came by WeChat goes back there first, the latest first; the rest by bank; more is never planned than came', async () => {
	const first = await topup(8, 3000), second = await topup(8, 2000)
	await world.fund(8, 1000)
	await addAccount(8)
	let m = (await people[8].json(page)).json
	assert.deepEqual([m.total, m.origin, m.by_bank, m.ways.map(w => [w.number, w.room])], [6000, 5000, 1000, [[second, 2000], [first, 3000]]])
	const one = await asked(8, '25')
	assert.deepEqual(await parts(one), [[1, 2000, 'planned'], [2, 500, 'planned']])
	m = (await people[8].json(page)).json
	assert.deepEqual([m.total, m.origin, m.by_bank, m.ways.map(w => [w.number, w.room])], [3500, 2500, 1000, [[first, 2500]]])
	const rest = await asked(8, '35')
	assert.deepEqual(await parts(rest), [[0, 1000, 'planned'], [1, 2500, 'planned']])
	await world.audit()
	for (const number of [one, rest]) assert.equal((await decide(number, 'approve')).status, 303)
	await until(async () => { await it.forward('1m'); return (await rowOf(one)).state === 'done' }, 'the refunds', 40)
	assert.deepEqual(await parts(one), [[1, 2000, 'done'], [2, 500, 'done']])
	await until(async () => { await it.forward('1m'); return (await parts(rest))[1][2] === 'done' }, 'the other refund', 40)
	assert.deepEqual([(await rowOf(rest)).state, await money(8)], ['under_way', [0, 0, 1000]])
	for (const n of [first, second]) assert.equal((await it.one(`SELECT amount - refunded AS n FROM payment WHERE number = '${n}'`)).n, '0')
	await until(async () => (await people[8].get('/console/inbox')).text.includes(one), 'the message')
	await world.audit()
})

test('MON-12 what came for an order that is paid does not go back; WeChat gives nothing back after a year', async () => {
	const number = await topup(9, 2000)
	assert.equal((await people[9].json(page)).json.origin, 2000)
	await it.sql(`UPDATE payment SET id = id - ${BigInt(367 * 86400) * 1000000n << 13n} WHERE number = '${number}'`)
	const m = (await people[9].json(page)).json
	assert.deepEqual([m.total, m.origin, m.by_bank, m.ways], [2000, 0, 2000, []])
})
