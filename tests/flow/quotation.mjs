// Quotations: a provider's price for one buyer until a day, accepted once, and on paper.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { assert, fill, instance, parallel, program, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer provider nginx' })
const buyer = await it.client().signIn('buyer@demo.test')
const other = await it.client().signIn('buyer2@demo.test')
const provider = await it.client().signIn('provider@demo.test')
const stranger = await it.client().signIn('provider2@demo.test')
const orgOf = async mail => it.one(`SELECT o.id, o.name FROM person p JOIN member m ON m.person_id = p.id JOIN org o ON o.id = m.org_id WHERE p.email = '${mail}' LIMIT 1`)
const org = await orgOf('buyer@demo.test'), supplier = await orgOf('provider@demo.test')
const plan = await it.one(`SELECT l.id, l.name, l.quantity_min AS quantity, p.name AS product FROM plan l JOIN product p ON p.id = l.product_id JOIN category_policy y ON y.category_code = p.category_code
	WHERE p.provider_id = ${supplier.id} AND p.state = 'listed' AND l.on_sale AND NOT l.trial AND l.stock IS NULL AND NOT l.review AND l.billing_mode = 'yearly_monthly' AND y.delivery <> 'with_server' ORDER BY l.id LIMIT 1`)
const day = days => new Date(Date.now() + 8 * 3600e3 + days * 86400e3).toISOString().slice(0, 10)
const make = `/provider/quotations/new?plan=${plan.id}`
const good = { buyer: org.name, quantity: plan.quantity, price: '1234.56', until: day(7), note: '含实施服务 <1>' }

async function quote(fields = {}) {
	const page = await provider.get(make)
	return provider.post('/provider/quotations', fill(page.form('/provider/quotations'), { ...good, ...fields }))
}
const numberOf = answer => answer.location.split('/').pop()
async function yes(number, fields = {}) {
	const page = await buyer.get(`/console/quotations/${number}`)
	return fill(page.form(`/console/quotations/${number}/accept`), { contact: '13800138000', agree: '1', ...fields })
}

test('ORD-20 the provider chooses a plan and offers one buyer a price; both sides see it, nobody else does', async () => {
	assert.ok((await provider.get('/provider/quotations/new')).html.includes(`value="${plan.id}"`))
	const answer = await quote()
	assert.equal(answer.status, 303)
	const number = numberOf(answer)
	for (const [client, at] of [[provider, '/provider'], [buyer, '/console']]) {
		assert.ok((await client.get(`${at}/quotations`)).html.includes(`href="${at}/quotations/${number}"`))
		const page = await client.get(`${at}/quotations/${number}`)
		assert.ok(page.text.includes('¥1,234.56') && page.html.includes('含实施服务 &lt;1&gt;') && page.text.includes(plan.product))
	}
	for (const [client, at] of [[stranger, '/provider'], [other, '/console']]) for (const below of ['', '/pdf']) assert.equal((await client.get(`${at}/quotations/${number}${below}`)).status, 404)
	const q = (await buyer.json(`/console/quotations/${number}`)).json
	assert.deepEqual([q.price, q.state, q.over, q.buyer_name], [123456, 'open', false, org.name])
})

test('ORD-20 what cannot be is refused at its field, and nothing typed is lost', async () => {
	const { n } = await it.one('SELECT COUNT(*) AS n FROM quotation')
	for (const [fields, field] of [[{ buyer: 'Nobody' }, 'buyer'], [{ buyer: supplier.name }, 'buyer'], [{ buyer: '' }, 'buyer'], [{ price: '-1' }, 'price'], [{ price: '10000000.01' }, 'price'], [{ until: day(-1) }, 'until'],
		[{ until: day(91) }, 'until'], [{ until: '2026-02-30' }, 'until'], [{ quantity: '999999999' }, 'quantity'], [{ note: 'x'.repeat(201) }, 'note']]) {
		const page = await quote(fields)
		assert.equal(page.status, 422, JSON.stringify(fields))
		assert.match(page.html, new RegExp(`id="${field}-error"`), JSON.stringify(fields))
		assert.match(page.html, /name="price"[^>]*value="[^"]+"/)
	}
	const theirs = await it.one(`SELECT l.id FROM plan l JOIN product p ON p.id = l.product_id WHERE p.provider_id <> ${supplier.id} AND p.state = 'listed' LIMIT 1`)
	const form = fill((await provider.get(make)).form('/provider/quotations'), good).map(([k, v]) => [k, k === 'plan' ? theirs.id : v])
	assert.equal((await provider.post('/provider/quotations', form)).status, 422)
	assert.equal((await it.one('SELECT COUNT(*) AS n FROM quotation')).n, n)
})

