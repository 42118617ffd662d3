// What people are told: the inbox, e-mail and SMS of an order's way (ACC-16, ORD-6, ORD-8).
import { randomUUID } from 'node:crypto'
import { assert, fill, instance, test, until } from '../lib/harness.mjs'

const it = await instance()
let buyer = await it.client().signIn('buyer@demo.test')
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const plan = (await buyer.json('/products/yuanshan-guard')).json.plans[0]

async function order() {
	const review = '/checkout?' + new URLSearchParams({ plan: plan.id, duration: plan.prices[0].duration, quantity: 1, key: randomUUID() })
	const answer = await buyer.submit(review, { contact: '13800001111', agree: '1' }, { action: '/orders' })
	assert.equal(answer.status, 303)
	return answer.location.split('/')[3]
}
const letters = async number => (await sandbox.json('/mail')).json.items.filter(x => x.text.includes(number))
const inbox = async (who = buyer, query = '') => (await who.json('/console/inbox' + query)).json
const unread = async () => (await inbox()).unread
await until(async () => (await it.one("SELECT COUNT(*) AS n FROM outbox WHERE kind = 'notify' AND state = 'waiting'")).n === '0', 'what the demo has to tell')
const before = await unread()
const lapsed = await order()

test('ORD-6 ACC-16 an order that lapsed: its buyer is told in the console, by e-mail and by SMS, each once', async () => {
	await it.forward('25h')
	buyer = await it.client().signIn('buyer@demo.test')	// the session was over long ago
	await until(async () => (await letters(lapsed)).length >= 2, 'the letters')
	const got = await letters(lapsed), email = got.find(x => x.by === 'email'), sms = got.find(x => x.by === 'sms')
	assert.match(email.subject, /^【云市场】订单已超时取消$/)
	assert.ok(email.text.includes(`/console/orders/${lapsed}`), email.text)
	assert.match(sms.text, /^【云市场】订单 /)
	for (const x of got) assert.equal(x.copies, 1)
	const { items } = await inbox()
	assert.deepEqual(items.filter(x => x.number === lapsed).map(x => x.event), ['order_lapsed'])
	assert.ok(await unread() > before)
})

test('ACC-16 read messages are counted no more; unread ones are a list of their own; another person has none of them', async () => {
	assert.ok((await buyer.get('/console/inbox?unread=1')).text.includes(lapsed))
	const full = await unread(), answer = await buyer.submit('/console/inbox', {}, { action: '/console/inbox/read' })
	assert.equal(answer.status, 303)
	assert.ok(await unread() < full)
	assert.ok(!(await inbox(buyer, '?unread=1&limit=100')).items.some(x => x.number === lapsed))
	const other = await it.client().signIn('buyer2@demo.test')
	assert.ok(!(await other.get('/console/inbox')).text.includes(lapsed))
})

test('ACC-16 a mail server that is away is asked again; the message arrives once', async () => {
	const number = await order()
	it.kill('sandbox')
	await it.forward('25h')
	await until(async () => +(await it.one("SELECT COUNT(*) AS n FROM outbox_try t JOIN outbox b ON b.id = t.outbox_id WHERE b.action = 'email' AND b.state = 'waiting'")).n, 'a try that failed')
	await it.start()
	await until(async () => (await letters(number)).some(x => x.by === 'email'), 'the e-mail')
	assert.equal((await letters(number)).find(x => x.by === 'email').copies, 1)
	buyer = await it.client().signIn('buyer@demo.test')
	assert.equal((await inbox(buyer, '?unread=1&limit=100')).items.filter(x => x.number === number).length, 1)
})

test('ACC-16 what is to be read is named by a number', async () => {
	const before = await unread()
	for (const up_to of ['x', '-1', '99999999999999999999'])
		assert.equal((await buyer.submit('/console/inbox', { up_to }, { action: '/console/inbox/read' })).status, 404)
	assert.equal(await unread(), before)
})

test('ACC-16 one message is read when it is opened, and only once; another person finds nothing there', async () => {
	const { items: [x] } = await inbox(buyer, '?unread=1'), page = '/console/inbox', action = `/console/inbox/${x.id}/read`
	const before = await unread(), other = await it.client().signIn('buyer2@demo.test')
	const tab = (await buyer.get(page + '?unread=1')).form(action), theirs = (await other.get('/console/settings/notifications')).form('/console/settings/notifications')
	assert.equal((await other.post(action, fill(theirs, { by_email: null, by_sms: null }))).status, 404)
	assert.equal((await buyer.post(action, fill(tab, { stay: '1' }))).location, '/console/inbox?unread=1')
	assert.equal(await unread(), before - 1)
	assert.equal((await buyer.post(action, fill(tab, { key: 'another-key-of-this-form' }))).location, x.link)
	assert.equal(await unread(), before - 1)
	assert.ok((await buyer.get('/console')).html.includes('href="/console/inbox"'))
})

test('ACC-16 a kind that there is not is said', async () => {
	assert.equal((await buyer.json('/console/inbox?topic=gossip')).status, 422)
	for (const topic of ['orders', 'money', 'delivery'])
		assert.ok((await inbox(buyer, '?topic=' + topic)).items.every(x => x.topic === topic), topic)
})

test('ACC-16 the inbox goes on behind its last message', async () => {
	const all = (await inbox(buyer, '?limit=100')).items.map(x => x.id), seen = []
	for (let next = ''; next !== null;) {
		const page = await inbox(buyer, '?limit=1' + (next && '&after=' + next))
		seen.push(...page.items.map(x => x.id))
		next = page.next
	}
	assert.deepEqual(seen, all)
})
