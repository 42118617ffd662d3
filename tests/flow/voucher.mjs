// Vouchers and stored-value cards: issued, seen, spent, released, given back, ended.  ORD-13, ORD-16, REF-13, MON-1, MON-2.
import { assert, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { PRICE, PRODUCT, World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer operator callback jobs sandbox nginx' })
const world = await World.make(it, { buyers: 8 })
const people = await parallel(8, i => world.person(i))
const finance = await it.client().signIn('finance@demo.test')

const yuan = fen => (fen / 100).toFixed(2)
const numberOf = async i => (await world.order(i)).number
const isPaid = async number => ['processing', 'completed'].includes(await state(number))
const state = async number => (await it.one(`SELECT state FROM orders WHERE number = '${number}'`)).state
const notify = async (number, fen) => assert.equal((await world.notify({ number }, { total_fee: String(fen), cash_fee: String(fen) })).code, 'SUCCESS')
const account = async (i, kind) => +((await it.one(`SELECT balance FROM account WHERE owner = ${world.buyers[i]} AND kind = '${kind}'`))?.balance ?? 0)
const rowOf = id => it.one(`SELECT * FROM voucher WHERE id = ${id}`)
const entries = async id => (await it.sql(`SELECT kind, amount FROM voucher_entry WHERE voucher_id = ${id} ORDER BY id`)).map(e => `${e.kind} ${e.amount}`)

// ---- issuing ----------------------------------------------------------------------------------------------------------------

const one = { org: 'Org 8001', kind: 'voucher', face: '100', minimum: '500', scope: 'saas;world', from: '2026-11-01', to: '2027-12-31', reusable: null, note: '新人代金券' }

test('ORD-16 finance issues one to an organisation; it stands in its ledger and in the books', async () => {
	const before = await account(0, 'voucher')
	const answer = await finance.submit('/ops/vouchers/new', one, { action: '/ops/vouchers/new' })
	assert.deepEqual([answer.status, answer.location], [303, '/ops/vouchers?issued=1'])
	const page = await finance.get(answer.location)
	assert.ok(page.text.includes('已发放 1 张') && page.text.includes('新人代金券') && page.text.includes('Org 8001'))
	assert.equal(await account(0, 'voucher'), before + 10000)
	const v = await it.one(`SELECT * FROM voucher WHERE org_id = ${world.buyers[0]}`)
	assert.deepEqual([v.face, v.available, v.minimum, v.categories, v.products, v.reusable], ['10000', '10000', '50000', 'saas', String(PRODUCT), '0'])
	assert.deepEqual(await entries(v.id), ['issue 10000'])
	const [log] = await it.sql(`SELECT event, details FROM audit_log WHERE object_id = ${world.buyers[0]} AND event = 'voucher_issue'`)
	assert.equal(JSON.parse(log.details).number, v.number)
	assert.ok((await finance.get(`/ops/vouchers/${v.number}`)).text.includes('变动记录'))
	await world.audit()
})

test('ORD-16 each wrong field is told at the field, and nothing that was typed is lost', async () => {
	const wrong = {
		org: ['No such', '没有找到该买家组织'], face: ['0', '面值须为大于 0'], minimum: ['-1', '最低消费须为金额'], scope: ['nowhere', '不存在的类目或商品'],
		from: ['2026-02-30', '日期格式应为'], to: ['2026-10-31', '失效日期不能早于生效日期'],
	}
	const before = (await it.one('SELECT COUNT(*) AS n FROM voucher')).n
	for (const [field, [value, text]] of Object.entries(wrong)) {
		const page = await finance.submit('/ops/vouchers/new', { ...one, [field]: value }, { action: '/ops/vouchers/new' })
		assert.equal(page.status, 422, field)
		assert.match(page.html, new RegExp(`id="${field}-error">[^<]*${text}`), field)
		assert.ok(page.html.includes(`value="${value}"`) && page.html.includes('value="新人代金券"'), field)
	}
	assert.equal((await it.one('SELECT COUNT(*) AS n FROM voucher')).n, before)
})

test('ORD-16 many by a CSV text, all or none: every bad line is told with its number', async () => {
	const good = ['org,kind,face,minimum,scope,from,to,reusable,note', 'Org 8002,代金券,50.5,,,,2027-01-31,是,"双11, 返场"', `${world.buyers[1]},card,1000,,saas,2026-12-01,2027-12-31,,`, '', 'Org 8002,voucher,20,200,world,,2027-01-31,no,']
	const bad = ['Nobody,voucher,1,,,,2027-01-01,,', 'Org 8002,coupon,1,,,,2027-01-01,,', 'Org 8002,card,0,,,,2027-01-01,,', 'Org 8002,card,1,,,,2027-01-01,no,', 'Org 8002,voucher,1,,,2026-12-02,2026-12-01,,', 'a,b,c,d,e,f,g,h,i,j']
	const send = lines => finance.submit('/ops/vouchers/new', { csv: lines.join('\n') }, { action: '/ops/vouchers/import' })
	const refused = await send([...good, ...bad])
	assert.equal(refused.status, 422)
	for (const line of [6, 7, 8, 9, 10, 11]) assert.match(refused.text, new RegExp(`第 ${line} 行：`))
	for (const line of [2, 3, 5]) assert.doesNotMatch(refused.text, new RegExp(`第 ${line} 行：`))
	assert.ok(refused.html.includes('双11, 返场'))
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM voucher WHERE org_id = ${world.buyers[1]}`)).n, '0')
	assert.equal((await send(good)).location, '/ops/vouchers?issued=3')
	const rows = await it.sql(`SELECT kind, face, reusable, note, minimum FROM voucher WHERE org_id = ${world.buyers[1]} ORDER BY id`)
	assert.deepEqual(rows.map(r => Object.values(r)), [['voucher', '5050', '1', '双11, 返场', '0'], ['card', '100000', '1', '', '0'], ['voucher', '2000', '0', '', '20000']])
	assert.deepEqual([await account(1, 'voucher'), await account(1, 'card')], [7050, 100000])
	await world.audit()
})

test('IFC-3 the same form sent twice issues once; another role may not issue', async () => {
	const form = (await finance.get('/ops/vouchers/new')).form('/ops/vouchers/new').controls.filter(c => ['csrf', 'key'].includes(c.name)).map(c => [c.name, c.value])
	const fields = [...form, ...Object.entries({ ...one, org: 'Org 8003' }).filter(([, v]) => v)]
	const [a, b] = [await finance.post('/ops/vouchers/new', fields), await finance.post('/ops/vouchers/new', fields)]
	assert.deepEqual([a.status, b.status, b.location], [303, 303, a.location])
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM voucher WHERE org_id = ${world.buyers[2]}`)).n, '1')
	const support = await it.client().signIn('support@demo.test')
	for (const p of ['/ops/vouchers', '/ops/vouchers/new']) assert.equal((await support.get(p)).status, 403, p)
	assert.equal((await people[0].get('/ops/vouchers')).status, 403)
})

