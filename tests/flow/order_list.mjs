// My orders: tabs, searches, totals, and the list as a file.
import { assert, instance, test } from '../lib/harness.mjs'
import { sheet } from '../lib/xlsx.mjs'

const it = await instance({ parts: 'buyer nginx' })
const buyer = await it.client().signIn('buyer@demo.test')
const other = await it.client().signIn('buyer2@demo.test')
const orgOf = async mail => (await it.one(`SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = '${mail}' LIMIT 1`)).org
const org = await orgOf('buyer@demo.test'), otherOrg = await orgOf('buyer2@demo.test')
const get = async (query, page = '') => (await buyer.json(`/console/orders${page}?${query}`)).json
const count = async where => +(await it.one(`SELECT COUNT(*) AS n FROM orders WHERE buyer_id = ${org} AND NOT hidden AND ${where}`)).n
const halfYear = 'created_at >= DATE_SUB(CURDATE(), INTERVAL 6 MONTH)'

async function everything(query, page = '') {
	const items = []
	for (let after = ''; after !== null; ) {
		const part = await get(`${query}&limit=7&after=${after}`, page)
		items.push(...part.items)
		after = part.next
	}
	return items.map(o => o.number)
}
const numbers = async where => (await it.sql(`SELECT number FROM orders o WHERE buyer_id = ${org} AND ${where} ORDER BY id DESC`)).map(r => r.number)

test('ORD-17 prepaid and pay-per-use are tabs that divide the list', async () => {
	await it.sql(`UPDATE orders SET billing_mode = 'pay_per_use' WHERE buyer_id = ${org} AND state = 'completed' ORDER BY id DESC LIMIT 2`)
	const prepaid = await everything('term=prepaid'), postpaid = await everything('term=postpaid')
	assert.ok(postpaid.length >= 2)
	assert.deepEqual([...prepaid, ...postpaid].sort(), (await everything('')).sort())
	assert.match((await buyer.get('/console/orders?term=postpaid')).html, /<a href="\/console\/orders\?term=postpaid" aria-current="page">/)
})

test('ORD-17 the total is told where it is known, and not where it is not', async () => {
	const total = async query => /共 (\d+) 条/.exec((await buyer.get(`/console/orders?${query}`)).text)?.[1]
	assert.equal(await total('state=to_pay&limit=1'), String(await count("state = 'to_pay'")))
	const fresh = await count(`state = 'completed' AND ${halfYear}`)
	assert.equal(await total('state=completed&limit=1'), String(fresh), 'none is older')
	await it.sql(`INSERT INTO orders (buyer_id, id, number, kind, state, billing_mode, category_code, product_id, plan_id, provider_id, product_name, plan_name, provider_name, unit, quantity, duration,
			list_total, payable, creator_id, payer_org_id, created_at)
		SELECT buyer_id, (UNIX_TIMESTAMP('2024-03-01 12:00:00') - 1577836800) * 1000000 << 13, '20240301200000000042', kind, state, billing_mode, category_code, product_id, plan_id, provider_id, product_name,
			plan_name, provider_name, unit, quantity, duration, list_total, payable, creator_id, payer_org_id, '2024-03-01 12:00:00' FROM orders WHERE buyer_id = ${org} AND state = 'completed' LIMIT 1;
		INSERT INTO order_sold (order_id, policy_version, product_agreement, platform_agreement, plan, price, contact, memo, creator_name)
		SELECT id, 1, 1, 1, '{}', '[]', '', '', 'Li' FROM orders WHERE number = '20240301200000000042'`)
	assert.equal(await total('state=completed&limit=1'), undefined, 'older ones are left out')
	assert.equal(await total('state=to_pay&kind=purchase&limit=1'), undefined, 'a filter')
	assert.equal(await total('state=to_pay&kind=purchase&limit=100'), String(await count("state = 'to_pay' AND kind = 'purchase'")), 'all on one page')
})

