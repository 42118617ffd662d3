// Zones: whose money pays their orders, and what the paying account sees of them.  ACC-4, MON-14.
import { assert, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { PLAN, PRICE, PRODUCT, World } from '../lib/world.mjs'

timeout(120)
const it = await instance({ parts: 'buyer operator callback jobs sandbox nginx' })
await it.sql("UPDATE category_policy SET channels = 'balance,wechat,b2b', refund_to = 'balance' WHERE category_code = 'saas'")
const world = await World.make(it, { buyers: 3 })
const [PAYER, ZONE, OTHER] = [0, 1, 2]
await it.sql(`UPDATE org SET paying_org_id = ${world.buyers[PAYER]}, name = 'The zone' WHERE id = ${world.buyers[ZONE]}; UPDATE org SET discount_pm = 900 WHERE id = ${world.buyers[PAYER]}`)
const [payer, zone, other] = await parallel(3, i => world.person(i))
const account = async (i, kind) => +((await it.one(`SELECT balance FROM account WHERE owner = ${world.buyers[i]} AND kind = '${kind}'`))?.balance ?? 0)
const number = answer => answer.said.split('/')[3]
const OWN = ['/console/billing/balance', '/console/billing/transactions', '/console/billing/transactions.csv', '/console/billing/bills', '/console/billing/bills.csv', '/console/billing/alert', '/console/zone-orders']
let paid

test('ACC-4 a zone has the agreed discount of its paying account, on the page and in the order', async () => {
	const page = await zone.json('/products/world')
	assert.equal(page.json.price.total, PRICE * 0.9)
	const wrong = await world.buyerActor.ask('place', world.buyers[ZONE], world.buyers[ZONE], PLAN, PRICE, 'zone-0')
	assert.notEqual(wrong.rc, 'ok')
	const placed = await world.buyerActor.ask('place', world.buyers[ZONE], world.buyers[ZONE], PLAN, PRICE * 0.9, 'zone-1')
	assert.equal(placed.rc, 'ok', placed.said)
	paid = number(placed)
	const o = await it.one(`SELECT payable, payer_org_id FROM orders WHERE number = '${paid}'`)
	assert.deepEqual([+o.payable, +o.payer_org_id], [PRICE * 0.9, world.buyers[PAYER]])
})

test('ACC-4 the paying account\'s voucher, card, gift and cash pay it; the zone has nothing of its own', async () => {
	await world.fund(PAYER, 300000)
	await world.fund(PAYER, 5000, 'gift')
	const v = await world.voucher(PAYER, '20'), card = await world.voucher(PAYER, '10', { kind: 'card' })
	const page = await zone.json(`/console/orders/${paid}/pay`)
	assert.equal(page.json.channels.find(c => c.name === 'balance').available, 305000)
	const answer = await world.pay(ZONE, [paid], { vouchers: [`${paid}:${v}`], cards: [card], channel: 'balance' })
	assert.equal(answer.rc, 'ok', answer.said)
	assert.deepEqual([await account(PAYER, 'gift'), await account(PAYER, 'cash'), await account(PAYER, 'voucher'), await account(PAYER, 'card')], [0, 305000 - (PRICE * 0.9 - 3000), 0, 0])
	assert.deepEqual([await account(ZONE, 'cash'), await account(ZONE, 'gift')], [0, 0])
	await world.audit()
})

test('ACC-4 balance, transactions, bills and alert belong to the paying account alone: a zone is told to whom, on each page and for each act', async () => {
	for (const path of OWN) {
		const page = await zone.get(path)
		assert.equal(page.status, 403, path)
		assert.ok(page.text.includes(`由付款账号“Org ${world.buyers[PAYER]}”支付`), path)
	}
	assert.equal((await zone.json('/console/billing/balance')).status, 403)
	const form = (await payer.get('/console/billing/alert')).form('/console/billing/alert')
	assert.equal((await zone.post('/console/billing/alert', { csrf: form.controls.find(c => c.name === 'csrf').value, key: 'zone-alert' })).status, 403)
	const { html } = await zone.get('/console')
	for (const path of OWN.filter(p => !p.endsWith('.csv'))) assert.ok(!html.includes(`href="${path}"`), path)
	assert.ok((await payer.get('/console')).html.includes('href="/console/zone-orders"'))
	assert.ok(!(await other.get('/console')).html.includes('href="/console/zone-orders"'))
})

test('ACC-4 a zone\'s refund goes to the paying account, and both stand in its bill under the zone\'s name', async () => {
	await it.sql(`UPDATE product SET webhook_url = 'http://127.0.0.1:9/refused' WHERE id = ${PRODUCT}`)
	const placed = await world.buyerActor.ask('place', world.buyers[ZONE], world.buyers[ZONE], PLAN, PRICE * 0.9, 'zone-2'), before = await account(PAYER, 'cash')
	assert.equal((await world.pay(ZONE, [number(placed)], { channel: 'balance' })).rc, 'ok')
	assert.equal(await account(PAYER, 'cash'), before - PRICE * 0.9)
	const { resource } = await it.one(`SELECT l.resource_id AS resource FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.number = '${number(placed)}'`)
	await it.sql(`UPDATE outbox SET tries = 100, next_at = NOW(6) - INTERVAL 1 DAY WHERE subject = ${resource}`)
	await until(async () => (await it.one(`SELECT state FROM orders WHERE number = '${number(placed)}'`)).state === 'cancelled', 'the refund', 40)
	assert.equal(await account(PAYER, 'cash'), before)
	assert.equal(await account(ZONE, 'cash'), 0)
	const { items } = (await payer.json('/console/billing/bills?tab=statement')).json
	assert.deepEqual(items.map(r => [r.buyer, r.kind]), [['The zone', 'order_refund'], ['The zone', 'order_pay'], ['The zone', 'order_pay']])
	const { buyers, total } = (await payer.json('/console/billing/bills')).json
	assert.deepEqual(buyers.map(b => [b.name, b.amount]), [['The zone', total.amount]])
	const { html } = await payer.get('/console/billing/transactions')
	assert.ok(html.includes(`href="/console/zone-orders/${paid}"`))
	await world.audit()
})

test('ACC-4 the paying account sees completed and cancelled orders of its zones, to look at only', async () => {
	await it.sql(`UPDATE product SET webhook_url = '${it.sandboxUrl}/provider/world' WHERE id = ${PRODUCT}; UPDATE outbox SET tries = 0, next_at = NOW(6) - INTERVAL 1 DAY WHERE kind = 'provision' AND state = 'waiting'`)
	await until(async () => (await it.one(`SELECT state FROM orders WHERE number = '${paid}'`)).state === 'completed', 'the delivery', 40)
	const open = number(await world.buyerActor.ask('place', world.buyers[ZONE], world.buyers[ZONE], PLAN, PRICE * 0.9, 'zone-3'))
	const list = async (query = '', who = payer) => (await who.json(`/console/zone-orders?${query}`)).json.items
	const all = await list()
	assert.ok(all.length >= 3 && all.every(o => ['completed', 'cancelled'].includes(o.state) && o.buyer_name === 'The zone'))
	assert.ok(!all.some(o => o.number === open))
	assert.ok((await list('state=completed')).every(o => o.state === 'completed'))
	assert.equal((await list('state=to_pay')).length, 0)
	assert.equal((await list(`zone=${world.buyers[ZONE]}`)).length, all.length)
	assert.equal((await list(`zone=${world.buyers[OTHER]}`)).length, 0)
	assert.deepEqual((await list(`q=${paid}`)).map(o => o.number), [paid])
	const pages = []
	for (let after = ''; after !== null;) {
		const { items, next } = (await payer.json(`/console/zone-orders?limit=1&after=${after}`)).json
		pages.push(...items.map(o => o.number))
		after = next
	}
	assert.deepEqual(pages, all.map(o => o.number))
	const page = await payer.get(`/console/zone-orders/${paid}`)
	assert.equal(page.status, 200)
	assert.ok(page.text.includes('The zone') && !page.html.includes('method="post" action="/console/orders'))
	assert.equal((await payer.get(`/console/zone-orders/${open}`)).status, 404)
	assert.equal((await payer.get(`/console/orders/${paid}`)).status, 404)
	assert.equal((await other.get(`/console/zone-orders/${paid}`)).status, 404)
	const lines = (await payer.get('/console/zone-orders/export.csv')).html.split('\r\n')
	assert.equal(lines.length, all.length + 2)
	assert.match(lines[1], /^\d{20}\t,The zone,/)
})
