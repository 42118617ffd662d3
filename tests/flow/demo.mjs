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
