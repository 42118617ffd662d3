// What a paid order asks of its provider's system, and what becomes of each of its answers: DEL-1 to DEL-4, PRV-2, PRV-5, PRV-6, ORD-2, REF-13.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { assert, atEnd, instance, parallel, test, timeout, until } from '../lib/harness.mjs'
import { PRICE, PRODUCT, World } from '../lib/world.mjs'

process.env.YUNSHI_PROVISION_TIMEOUT_MS = '500'	// for the jobs of this instance
timeout(40)
const it = await instance({ parts: 'buyer callback jobs sandbox nginx' })
const world = await World.make(it)
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)

/** A provider's system of our own: answers as it is told, and keeps what it was asked. */
const calls = []
let answer = res => res.end()
const server = http.createServer((req, res) => {
	let body = ''
	req.on('data', d => { body += d }).on('end', () => {
		calls.push({ url: new URL(req.url, 'http://x'), headers: req.headers, body: JSON.parse(body), method: req.method })
		answer(res, calls.length)
	})
})
await new Promise(yes => server.listen(0, '127.0.0.1', yes))
atEnd(() => new Promise(yes => { server.close(yes); server.closeAllConnections() }))
const ours = `http://127.0.0.1:${server.address().port}/hook?v=1`
const sample = `${it.sandboxUrl}/provider/world`

const reply = (res, status, body, headers = {}) => { res.writeHead(status, { 'content-type': 'application/json', ...headers }); res.end(typeof body === 'string' ? body : JSON.stringify(body)) }
const created = { signId: '12345', appInfo: { website: 'https://app.example/', authUrl: 'https://app.example/login' } }

/** An order of the buyer that is paid while this is the product's interface; {payment, order, resource}. */
async function paid(url, buyer = 0, more = '') {
	await it.sql(`UPDATE product SET webhook_url = '${url}'${more} WHERE id = ${PRODUCT}`)
	const payment = await world.payable(buyer)
	calls.length = 0
	assert.equal((await world.notify(payment)).code, 'SUCCESS')
	return payment
}
const orderOf = p => it.one(`SELECT o.state, o.paid, l.state AS line, r.state AS resource, r.sign_id, r.id, b.state AS outbox, b.tries, b.id AS event FROM orders o JOIN order_line l ON l.order_id = o.id
	JOIN resource r ON r.id = l.resource_id JOIN outbox b ON b.subject = r.id WHERE o.number = '${p.order.number}'`)
const triesOf = async p => it.sql(`SELECT t.try, t.status, t.answer, t.took_ms FROM outbox_try t JOIN outbox b ON b.id = t.outbox_id JOIN order_line l ON l.resource_id = b.subject WHERE l.order_id = ${p.order.id} ORDER BY t.try`)
const becomes = (p, state, seconds) => until(async () => { const o = await orderOf(p); return o.state === state && o }, `order ${state}`, seconds)

