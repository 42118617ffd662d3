// Payment notifications at /callback/wechat: what is trusted is booked once, what is not changes nothing, and no money is lost.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, parallel, test } from '../lib/harness.mjs'
import { PRICE, World, newTransaction } from '../lib/world.mjs'

const it = await instance({ parts: 'callback buyer nginx', options: ['--workers', '3'] })
const world = await World.make(it, { buyers: 8 })

test('WXP-5 MON-4 MON-6 a notification pays the order, creates the resource and calls its provider, and the answer is SUCCESS', async () => {
	const payment = await world.payable()
	const answer = await world.notify(payment)
	assert.deepEqual([answer.status, answer.code], [200, 'SUCCESS'])
	assert.equal(answer.html, '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>')
	await world.paidOnce(payment)
	await world.audit()
})

test('WXP-5 WXP-6 the same notification again is SUCCESS, and changes nothing', async () => {
	const payment = await world.payable()
	const xml = world.xml(world.fields(payment.number))
	for (let i = 0; i < 3; i++) assert.equal((await world.send(xml)).code, 'SUCCESS')
	await world.paidOnce(payment)
	assert.deepEqual(await world.cases(payment), [])
})

test('MON-6 ten at once over three workers have the effect of one', async () => {
	for (let round = 0; round < 8; round++) {
		const payment = await world.payable(round % 8)
		const xml = world.xml(world.fields(payment.number))
		const answers = await parallel(10, () => world.send(xml))
		assert.deepEqual(answers.map(a => a.code), Array(10).fill('SUCCESS'))
		await world.paidOnce(payment)
		assert.deepEqual(await world.cases(payment), [])
	}
	await world.audit()
})