// ---- the buyer's pages ---------------------------------------------------------------------------------------------------------

test('ORD-16 ACC-3 the buyer sees its own, by kind and state, with what is left and every movement; another\'s is not there', async () => {
	const list = await people[1].get('/console/vouchers')
	assert.ok(list.text.includes('双11, 返场') && list.text.includes('50.50') && list.text.includes('可使用'))
	assert.ok(!list.text.includes('1,000.00'))
	const cards = await people[1].json('/console/vouchers?kind=card')
	assert.deepEqual(cards.json.items.map(v => [v.kind, v.state, v.face]), [['card', 'not_yet', 100000]])
	assert.equal((await people[1].json('/console/vouchers?state=expired')).json.items.length, 0)
	assert.equal((await people[1].json('/console/vouchers?state=usable')).json.items.length, 2)
	const { number } = cards.json.items[0]
	const page = await people[1].get(`/console/vouchers/${number}`)
	assert.ok(page.text.includes('SaaS 企业应用') && page.text.includes('发放') && page.text.includes('2027-12-31'))
	assert.equal((await people[0].get(`/console/vouchers/${number}`)).status, 404)
})

// ---- paying ------------------------------------------------------------------------------------------------------------------------

test('ORD-13 a voucher and two cards pay parts, the channel the rest; the page shows the sums before', async () => {
	const order = await numberOf(3), v = await world.voucher(3, '100'), a = await world.voucher(3, '200', { kind: 'card' }), b = await world.voucher(3, '5000', { kind: 'card', scope: 'software' })
	const c = await world.voucher(3, '300', { kind: 'card' }), page = `/console/orders/${order}/pay`
	const shown = await people[3].submit(page, { voucher: `${order}:${v}`, card: [a, c], update: 1 }, { action: page })
	assert.equal(shown.status, 200)
	assert.match(shown.html, new RegExp(`data-sum="vouchers">¥100.00.*data-sum="by_cards">¥500.00.*data-sum="rest"[^>]*>¥${yuan(PRICE - 60000)}`, 's'))
	assert.match(shown.html, new RegExp(`value="${order}:${v}" selected`))
	assert.match(shown.html, new RegExp(`value="${b}" disabled.*不适用于该商品`, 's'))
	assert.deepEqual(await world.parts(v), [10000, 0, 0, 0])
	const json = (await people[3].json(`/console/pay?orders=${order}&voucher=${order}:${v}&card=${a}&update=1`)).json
	assert.deepEqual([json.payable, json.vouchers, json.by_cards, json.rest], [PRICE, 10000, 20000, PRICE - 30000])
	const answer = await people[3].submit(page, { voucher: `${order}:${v}`, card: [a, c], channel: 'wechat', seen: yuan(PRICE - 60000) }, { action: page })
	const number = answer.location.split('/').at(-1)
	assert.deepEqual([await world.parts(v), await world.parts(a), await world.parts(c)], [[0, 10000, 0, 0], [0, 20000, 0, 0], [0, 30000, 0, 0]])
	await world.audit()
	await notify(number, PRICE - 60000)
	assert.ok(await isPaid(order))
	assert.deepEqual([await world.parts(v), await world.parts(a), await world.parts(c)], [[0, 0, 10000, 0], [0, 0, 20000, 0], [0, 0, 30000, 0]])
	const result = await people[3].get(answer.location)
	assert.ok(result.text.includes('代金券与储值卡抵扣') && result.text.includes('100.00'))
	await world.audit()
})

