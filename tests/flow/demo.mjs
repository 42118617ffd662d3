// yunshi demo: a marketplace that looks alive.
import { assert, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer' })
const orderStates = ['to_confirm', 'in_review', 'to_pay', 'processing', 'refunding', 'completed', 'cancelled']

test('IFC-11 twelve providers, sixty products in every category, each with its texts, plans and search terms', async () => {
	assert.equal((await it.one("SELECT COUNT(*) AS n FROM org WHERE kind = 'provider'")).n, '12')
	assert.equal((await it.one("SELECT COUNT(*) AS n FROM product WHERE state = 'listed'")).n, '60')
	assert.equal((await it.one("SELECT COUNT(*) AS n FROM product WHERE state <> 'listed'")).n, '3')	// about to be published
	assert.deepEqual(await it.sql('SELECT c.code FROM category c LEFT JOIN product p ON p.category_code = c.code WHERE p.id IS NULL'), [])
	assert.deepEqual(await it.sql(`SELECT p.slug FROM product p LEFT JOIN product_text t ON t.product_id = p.id
		WHERE p.state = 'listed' AND (t.product_id IS NULL OR CHAR_LENGTH(t.description) < 60 OR t.guide = '' OR t.after_sales LIKE '%{%' OR t.agreement LIKE '%{%' OR t.support_phone = '')`), [])
	assert.deepEqual(await it.sql("SELECT p.slug FROM product p LEFT JOIN plan l ON l.product_id = p.id LEFT JOIN product_term t ON t.product_id = p.id WHERE p.state = 'listed' AND (l.id IS NULL OR t.term IS NULL)"), [])
})

test('IFC-11 SaaS products are opened by the sample provider', async () => {
	const { n } = await it.one(`SELECT COUNT(*) AS n FROM product WHERE category_code = 'saas' AND delivery = 'automatic' AND dialect = 'tencent'
		AND webhook_url LIKE '${it.sandboxUrl}/provider/%' AND webhook_secret IS NOT NULL`)
	assert.ok(+n >= 8, n)
})

test('IFC-12 the people are there, each in their organisation', async () => {
	const people = await it.sql('SELECT p.email, o.kind, m.roles FROM person p JOIN member m ON m.person_id = p.id JOIN org o ON o.id = m.org_id ORDER BY p.email')
	assert.deepEqual(people.map(p => `${p.email} ${p.kind}`), ['admin@demo.test platform', 'approver@demo.test platform', 'buyer2@demo.test buyer',
		'buyer@demo.test buyer', 'finance@demo.test platform', 'mediator@demo.test platform', 'provider2@demo.test provider', 'provider@demo.test provider',
		'support@demo.test platform', 'zone@demo.test buyer'])
	assert.ok(people.every(p => +p.roles > 0))
	const zone = await it.one("SELECT y.email FROM person p JOIN member m ON m.person_id = p.id JOIN org o ON o.id = m.org_id JOIN org y ON y.id = o.paying_org_id WHERE p.email = 'zone@demo.test'")
	assert.equal(zone.email, 'hailan@demo.test')
})

test('ORD-2 IFC-11 each demo buyer has orders in every state', async () => {
	const rows = await it.sql('SELECT p.email, GROUP_CONCAT(DISTINCT x.state) AS states FROM orders x JOIN person p ON p.id = x.creator_id GROUP BY p.email')
	assert.equal(rows.length, 3)
	for (const r of rows) assert.deepEqual(r.states.split(',').sort(), [...orderStates].sort(), r.email)
})

test('DEL-6 DEL-8 IFC-11 what people deliver stands at every step, each with its history; an appeal waits for the mediator, one is decided', async () => {
	const steps = await it.sql("SELECT DISTINCT d.state FROM delivery d JOIN member m ON m.org_id = d.provider_id JOIN person p ON p.id = m.person_id AND p.email = 'provider@demo.test' ORDER BY d.state")
	assert.ok(['awaiting_requirement', 'awaiting_confirmation', 'in_implementation', 'awaiting_acceptance', 'completed'].every(s => steps.some(d => d.state === s)), JSON.stringify(steps))
	assert.deepEqual(await it.sql(`SELECT d.number FROM delivery d JOIN (SELECT delivery_id, COUNT(*) AS n, MAX(id) AS last FROM delivery_round GROUP BY delivery_id) r ON r.delivery_id = d.id
		JOIN delivery_round l ON l.id = r.last WHERE l.event <> IF(d.hold = 'appeal', 'freeze', ELT(FIELD(d.state, 'awaiting_requirement', 'awaiting_confirmation', 'in_implementation', 'awaiting_acceptance', 'completed'),
		'open', 'require', 'report', 'submit', 'accept'))`), [])
	assert.deepEqual(await it.sql('SELECT d.number FROM delivery d LEFT JOIN delivery_round r ON r.delivery_id = d.id WHERE r.id IS NULL'), [])
	assert.deepEqual((await it.sql('SELECT DISTINCT state FROM appeal ORDER BY state')).map(a => a.state), ['open', 'decided'])
	assert.deepEqual(await it.sql(`SELECT d.number FROM delivery d JOIN delivery_round r ON r.delivery_id = d.id AND r.event = 'require' LEFT JOIN attachment a ON a.thread_id = d.id AND a.owner_id = r.id
		LEFT JOIN attachment_piece p ON p.attachment_id = a.id AND LENGTH(p.bytes) = a.size AND UNHEX(SHA2(p.bytes, 256)) = a.hash WHERE d.state <> 'completed' AND p.nth IS NULL`), [])
})

test('MON-2 IFC-11 books, counts and the log hold', async () => {
	const { status, stdout } = await it.tryYunshi('audit')
	assert.equal(status, 0, stdout)
})

test('IFC-11 a store that has orders is left alone, unless told otherwise', async () => {
	const count = async () => +(await it.one('SELECT COUNT(*) AS n FROM orders')).n
	const before = await count()
	const again = await it.tryYunshi('demo')
	assert.equal(again.status, 1)
	assert.match(again.stderr, /--force/)
	assert.equal(await count(), before)
	await it.yunshi('demo', '--force', '--seed', '2', '--orders', '2500')
	assert.equal(await count(), before + 2500)
	assert.equal((await it.one('SELECT COUNT(*) AS n FROM product')).n, '63')
	assert.equal((await it.tryYunshi('audit')).status, 0)
})