test('ORD-17 a number is found by its beginning of any length, a whole one however old', async () => {
	const [newest] = await numbers(halfYear), [old] = await numbers(`NOT ${halfYear}`)
	for (const n of [4, 6, 7, 9, 14, 17, 19, 20]) assert.deepEqual(await everything(`q=${newest.slice(0, n)}`), await numbers(`number LIKE '${newest.slice(0, n)}%' AND ${halfYear}`), `${n} digits`)
	assert.deepEqual(await everything(`q=${old}`), [old])
	assert.deepEqual(await everything(`q=${old}&range=half_year`), [], 'a range that was asked for holds')
	for (const q of ['20261', '2026130', '20260230', '20269', '1999', '2026010125']) assert.deepEqual(await everything(`q=${q}`), await numbers(`number LIKE '${q}%' AND ${halfYear}`), q)
})

test('ORD-3 ORD-17 an old, short number is found too', async () => {
	const [number] = await numbers(halfYear)
	await it.sql(`UPDATE orders SET number = '70088123' WHERE number = '${number}'`)
	assert.deepEqual(await everything('q=70088123'), ['70088123'])
	assert.deepEqual((await other.json('/console/orders?q=70088123')).json.items, [])
	await it.sql(`UPDATE orders SET number = '${number}' WHERE number = '70088123'`)
})

test('ORD-17 names of products, plans and resources are found, each order once', async () => {
	const { product, plan } = await it.one(`SELECT product_name AS product, plan_name AS plan FROM orders WHERE buyer_id = ${org} AND ${halfYear} ORDER BY id DESC LIMIT 1`)
	const part = product.slice(1, 4)
	assert.deepEqual(await everything(`q=${encodeURIComponent(part)}`), await numbers(`${halfYear} AND (product_name LIKE '%${part}%' OR plan_name LIKE '%${part}%')`))
	assert.deepEqual(await everything(`q=${encodeURIComponent(plan)}`), await numbers(`${halfYear} AND (product_name LIKE '%${plan}%' OR plan_name LIKE '%${plan}%')`))
	assert.deepEqual(await everything(`q=${encodeURIComponent(plan)}&state=completed`), await numbers(`${halfYear} AND state = 'completed' AND (product_name LIKE '%${plan}%' OR plan_name LIKE '%${plan}%')`))
	const { id, number } = await it.one(`SELECT r.id, o.number FROM resource r JOIN orders o ON o.id = r.order_id WHERE r.buyer_id = ${org} AND o.${halfYear} LIMIT 1`)
	await it.sql(`UPDATE resource SET name = 'prod-db-01' WHERE id = ${id}`)
	assert.deepEqual(await everything('q=prod-db'), [number])
	assert.deepEqual((await other.json('/console/orders?q=prod-db')).json.items, [])
})

test('ORD-17 orders to pay are a page of their own', async () => {
	assert.deepEqual(await everything('', '/to-pay'), await numbers("state = 'to_pay'"))
	const page = await buyer.get('/console/orders/to-pay')
	assert.ok(page.html.includes('formaction="/console/pay"') && page.html.includes('formaction="/console/orders/cancel"'))
	assert.ok((await get('state=completed', '/to-pay')).items.every(o => o.state === 'to_pay'))
})

test('ORD-17 dates the wrong way round are refused at their field, with what was typed', async () => {
	const page = await buyer.get('/console/orders?range=own&from=2026-06-02&to=2026-06-01&q=abc')
	assert.equal(page.status, 422)
	assert.match(page.html, /<input[^>]*name="to"[^>]*value="2026-06-01"[^>]*aria-invalid="true"/)
	assert.match(page.html, /name="q"[^>]*value="abc"/)
})

const csv = async (query, client = buyer) => client.get(`/console/orders/export.csv?${query}`)
const lines = answer => answer.html.split('\r\n').slice(0, -1)

