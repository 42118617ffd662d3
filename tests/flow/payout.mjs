// Payouts: files made by one and approved by another, in the bank's folder, ended by the bank's signed answer.  ISO-7, MON-12, MON-1, MON-2.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { el } from '../iso/document.mjs'
import { Bank, nextId } from '../lib/bank.mjs'
import { assert, fill, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { World } from '../lib/world.mjs'

timeout(120)
const it = await instance({ parts: 'buyer operator callback jobs nginx' })
const world = await World.make(it, { buyers: 3 })
const people = await parallel(3, i => world.person(i))
const [finance, admin] = [await it.client().signIn('finance@demo.test'), await it.client().signIn('admin@demo.test')]
const page = '/ops/finance/payouts', batches = `${page}/batches`
const money = async i => Promise.all(['cash', 'frozen', 'withdrawal_due'].map(async kind =>
	+((await it.one(`SELECT SUM(balance) AS n FROM account WHERE owner = ${world.buyers[i]} AND kind = '${kind}'`)).n ?? 0)))
const payoutOf = number => it.one(`SELECT * FROM payout WHERE number = '${number}'`)
const batchOf = number => it.one(`SELECT number, state, payouts, total, filed_at FROM payout_batch WHERE number = '${number}'`)
const withdrawal = async number => (await it.one(`SELECT state FROM withdrawal WHERE number = '${number}'`)).state

/** A withdrawal by bank that finance approved: its number, which is its payout's. */
async function payout(i, fen) {
	await world.fund(i, fen)
	const accounts = '/console/withdrawals/accounts', account = '6222021001123456789'
	await people[i].submit(accounts, { bank: 'cmb', branch: '深圳分行', account, again: account }, { action: accounts })
	const { id } = await it.one(`SELECT id FROM payee_account WHERE org_id = ${world.buyers[i]}`)
	const asked = await people[i].submit('/console/withdrawals', { amount: (fen / 100).toFixed(2), payee: id }, { action: '/console/withdrawals' })
	const number = asked.location.split('/').at(-1), desk = `/ops/finance/withdrawals/${number}`
	assert.equal((await finance.submit(desk, {}, { action: `${desk}/approve` })).status, 303)
	return number
}
const fields = async (client, numbers, bank = 'icbc') => [...fill((await client.get(page)).form(page), { bank }).filter(([k]) => k !== 'payout'), ...numbers.map(n => ['payout', n])]
const make = async (numbers, client = finance, bank) => client.post(page, await fields(client, numbers, bank))
async function made(numbers) {
	const answer = await make(numbers)
	assert.equal(answer.status, 303, answer.text)
	return answer.location.split('/').at(-1)
}
const decide = (number, how, client = admin) => client.submit(`${batches}/${number}`, {}, { action: `${batches}/${number}/${how}` })

test('ISO-7 MON-12 chosen into a file by one, approved by another: pain.001 with its sums lies in the bank\'s folder, as it was proposed', async () => {
	const [a, b] = [await payout(0, 12345), await payout(1, 500)]
	const number = await made([a, b])
	assert.match(number, /^O\d{26}$/)
	assert.deepEqual([(await payoutOf(a)).state, (await batchOf(number)).state, (await batchOf(number)).total], ['filed', 'proposed', '12845'])
	assert.equal((await finance.get(`${batches}/${number}/file`)).status, 404, 'nothing leaves before it is approved')
	const own = await finance.post(`${batches}/${number}/approve`, fill((await finance.get(`${batches}/${number}`)).form(`${batches}/${number}/approve`), {}))
	assert.equal(own.status, 422, 'not by the one who made it')
	assert.ok(own.text.includes('另一人复核'))
	const document = (await it.one(`SELECT HEX(document) AS d FROM payout_batch WHERE number = '${number}'`)).d
	assert.equal((await decide(number, 'approve')).status, 303)
	const file = await finance.get(`${batches}/${number}/file`)
	assert.equal(file.body.toString('hex').toUpperCase(), document)
	for (const part of [`<MsgId>${number}</MsgId>`, '<NbOfTxs>2</NbOfTxs>', '<CtrlSum>128.45</CtrlSum>', '<PmtMtd>TRF</PmtMtd>', `<EndToEndId>${a}</EndToEndId>`, '<InstdAmt Ccy="CNY">123.45</InstdAmt>', '6222021001123456789', '招商银行', `Org ${world.buyers[0]}`])
		assert.ok(file.html.includes(part), part)
	await until(async () => (await batchOf(number)).filed_at, 'the file in the folder')
	const spool = path.join(it.folder, 'spool/icbc/out', `${number}.xml`)
	assert.ok(existsSync(spool) && readFileSync(spool).equals(file.body))
	assert.deepEqual([(await payoutOf(a)).state, await money(0), await withdrawal(a)], ['sent', [0, 0, 12345], 'under_way'])
	for (const how of ['approve', 'discard']) assert.equal((await admin.post(`${batches}/${number}/${how}`, fill((await admin.get(page)).form(), {}))).status, 422, 'what was sent is never changed')
	await world.audit()
})

test('ISO-7 a payout never goes into two files: two at once, one does; discarded, it waits again', async () => {
	const n = await payout(2, 700)
	await payout(1, 300)				// one more, so that the form stays
	const forms = await Promise.all([finance, admin].map(async c => [c, await fields(c, [n])]))
	const answers = await Promise.all(forms.map(([c, f]) => c.post(page, f)))
	assert.deepEqual(answers.map(a => a.status).sort(), [303, 422])
	const number = answers.find(a => a.status === 303).location.split('/').at(-1)
	assert.equal((await make([n])).status, 422)
	assert.equal((await decide(number, 'discard', finance)).status, 303)
	assert.deepEqual([(await payoutOf(n)).state, (await batchOf(number)).state], ['waiting', 'discarded'])
	assert.equal((await decide(await made([n]), 'discard')).status, 303)
	await world.audit()
})

test('ISO-7 nothing chosen, an unknown number, another\'s form: nothing is made', async () => {
	const before = (await it.one('SELECT COUNT(*) AS n FROM payout_batch')).n
	assert.equal((await make([])).status, 422)
	assert.equal((await make(['W20260101000000000000000000'])).status, 404)
	assert.equal((await people[0].get(page)).status, 403)
	const support = await it.client().signIn('support@demo.test')
	assert.equal((await support.get(page)).status, 403)
	assert.equal((await it.one('SELECT COUNT(*) AS n FROM payout_batch')).n, before)
	assert.equal((await finance.get(`${batches}/O0`)).status, 404)
})

test('ISO-7 MON-12 the debit that the bank books pays it out, once; another amount is a case', async () => {
	const bank = new Bank(it, 'icbc'), debit = { direction: el('CdtDbtInd', 'DBIT') }
	const [a, b] = [await payout(0, 4400), await payout(1, 5500)], number = await made([a, b])
	const early = await bank.announce({ ...debit, number: a, yuan: '44.00' })
	assert.deepEqual([early.state, (await payoutOf(a)).state], ['unmatched', 'filed'], 'what was not sent cannot be paid')
	assert.equal((await decide(number, 'approve')).status, 303)
	const other = await bank.announce({ ...debit, number: b, yuan: '55.01' })
	assert.deepEqual([other.state, (await payoutOf(b)).state], ['unmatched', 'sent'])
	const right = await bank.announce({ ...debit, number: a, yuan: '44.00' })
	assert.deepEqual([right.state, right.match_kind, (await payoutOf(a)).state, await withdrawal(a), await money(0)], ['matched', 'withdrawal', 'done', 'done', [0, 0, 12345]])
	assert.equal((await batchOf(number)).state, 'approved')
	await bank.announce({ ...debit, number: b, yuan: '55.00' })
	assert.deepEqual([(await payoutOf(b)).state, (await batchOf(number)).state, await withdrawal(b)], ['done', 'closed', 'done'])
	await until(async () => (await people[0].get('/console/inbox')).text.includes(a), 'the message')
	await world.audit()
})

test('MON-11 ISO-5 a transfer with the organisation\'s number is its cash, once; the page shows it; a wrong number is nobody\'s', async () => {
	const bank = new Bank(it, 'icbc'), { remit } = (await people[2].json('/console/topup')).json
	assert.match(remit, /^YS\d{9}$/)
	assert.equal((await people[2].json('/console/topup')).json.remit, remit)
	const [before] = await money(2), reference = nextId('YS')
	const entry = bank.entry({ text: `货款 ${remit} 充值`, yuan: '66.60', reference })
	for (let i = 0; i < 2; i++) assert.equal((await bank.send(bank.document(entry))).status, 200)
	assert.deepEqual([(await bank.row(reference)).state, (await money(2))[0] - before], ['matched', 6660])
	const { items } = (await people[2].json('/console/billing/remittances')).json
	assert.deepEqual([items.length, items[0].amount, items[0].reference], [1, 6660, reference])
	assert.ok((await people[2].get(`/console/payments/${items[0].number}`)).text.includes('充值成功'))
	assert.equal((await people[1].get(`/console/payments/${items[0].number}`)).status, 404)
	const wrong = await bank.announce({ text: `YS${String((+remit.slice(2) + 1) % 1e9).padStart(9, '0')}`, yuan: '1.00' })
	assert.equal(wrong.state, 'unmatched')
	await world.audit()
})
