// What banks announced, as finance sees it, and transfers without a number that buyers claim. MON-11, ISO-5, MON-1, MON-2.
import { el } from '../iso/document.mjs'
import { Bank, nextId } from '../lib/bank.mjs'
import { assert, fill, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { png } from '../lib/png.mjs'
import { upload } from '../lib/upload.mjs'
import { World } from '../lib/world.mjs'

timeout(150)
const it = await instance({ parts: 'buyer operator callback jobs nginx' })
const world = await World.make(it, { buyers: 3 })
const people = await parallel(3, i => world.person(i))
const [finance, admin, support] = await Promise.all(['finance', 'admin', 'support'].map(n => it.client().signIn(`${n}@demo.test`)))
const bank = new Bank(it, 'ccb'), other = new Bank(it, 'icbc'), desk = '/ops/finance/remittances'
const entries = async query => (await finance.json(`${desk}?${query}`)).json.items

test('ISO-5 MON-11 finance finds an entry by state, bank, day, amount and number', async () => {
	const { number: order } = await world.order(0)
	const paid = /P\d+/.exec((await people[0].submit(`/console/orders/${order}/pay`, { channel: 'b2b', bank: 'ccb' })).location)[0]
	const a = await bank.announce({ number: paid }), b = await other.announce({ text: '货款', yuan: '77.01', reference: nextId('B') })
	assert.deepEqual([a.state, b.state], ['matched', 'unmatched'])
	const ids = async query => (await entries(query)).map(e => e.id).filter(id => [a.id, b.id].includes(id))
	for (const [query, found] of [
		['', [b.id, a.id]], ['state=matched', [a.id]], ['state=unmatched', [b.id]], ['state=waiting', []], ['bank=icbc', [b.id]], [`day=${a.day}`, [b.id, a.id]],
		['day=2020-01-01', []], ['amount=77.01', [b.id]], [`q=${paid}`, [a.id]], [`q=${b.reference}`, [b.id]], ['q=%27', []],
	]) assert.deepEqual(await ids(query), found, query)
	assert.equal((await finance.get(`${desk}?day=yesterday`)).status, 422)
	const first = (await finance.json(`${desk}?limit=1`)).json
	assert.deepEqual([first.items.length, (await entries(`limit=1&after=${first.next}`)).length], [1, 1])
	assert.equal((await support.get(desk)).status, 403)
	assert.equal((await people[0].get(desk)).status, 403)
})

test('ISO-5 an entry\'s page: its document as it came, what it was matched to, and its case', async () => {
	const { number: order } = await world.order(1)
	const paid = /P\d+/.exec((await people[1].submit(`/console/orders/${order}/pay`, { channel: 'b2b', bank: 'ccb' })).location)[0]
	const row = await bank.announce({ number: paid }), page = await finance.get(`${desk}/${row.id}`)
	assert.ok(page.html.includes(`href="/ops/orders/${order}"`) && page.html.includes(`href="/ops/organisations/${world.buyers[1]}"`))
	assert.ok(page.html.includes(`&lt;EndToEndId&gt;${paid}&lt;/EndToEndId&gt;`), 'the document is shown as text')
	const none = await bank.announce({ text: '&lt;script&gt;alert(1)&lt;/script&gt;', yuan: '3.33', reference: nextId('N') })
	const lost = await finance.get(`${desk}/${none.id}`)
	assert.ok(lost.html.includes(`href="/ops/finance/cases/${none.case_id}"`) && !lost.html.includes('<script>alert'))
	const fee = await bank.announce({ direction: el('CdtDbtInd', 'DBIT'), yuan: '5.00', text: '手续费' })
	assert.ok((await finance.get(`${desk}/${fee.id}`)).text.includes('支出'))
	for (const id of ['1', '0', 'x', '99999999999999999999']) assert.equal((await finance.get(`${desk}/${id}`)).status, 404, id)
	await world.audit()
})

/* -- claims -- */

const claims = '/console/billing/claims', queue = '/ops/finance/claims'
const dot = png(64, 64)
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)
function claim(i, yuan, { proof = pdf, name = 'receipt.pdf', ...more } = {}) {
	const values = { amount: yuan, paid_on: today(), payer_name: '某某科技有限公司', ...more }
	return upload(people[i], `${claims}/new`, values, [{ field: 'proof', name: proof ? name : '', bytes: proof ?? Buffer.alloc(0) }], { action: `${claims}/new` })
}
async function claimed(i, yuan, more) {
	const answer = await claim(i, yuan, more)
	assert.equal(answer.status, 303, answer.text)
	return answer.location.split('/').at(-1)
}
const lost = yuan => bank.announce({ text: '货款', yuan, reference: nextId('C') })
const claimRow = id => it.one(`SELECT state, reason, proof_type FROM remit_claim WHERE id = ${id}`)
const decide = (client, id, how, fields = {}) => client.submit(`${queue}/${id}`, fields, { action: `${queue}/${id}/${how}` })
const caseState = async row => (await it.one(`SELECT state, settlement FROM finance_case WHERE id = ${row.case_id}`))

