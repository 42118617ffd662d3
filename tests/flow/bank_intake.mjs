// What banks announce: ISO-2 to ISO-6, MON-6, MON-7, MON-11.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { el } from '../iso/document.mjs'
import { Bank, nextId } from '../lib/bank.mjs'
import { assert, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { PRICE, World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer callback jobs nginx' })
const world = await World.make(it, { buyers: 6 })
const people = await parallel(6, i => world.person(i))
const bank = new Bank(it, 'ccb'), other = new Bank(it, 'icbc')

/** A payment by bank that waits for its money. */
async function waiting(i, code = 'ccb') {
	const { number: order } = await world.order(i)
	const answer = await people[i].submit(`/console/orders/${order}/pay`, { channel: 'b2b', bank: code })
	return { number: /P\d+/.exec(answer.location)[0], order }
}
const stateOf = async p => (await it.one(`SELECT state FROM payment WHERE number = '${p.number}'`)).state
const caseOf = async row => (await it.one(`SELECT kind FROM finance_case WHERE id = ${row.case_id ?? 0}`))?.kind
const files = async () => +(await it.one('SELECT COUNT(*) AS n FROM bank_file')).n
const entries = async () => +(await it.one('SELECT COUNT(*) AS n FROM bank_entry')).n

test('ISO-2 ISO-5 MON-6 the bank announces the money: the order is paid once; the same document again is as good', async () => {
	const p = await waiting(0), document = bank.document(bank.entry({ number: p.number, reference: 'FIRST' }))
	assert.deepEqual(await bank.send(document), { status: 200, text: 'stored\n' })
	await world.paidOnce(p)
	const row = await bank.row('FIRST')
	assert.deepEqual([row.state, row.match_kind, row.match_number, row.outcome, row.case_id], ['matched', 'payment', p.number, 'applied', null])
	const { transaction_id } = await it.one(`SELECT transaction_id FROM payment WHERE number = '${p.number}'`)
	assert.equal(transaction_id, `${bank.account}/FIRST`)
	assert.deepEqual(await bank.send(document), { status: 200, text: 'known\n' })
	await world.paidOnce(p)
	await world.audit()
})

test('MON-6 ISO-3 ten at once have the effect of one', async () => {
	const p = await waiting(0), document = bank.document(bank.entry({ number: p.number }))
	for (const answer of await parallel(10, () => bank.send(document))) assert.equal(answer.status, 200)
	await world.paidOnce(p)
	const [a, b] = [bank.document(bank.entry({ number: p.number, reference: 'TWICE' })), bank.document(bank.entry({ number: p.number, reference: 'TWICE' }))]
	const before = await world.cash(0)
	await Promise.all([a, b, a, b].map(d => bank.send(d)))			// one entry in two documents, a second payment of the order
	await until(async () => (await bank.row('TWICE')).state === 'matched', 'heard')
	assert.equal(await world.cash(0), before + PRICE)
	assert.deepEqual(await world.cases(p), ['second_payment'])
	await world.audit()
})

test('ISO-2 ISO-3 what is not signed by that bank, is changed, cut in half, of another kind or about another account is refused as a whole', async () => {
	const p = await waiting(1), before = [await files(), await entries()]
	const e = bank.entry({ number: p.number }), good = bank.document(e)
	const refused = [
		[403, bank.document(e, { key: other.key() })], [403, bank.document(e, { key: '' })], [403, good.replace('1280.00', '1280.01')],
		[400, good.slice(0, good.length / 2)], [422, bank.document(e, { of: other.account })], [422, bank.document(e.replace('<Sts>', '<Stz>').replace('</Sts>', '</Stz>'))],
		[422, bank.document([bank.entry({ number: p.number }), e.replace(/<AcctSvcrRef>[^<]*<.AcctSvcrRef>/, '')])],
	]
	for (const [status, document] of refused) {
		const answer = await bank.send(document)
		assert.equal(answer.status, status, `${answer.text} ${document.slice(0, 200)}`)
	}
	assert.equal((await bank.send(good, { media: 'text/plain' })).status, 415)
	assert.equal((await bank.send(good, { code: 'hsbc' })).status, 404)
	assert.equal((await bank.send(good, { code: 'icbc' })).status, 403)
	assert.equal((await bank.send('x'.repeat(3 << 20))).status, 413)
	assert.deepEqual([await files(), await entries()], before)
	await world.untouched(p)
})

test('ISO-3 another document under the same MsgId is refused; what comes later under a new one is taken', async () => {
	const id = nextId('SAME'), [a, b] = [bank.entry(), bank.entry()]
	assert.equal((await bank.send(bank.document(a, { id }))).status, 200)
	assert.equal((await bank.send(bank.document(b, { id }))).status, 409)
	assert.equal((await other.send(other.document(other.entry(), { id }))).status, 200)	/* another bank counts for itself */
	assert.equal((await bank.send(bank.document(b))).status, 200)
})

test('ISO-4 MON-7 another amount, a part of a fen, dollars, pending: never matched', async () => {
	const p = await waiting(2), before = await world.unexplained()
	const less = await bank.announce({ number: p.number, yuan: '1279.99' })
	assert.deepEqual([less.state, await caseOf(less)], ['unmatched', 'mismatch'])
	assert.equal(await world.unexplained(), before + PRICE - 1)
	const fraction = await bank.announce({ number: p.number, yuan: '1280.001' })
	assert.deepEqual([fraction.state, await caseOf(fraction), fraction.amount_text], ['unmatched', 'fraction', '1280.001'])
	const dollars = await bank.announce({ number: p.number, currency: 'USD' })
	assert.deepEqual([dollars.state, await caseOf(dollars), dollars.currency], ['unmatched', 'currency', 'USD'])
	assert.equal(await world.unexplained(), before + PRICE - 1)		// neither can be counted
	const pending = bank.document(bank.entry({ number: p.number, reference: 'PENDING', status: el('Sts', el('Cd', 'PDNG')) }))
	assert.equal((await bank.send(pending)).status, 200)
	assert.equal(await bank.row('PENDING'), undefined)
	assert.deepEqual([(await world.state(p)).orders, await stateOf(p)], ['to_pay', 'failed'])
	const again = await waiting(2)
	const booked = await bank.announce({ number: again.number, reference: 'PENDING' })	// the same reference, booked at last
	assert.equal(booked.state, 'matched')
	await world.paidOnce(again)
	await world.audit()
})

test('ISO-5 by the structured reference, else by exactly one number in the text, else unexplained', async () => {
	const a = await waiting(3), b = await waiting(3), c = await waiting(3), before = await world.unexplained()
	assert.equal((await bank.announce({ number: 'MY-OWN-REFERENCE-7', structured: a.number })).match_number, a.number)
	await world.paidOnce(a)
	assert.equal((await bank.announce({ text: `货款 ${b.number.toLowerCase()}，谢谢` })).match_number, b.number)
	await world.paidOnce(b)
	const two = await bank.announce({ text: `${c.number} ${a.number}` })
	assert.deepEqual([two.state, await caseOf(two)], ['unmatched', 'unmatched'])
	const none = await bank.announce({ text: '货款', number: `P${'1'.repeat(26)}` })
	assert.deepEqual([none.state, await caseOf(none), none.match_number], ['unmatched', 'unmatched', `P${'1'.repeat(26)}`])
	assert.equal(await world.unexplained(), before + 2 * PRICE)
	await world.untouched(c)
	await world.audit()
})

test('MON-5 MON-7 money that comes after the order was cancelled is the buyer\'s cash, with a case', async () => {
	const p = await waiting(4), before = await world.cash(4)
	await people[4].submit(`/console/orders/${p.order}/cancel`, {}, { action: `/console/orders/${p.order}/cancel` })
	assert.equal(await stateOf(p), 'closed')
	const row = await bank.announce({ number: p.number })
	assert.deepEqual([row.state, row.outcome, await caseOf(row)], ['matched', 'late', 'late'])
	assert.equal(await world.cash(4), before + PRICE)
	await world.audit()
})

test('ISO-4 a debit that we know nothing of, and one that the bank took back: out of unexplained receipts, with a case', async () => {
	const before = await world.unexplained(), debit = { direction: el('CdtDbtInd', 'DBIT') }
	const fee = await bank.announce({ ...debit, yuan: '15.00', text: '手续费' })
	assert.deepEqual([fee.state, fee.direction, await caseOf(fee)], ['unmatched', 'debit', 'debit'])
	const back = await bank.announce({ ...debit, reversal: el('RvslInd', 'true'), yuan: '20.00' })
	assert.deepEqual([back.reversal, await caseOf(back)], ['1', 'reversal'])
	assert.equal(await world.unexplained(), before - 3500)
	await world.audit()
})

test('ISO-6 a statement tells the same entries: they are not booked twice; another amount of a known one is a case', async () => {
	const p = await waiting(5), known = bank.entry({ number: p.number, reference: 'DAY' })
	assert.equal((await bank.send(bank.document(known))).status, 200)
	const before = await world.unexplained()
	const answer = await bank.send(bank.statement([known, bank.entry({ yuan: '7.00', reference: 'NEW' })]))
	assert.equal(answer.status, 200, answer.text)
	await world.paidOnce(p)
	assert.equal(await world.unexplained(), before + 700)
	const f = await it.one('SELECT kind, entries, loaded, known FROM bank_file ORDER BY id DESC LIMIT 1')
	assert.deepEqual(Object.values(f), ['statement', '2', '2', '1'])
	await bank.send(bank.statement(bank.entry({ yuan: '8.00', reference: 'NEW' })))
	assert.equal((await it.one(`SELECT kind FROM finance_case WHERE transaction_id = '${bank.account}/NEW' AND kind = 'difference'`)).kind, 'difference')
	assert.equal(await world.unexplained(), before + 700)
	await world.audit()
})

test('ISO-2 the folder: whole files are taken in, a cut one is refused and kept with its reason', async () => {
	const folder = path.join(it.folder, 'spool/ccb'), p = await waiting(5)
	await until(() => { try { return readdirSync(folder).includes('in') } catch { return false } }, 'the folder')
	const put = (name, text) => { writeFileSync(path.join(folder, `.${name}`), text); renameSync(path.join(folder, `.${name}`), path.join(folder, 'in', name)) }
	const good = bank.document(bank.entry({ number: p.number }))
	put('a.xml', good)
	put('b.xml', good.slice(0, -40))
	put('c.xml', bank.document(bank.entry({ reference: 'PLAIN' }), { key: '' }))		// let in by the system, not by a signature
	put('d.xml', bank.document(bank.entry(), { key: other.key() }))
	await until(() => readdirSync(path.join(folder, 'in')).length === 0, 'an empty folder')
	await world.paidOnce(p)
	assert.ok((await bank.row('PLAIN')).id)
	const names = dir => readdirSync(path.join(folder, dir)).map(n => n.replace(/^\d+-/, '')).sort()
	assert.deepEqual(names('done'), ['a.xml', 'c.xml'])
	assert.deepEqual(names('refused'), ['b.xml', 'b.xml.why', 'd.xml', 'd.xml.why'])
	const why = readdirSync(path.join(folder, 'refused')).find(n => n.endsWith('b.xml.why'))
	assert.match(readFileSync(path.join(folder, 'refused', why), 'utf8'), /^MALFORMED: /)
})

test('ISO-2 the command loads a document and lists what was announced', async () => {
	const p = await waiting(0), file = path.join(it.folder, 'tmp/one.xml')
	mkdirSync(path.dirname(file), { recursive: true })
	writeFileSync(file, bank.document(bank.entry({ number: p.number })))
	assert.match(await it.yunshi('bank', 'load', file, '--bank', 'ccb'), /: 1 entries, 0 known before\n$/)
	await world.paidOnce(p)
	assert.match(await it.yunshi('bank', 'load', file, '--bank', 'ccb'), /came before/)
	assert.ok((await it.yunshi('bank', 'list', '--state', 'matched')).includes(p.number))
	assert.equal((await it.tryYunshi('bank', 'load', file, '--bank', 'icbc')).status, 1)
	assert.equal((await it.tryYunshi('bank', 'load', file)).status, 2)
})

test('ISO-2 two keys are right while a bank changes its key', async () => {
	const next = path.join(it.folder, 'secret/bank/pinned/boc.next.pem'), boc = new Bank(it, 'boc')
	assert.equal((await boc.send(boc.document(boc.entry(), { key: bank.key() }))).status, 403)
	writeFileSync(next, readFileSync(path.join(it.folder, 'secret/bank/pinned/ccb.pem')))
	assert.equal((await boc.send(boc.document(boc.entry(), { key: bank.key() }))).status, 200)
	assert.equal((await boc.send(boc.document(boc.entry()))).status, 200)
})