test('ORD-13 when nothing is left the order is paid at once, without a channel', async () => {
	const order = await numberOf(3), card = await world.voucher(3, '2000', { kind: 'card' }), page = `/console/orders/${order}/pay`
	const answer = await people[3].submit(page, { card, seen: '0.00' }, { action: page })
	assert.match(answer.location, /payments/)
	await until(async () => await state(order) !== 'to_pay', 'paid')
	assert.deepEqual(await world.parts(card), [200000 - PRICE, 0, PRICE, 0])
	const p = await it.one(`SELECT state, amount FROM payment WHERE number = '${answer.location.split('/').at(-1)}'`)
	assert.deepEqual(Object.values(p), ['succeeded', '0'])
	await world.audit()
})

test('ORD-13 of a voucher that cannot be used again the rest is lost when it is used; a reusable one goes on', async () => {
	const once = await world.voucher(4, '2000'), again = await world.voucher(4, '2000', { reusable: 'yes' })
	const a = await numberOf(4), b = await numberOf(4)
	assert.equal((await world.pay(4, [a], { vouchers: [`${a}:${once}`] })).rc, 'ok')
	assert.equal((await world.pay(4, [b], { vouchers: [`${b}:${again}`] })).rc, 'ok')
	assert.deepEqual([await world.parts(once), await world.parts(again)], [[0, 0, PRICE, 200000 - PRICE], [200000 - PRICE, 0, PRICE, 0]])
	assert.deepEqual((await entries(once)).slice(1), ['reserve 200000', `use ${PRICE}`, `forfeit ${200000 - PRICE}`])
	await world.audit()
})

test('ORD-13 minimum spend, scope, validity, another\'s voucher, one voucher twice and two for an order are refused', async () => {
	const [a, b] = [await numberOf(4), await numberOf(4)]
	const small = await world.voucher(4, '10', { minimum: '2000' }), other = await world.voucher(4, '10', { scope: 'software' }), late = await world.voucher(4, '10'), early = await world.voucher(4, '10')
	const theirs = await world.voucher(5, '10'), fine = await world.voucher(4, '10'), card = await world.voucher(4, '10', { kind: 'card' })
	await it.sql(`UPDATE voucher SET valid_to = NOW(6) - INTERVAL 1 DAY, valid_from = valid_to - INTERVAL 1 DAY WHERE id = ${late}; UPDATE voucher SET valid_from = NOW(6) + INTERVAL 20 DAY WHERE id = ${early}`)
	const said = async vouchers => { const r = await world.pay(4, [a, b], { vouchers }); assert.equal(r.rc, 'invalid'); return r.said }
	assert.equal(await said([`${a}:${small}`]), 'part_problem.minimum')
	assert.equal(await said([`${a}:${other}`]), 'part_problem.scope')
	assert.equal(await said([`${a}:${late}`]), 'part_problem.expired')
	assert.equal(await said([`${a}:${early}`]), 'part_problem.not_yet')
	assert.equal(await said([`${a}:${theirs}`]), 'pay.holding_gone')
	assert.equal(await said([`${a}:${card}`]), 'pay.holding_gone')
	assert.equal(await said([`${a}:${fine}`, `${b}:${fine}`]), 'part_problem.twice')
	assert.equal(await said([`${a}:${fine}`, `${a}:${await world.voucher(4, '10')}`]), 'part_problem.twice')
	const page = await people[4].get(`/console/orders/${a}/pay`)
	assert.ok(page.text.includes('未达到最低消费') && page.text.includes('不适用于该商品') && page.text.includes('尚未生效'))
	const wrong = await people[4].submit(`/console/orders/${a}/pay`, { voucher: `${a}:${small}` }, { action: `/console/orders/${a}/pay` })
	assert.equal(wrong.status, 422)
	assert.match(wrong.html, /id="voucher-error">未达到最低消费/)
	for (const v of [small, other, fine]) assert.deepEqual(await world.parts(v), [1000, 0, 0, 0])
	await world.audit()
})