/** The line was refunded: order cancelled, resource failed, the money is the buyer's cash, by an unsubscribe order of its own. */
async function refunded(p, buyer, cash) {
	const o = await becomes(p, 'cancelled')
	assert.deepEqual([o.line, o.resource, o.outbox, o.paid], ['failed', 'failed', 'failed', String(PRICE)])
	assert.equal(await world.cash(buyer), cash + PRICE)
	const unsubscribes = await it.sql(`SELECT u.*, l.state AS line, l.amount FROM orders u JOIN order_line l ON l.order_id = u.id WHERE l.resource_id = ${o.id} AND u.kind = 'unsubscribe'`)
	assert.equal(unsubscribes.length, 1)
	const [u] = unsubscribes, [was] = await it.sql(`SELECT * FROM orders WHERE number = '${p.order.number}'`)
	assert.deepEqual([u.state, u.payable, u.paid, u.line, u.amount], ['completed', String(PRICE), String(PRICE), 'delivered', String(PRICE)])
	for (const same of ['buyer_id', 'product_id', 'plan_id', 'provider_id', 'product_name', 'plan_name', 'provider_name', 'quantity', 'unit', 'payer_org_id', 'category_code'])
		assert.equal(u[same], was[same], same)
	assert.match(u.number, /^\d{20}$/)
	assert.ok(u.closed_at)
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM order_sold WHERE order_id = ${u.id}`)).n, '1')
	assert.deepEqual(await it.sql(`SELECT from_state, to_state FROM audit_log WHERE object_id = ${u.id} ORDER BY id`), [{ from_state: null, to_state: 'refunding' }, { from_state: 'refunding', to_state: 'completed' }])
	assert.deepEqual(await it.sql(`SELECT kind FROM journal WHERE order_id = ${u.id}`), [{ kind: 'order_refund' }])
	await world.audit()
	return u
}

test('DEL-1 DEL-3 DEL-4 a good answer completes the order; its fields are the application information, secrets sealed', async () => {
	const p = await paid(sample)
	const o = await becomes(p, 'completed')
	assert.deepEqual([o.line, o.resource, o.outbox, o.tries], ['delivered', 'in_use', 'done', '1'])
	assert.match(o.sign_id, /^\d+$/)
	const fields = await it.sql(`SELECT name, value, sealed IS NOT NULL AS secret FROM resource_field WHERE resource_id = ${o.id} ORDER BY position`)
	assert.deepEqual(fields.map(f => [f.name, f.secret]), [['website', '0'], ['auth_url', '0'], ['账号', '0'], ['初始密码', '1']])
	assert.equal(fields[3].value, null)
	assert.deepEqual((await triesOf(p)).map(t => [t.try, t.status]), [['1', '200']])
	await world.audit()
})

test('PRV-2 the request is signed, names order, buyer and plan, and its event number is the outbox row\'s', async () => {
	answer = res => reply(res, 200, created)
	const p = await paid(ours), o = await becomes(p, 'completed')
	assert.equal(calls.length, 1)
	const [{ url, body, method, headers }] = calls
	const { signature, timestamp, eventId } = Object.fromEntries(url.searchParams)
	const token = readFileSync(path.join(it.folder, 'secret/provider_token'), 'utf8')
	assert.equal(signature, createHash('sha256').update([token, timestamp, eventId].sort().join('')).digest('hex'))
	assert.deepEqual([method, headers['content-type'].split(';')[0], url.searchParams.get('v'), eventId], ['POST', 'application/json', '1', o.event])
	assert.ok(Math.abs(Date.now() / 1000 - timestamp) < 30)
	assert.deepEqual([body.action, body.orderId, body.productInfo.productName, body.productInfo.spec, body.productInfo.timeSpan, body.productInfo.timeUnit],
		['createInstance', p.order.number, 'World', 'Basic', 1, 'm'])
	assert.equal(o.sign_id, '12345')
})

test('DEL-2 an error, rubbish, no JSON object, and an empty answer are tried again with the same event; every try is recorded', async () => {
	const bad = [res => reply(res, 500, '{}'), res => reply(res, 200, '<html>welcome</html>'), res => reply(res, 200, '[]')]
	answer = (res, n) => (bad[n - 1] ?? (r => reply(r, 200, created)))(res)
	const p = await paid(ours), o = await becomes(p, 'completed')
	assert.equal(o.tries, '4')
	assert.deepEqual((await triesOf(p)).map(t => t.status), ['500', '200', '200', '200'])
	assert.equal(new Set(calls.map(c => c.url.searchParams.get('eventId'))).size, 1)
	assert.equal(new Set(calls.map(c => c.body.requestId)).size, 1)
	await world.audit()
})

test('DEL-2 MON-10 the sample provider fails twice and then delivers', async () => {
	assert.equal((await sandbox.post('/fault', { provider: 'world', fault: 'error', times: 2 })).status, 200)
	const p = await paid(sample)
	assert.equal((await becomes(p, 'completed')).tries, '3')
})

test('DEL-2 PRV-2 a slow answer is given up after the time limit, and tried again', async () => {
	assert.equal((await sandbox.post('/fault', { provider: 'world', fault: 'slow', times: 1 })).status, 200)
	const p = await paid(sample), o = await becomes(p, 'completed'), [first] = await triesOf(p)
	assert.equal(o.tries, '2')
	assert.equal(first.status, '0')
	assert.ok(+first.took_ms >= 400 && +first.took_ms < 1500, first.took_ms)
})

test('PRV-2 signId "0" is asynchronous: the resource waits and is asked for again', async () => {
	let go = false
	answer = res => reply(res, 200, go ? created : { signId: '0' })
	const p = await paid(ours)
	await until(async () => calls.length >= 2, 'a second call')
	const o = await orderOf(p)
	assert.deepEqual([o.state, o.resource, o.outbox], ['processing', 'provisioning', 'waiting'])
	await world.audit()
	go = true
	await becomes(p, 'completed')
})

test('PRV-6 a redirect is not followed', async () => {
	answer = (res, n) => n === 1 ? reply(res, 302, '', { location: `http://127.0.0.1:${server.address().port}/elsewhere` }) : reply(res, 200, created)
	const p = await paid(ours)
	await becomes(p, 'completed')
	assert.deepEqual(calls.map(c => c.url.pathname), ['/hook', '/hook'])
	assert.equal((await triesOf(p))[0].status, '302')
})