test('WXP-6 a forged notification is FAIL and changes nothing: no signature, another key, a field changed after signing', async () => {
	const payment = await world.payable(1), fields = world.fields(payment.number)
	const forged = [
		world.xml({ ...fields, sign: '' }), world.xml({ ...fields, sign: 'A'.repeat(64) }), world.xml({ ...fields, sign: world.sign(fields).toLowerCase() }),
		world.xml({ ...fields, openid: 'another', sign: world.sign(fields) }), world.xml({ ...fields, attach: 'x', sign: world.sign(fields) }),
	]
	const { key } = world
	world.key = 'f'.repeat(key.length)
	forged.push(world.xml(fields))
	world.key = key
	for (const xml of forged) {
		const answer = await world.send(xml)
		assert.deepEqual([answer.status, answer.code], [200, 'FAIL'])
		assert.equal(answer.html, '<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[ERROR]]></return_msg></xml>')
	}
	await world.untouched(payment)
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM notice WHERE payment_number = '${payment.number}'`)).n, '0')
	assert.equal((await world.notify(payment)).code, 'SUCCESS')
})

test('WXP-2 the algorithm is the one stored with the payment: rightly signed with the other one it is FAIL; without one the length tells', async () => {
	const hmac = await world.payable(1), none = await world.payable(1, 'created')
	const md5 = ({ number }) => { const fields = world.fields(number); return world.xml({ ...fields, sign: world.sign(fields, true) }) }
	assert.equal((await world.send(md5(hmac))).code, 'FAIL')
	await world.untouched(hmac)
	assert.equal((await world.send(md5(none))).code, 'SUCCESS')
	await world.paidOnce(none)
})

test('WXP-6 cut off anywhere it is FAIL and changes nothing', async () => {
	const payment = await world.payable(1), xml = world.xml(world.fields(payment.number))
	for (let n = 0; n < xml.length; n += 37) assert.notEqual((await world.send(xml.slice(0, n))).code, 'SUCCESS', `${n} bytes`)
	assert.equal((await world.send(xml.slice(0, -1))).code, 'FAIL')
	await world.untouched(payment)
})

test('WXP-6 a DOCTYPE, a field twice, a nested field, another root are FAIL and change nothing', async () => {
	const payment = await world.payable(1), xml = world.xml(world.fields(payment.number))
	const odd = [
		`<!DOCTYPE xml>${xml}`, `<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml}`,
		xml.replace('</xml>', '<total_fee>1</total_fee></xml>'), xml.replace('</xml>', `<total_fee>${PRICE}</total_fee></xml>`),
		xml.replace(`<![CDATA[${PRICE}]]></total_fee>`, `<b>${PRICE}</b></total_fee>`), xml.replaceAll('xml>', 'root>'), xml + xml,
	]
	for (const document of odd) assert.equal((await world.send(document)).code, 'FAIL', document)
	await world.untouched(payment)
})

test('WXP-6 another merchant or application is FAIL though the signature is right', async () => {
	const payment = await world.payable(1)
	for (const more of [{ mch_id: '1900012027' }, { appid: 'wx0000000000000000' }]) assert.equal((await world.notify(payment, more)).code, 'FAIL')
	await world.untouched(payment)
})

test('WXP-6 MON-7 another amount is FAIL, and the money stands once among the unexplained receipts with a case', async () => {
	const payment = await world.payable(2), before = await world.unexplained(), cash = await world.cash(2)
	const xml = world.xml(world.fields(payment.number, { total_fee: '100', cash_fee: '100' }))
	for (const answer of await parallel(5, () => world.send(xml))) assert.equal(answer.code, 'FAIL')
	assert.equal((await world.send(xml)).code, 'FAIL')
	const s = await world.state(payment)
	assert.deepEqual([s.payment, s.orders, s.paid, s.resources], ['failed', 'to_pay', '0', '0'], 'its code cannot be paid again: the buyer gets another')
	assert.deepEqual(await world.cases(payment), ['mismatch'])
	assert.deepEqual([await world.unexplained(), await world.cash(2)], [before + 100, cash])
	await world.audit()
})

test('WXP-6 MON-7 another currency is FAIL and one case, and moves nothing', async () => {
	const payment = await world.payable(2), xml = world.xml(world.fields(payment.number, { fee_type: 'USD' }))
	for (const answer of await parallel(4, () => world.send(xml))) assert.equal(answer.code, 'FAIL')
	await world.untouched(payment)
	assert.deepEqual(await world.cases(payment), ['currency'])
})

test('WXP-6 MON-7 an unknown number is FAIL, and the money stands once among the unexplained receipts with a case', async () => {
	const payment = { number: 'P20261121102304999999' }, before = await world.unexplained()
	const xml = world.xml(world.fields(payment.number))
	for (const answer of await parallel(5, () => world.send(xml))) assert.equal(answer.code, 'FAIL')
	assert.deepEqual(await world.cases(payment), ['unknown_number'])
	assert.equal(await world.unexplained(), before + PRICE)
	await world.audit()
})

test('WXP-6 a body of 1 MB and another media type are refused and change nothing', async () => {
	const payment = await world.payable(3), xml = world.xml(world.fields(payment.number))
	const huge = await world.send(xml.replace('</xml>', `<!--${'x'.repeat(1 << 20)}--></xml>`))
	assert.deepEqual([huge.status, huge.code], [413, undefined])
	for (const media of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'text/xml; charset=gbk', '-']) assert.equal((await world.send(xml, media)).code, 'FAIL', media)
	await world.untouched(payment)
	assert.equal((await world.send(xml, 'application/xml; charset=UTF-8')).code, 'SUCCESS')
})

test('WXP-5 MON-7 after the order was cancelled: SUCCESS, the money is the buyer\'s cash, with a case; the order stays cancelled', async () => {
	const payment = await world.payable(4), cash = await world.cash(4)
	assert.equal((await world.buyerActor.ask('cancel', payment.order.buyer, payment.order.buyer, payment.order.number, 'cancel-1')).rc, 'ok')
	const xml = world.xml(world.fields(payment.number))
	for (const answer of await parallel(6, () => world.send(xml))) assert.equal(answer.code, 'SUCCESS')
	const s = await world.state(payment)
	assert.deepEqual([s.payment, s.orders, s.resources], ['closed', 'cancelled', '0'])
	assert.deepEqual(await world.cases(payment), ['late'])
	assert.equal(await world.cash(4), cash + PRICE)
	await world.audit()
})

test('WXP-6 MON-7 a second transaction for a paid payment: SUCCESS, the buyer\'s cash, with a case; the order is paid once', async () => {
	const payment = await world.payable(4), cash = await world.cash(4)
	assert.equal((await world.notify(payment)).code, 'SUCCESS')
	const second = world.xml(world.fields(payment.number))
	for (const answer of await parallel(6, () => world.send(second))) assert.equal(answer.code, 'SUCCESS')
	assert.deepEqual(await world.cases(payment), ['second_payment'])
	assert.equal(await world.cash(4), cash + PRICE)
	const s = await world.state(payment)
	assert.deepEqual([s.payment, s.orders, s.paid, s.resources, s.journals], ['succeeded', 'processing', String(PRICE), '1', '3'])
	await world.audit()
})

test('MON-6 MON-7 two transactions for one payment at the same moment: one pays, the other is the buyer\'s cash', async () => {
	for (let round = 0; round < 10; round++) {
		const payment = await world.payable(5), cash = await world.cash(5)
		const answers = await parallel(2, () => world.notify(payment))
		assert.deepEqual(answers.map(a => a.code), ['SUCCESS', 'SUCCESS'])
		assert.deepEqual([await world.cash(5), await world.cases(payment)], [cash + PRICE, ['second_payment']])
		assert.equal((await world.state(payment)).resources, '1')
	}
	await world.audit()
})

test('MON-6 one transaction for two payments is booked once', async () => {
	const [a, b] = [await world.payable(5), await world.payable(5)], transaction_id = newTransaction()
	const answers = await Promise.all([a, b].map(p => world.notify(p, { transaction_id })))
	assert.ok(answers.some(x => x.code === 'SUCCESS'))
	const states = [await world.state(a), await world.state(b)].map(s => s.payment)
	assert.deepEqual(states.sort(), ['succeeded', 'waiting'])
	await world.audit()
})

test('MON-4 WXP-6 a notification before our own call to unifiedorder returned pays the order, and the late answer changes nothing', async () => {
	const payment = await world.payable(6, 'created')
	assert.equal((await world.notify(payment)).code, 'SUCCESS')
	await world.paidOnce(payment)
	await world.audit()
})

test('MON-7 the money of a frozen buyer is cash with a case, the order is not delivered, and the payment ends', async () => {
	const payment = await world.payable(7), cash = await world.cash(7)
	await it.sql(`UPDATE org SET freeze_kind = 'violation' WHERE id = ${world.buyers[7]}`)
	const xml = world.xml(world.fields(payment.number))
	for (const answer of await parallel(4, () => world.send(xml))) assert.equal(answer.code, 'SUCCESS')
	const s = await world.state(payment)
	assert.deepEqual([s.orders, s.paid, s.resources], ['to_pay', '0', '0'])
	assert.equal(s.payment, 'failed', 'nobody asks the channel about it any more')
	assert.deepEqual(await world.cases(payment), ['frozen_buyer'])
	assert.equal(await world.cash(7), cash + PRICE)
	await it.sql(`UPDATE org SET freeze_kind = NULL WHERE id = ${world.buyers[7]}`)
	await world.audit()
})

test('WXP-6 MON-6 while the store is away: FAIL; repeated when it is back: SUCCESS, booked once', async () => {
	const payment = await world.payable(3), xml = world.xml(world.fields(payment.number))
	const workers = await it.workers('callback')
	it.kill('store')
	assert.deepEqual((await parallel(3, () => world.send(xml))).map(a => [a.status, a.code]), Array(3).fill([200, 'FAIL']))
	await it.start()
	assert.equal((await world.send(xml)).code, 'SUCCESS')
	await world.paidOnce(payment)
	assert.deepEqual(await it.workers('callback'), workers, 'the workers live on')
	await world.audit()
})

test('ACC-14 IFC-10 who said it stands in the audit log; the log names payment and transaction, never a key or a signature', async () => {
	const payment = await world.payable(6), fields = world.fields(payment.number)
	await world.send(world.xml(fields))
	const log = readFileSync(path.join(it.is.log, 'callback.log'), 'utf8')
	assert.match(log, new RegExp(`payment=${payment.number} transaction=${fields.transaction_id} outcome=applied`))
	assert.ok(!log.includes(world.sign(fields)) && !log.includes(world.key))
	const rows = await it.sql(`SELECT actor_name, event, from_state, to_state FROM audit_log WHERE object_kind = 'payment' AND object_id = ${payment.id} ORDER BY id`)
	assert.deepEqual(rows.at(-1), { actor_name: 'wechat', event: 'succeed', from_state: 'waiting', to_state: 'succeeded' })
})