test('ORD-6 ORD-13 what a payment reserved is free again when it is closed, fails, or expires, and not before', async () => {
	const card = await world.voucher(5, '100', { kind: 'card' }), order = await numberOf(5), other = await numberOf(5), free = [10000, 0, 0, 0], held = [0, 10000, 0, 0]
	const first = await world.pay(5, [order], { cards: [card] })
	assert.deepEqual(await world.parts(card), held)
	assert.equal((await world.pay(5, [other], { cards: [card] })).said.includes('payments'), true, 'an empty card pays nothing')
	const shown = await people[5].get(`/console/orders/${order}/pay`)
	assert.match(shown.html, new RegExp(`value="${card}" checked`))
	assert.ok(shown.text.includes('正在进行'))
	assert.equal((await world.buyerActor.ask('cancel', world.buyers[5], world.buyers[5], order, 'cancel-a')).rc, 'ok')
	assert.deepEqual(await world.parts(card), free)
	const second = await world.pay(5, [other], { cards: [card] })
	assert.deepEqual(await world.parts(card), held)
	assert.equal((await world.notify({ number: second.number }, { total_fee: '1', cash_fee: '1' })).code, 'FAIL')
	assert.deepEqual([await world.parts(card), (await it.one(`SELECT state FROM payment WHERE number = '${second.number}'`)).state], [free, 'failed'])
	const third = await world.pay(5, [other], { cards: [card] })
	await it.forward('121m')
	await until(async () => (await it.one(`SELECT state FROM payment WHERE number = '${third.number}'`)).state === 'expired', 'expired')
	assert.deepEqual(await world.parts(card), free)
	await notify(first.number, PRICE - 10000)
	assert.deepEqual(await world.parts(card), free)
	await world.audit()
})

// ---- giving back, ending -----------------------------------------------------------------------------------------------------------

test('REF-13 MON-3 a failed order gives back to each source what it gave: voucher with what was forfeited, card, money', async () => {
	await it.sql(`UPDATE product SET webhook_url = 'http://127.0.0.1:9/refused' WHERE id = ${PRODUCT}`)
	const v = await world.voucher(6, '300'), card = await world.voucher(6, '80', { kind: 'card' }), cash = await world.cash(6)
	const order = await numberOf(6), { number } = await world.pay(6, [order], { vouchers: [`${order}:${v}`], cards: [card] })
	await notify(number, PRICE - 38000)
	const { id, resource } = await it.one(`SELECT o.id, l.resource_id AS resource FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.number = '${order}'`)
	await it.sql(`UPDATE outbox SET tries = 100, next_at = NOW(6) - INTERVAL 1 DAY WHERE subject = ${resource}`)
	await until(async () => await state(order) === 'cancelled', 'the refund', 40)
	assert.deepEqual([await world.parts(v), await world.parts(card), await world.cash(6)], [[30000, 0, 0, 0], [8000, 0, 0, 0], cash + PRICE - 38000])
	const x = await it.one(`SELECT cash_returned, gift_returned FROM payment_order WHERE order_id = ${id}`)
	assert.deepEqual(Object.values(x).map(Number), [PRICE - 38000, 0])
	await world.audit()
	await it.sql(`UPDATE product SET webhook_url = '${it.sandboxUrl}/provider/world' WHERE id = ${PRODUCT}`)
})