test('PRV-6 an answer of many megabytes is cut off in bounded memory, and tried again', async () => {
	answer = (res, n) => n === 1 ? (res.writeHead(200), res.write('x'.repeat(32 << 20)), res.end()) : reply(res, 200, created)
	const rss = () => +/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${it.pid('jobs')}/status`, 'utf8'))[1]
	const before = rss(), p = await paid(ours)
	await becomes(p, 'completed')
	assert.ok(rss() - before < 4000, `${rss() - before} kB more`)
	assert.equal((await triesOf(p)).length, 2)
})

test('DEL-2 ORD-2 REF-13 ORD-18 a definite refusal fails the line and refunds it, by an unsubscribe order of its own', async () => {
	answer = res => reply(res, 200, { success: 'false', message: 'no more licences' })
	const cash = await world.cash(1), p = await paid(ours, 1)
	await refunded(p, 1, cash)
	assert.equal(calls.length, 1)
})

test('PRV-2 a provider that finds the signature wrong refuses: the line is refunded, and the token stands in no log', async () => {
	const other = (await world.buyerActor.ask('seal', PRODUCT, 'another-token')).said
	const cash = await world.cash(2), { sealed } = await it.one(`SELECT HEX(webhook_secret) AS sealed FROM product WHERE id = ${PRODUCT}`)
	const p = await paid(sample, 2, `, webhook_secret = X'${other}'`)
	await refunded(p, 2, cash)
	assert.deepEqual((await triesOf(p)).map(t => t.status), ['401'])
	await it.sql(`UPDATE product SET webhook_secret = X'${sealed}' WHERE id = ${PRODUCT}`)
	assert.ok(!readFileSync(path.join(it.is.log, 'jobs.log'), 'utf8').includes('another-token'))
})

test('DEL-2 PRV-5 after the last try the line has failed and is refunded', async () => {
	answer = res => reply(res, 503, '{}')
	const cash = await world.cash(3), p = await paid(ours, 3)
	await until(() => calls.length > 0, 'the first call')
	await it.sql(`UPDATE outbox b JOIN order_line l ON l.resource_id = b.subject SET b.tries = 9, b.next_at = UTC_TIMESTAMP(6) WHERE l.order_id = ${p.order.id}`)
	await refunded(p, 3, cash)
})

test('REF-13 ORD-15 the coupon comes back when nothing could be provided; delivered, it stays used', async () => {
	const seen = PRICE * 9 / 10, stateOf = async claim => (await it.one(`SELECT state, order_id FROM coupon_claim WHERE id = ${claim}`))
	const buy = async claim => {
		const payment = await world.payable(0, 'waiting', { claim, seen })
		assert.equal((await stateOf(claim)).state, 'locked')
		assert.equal((await world.notify(payment, { cash_fee: String(seen), total_fee: String(seen) })).code, 'SUCCESS')
		return payment
	}
	await it.sql(`UPDATE product SET webhook_url = '${ours}' WHERE id = ${PRODUCT}`)
	answer = res => reply(res, 200, { success: 'false', message: 'no more licences' })
	const back = await world.coupon(0)
	await becomes(await buy(back), 'cancelled')
	assert.deepEqual(await stateOf(back), { state: 'usable', order_id: null })
	answer = res => reply(res, 200, created)
	const kept = await buy(back)
	await becomes(kept, 'completed')
	assert.deepEqual(await stateOf(back), { state: 'used', order_id: kept.order.id })
	await world.audit()
})

test('REF-13 what was refunded can be looked at: its order is in the list, the order that failed names it', async () => {
	const buyer = await world.person(1)
	const { items } = (await buyer.json('/console/orders?kind=unsubscribe')).json
	assert.equal(items.length, 1)
	const unsubscribe = (await buyer.json(`/console/orders/${items[0].number}`)).json
	assert.deepEqual([unsubscribe.kind, unsubscribe.state, unsubscribe.payable], ['unsubscribe', 'completed', PRICE])
	const failed = (await buyer.json('/console/orders?state=cancelled&kind=purchase')).json.items[0]
	const order = (await buyer.json(`/console/orders/${failed.number}`)).json
	assert.deepEqual(order.refunds.map(r => [r.number, r.state, r.amount]), [[unsubscribe.number, 'completed', PRICE]])
	const page = await buyer.get(`/console/orders/${failed.number}`)
	assert.ok(page.text.includes('退款记录') && page.html.includes(`href="/console/orders/${unsubscribe.number}"`))
	assert.equal((await buyer.get(`/console/orders/${unsubscribe.number}`)).status, 200)
})

test('IFC-8 two processes of jobs carry out each effect once', async () => {
	answer = res => setTimeout(() => reply(res, 200, created), 30)
	await it.sql(`UPDATE product SET webhook_url = '${ours}' WHERE id = ${PRODUCT}`)
	const second = it.spawn('jobs')
	const payments = []
	for (let i = 0; i < 30; i++) payments.push(await world.payable(i % 4))
	calls.length = 0
	await parallel(30, i => world.notify(payments[i]))
	for (const p of payments) await becomes(p, 'completed')
	assert.equal(calls.length, 30)
	assert.equal(new Set(calls.map(c => c.body.orderId)).size, 30)
	second.kill()
	assert.equal(await second.ended, 0)
	await world.audit()
})

test('MON-2 DEL-2 a jobs process that is killed while it calls is made up for by the next one', async () => {
	let hold = true
	answer = res => { if (!hold) reply(res, 200, created) }
	const p = await paid(ours)
	await until(() => calls.length === 1, 'the call')
	it.kill('jobs')
	hold = false
	await it.start()
	await becomes(p, 'completed')
	assert.equal(calls.length, 2)
	assert.equal(new Set(calls.map(c => c.url.searchParams.get('eventId'))).size, 1, 'the provider can tell that it is the same')
	await world.audit()
})
