// What banks announced, as finance sees it, and transfers without a number that buyers claim. MON-11, ISO-5, MON-1, MON-2.
import { el } from '../iso/document.mjs'
import { Bank, nextId } from '../lib/bank.mjs'
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { World } from '../lib/world.mjs'

timeout(90)
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
