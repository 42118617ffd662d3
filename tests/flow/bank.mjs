// Paying by B2B online bank: MON-4, MON-5, MON-7, ISO-1.
import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { PRICE, World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer callback jobs sandbox nginx' })
const world = await World.make(it, { buyers: 6 })
const people = await parallel(6, i => world.person(i))
const DAY = 86400e6, days = 3

const at = async (what, number) => +(await it.one(`SELECT ${what} * 1000000 AS us FROM orders WHERE number = '${number}'`)).us
const deadline = number => at('UNIX_TIMESTAMP(deadline_at)', number)
const paymentOf = number => it.one(`SELECT *, UNIX_TIMESTAMP(deadline_at) * 1000000 AS until FROM payment WHERE number = '${number}'`)
/** Starts paying by this bank: the payment's number. */
async function start(i, order, bank = 'ccb') {
	const answer = await people[i].submit(`/console/orders/${order}/pay`, { channel: 'b2b', bank })
	assert.match(answer.location ?? answer.text, /^\/console\/payments\/P\d+\?go=1$/)
	return /P\d+/.exec(answer.location)[0]
}
/** The form to the bank's page. */
async function redirect(i, number) {
	const { redirect } = (await people[i].json(`/console/payments/${number}`)).json
	return redirect && { action: redirect.action, ...Object.fromEntries(redirect.fields.map(f => [f.name, f.value])) }
}
const signed = fields => {
	const { action, signature, ...rest } = fields
	const text = Object.keys(rest).filter(k => rest[k] !== '').sort().map(k => `${k}=${rest[k]}`).join('&')
	const key = createPublicKey(readFileSync(path.join(it.folder, 'secret/bank/pinned/platform.pem')))
	return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'))
}

test('MON-5 ISO-1 the payer chooses a bank and is sent to its page by a signed form', async () => {
	const { number: order } = await world.order(0)
	const page = await people[0].get(`/console/orders/${order}/pay`)
	for (const bank of ['中国工商银行', '中国农业银行', '中国银行', '中国建设银行', '交通银行', '招商银行', '中信银行', '中国光大银行', '浦发银行', '兴业银行', '平安银行'])
		assert.ok(page.text.includes(bank), bank)
	const number = await start(0, order), p = await paymentOf(number), form = await redirect(0, number)
	assert.deepEqual([p.channel, p.bank, p.state, +p.amount], ['b2b', 'ccb', 'waiting', PRICE])
	assert.equal(form.action, `${it.sandboxUrl}/bank/ccb/pay`)
	assert.deepEqual([form.payment_number, form.amount, form.currency, form.return_url], [number, '1280.00', 'CNY', `${it.url}/console/payments/${number}`])
	assert.ok(form.payee_name && form.payee_account && form.payer_hint && /^\d{14}$/.test(form.time))
	assert.ok(signed(form))
	assert.ok(!signed({ ...form, amount: '0.01' }))
	const shown = await people[0].get(`/console/payments/${number}?go=1`)
	assert.match(shown.headers['content-security-policy'], new RegExp(`form-action 'self' ${it.sandboxUrl};`))
	assert.ok(shown.text.includes('已完成支付') && shown.text.includes('支付遇到问题') && shown.html.includes('data-go'))
	assert.ok(!(await people[0].get(`/console/payments/${number}`)).html.includes('data-go'))
	assert.equal((await people[1].get(`/console/payments/${number}`)).status, 404)
})

test('MON-5 no bank, an unknown bank: told at its field, nothing is begun', async () => {
	const { number: order } = await world.order(0)
	const none = await people[0].submit(`/console/orders/${order}/pay`, { channel: 'b2b' })
	assert.equal(none.status, 422)
	assert.ok(none.text.includes('请选择付款银行'))
	assert.equal((await people[0].submit(`/console/orders/${order}/pay`, { channel: 'b2b', bank: 'hsbc' })).status, 422)
	assert.equal(+(await it.one(`SELECT COUNT(*) AS n FROM payment_order x JOIN orders o ON o.id = x.order_id WHERE o.number = '${order}'`)).n, 0)
})

test('MON-5 a bank payment under way extends the deadline once, and less stays of it when the payer pays in another way', async () => {
	const { number: order } = await world.order(1), first = await deadline(order)
	const number = await start(1, order)
	assert.equal(await deadline(order), first + days * DAY)
	assert.equal(+(await paymentOf(number)).until, first + days * DAY)
	assert.equal(await start(1, order), number)				// the same goes on
	const other = await start(1, order, 'icbc')
	assert.deepEqual([(await paymentOf(number)).state, (await paymentOf(other)).state], ['closed', 'waiting'])
	assert.equal(await deadline(order), first + days * DAY)			// from what it was at first
	const answer = await people[1].submit(`/console/orders/${order}/pay`, { channel: 'wechat' })
	assert.ok(answer.location.startsWith('/console/payments/P'))
	assert.equal((await paymentOf(other)).state, 'closed')
	const left = await deadline(order)
	assert.ok(left >= first && left < first + DAY, `${left - first}`)
})

test('MON-5 MON-8 a bank is not asked, and its payment waits until its own deadline', async () => {
	const { number: order } = await world.order(2), number = await start(2, order)
	const asked = await people[2].submit(`/console/payments/${number}`, {}, { action: `/console/payments/${number}/check` })
	assert.equal(asked.location, `/console/payments/${number}?checked=1`)
	assert.ok((await people[2].get(asked.location)).text.includes('尚未收到银行的到账通知'))
	const p = await paymentOf(number)
	assert.deepEqual([p.state, p.queries, p.query_at], ['waiting', '0', p.deadline_at])
	await world.audit()
})

/** The bank's own page for this payment: its address there. */
async function visit(i, number, change = {}) {
	const { action, ...fields } = { ...await redirect(i, number), ...change }
	return it.client({}, it.sandboxUrl).post(new URL(action).pathname, fields)
}

test('MON-5 MON-10 the checker sends it back: nothing is paid, the payer can choose again', async () => {
	const { number: order } = await world.order(4), number = await start(4, order), bank = it.client({}, it.sandboxUrl)
	const { location: at } = await visit(4, number)
	await bank.post(`${at}/make`, { customer: '440001', maker: 'zhang' })
	assert.equal((await bank.post(`${at}/refuse`, { checker: 'li' })).location, at)
	assert.ok((await bank.get(at)).text.includes('已退回'))
	assert.equal((await paymentOf(number)).state, 'waiting')
	await start(4, order, 'icbc')
})

test('MON-5 MON-10 ISO-1 ISO-2 maker, checker, the bank announces the money, 已完成支付: the order is paid once', async () => {
	const { number: order } = await world.order(3), number = await start(3, order), bank = it.client({}, it.sandboxUrl)
	assert.equal((await visit(3, number, { amount: '0.01' })).status, 403)		// what the payer changed is not the platform's form
	const { location: at } = await visit(3, number)
	assert.equal((await visit(3, number)).location, at)				// a second visit is the same payment
	const missing = await bank.post(`${at}/make`, { customer: '', maker: '' })
	assert.ok(missing.text.includes('请填写客户识别号和操作员登录名'))
	await bank.post(`${at}/make`, { customer: '440001', maker: 'zhang' })
	assert.equal((await paymentOf(number)).state, 'waiting')
	await it.forward('2d')								// the checker comes days later
	assert.ok((await bank.post(`${at}/check`, { checker: 'zhang', fault: 'none' })).text.includes('复核员不能与制单员为同一人'))
	assert.equal((await bank.post(`${at}/check`, { checker: 'li', fault: 'none' })).location, at)
	assert.equal((await bank.post(`${at}/check`, { checker: 'li', fault: 'none' })).status, 409)
	await until(async () => (await paymentOf(number)).state === 'succeeded', 'the money')
	await world.paidOnce({ number })
	const shown = await bank.get(at)
	assert.ok(shown.text.includes('审核完成，支付成功') && shown.html.includes(`${it.url}/console/payments/${number}`))
	await until(async () => (await it.tryYunshi('audit')).status === 0, 'books that hold and a log that is sealed')
})
