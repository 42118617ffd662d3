// The sandbox's banks against the platform: what they announce, with faults, statements, and orders to pay. ISO-2 to ISO-7, MON-7, MON-10.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { Bank } from '../lib/bank.mjs'
import { assert, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { PRICE, World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer callback jobs sandbox nginx' })
const world = await World.make(it, { buyers: 2 })
const people = await parallel(2, i => world.person(i))
const bank = new Bank(it, 'ccb'), sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)

async function waiting(i) {
	const { number: order } = await world.order(i)
	const answer = await people[i].submit(`/console/orders/${order}/pay`, { channel: 'b2b', bank: 'ccb' })
	return { number: /P\d+/.exec(answer.location)[0], order }
}
const said = async () => (await sandbox.json('/bank/ccb/files')).json
/** Somebody pays; gives the entry as the bank has it. */
async function credit(fields) {
	const answer = await sandbox.post('/bank/ccb/credit', { name: '某某科技有限公司', account: '6222000011112222', fen: PRICE, ...fields })
	assert.equal(answer.status, 200, answer.text)
	return (await said()).entries[0]
}
const row = reference => bank.row(reference)
const heard = async (entry, state) => { await until(async () => (await row(entry.reference))?.state === state, `${entry.reference} is ${state}`); return row(entry.reference) }
const last = async state => { await until(async () => (await said()).files[0].state === state, `the document is ${state}`); return (await said()).files[0] }
const caseOf = async r => (await it.one(`SELECT kind FROM finance_case WHERE id = ${r.case_id ?? 0}`))?.kind

test('MON-10 ISO-2 a bank of the sandbox announces a payment: the order is paid, and a repeat changes nothing', async () => {
	const p = await waiting(0), e = await credit({ number: p.number, fault: 'twice' })
	await heard(e, 'matched')
	await until(async () => (await said()).files[0].attempts === 2, 'the second one')
	assert.equal((await last('heard')).said, '200 known')
	await world.paidOnce(p)
	const late = await waiting(0)
	await heard(await credit({ number: late.number, fault: 'pending' }), 'matched')
	await world.paidOnce(late)
	await world.audit()
})

test('MON-10 ISO-2 what is signed wrongly or cut is refused, and paid when it is sent rightly', async () => {
	const p = await waiting(0)
	for (const [fault, status] of [['signature', '403'], ['key', '403'], ['embedded', '403'], ['cut', '400']]) {
		const e = await credit({ number: p.number, fault }), f = await last('refused')
		assert.ok(f.said.startsWith(status), `${fault}: ${f.said}`)
		assert.equal(await row(e.reference), undefined)
	}
	await world.untouched(p)
	await heard(await credit({ number: p.number }), 'matched')
	await world.paidOnce(p)
})

test('MON-10 MON-7 ISO-4 a fen more, a part of a fen, dollars, and what the bank takes back are cases', async () => {
	const p = await waiting(1)
	for (const [fault, kind] of [['fraction', 'fraction'], ['currency', 'currency'], ['amount', 'mismatch']])
		assert.equal(await caseOf(await heard(await credit({ number: p.number, fault }), 'unmatched')), kind, fault)
	const e = await credit({ text: '没有号码', fault: 'reversal' })
	await heard(e, 'unmatched')
	await until(async () => (await said()).entries[0].reversal, 'taken back')
	assert.equal(await caseOf(await heard((await said()).entries[0], 'unmatched')), 'reversal')
	await world.audit()
})

test('MON-10 ISO-6 what was never announced stands in the statement of the day, and is booked once', async () => {
	const p = await waiting(1), e = await credit({ number: p.number, fault: 'lost' })
	await sandbox.post('/bank/ccb/statement', {})
	await heard(e, 'matched')
	await world.paidOnce(p)
	const { loaded, known } = await it.one("SELECT loaded, known FROM bank_file WHERE kind = 'statement' ORDER BY id DESC LIMIT 1")
	assert.ok(+loaded > +known)
	await world.audit()
})

test('MON-10 ISO-7 an order to pay is made by the bank, and answered; the same one is made once', async () => {
	const order = execFileSync('tests/iso/read', ['-o'], { encoding: 'utf8' }).replace('6222020200112233445', bank.account)
	const hand_in = text => sandbox.request('POST', '/bank/ccb/orders', { body: text, headers: { 'content-type': 'application/xml' } })
	assert.equal((await hand_in(order)).status, 200)
	const { files, entries } = await said()
	assert.deepEqual(files.slice(0, 2).map(f => [f.kind, f.entries]), [['camt.054', 2], ['pain.002', 2]])
	assert.deepEqual(entries.slice(0, 2).map(e => [e.number, e.fen]), [['W20261121102304000013', -1234567890123], ['R20261121102304000012', -1]])
	await until(async () => (await said()).files[1].state === 'heard', 'the answer is in the folder')
	const folder = path.join(it.folder, 'spool/ccb'), name = await until(() => ['in', 'done', 'refused'].flatMap(d => { try { return readdirSync(path.join(folder, d)).map(n => path.join(folder, d, n)) } catch { return [] } })
		.find(n => n.endsWith(`${files[1].id}.xml`)), 'the answer')
	assert.match(readFileSync(name, 'utf8'), /<OrgnlMsgId>O20261121102304000001<\/OrgnlMsgId>.*<GrpSts>ACSC<\/GrpSts>/)
	assert.equal((await hand_in(order)).status, 409)
	assert.equal((await hand_in(order.replace('<CtrlSum>', '<CtrlSum>1'))).status, 422)
	assert.equal((await hand_in('x')).status, 400)
})