test('ORD-20 accepted it is one order at its price, however often and at once', async () => {
	const number = numberOf(await quote())
	const forms = await Promise.all(Array.from({ length: 4 }, () => yes(number)))
	const answers = await parallel(4, i => buyer.post(`/console/quotations/${number}/accept`, forms[i]))
	for (const a of answers) assert.ok([303, 503].includes(a.status), String(a.status))
	const q = (await buyer.json(`/console/quotations/${number}`)).json
	assert.equal(q.state, 'accepted')
	const again = await buyer.post(`/console/quotations/${number}/accept`, [...forms[0].filter(([k]) => k !== 'key'), ['key', 'another-key-1']])
	assert.equal(again.location, `/console/orders/${q.order_number}`)
	assert.equal((await it.sql(`SELECT id FROM orders WHERE buyer_id = ${org.id} AND payable = 123456`)).length, 1)
	const o = (await buyer.json(`/console/orders/${q.order_number}`)).json
	assert.deepEqual([o.state, o.payable, o.price.at(-1).kind], ['to_pay', 123456, 'quoted'])
	assert.equal(o.price.reduce((sum, l) => sum + l.amount, 0), 123456)
	assert.equal(o.lines.reduce((sum, l) => sum + l.amount, 0), 123456)
	assert.ok((await provider.get(`/provider/quotations/${number}`)).html.includes(`href="/provider/orders/${q.order_number}"`))
})

test('ORD-20 over, withdrawn or of another buyer it cannot be accepted', async () => {
	const late = numberOf(await quote()), gone = numberOf(await quote()), lateForm = await yes(late), goneForm = await yes(gone)
	const own = fill((await other.get('/console/orders')).form('/language'), {}).filter(([k]) => k === 'csrf')
	assert.equal((await other.post(`/console/quotations/${gone}/accept`, [...goneForm.filter(([k]) => k !== 'csrf'), ...own])).status, 404)
	await it.sql(`UPDATE quotation SET expires_at = UTC_TIMESTAMP(6) WHERE number = '${late}'`)
	assert.equal((await buyer.post(`/console/quotations/${late}/accept`, lateForm)).status, 409)
	const page = await buyer.get(`/console/quotations/${late}`)
	assert.ok(page.text.includes('已过期') && !page.html.includes('/accept'))
	assert.equal((await stranger.get('/provider/quotations')).text.includes(gone), false)
	assert.equal((await provider.submit(`/provider/quotations/${gone}`, {}, { action: `/provider/quotations/${gone}/withdraw` })).status, 303)
	assert.equal((await buyer.post(`/console/quotations/${gone}/accept`, goneForm)).status, 409)
	assert.deepEqual(await it.sql(`SELECT number FROM quotation WHERE number IN ('${late}', '${gone}') AND order_number IS NOT NULL`), [])
})

test('ORD-10 ORD-20 agreements and a number are asked for; a form with another price is refused', async () => {
	const number = numberOf(await quote()), address = `/console/quotations/${number}/accept`
	for (const [fields, id] of [[{ contact: '123' }, 'contact-error'], [{ agree: null }, 'agree-error']]) {
		const page = await buyer.post(address, await yes(number, fields))
		assert.equal(page.status, 422)
		assert.ok(page.html.includes(id), id)
	}
	assert.equal((await buyer.post(address, await yes(number, { seen: '1.00' }))).status, 422)
	assert.equal((await buyer.json(`/console/quotations/${number}`)).json.state, 'open')
})

test('ACC-2 who may not offer or buy may read', async () => {
	const number = numberOf(await quote())
	for (const [name, who, roles] of [['quote-viewer', supplier.id, 'viewer'], ['quote-finance', org.id, 'finance']]) {
		const made = await program(it.is.program, ['user', 'create', '--config', it.is.config, '--name', name, '--person', 'Sun', '--org', who, '--roles', roles], { env: it.env(), input: 'Yunshi-demo-1\n' })
		assert.equal(made.status, 0, made.stderr)
	}
	const viewer = await it.client().signIn('quote-viewer'), finance = await it.client().signIn('quote-finance')
	assert.equal((await viewer.get(make)).status, 403)
	assert.ok(!(await viewer.get(`/provider/quotations/${number}`)).html.includes('/withdraw'))
	assert.ok(!(await finance.get(`/console/quotations/${number}`)).html.includes('/accept'))
})

test('ORD-20 on paper: a PDF with Chinese text, the same for the same', async () => {
	const number = numberOf(await quote())
	const get = async (client, at) => client.request('GET', `${at}/quotations/${number}/pdf`, {})
	const a = await get(provider, '/provider'), b = await get(buyer, '/console')
	assert.equal(a.status, 200)
	assert.equal(a.headers['content-type'], 'application/pdf')
	assert.match(a.headers['content-disposition'], new RegExp(`filename="quotation-${number}\\.pdf"`))
	assert.ok(a.html.startsWith('%PDF-1.') && a.html.trimEnd().endsWith('%%EOF'))
	assert.ok(a.html.length > 4000 && /WenQuanYi|NotoSans/.test(a.html), 'a font with Chinese is in it')
	assert.equal(a.html, b.html)
	if (process.env.YUNSHI_TEST_KEEP) writeFileSync(path.join(it.folder, 'quotation.pdf'), a.bytes ?? a.html)
})