test('MON-11 MON-1 a claim with its receipt: one names the entry, another accepts, and the money is the organisation\'s cash; its case is settled', async () => {
	const row = await lost('123.45'), [cash, unexplained] = [await world.cash(0), await world.unexplained()]
	const id = await claimed(0, '123.45', { note: '十一月货款' })
	assert.ok((await people[0].get(`${claims}/${id}`)).text.includes('待处理'))
	assert.ok((await finance.get(queue)).html.includes(`${queue}/${id}`))
	assert.equal((await decide(finance, id, 'propose')).status, 422, 'none is chosen')
	assert.equal((await decide(finance, id, 'propose', { entry: row.id })).status, 303)
	assert.ok(!(await people[0].get(`${claims}/${id}`)).text.includes(row.reference), 'what finance supposes is not shown to the buyer')
	const page = await finance.get(`${queue}/${id}`)
	assert.ok(page.text.includes('另一人') && page.html.includes(`${desk}/${row.id}`))
	const own = await finance.post(`${queue}/${id}/accept`, fill(page.form(`${queue}/${id}/return`), {}))
	assert.equal(own.status, 422, 'not by the one who proposed')
	assert.deepEqual([await world.cash(0), (await claimRow(id)).state], [cash, 'proposed'])
	assert.equal((await decide(admin, id, 'accept')).status, 303)
	assert.deepEqual([await world.cash(0) - cash, await world.unexplained() - unexplained, (await claimRow(id)).state], [12345, -12345, 'accepted'])
	assert.deepEqual(await caseState(row), { state: 'settled', settlement: 'credit' })
	assert.equal((await bank.row(row.reference)).state, 'matched')
	const { items } = (await people[0].json('/console/billing/remittances')).json
	assert.deepEqual([items[0].reference, items[0].amount], [row.reference, 12345])
	assert.ok((await people[0].get(`${claims}/${id}`)).html.includes(`/console/payments/${items[0].number}`))
	assert.ok((await finance.get(`${desk}/${row.id}`)).html.includes(`${queue}/${id}`))
	await world.audit()
})

test('MON-11 two claim one transfer, and two accept at once: it is booked once', async () => {
	const row = await lost('88.00'), [a, b] = [await claimed(0, '88'), await claimed(1, '88')], before = await world.unexplained()
	for (const id of [a, b]) assert.equal((await decide(finance, id, 'propose', { entry: row.id })).status, 303)
	const forms = await Promise.all([a, b, a].map(async id => [id, fill((await admin.get(`${queue}/${id}`)).form(`${queue}/${id}/accept`), {})]))
	const answers = await Promise.all(forms.map(([id, f]) => admin.tab().post(`${queue}/${id}/accept`, f)))
	assert.ok(answers.some(x => x.status === 303))
	assert.equal(before - await world.unexplained(), 8800)
	const states = [(await claimRow(a)).state, (await claimRow(b)).state]
	assert.deepEqual([...states].sort(), ['accepted', 'proposed'])
	const left = states[0] === 'proposed' ? a : b
	assert.ok((await decide(admin, left, 'accept')).text.includes('已有去处'))
	assert.equal((await decide(admin, left, 'return')).status, 303)
	assert.equal((await decide(finance, left, 'refuse', { why: '' })).status, 422)
	assert.equal((await decide(finance, left, 'refuse', { why: '款项已由其他单位认领' })).status, 303)
	const buyer = people[left === a ? 0 : 1]
	assert.ok((await buyer.get(`${claims}/${left}`)).text.includes('款项已由其他单位认领'))
	await until(async () => (await buyer.get('/console/inbox')).text.includes(left), 'the message')
	await world.audit()
})

