// The storefront, as visitors see it: lists, search, products, agreements, languages.
import { assert, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const visitor = it.client()
const slug = 'yuanshan-guard'

/** All items of a list, page by page as `next` leads. */
async function everything(path, limit) {
	const items = []
	for (let after = ''; after !== null; ) {
		const page = await visitor.json(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}&after=${after}`)
		assert.equal(page.status, 200)
		assert.ok(page.json.items.length <= limit)
		items.push(...page.json.items)
		after = page.json.next
	}
	return items
}

test('CAT-12 the first page shows search, all categories and the products that sell best', async () => {
	const page = await visitor.get('/')
	assert.equal(page.status, 200)
	for (const { name_zh } of await it.sql('SELECT name_zh FROM category')) assert.ok(page.text.includes(name_zh), name_zh)
	const best = await it.sql("SELECT name FROM product WHERE state = 'listed' ORDER BY deals DESC, id DESC LIMIT 8")
	for (const { name } of best) assert.ok(page.text.includes(name), name)
	assert.match(page.headers['cache-control'], /^public/)
	assert.equal(page.headers['set-cookie'], undefined)
})

test('IFC-2 a list can be read to its end page by page: each product once, in order', async () => {
	const items = await everything('/products?sort=deals', 7)
	assert.equal(items.length, 60)
	assert.equal(new Set(items.map(i => i.slug)).size, 60)
	for (let i = 1; i < items.length; i++) assert.ok(items[i - 1].deals >= items[i].deals)
	const all = (await visitor.json('/products?sort=deals&limit=100')).json
	assert.deepEqual(all.items, items)
	assert.equal(all.next, null)
})

test('IFC-2 twenty rows by default; the page leads on and back', async () => {
	const first = await visitor.get('/products')
	assert.equal((await visitor.json('/products')).json.items.length, 20)
	const next = first.html.match(/<a href="([^"]+)" rel="next"/)[1].replaceAll('&amp;', '&')
	const second = await visitor.get(next)
	assert.equal(second.status, 200)
	assert.match(second.html, /<a href="\/products" rel="first"/)
	assert.notEqual(second.text, first.text)
})

test('IFC-2 a cursor that is none is refused with 400, a limit out of range with 422', async () => {
	for (const after of ['x', '0', 'zzzzzzzzzzzzzzzz0000000000000001', 'F'.repeat(32), '0'.repeat(31), '%27'])
		assert.equal((await visitor.json(`/products?after=${after}`)).status, 400, after)
	for (const limit of ['0', '-1', '101', 'ten', '1e2', '99999999999999999999'])
		assert.equal((await visitor.json(`/products?limit=${limit}`)).status, 422, limit)
})

test('CAT-12 a category shows its products only', async () => {
	const items = await everything('/products?category=saas', 100)
	assert.equal(items.length, +(await it.one("SELECT COUNT(*) AS n FROM product WHERE state = 'listed' AND category_code = 'saas'")).n)
	assert.ok(items.every(i => i.category === 'saas'))
	assert.deepEqual((await visitor.json('/products?category=none')).json.items, [])
})

test('CAT-12 search finds Chinese and Latin words, whole names and providers', async () => {
	for (const q of ['主机卫士', 'CRM', 'crm', '远山']) {
		const found = (await visitor.json(`/products?q=${encodeURIComponent(q)}`)).json.items
		assert.ok(found.length > 0 && found.length < 60, q)
	}
	assert.ok((await visitor.json(`/products?q=${encodeURIComponent('远山主机卫士')}`)).json.items.some(i => i.slug === slug))
})

test('CAT-12 a search without result says so and names the next step', async () => {
	for (const q of ['zzzz', '!!!', '%25%25', '没有这样的东西']) {
		const page = await visitor.get(`/products?q=${q}`)
		assert.equal(page.status, 200)
		assert.ok(page.text.includes('没有找到相关商品'), q)
		assert.match(page.html, /<a class="btn pri" href="\/products">/)
	}
})

test('IFC-4 what cannot be a search is refused and shown, never a failure', async () => {
	for (const [what, q] of Object.entries({ 'not UTF-8': '%ff%fe', 'overlong form': '%c0%af', NUL: 'a%00b', control: 'a%07b', long: 'x'.repeat(61), twice: 'a&q=b' })) {
		const page = await visitor.get(`/products?q=${q}`), json = await visitor.json(`/products?q=${q}`)
		assert.equal(page.status, 422, what)
		assert.match(page.html, /class="errsum"/, what)
		assert.equal(json.status, 422, what)
		assert.equal(json.json.errors[0].field, 'q', what)
	}
	const markup = await visitor.get('/products?q=%3Cscript%3Ealert(1)%3C/script%3E')
	assert.equal(markup.status, 200)
	assert.ok(!markup.html.includes('<script>alert'))
})

test('CAT-1 CAT-3 CAT-15 the product page shows plans with their prices; guide, terms and contact are tabs of it', async () => {
	const json = (await visitor.json(`/products/${slug}`)).json
	const texts = await it.one(`SELECT t.* FROM product_text t JOIN product p ON p.id = t.product_id WHERE p.slug = '${slug}'`)
	for (const [tab, key] of [['', 'description'], ['?tab=details', 'description'], ['?tab=guide', 'guide'], ['?tab=service', 'after_sales']]) {
		const page = await visitor.get(`/products/${slug}${tab}`)
		assert.ok(page.text.includes(texts[key].split('\n')[0]), tab)
		for (const label of ['商品详情', '使用指南', '累计评价 0', '售后服务']) assert.ok(page.text.includes(label), label)
		assert.ok(!page.text.includes('API 接口'), 'no tab for what is not there')
		assert.equal(json[key], texts[key])
	}
	assert.ok((await visitor.get(`/products/${slug}?tab=service`)).html.includes(`tel:${texts.support_phone}`))
	assert.ok((await visitor.get(`/products/${slug}?tab=api`)).html.includes('tab=details#tabs" aria-current="page"'))
	assert.equal((await visitor.get(`/products/${slug}?tab=nothing`)).status, 422)
	const prices = await it.sql(`SELECT l.name, r.price FROM plan l JOIN plan_price r ON r.plan_id = l.id JOIN product p ON p.id = l.product_id WHERE p.slug = '${slug}'`)
	assert.deepEqual(json.plans.flatMap(l => l.prices.map(r => `${l.name} ${r.price}`)).sort(), prices.map(r => `${r.name} ${r.price}`).sort())
	const second = json.plans[1]
	const other = await visitor.json(`/products/${slug}?plan=${second.id}`)
	assert.equal(other.json.plan.id, second.id)
	assert.equal((await visitor.json(`/products/${slug}?plan=nonsense`)).json.plan.id, json.plans[0].id)
})

test('CAT-13 title, canonical address and structured data: product, an offer of each plan, the way to the page', async () => {
	const { html } = await visitor.get(`/products/${slug}?tab=guide`), { plans, summary } = (await visitor.json(`/products/${slug}`)).json
	assert.match(html, /<title>远山主机卫士 - 云市场<\/title>/)
	assert.ok(html.includes(`<link rel="canonical" href="${it.url}/products/${slug}">`))
	const data = JSON.parse(html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1])
	assert.equal(data['@context'], 'https://schema.org')
	const [product, crumbs] = data['@graph']
	assert.deepEqual([product['@type'], product.name, product.description, product.url], ['Product', '远山主机卫士', summary, `${it.url}/products/${slug}`])
	assert.equal(product.aggregateRating, undefined)
	const prices = plans.map(l => Math.min(...l.prices.map(r => r.price)))
	assert.equal(product.offers['@type'], 'AggregateOffer')
	assert.equal(product.offers.priceCurrency, 'CNY')
	assert.equal(product.offers.lowPrice, (Math.min(...prices) / 100).toFixed(2))
	assert.deepEqual(product.offers.offers.map(o => [o.name, o.price, o.availability, o.url]),
		plans.map((l, i) => [l.name, (prices[i] / 100).toFixed(2), 'https://schema.org/InStock', `${it.url}/products/${slug}?plan=${l.id}`]))
	assert.deepEqual(crumbs.itemListElement.map(c => c.position), [1, 2, 3])
	assert.equal(crumbs.itemListElement[2].item, product.url)
})

test('CAT-9 a product that is not listed is not there; a delisted one can be read but not bought', async () => {
	await it.sql("UPDATE product SET state = 'draft' WHERE slug = 'xinghe-retail'")
	await it.sql("UPDATE product SET state = 'delisted' WHERE slug = 'yunfan-crm'")
	try {
		assert.equal((await visitor.get('/products/xinghe-retail')).status, 404)
		assert.equal((await visitor.get('/products/no-such-product')).status, 404)
		const page = await visitor.get('/products/yunfan-crm')
		assert.equal(page.status, 200)
		assert.ok(page.text.includes('该商品已下架'))
		assert.ok(!page.html.includes('action="/checkout"'))
	} finally { await it.sql("UPDATE product SET state = 'listed' WHERE state IN ('draft', 'delisted')") }
})

test('ORD-10 both agreements can be read, with their versions', async () => {
	const platform = (await visitor.json('/agreements/platform')).json, product = (await visitor.json(`/agreements/product/${slug}`)).json
	assert.equal(platform.version, 1)
	assert.ok(platform.text.includes('云市场'))
	assert.ok(product.text.length > 20)
	assert.equal((await visitor.get('/agreements/product/no-such-product')).status, 404)
})

test('IFC-6 English by Accept-Language or by choice, kept in a cookie', async () => {
	const english = await visitor.get('/', { headers: { 'accept-language': 'en-GB,en;q=0.9' } })
	assert.match(english.html, /<html lang="en">/)
	assert.ok(english.text.includes('Popular products'))
	const chooser = it.client()
	const answer = await chooser.submit('/products?category=saas', { lang: 'en' }, { action: '/language' })
	assert.equal(answer.status, 303)
	assert.equal(answer.location, '/products?category=saas')
	assert.match((await chooser.get('/')).html, /<html lang="en">/)
})

test('IFC-5 nothing on these pages needs script', async () => {
	for (const path of ['/', '/products', `/products/${slug}`, '/login']) {
		const { html } = await visitor.get(path)
		assert.ok(!/ on[a-z]+="/.test(html), path)
		assert.deepEqual([...html.matchAll(/<script\b[^>]*>/g)].filter(([s]) => !/ src="\/static\/console\.js\?v=|ld\+json/.test(s)), [], path)
	}
})
