// Bills: a month's entries, their sums, and what they are made of.  MON-14, ACC-4, EXP-1, EXP-3.
import { assert, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { fill } from '../lib/html.mjs'
import { cellText, sheet } from '../lib/xlsx.mjs'
import { PRICE, PRODUCT, World } from '../lib/world.mjs'

timeout(120)
const it = await instance({ parts: 'buyer operator callback jobs sandbox nginx' })
await it.sql("UPDATE category_policy SET channels = 'balance,wechat,b2b', refund_to = 'balance' WHERE category_code = 'saas'")
const world = await World.make(it, { buyers: 4 })
const [buyer, other] = await parallel(2, i => world.person(i))
const page = async (query = '', who = buyer) => (await who.json(`/console/billing/bills?${query}`)).json
const csv = async (query = '') => (await buyer.get(`/console/billing/bills.csv?${query}`)).html.replace(/\r\n$/, '').split('\r\n')
const xlsx = async (query = '', who = buyer) => sheet((await who.get(`/console/billing/bills.xlsx?${query}`)).body)
const sum = (rows, name) => rows.reduce((s, r) => s + r[name], 0)
const SOURCES = ['cash', 'gift', 'voucher', 'card']

/** All rows of a tab, page by page. */
async function rows(tab, month = '') {
	const all = []
	for (let after = ''; after !== null;) {
		const { items, next } = await page(`tab=${tab}&month=${month}&limit=1&after=${after}`)
		all.push(...items)
		after = next
	}
	return all
}
/** What the journal says of a month: by source. */
const booked = async (i, month) => {
	const r = await it.one(`SELECT ${SOURCES.map(s => `COALESCE(-SUM(IF(p.kind = '${s}', p.amount, 0)), 0) AS ${s}`)} FROM journal j JOIN posting p ON p.journal_id = j.id AND p.owner = j.org_id
		WHERE j.org_id = ${world.buyers[i]} AND j.kind IN ('order_pay', 'order_refund') AND DATE_FORMAT(j.booked_at + INTERVAL 8 HOUR, '%Y-%m') = '${month}'`)
	return SOURCES.map(s => +r[s])
}
const month = (await page()).month.slice(0, 7)
const equal = async (i, who, m = month) => {
	const { total } = await page(`month=${m}`, who), statement = i ? [] : await rows('statement', m), detail = i ? [] : await rows('detail', m), want = await booked(i, m)
	assert.deepEqual(SOURCES.map(s => total[s]), want, `kept sums of ${m}`)
	assert.equal(total.amount, want.reduce((a, b) => a + b, 0))
	if (i) return
	for (const list of [statement, detail]) {
		assert.deepEqual(SOURCES.map(s => sum(list, s)), want)
		for (const r of list) {
			assert.equal(r.payable, r.cash + r.gift + r.voucher + r.card)
			assert.equal(r.list - r.discount - r.coupon, r.payable)
		}
	}
	for (const name of ['tax', 'discount', 'coupon', 'list']) assert.equal(sum(detail, name), sum(statement, name), name)
}

test('MON-14 two orders paid together with gift, a voucher and a card stand in the bill, each with what paid it', async () => {
	await world.fund(0, 500000)
	await world.fund(0, 12345, 'gift')
	const numbers = [(await world.order(0)).number, (await world.order(0)).number]
	const v = await world.voucher(0, '33.33'), card = await world.voucher(0, '10.01', { kind: 'card' })
	const paid = await world.pay(0, numbers, { vouchers: [`${numbers[1]}:${v}`], cards: [card], channel: 'balance' })
	assert.equal(paid.rc, 'ok', paid.said)
	const statement = await rows('statement')
	assert.deepEqual(statement.map(r => r.order).sort(), numbers)
	assert.deepEqual(SOURCES.map(s => sum(statement, s)), [2 * PRICE - 12345 - 3333 - 1001, 12345, 3333, 1001])
	assert.deepEqual(statement.map(r => [r.payable, r.tax, r.mode, r.payment]), [0, 1].map(() => [PRICE, Math.round(PRICE * 60 / 1060), 'yearly_monthly', paid.number]))
	await equal(0, buyer)
	await world.audit()
})

test('MON-14 a coupon is a column of its own: list price less discount and coupon is what was payable', async () => {
	const claim = await world.coupon(0), { rc, said } = await world.buyerActor.ask(...world.placing(0, 'coupon-1', { claim, seen: PRICE * 0.9 }))
	assert.equal(rc, 'ok', said)
	const number = said.split('/')[3]
	assert.equal((await world.pay(0, [number], { channel: 'balance' })).rc, 'ok')
	const [row] = await rows('statement')
	assert.deepEqual([row.order, row.list, row.coupon, row.discount, row.payable], [number, PRICE, PRICE * 0.1, 0, PRICE * 0.9])
	await equal(0, buyer)
})

test('MON-14 a refund of one of three lines is negative, in the month in which it happened; the detailed bill names each resource', async () => {
	await it.sql(`UPDATE product SET webhook_url = 'http://127.0.0.1:9/refused' WHERE id = ${PRODUCT}`)
	const { number, id } = await world.order(0), { resource } = await it.one(`SELECT resource_id AS resource FROM order_line WHERE order_id = ${id}`), ids = [0n, 1n, 2n].map(k => BigInt(resource) + k)
	await it.sql(`CREATE TEMPORARY TABLE t SELECT * FROM order_line WHERE order_id = ${id}; UPDATE t SET amount = 42667, line = 2, resource_id = ${ids[1]}; INSERT INTO order_line SELECT * FROM t;
		UPDATE t SET amount = 42666, line = 3, resource_id = ${ids[2]}; INSERT INTO order_line SELECT * FROM t; UPDATE order_line SET amount = 42667 WHERE order_id = ${id} AND line = 1`)
	const v = await world.voucher(0, '77.77')
	assert.equal((await world.pay(0, [number], { vouchers: [`${number}:${v}`], channel: 'balance' })).rc, 'ok')
	await it.sql(`UPDATE outbox SET tries = 100, next_at = NOW(6) - INTERVAL 1 DAY WHERE subject = ${ids[0]}`)
	await until(async () => (await it.one(`SELECT state FROM order_line WHERE order_id = ${id} AND line = 1`)).state === 'failed', 'the refund', 40)
	const [refund] = await rows('statement')
	assert.deepEqual([refund.kind, refund.refunds, refund.payable, refund.discount, refund.coupon], ['order_refund', number, -42667, 0, 0])
	assert.ok(refund.voucher < 0 && refund.cash < 0 && refund.tax < 0)
	const detail = (await rows('detail')).filter(r => r.order === number)
	assert.equal(detail.length, 3)
	assert.equal(sum(detail, 'payable'), PRICE)
	assert.equal(sum(detail, 'voucher'), 7777)
	assert.ok(detail.every(r => r.resource))
	await equal(0, buyer)
	await world.audit()
})

test('MON-14 the month begins at 00:00 in Beijing: a microsecond before is the month before', async () => {
	const org = world.buyers[2], edge = Date.UTC(2026, 8, 30, 16), at = [0n, 1n].map(k => (BigInt(edge - Date.UTC(2020, 0, 1)) * 1000n - 1n + k) * 8192n)
	const { number, id } = await world.order(2), who = await world.person(2)
	for (const [k, time] of [[0, '2026-09-30 15:59:59.999999'], [1, '2026-09-30 16:00:00.000000']])
		await it.sql(`INSERT INTO journal (id, kind, org_id, order_id, booked_at) VALUES (${at[k]}, 'order_pay', ${org}, ${id}, '${time}');
			INSERT INTO posting (journal_id, line, owner, kind, shard, amount) VALUES (${at[k]}, 1, ${org}, 'cash', 0, ${-100 - k}), (${at[k]}, 2, 7001, 'held', 0, ${100 + k})`)
	for (const [m, amount] of [['2026-09', 100], ['2026-10', 101]])
		assert.deepEqual((await page(`tab=statement&month=${m}`, who)).items.map(r => [r.order, r.cash]), [[number, amount]], m)
	const { status, stdout } = await it.tryYunshi('audit', '--full')
	assert.notEqual(status, 0)
	for (const m of ['2026-09-01', '2026-10-01']) assert.ok(stdout.includes(`bill: bill of ${org} in ${m}`), stdout)
})

test('MON-14 a bill that is not its journal is found by the audit', async () => {
	await it.sql(`UPDATE bill_sum SET gift = gift + 1 WHERE org_id = ${world.buyers[0]} AND product_id = ${PRODUCT}`)
	const { stdout } = await it.tryYunshi('audit')
	assert.match(stdout, new RegExp(`bill: bill of ${world.buyers[0]} in ${month}-01`))
	await it.sql(`UPDATE bill_sum SET gift = gift - 1 WHERE org_id = ${world.buyers[0]} AND product_id = ${PRODUCT}`)
})

test('MON-14 the summary has twelve months and the products, in tables and in charts', async () => {
	const { months, products, total } = await page()
	assert.equal(months.length, 12)
	assert.equal(months.at(-1).amount, total.amount)
	assert.deepEqual(products.map(p => [p.slug, p.amount]), [['world', total.amount]])
	const { html, text } = await buyer.get('/console/billing/bills')
	assert.equal(html.match(/<rect class="bar"/g).length, 13)
	assert.ok(text.includes('近 12 个月消费') && text.includes('100.0%'))
})

test('MON-14 the columns that somebody chose are kept for them, on the page and in the file; none is refused', async () => {
	const send = async fields => {
		const form = (await buyer.get('/console/billing/bills?tab=detail')).form('/console/billing/bills/columns')
		return buyer.post('/console/billing/bills/columns', fill(form, { column: fields }))
	}
	assert.equal((await csv('tab=detail'))[0], '\ufeff记账时间,类型,订单号,商品,资源,使用周期,目录价（元）,折扣优惠（元）,优惠券（元）,应付金额（元）,代金券（元）,现金（元）')
	const done = await send(['order', 'buyer', 'tax', 'resource'])
	assert.deepEqual([done.status, done.location], [303, `/console/billing/bills?month=${month}&tab=detail`])
	assert.equal((await csv('tab=detail'))[0], '\ufeff订单号,资源,专区账号,其中税额（元）')
	assert.equal((await csv('tab=statement'))[0], '\ufeff订单号,专区账号,其中税额（元）')
	const { html } = await buyer.get('/console/billing/bills?tab=statement')
	assert.ok(html.includes('>专区账号</th>') && !html.includes('>现金（元）</th>'))
	for (const [fields, text] of [[[], '请至少选择一列'], [['gold'], '选']]) {
		const refused = await send(fields)
		assert.equal(refused.status, 422)
		assert.ok(refused.text.includes(text))
	}
	assert.equal((await rows('detail')).length, (await csv('tab=detail')).length - 1)
	assert.match((await csv('tab=detail'))[1], /^\d{20}\t,/)
})

test('MON-14 EXP-1 the workbook has the rows of the text file: numbers of many digits as texts, instants as dates, amounts as numbers that sum to the journal', async () => {
	const all = { kinds: 0 }
	await it.sql(`REPLACE INTO bill_choice (person_id, columns) SELECT person_id, (1 << 21) - 1 FROM member WHERE org_id = ${world.buyers[0]}`)
	for (const tab of ['statement', 'detail']) {
		const answer = await buyer.get(`/console/billing/bills.xlsx?tab=${tab}`), [heads, ...cells] = sheet(answer.body)
		assert.equal(answer.headers['content-type'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
		assert.equal(answer.headers['content-disposition'], `attachment; filename="bill-${month}.xlsx"`)
		const [csvHeads, ...lines] = await csv(`tab=${tab}`)
		assert.deepEqual(heads, csvHeads.slice(1).split(','))
		assert.deepEqual(cells.map(r => heads.map((h, i) => cellText(r[i] ?? ''))), lines.map(l => l.split(',').map(c => c.replace(/\t$/, ''))))
		const column = name => heads.indexOf(name), total = name => cells.reduce((s, r) => s + Math.round(r[column(name)].yuan * 100), 0)
		assert.deepEqual(['现金（元）', '赠送金（元）', '代金券（元）', '储值卡（元）'].map(total), await booked(0, month))
		assert.ok(cells.every(r => /^\d{20}$/.test(r[column('订单号')]) && r[column('记账时间')].date))
		all.kinds += new Set(cells.map(r => r[column('类型')])).size
	}
	assert.equal(all.kinds, 4, 'payments and refunds in both')
	assert.deepEqual((await xlsx('tab=statement', other)).length, 1, 'another organisation has none of them')
	const page = await buyer.get(`/console/billing/bills?tab=detail&month=${month}`)
	assert.ok(page.html.includes(`href="/console/billing/bills.xlsx?month=${month}&amp;tab=detail"`) && page.text.includes('导出 Excel'))
	assert.equal((await buyer.get('/console/billing/bills.xlsx?month=now')).status, 422)
	const provider = await it.client().signIn('provider@demo.test')
	assert.equal((await provider.get('/console/billing/bills.xlsx')).status, 403)
})

test('MON-14 EXP-1 the head of the workbook is in the language of its reader', async () => {
	const answer = await buyer.get('/console/billing/bills.xlsx?tab=statement', { headers: { 'accept-language': 'en' } })
	assert.ok(sheet(answer.body)[0].includes('Cash (CNY)'))
})

test('EXP-3 a name that a spreadsheet would run is defused', async () => {
	await it.sql(`UPDATE orders SET product_name = '=cmd()' WHERE buyer_id = ${world.buyers[0]}; REPLACE INTO bill_choice (person_id, columns) SELECT person_id, 1 << 4 FROM member WHERE org_id = ${world.buyers[0]}`)
	assert.ok((await csv('tab=statement'))[1].startsWith('"\'=cmd()'))
	assert.match((await xlsx('tab=statement'))[1][0], /^=cmd\(\)/, 'a text as it is')
})

test('MON-14 a month that is none is told at the field; ACC-3 another organisation has its own', async () => {
	for (const m of ['2026-13', 'now', '2026-1']) {
		const answer = await buyer.get(`/console/billing/bills?month=${m}`)
		assert.equal(answer.status, 422, m)
		assert.ok(answer.text.includes('账期格式应为 2026-11'))
		assert.equal((await buyer.json(`/console/billing/bills?month=${m}`)).status, 422)
	}
	assert.equal((await page('', other)).total.amount, 0)
	await equal(1, other)
})
