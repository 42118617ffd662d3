// Channels whose clock is an hour wrong, and notifications that come an hour late: the money is booked once, and time here is our own.  NUM-6, MON-6, MON-7, MON-9.
import { el } from '../iso/document.mjs'
import { Bank, nextId } from '../lib/bank.mjs'
import { assert, instance, test } from '../lib/harness.mjs'
import { PRICE, World } from '../lib/world.mjs'

const it = await instance({ parts: 'buyer callback nginx' })
const world = await World.make(it, { buyers: 3 })
const bank = new Bank(it, 'ccb'), HOUR = 3600e3
/** In Beijing, as channels write it: 2026-11-21T10:23:04. */
const beijing = (shift = 0) => new Date(Date.now() + 8 * HOUR + shift).toISOString().slice(0, 19)
const compact = shift => beijing(shift).replace(/\D/g, '')
const paidAt = async p => it.one(`SELECT DATE_FORMAT(p.paid_at + INTERVAL 8 HOUR, '%Y%m%d%H%i%s') AS channel, ABS(TIMESTAMPDIFF(SECOND, o.paid_at, UTC_TIMESTAMP())) AS ours
	FROM payment p JOIN payment_order x ON x.payment_id = p.id JOIN orders o ON o.id = x.order_id WHERE p.number = '${p.number}'`)

test('NUM-6 MON-6 WeChat\'s clock an hour, or a day, before or after ours: the order is paid once and now; what the channel said is kept', async () => {
	for (const shift of [-HOUR, HOUR, -24 * HOUR, 24 * HOUR]) {
		const p = await world.payable(0), time = compact(shift)
		for (let k = 0; k < 2; k++) assert.equal((await world.notify(p, { time_end: time, transaction_id: `${shift}`.replace('-', '9') })).code, 'SUCCESS')
		await world.paidOnce(p)
		const at = await paidAt(p)
		assert.equal(at.channel, time)
		assert.ok(+at.ours < 600, `paid ${at.ours} s from now by our clock`)
	}
	await world.audit()
})

test('NUM-6 MON-7 a notification that comes after our deadline, whatever the time in it: the buyer\'s cash, with a case', async () => {
	for (const shift of [-2 * HOUR, 0, HOUR]) {
		const p = await world.payable(1), before = await world.cash(1)
		await it.sql(`UPDATE orders SET deadline_at = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR WHERE id = ${p.order.id}`)
		assert.equal((await world.buyerActor.ask('expire', p.order.number)).rc, 'ok')
		assert.equal((await world.notify(p, { time_end: compact(shift) })).code, 'SUCCESS')
		assert.deepEqual([await world.cash(1), await world.cases(p)], [before + PRICE, ['late']], `${shift}`)
	}
	await world.audit()
})

test('NUM-6 ISO-5 a bank\'s clock an hour or a day wrong: its entry is booked once, on the day that the bank says', async () => {
	for (const shift of [-HOUR, HOUR, -24 * HOUR, 24 * HOUR]) {
		const p = await world.payable(2), reference = nextId('CLOCK'), time = beijing(shift)
		p.number = `P${p.id.padStart(26, '0')}`
		await it.sql(`UPDATE payment SET number = '${p.number}', channel = 'b2b', bank = 'ccb', sign_type = NULL, code_url = NULL WHERE id = ${p.id}`)
		const entry = bank.entry({ number: p.number, reference, booked: el('BookgDt', el('DtTm', `${time}+08:00`)) })
		assert.equal((await bank.send(bank.document(entry))).status, 200)
		assert.equal((await bank.send(bank.statement(entry))).status, 200, 'told again by the statement of that day')
		await world.paidOnce(p)
		const row = await bank.row(reference)
		assert.deepEqual([row.state, row.day], ['matched', time.slice(0, 10)])
		assert.ok(+(await paidAt(p)).ours < 600)
	}
	await world.audit()
})