test('EXP-1 EXP-3 the list as a file: as filtered, opened right by a spreadsheet, formulas defused', async () => {
	const [number] = await numbers(halfYear)
	await it.sql(`UPDATE orders SET product_name = '=HYPERLINK("x")' WHERE number = '${number}'`)
	const all = await csv('')
	assert.equal(all.status, 200)
	assert.match(all.headers['content-disposition'], /^attachment; filename="orders-\d+\.csv"$/)
	assert.ok(all.html.startsWith('\ufeff订单号,'))
	assert.deepEqual(lines(all).slice(1).map(l => l.split('\t')[0]), await numbers(halfYear))
	assert.ok(all.html.includes(`"'=HYPERLINK(""x"")"`))
	assert.deepEqual(lines(await csv('state=to_pay')).slice(1).map(l => l.split('\t')[0]), await numbers("state = 'to_pay'"))
	assert.match((await csv('state=to_pay', other)).html.split('\r\n')[0], /^\ufeff订单号/)
	assert.match((await buyer.get('/console/orders?state=to_pay')).html, /href="\/console\/orders\/export\.csv\?state=to_pay"/)
})

test('EXP-1 the chosen orders as a file; none chosen is told, another\'s is 404', async () => {
	const [a, b] = await numbers(halfYear), [theirs] = (await it.sql(`SELECT number FROM orders WHERE buyer_id = ${otherOrg} LIMIT 1`)).map(r => r.number)
	assert.deepEqual(lines(await csv(`chosen=1&orders=${b}&orders=${a}`)).slice(1).map(l => l.split('\t')[0]), [a, b])
	const none = await csv('chosen=1')
	assert.equal(none.status, 422)
	assert.ok(none.text.includes('请先勾选订单'))
	assert.equal((await csv(`chosen=1&orders=${a}&orders=${theirs}`)).status, 404)
	for (const query of ['range=own&from=2026-06-02&to=2026-06-01', 'state=paid', 'chosen=1&orders=x%22]']) assert.ok([404, 422].includes((await csv(query)).status), query)
})

test('EXP-2 a long file is sent piece by piece, and says where it ends', async () => {
	await it.sql(`SET @o = (SELECT id FROM orders WHERE buyer_id = ${otherOrg} ORDER BY id DESC LIMIT 1);
		INSERT INTO orders (buyer_id, id, number, kind, state, billing_mode, category_code, product_id, plan_id, provider_id, product_name, plan_name, provider_name, unit, quantity, duration,
			list_total, payable, creator_id, payer_org_id, created_at)
		SELECT buyer_id, id + seq, CONCAT('7', LPAD(seq, 9, '0')), kind, 'completed', billing_mode, category_code, product_id, plan_id, provider_id, CONCAT('批量', seq), plan_name, provider_name,
			unit, quantity, duration, list_total, payable, creator_id, payer_org_id, created_at FROM orders, seq_1_to_10050 WHERE id = @o;
		INSERT INTO order_sold (order_id, policy_version, product_agreement, platform_agreement, plan, price, contact, memo, creator_name)
		SELECT order_id + seq, policy_version, 1, 1, '{}', '[]', '', '', creator_name FROM order_sold, seq_1_to_10050 WHERE order_id = @o;
		INSERT INTO ordered_plan (buyer_id, plan_id, product_name, plan_name) SELECT buyer_id, plan_id, '批量10050', plan_name FROM orders WHERE id = @o`)
	const all = lines(await csv('state=completed', other))
	assert.equal(all.length, 1 + 10000 + 1)
	assert.match(all.at(-1), /^仅导出最近的 10000 条/)
	assert.equal(new Set(all).size, all.length)
	const cells = sheet((await other.get('/console/orders/export.xlsx?state=completed')).body)
	assert.deepEqual(cells.map(r => r[0]), all.map((l, i) => i ? l.split('\t')[0] : '订单号'), 'the workbook has the same')
	assert.equal(lines(await csv(`q=${encodeURIComponent('批量1005')}`, other)).length, 1 + 10000 + 1, 'a plan is found by any name that it was ordered under')
	assert.equal((await other.request('HEAD', '/console/orders/export.csv')).html, '')
})