test('MON-11 MON-7 what the finance desk deals with as a case cannot be claimed beside it', async () => {
	const row = await lost('45.00'), id = await claimed(2, '45')
	assert.equal((await decide(finance, id, 'propose', { entry: row.id })).status, 303)
	const page = `/ops/finance/cases/${row.case_id}`
	assert.equal((await finance.submit(page, { how: 'write_off', note: '小额' }, { action: `${page}/propose` })).status, 303)
	assert.ok((await decide(admin, id, 'accept')).text.includes('已有去处'))
	assert.equal((await claimRow(id)).state, 'proposed')
	await world.audit()
})

test('MON-11 only an entry of the same amount that came in, bears no number and is not settled is named', async () => {
	const id = await claimed(2, '31.00'), other = await lost('31.01'), debit = await bank.announce({ direction: el('CdtDbtInd', 'DBIT'), yuan: '31.00', text: '手续费' })
	const right = await lost('31.00'), page = await finance.get(`${queue}/${id}`)
	assert.ok(page.html.includes(`value="${right.id}"`) && ![other, debit].some(r => page.html.includes(`value="${r.id}"`)))
	for (const entry of [other.id, debit.id, '1']) {
		const fields = [...fill(page.form(`${queue}/${id}/propose`), {}).filter(([k]) => k !== 'entry'), ['entry', entry]]
		assert.equal((await finance.tab().post(`${queue}/${id}/propose`, fields)).status, 422, entry)
	}
	assert.equal((await claimRow(id)).state, 'open')
})

test('MON-11 the receipt is what its bytes are; what is wrong is told at its field and what was typed is kept', async () => {
	for (const [fields, field] of [
		[{ amount: '0' }, 'amount'], [{ amount: 'x' }, 'amount'], [{ paid_on: '2999-01-01' }, 'paid_on'], [{ paid_on: '2001-01-01' }, 'paid_on'], [{ payer_name: '' }, 'payer_name'],
		[{ payer_account: 'x'.repeat(35) }, 'payer_account'], [{ proof: null }, 'proof'], [{ proof: Buffer.from('GIF89a') }, 'proof'], [{ proof: dot.subarray(0, 50) }, 'proof'],
		[{ proof: Buffer.concat([dot, Buffer.from('<script>')]) }, 'proof'], [{ proof: Buffer.from('%PDF-1.4') }, 'proof'], [{ proof: Buffer.alloc((1 << 20) + 1, pdf) }, 'proof'],
	]) {
		const { amount = '10.00', ...more } = fields, answer = await claim(1, amount, { note: '留着', ...more })
		assert.equal(answer.status, 422, field)
		assert.match(answer.html, new RegExp(`id="${field}-error"`), field)
		assert.ok(answer.html.includes('value="留着"'), field)
	}
	const id = await claimed(1, '10.00', { proof: dot, name: '../../\'<b>.png' })
	const file = await people[1].get(`${claims}/${id}/proof`)
	assert.deepEqual([file.headers['content-type'], file.headers['x-content-type-options'], file.body.equals(dot)], ['image/png', 'nosniff', true])
	const paper = await claimed(1, '11.00'), saved = await finance.get(`${queue}/${paper}/proof`)
	assert.deepEqual([saved.headers['content-disposition'], saved.body.equals(pdf)], ['attachment; filename="receipt.pdf"', true])
	for (const p of [`${claims}/${id}`, `${claims}/${id}/proof`]) assert.equal((await people[2].get(p)).status, 404, 'another\'s')
	const page = await people[1].get(`${claims}/${id}`)
	for (let i = 0; i < 2; i++) await people[1].post(`${claims}/${id}/withdraw`, fill(page.form(`${claims}/${id}/withdraw`), {}))
	assert.equal((await claimRow(id)).state, 'withdrawn')
	assert.equal((await support.get(`${queue}/${paper}/proof`)).status, 403)
})