test('REF-13 two of three lines fail, one after the other: each source has back its share to the fen, and the third is delivered', async () => {
	await it.sql(`UPDATE product SET webhook_url = 'http://127.0.0.1:9/refused' WHERE id = ${PRODUCT}`)
	const v = await world.voucher(6, '300'), card = await world.voucher(6, '80.01', { kind: 'card' }), cash = await world.cash(6), order = await numberOf(6), due = PRICE - 30000 - 8001
	const { id, resource } = await it.one(`SELECT o.id, l.resource_id AS resource FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.number = '${order}'`)
	const ids = [0n, 1n, 2n].map(k => BigInt(resource) + k)
	await it.sql(`CREATE TEMPORARY TABLE t SELECT * FROM order_line WHERE order_id = ${id}; UPDATE t SET amount = 42667, line = 2, resource_id = ${ids[1]}; INSERT INTO order_line SELECT * FROM t;
		UPDATE t SET amount = 42666, line = 3, resource_id = ${ids[2]}; INSERT INTO order_line SELECT * FROM t; UPDATE order_line SET amount = 42667 WHERE order_id = ${id} AND line = 1`)
	await notify((await world.pay(6, [order], { vouchers: [`${order}:${v}`], cards: [card] })).number, due)
	let back = 0
	for (const [i, r] of ids.slice(0, 2).entries()) {
		await it.sql(`UPDATE outbox SET tries = 100, next_at = NOW(6) - INTERVAL 1 DAY WHERE subject = ${r}`)
		await until(async () => (await it.one(`SELECT state FROM order_line WHERE order_id = ${id} AND line = ${i + 1}`)).state === 'failed', 'the refund', 40)
		back += 42667
		const share = given => given * back / PRICE, [available, , used] = await world.parts(v), [left] = await world.parts(card), money = await world.cash(6) - cash
		assert.equal(available + left + money, back)
		for (const [got, given] of [[available, 30000], [left, 8001], [money, due]]) assert.ok(Math.abs(got - share(given)) < 2, `${got} of ${given}`)
		assert.equal(available + used, 30000)
		await world.audit()
	}
	assert.ok((await people[6].json(`/console/vouchers/${(await rowOf(v)).number}`)).json.entries.some(e => e.kind === 'return'))
	await it.sql(`UPDATE product SET webhook_url = '${it.sandboxUrl}/provider/world' WHERE id = ${PRODUCT}; UPDATE outbox SET tries = 0, next_at = NOW(6) - INTERVAL 1 DAY WHERE subject = ${ids[2]}`)
	await until(async () => await state(order) === 'completed', 'the third', 40)
	await world.audit()
})

test('ACC-4 a zone pays from its paying account: balance, gift, vouchers and cards; its own are not offered', async () => {
	await it.sql(`UPDATE org SET paying_org_id = ${world.buyers[2]} WHERE id = ${world.buyers[5]}`)
	const order = await numberOf(5), above = await world.voucher(2, '50', { kind: 'card' }), own = await world.voucher(5, '50', { kind: 'card' })
	const offered = (await people[5].json(`/console/orders/${order}/pay`)).json.cards.map(c => c.id)
	assert.ok(offered.includes(above) && !offered.includes(own))
	assert.equal((await world.pay(5, [order], { cards: [own] })).said, 'pay.holding_gone')
	const { number } = await world.pay(5, [order], { cards: [above] }), cash = await world.cash(2)
	await it.sql(`UPDATE org SET freeze_kind = 'arrears' WHERE id = ${world.buyers[2]}`)
	assert.equal((await world.pay(5, [await numberOf(5)])).said, 'pay.frozen')
	await it.sql(`UPDATE org SET freeze_kind = NULL WHERE id = ${world.buyers[2]}`)
	await notify(number, PRICE - 5000)
	assert.deepEqual([await world.parts(above), await world.cash(2), await isPaid(order)], [[0, 0, 5000, 0], cash, true])
	await it.sql(`UPDATE org SET paying_org_id = NULL WHERE id = ${world.buyers[5]}`)
	await world.audit()
})

test('ORD-16 REF-1 what is left when its time is over ends by itself; the books say so', async () => {
	const v = await world.voucher(7, '10'), card = await world.voucher(7, '50', { kind: 'card' }), order = await numberOf(7)
	await world.pay(7, [order], { cards: [card] })
	await it.forward('301d')
	await until(async () => (await world.parts(v))[3] === 1000, 'the end', 70)
	assert.deepEqual((await entries(v)).at(-1), 'expire 1000')
	await until(async () => (await world.parts(card))[3] === 5000, 'the end of the card, released with its payment', 70)
	assert.deepEqual([await account(7, 'voucher'), await account(7, 'card')], [0, 0])
	const page = await (await it.client().signIn(`world-${world.buyers[7]}`)).json('/console/vouchers?state=expired')
	assert.deepEqual(page.json.items.map(x => x.state), ['expired'])
	await world.audit()
})
