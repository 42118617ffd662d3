// Purchased products as their buyer sees them: list, filters, paging, the page of one.
import { assert, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const buyer = await it.client().signIn('buyer@demo.test')
const other = await it.client().signIn('buyer2@demo.test')
const { org } = await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")
const DAY = 86400e3, now = Date.now()

// rows at both sides of every edge, whatever the demo data are
const at = days => new Date(now + days * DAY).toISOString().replace('T', ' ').slice(0, 19)
const ids = (await it.sql(`SELECT id FROM resource WHERE buyer_id = ${org} AND state = 'in_use' ORDER BY id LIMIT 12`)).map(r => r.id)
for (const [i, days] of [-1, 1, 6.9, 7.1, 14.9, 15.1, 29.9, 30.1, 59.9, 60.1, 89.9, 90.1].entries())
	await it.sql(`UPDATE resource SET end_at = '${at(days)}', created_at = '${at(-200 * i)}', delivery = '${i % 3 ? 'automatic' : 'manual'}' WHERE id = ${ids[i]}`)
await it.sql(`UPDATE resource SET name = '365_办公 100%', product_name = '办公套件' WHERE id = ${ids[1]}; UPDATE resource SET state = 'released' WHERE id = ${ids[2]}`)

async function found(query = '', limit = 100) {
	const items = []
	for (let after = ''; after !== null; ) {
		const { status, json: page } = await buyer.json(`/console/resources?${query}&limit=${limit}&after=${after}`)
		assert.equal(status, 200, query)
		items.push(...page.items)
		after = page.next
	}
	return items
}
const all = await found()
const same = (items, expected, why) => {
	assert.ok(expected.length, `${why}: nothing is expected`)
	assert.deepEqual(items.map(r => r.id), expected.map(r => r.id), why)
}

test('SUB-1 IFC-2 all purchased products, page by page, the newest first, each once; those of a state', async () => {
	assert.equal(all.length, +(await it.one(`SELECT COUNT(*) AS n FROM resource WHERE buyer_id = ${org}`)).n)
	for (let i = 1; i < all.length; i++) assert.ok(BigInt(all[i - 1].id) > BigInt(all[i].id))
	same(await found('', 5), all, 'small pages')
	for (const state of ['in_use', 'released']) same(await found(`state=${state}`, 3), all.filter(r => r.state === state), state)
})

test('SUB-1 search by a part of a name, and by a whole id or order number', async () => {
	const suite = all.filter(r => r.id === ids[1])
	for (const q of ['365', '5_办', '100%', '办公套', ids[1]]) same(await found(`q=${encodeURIComponent(q)}`), suite, q)
	const { order_number: number } = suite[0]
	same(await found(`q=${number}`), all.filter(r => r.order_number === number), number)
	for (const q of [ids[1].slice(0, -1), number.slice(0, -1), '99999999999999999999', '%25%25', "'", '365%25'])
		assert.deepEqual(await found(`q=${q}`), [], q)
	assert.deepEqual((await other.json(`/console/resources?q=${ids[1]}`)).json.items, [])
})

test('SUB-1 filters by delivery and by creation', async () => {
	for (const delivery of ['automatic', 'manual']) same(await found(`delivery=${delivery}`), all.filter(r => r.delivery === delivery), delivery)
	const local = r => new Date(Date.parse(r.created_at) + 8 * 3600e3).toISOString().slice(0, 10)
	const year = +new Date(now + 8 * 3600e3).toISOString().slice(0, 4)
	same(await found('range=this_year'), all.filter(r => local(r).startsWith(String(year))), 'this year')
	same(await found('range=last_year'), all.filter(r => local(r).startsWith(String(year - 1))), 'last year')
	const day = local(all.find(r => r.id === ids[11]))
	same(await found(`from=${day}&to=${day}`), all.filter(r => local(r) === day), day)
	for (const query of ['from=2024-01-01&to=2026-01-01', 'from=2026-06-01&to=2026-05-01', 'range=x', 'expiry=x', 'delivery=x', 'from=x']) {
		assert.equal((await buyer.json(`/console/resources?${query}`)).status, 422, query)
		assert.equal((await buyer.get(`/console/resources?${query}`)).status, 422, query)
	}
})

test('SUB-1 SUB-4 filters by expiry: soon to end are only those in use, expired those past their end and not released', async () => {
	const ends = r => (Date.parse(r.end_at) - now) / DAY
	for (const days of [7, 15, 30, 60, 90])
		same(await found(`expiry=in_${days}_days`), all.filter(r => r.end_at && r.state === 'in_use' && ends(r) >= 0 && ends(r) < days), `${days} days`)
	same(await found('expiry=expired', 1), all.filter(r => r.end_at && ['in_use', 'expired'].includes(r.state) && ends(r) < 0), 'expired')
	same(await found('expiry=in_90_days&delivery=manual&state=in_use', 1), all.filter(r => r.end_at && r.state === 'in_use' && r.delivery === 'manual' && ends(r) >= 0 && ends(r) < 90), 'together')
})

test('SUB-1 IFC-6 the filters say what they are in both languages, and keep what was chosen', async () => {
	const chinese = await buyer.get('/console/resources?expiry=in_30_days&state=in_use')
	for (const word of ['交付方式', '到期时间', '30 天内到期', '已过期', '创建时间']) assert.ok(chinese.text.includes(word), word)
	assert.match(chinese.html, /<option value="in_30_days" selected>/)
	assert.match(chinese.html, /<input type="hidden" name="state" value="in_use">/)
	assert.match(chinese.html, /href="\/console\/resources\?expiry=in_30_days&amp;state=expired"/)
	const english = await buyer.get('/console/resources', { headers: { 'accept-language': 'en' } })
	assert.ok(english.text.includes('In 30 days'))
	const none = await buyer.get('/console/resources?q=zzzz')
	assert.ok(none.text.includes('没有符合条件的内容') && none.html.includes('href="/console/resources">清空筛选'))
})

test('SUB-2 ACC-3 the page of one is there for its own organisation alone', async () => {
	const address = `/console/resources/${all[0].id}`
	assert.equal((await buyer.get(address)).status, 200)
	assert.equal((await other.get(address)).status, 404)
	for (const bad of ['0', 'x', '18446744073709551615', '-1']) assert.equal((await buyer.get(`/console/resources/${bad}`)).status, 404, bad)
})
