// The storefront's lists: filters, ways to sort, words, paging; what is found is compared with what the tables say.
import { assert, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const visitor = it.client()
const SORTS = ['best', 'deals', 'newest', 'price_up', 'price_down', 'rating']
const enc = encodeURIComponent

// Some products are rated, one delivers nothing: what the demo does not have.
await it.sql(`UPDATE product SET rating_n = 4 + id % 3, rating_sum = (4 + id % 3) * (1 + id % 5) WHERE id % 2 = 0;
	UPDATE product SET delivery = 'none' WHERE slug = 'yuanshan-guard';
	DELETE FROM product_term; DELETE FROM term_count;`)
await it.yunshi('jobs', '--only', 'product_rank', '--once')

const all = (await it.sql(`SELECT p.id, p.slug, p.name, p.summary, p.category_code AS category, p.provider_id AS provider, p.delivery, p.price_from AS price, p.deals, p.listed_at,
	p.rating_sum / NULLIF(p.rating_n, 0) AS stars, l.modes, l.trial
	FROM product p JOIN (SELECT product_id, GROUP_CONCAT(DISTINCT billing_mode) AS modes, MAX(trial) AS trial FROM plan WHERE on_sale = 1 GROUP BY product_id) l ON l.product_id = p.id
	WHERE p.state = 'listed'`))
	.map(p => ({ ...p, price: +p.price, deals: +p.deals, stars: +(p.stars ?? 0), modes: p.modes.split(','), trial: p.trial === '1' }))

/** Every item of a list, page by page as `next` leads; fails when one stands twice. */
async function everything(query, limit = 7) {
	const items = []
	for (let after = ''; after !== null; ) {
		const page = await visitor.json(`/products?${query}&limit=${limit}&after=${after}`)
		assert.equal(page.status, 200, query)
		assert.ok(page.json.items.length <= limit)
		items.push(...page.json.items)
		after = page.json.next
	}
	assert.equal(new Set(items.map(i => i.slug)).size, items.length, query)
	return items
}
const slugs = items => items.map(i => i.slug).sort()

test('CAT-12 each way to sort gives every product once, in its order, page by page', async () => {
	const key = {
		deals: i => -i.deals, price_up: i => i.price_from, price_down: i => -i.price_from,
		newest: i => -Date.parse(all.find(p => p.slug === i.slug).listed_at), rating: i => -all.find(p => p.slug === i.slug).stars,
	}
	for (const sort of SORTS) {
		const items = await everything(`sort=${sort}`)
		assert.deepEqual(slugs(items), slugs(all), sort)
		if (key[sort]) for (let i = 1; i < items.length; i++) assert.ok(key[sort](items[i - 1]) <= key[sort](items[i]), `${sort} ${i}`)
		assert.deepEqual((await everything(`sort=${sort}`, 100)).map(i => i.slug), items.map(i => i.slug), sort)
	}
})

test('CAT-12 each filter alone and with each way to sort gives what the tables say', async () => {
	const filters = {
		'category=saas': p => p.category === 'saas', 'delivery=manual': p => p.delivery === 'manual', 'delivery=none': p => p.delivery === 'none',
		'billing=package': p => p.modes.includes('package'), 'billing=one_off': p => p.modes.includes('one_off'), 'rating=4': p => p.stars >= 4, 'rating=1': p => p.stars >= 1,
		'trial=1': p => p.trial, [`provider=${all[0].provider}`]: p => p.provider === all[0].provider,
		'price_min=100': p => p.price >= 10000, 'price_max=99.99': p => p.price <= 9999, 'price_min=50&price_max=500': p => p.price >= 5000 && p.price <= 50000, 'price_max=0': p => p.price === 0,
	}
	for (const [query, fits] of Object.entries(filters)) {
		const expected = slugs(all.filter(fits))
		assert.ok(expected.length > 0 && expected.length < all.length, query)
		for (const sort of SORTS) assert.deepEqual(slugs(await everything(`${query}&sort=${sort}`)), expected, `${query} ${sort}`)
	}
})

test('CAT-12 filters narrow each other, with words too', async () => {
	const has = (p, word) => (p.name + '\n' + p.summary).includes(word)
	const both = {
		'category=saas&billing=yearly_monthly': p => p.category === 'saas' && p.modes.includes('yearly_monthly'),
		'category=saas&price_max=200&delivery=automatic': p => p.category === 'saas' && p.price <= 20000 && p.delivery === 'automatic',
		'category=image-paid&delivery=manual': p => p.category === 'image-paid' && p.delivery === 'manual',
		'rating=3&trial=1': p => p.stars >= 3 && p.trial,
	}
	for (const [query, fits] of Object.entries(both))
		for (const sort of SORTS) assert.deepEqual(slugs(await everything(`${query}&sort=${sort}`, 3)), slugs(all.filter(fits)), `${query} ${sort}`)
	const word = '管理', named = all.filter(p => has(p, word))
	for (const sort of SORTS) {
		const found = slugs(await everything(`q=${enc(word)}&sort=${sort}`, 4))
		for (const p of named) assert.ok(found.includes(p.slug), `${sort} ${p.name}`)
		const saas = slugs(await everything(`q=${enc(word)}&category=saas&sort=${sort}`, 4))
		assert.deepEqual(saas, found.filter(s => all.find(p => p.slug === s).category === 'saas'), sort)
	}
})

test('CAT-12 what has the word in its name stands before what has it elsewhere', async () => {
	const items = await everything(`q=${enc('企业')}`), named = items.map(i => i.name.includes('企业'))
	assert.ok(named.includes(true) && named.includes(false))
	assert.ok(named.lastIndexOf(true) < named.indexOf(false))
})

test('CAT-12 every word counts: a whole name finds its product, one word more finds nothing', async () => {
	for (const p of all) {
		const found = (await visitor.json(`/products?limit=100&q=${enc(p.name)}`)).json
		assert.ok(found.items.some(i => i.slug === p.slug), p.name)
		assert.ok(found.items.length < 10, p.name)
		assert.equal((await visitor.json(`/products?q=${enc(`${p.name} zzqx`)}`)).json.items.length, 0, p.name)
	}
})

test('CAT-12 one character, half a word, capitals, full width and punctuation', async () => {
	const guard = async q => (await visitor.json(`/products?limit=100&q=${enc(q)}`)).json.items.some(i => i.slug === 'yuanshan-guard')
	for (const q of ['卫', '主机卫士', '远山 主机', '卫士远山', '远山，主机！', '  远山  ']) assert.ok(await guard(q), q)
	const crm = q => visitor.json(`/products?q=${enc(q)}`).then(a => a.json.items.map(i => i.slug))
	assert.deepEqual(await crm('ＣＲＭ'), await crm('crm'))
	assert.deepEqual(await crm('CrM'), await crm('crm'))
	assert.ok((await crm('crm')).length > 0)
})

test('CAT-12 too many words are refused at their field, never dropped', async () => {
	const words = 'a b c d e f g h i'
	const json = await visitor.json(`/products?q=${enc(words)}`), page = await visitor.get(`/products?q=${enc(words)}`)
	assert.equal(json.status, 422)
	assert.equal(json.json.errors[0].field, 'q')
	assert.equal(page.status, 422)
	assert.ok(page.text.includes('8 个词'))
	assert.ok(page.html.includes(`value="${words}"`))
	assert.equal((await visitor.get(`/products?q=${enc('a b c d e f g h')}`)).status, 200)
})

test('CAT-12 filters that cannot be are refused at their field, with what was typed', async () => {
	const bad = {
		'price_min=500&price_max=50': 'price_max', 'price_min=-1': 'price_min', 'price_min=abc': 'price_min', 'price_max=1.234': 'price_max', 'price_max=1e9': 'price_max',
		'price_max=99999999999999999999': 'price_max', 'delivery=pigeon': 'delivery', 'billing=%27': 'billing', 'rating=6': 'rating', 'rating=0': 'rating', 'provider=x': 'provider', 'provider=-1': 'provider',
		'sort=cheapest': 'sort', 'sort=best&sort=best': 'sort',
	}
	for (const [query, field] of Object.entries(bad)) {
		const json = await visitor.json(`/products?${query}`), page = await visitor.get(`/products?${query}`)
		assert.equal(json.status, 422, query)
		assert.equal(json.json.errors[0].field, field, query)
		assert.equal(page.status, 422, query)
		assert.match(page.html, /class="errsum"/, query)
	}
	const page = await visitor.get('/products?price_min=500&price_max=50')
	assert.ok(page.text.includes('最高价不能低于最低价'))
	assert.match(page.html, /id="price_max"[^>]* value="50"/)
	assert.match(page.html, /id="price_min"[^>]* value="500"/)
})

test('CAT-12 the number of products is exact where it is known, and so shown', async () => {
	const first = await visitor.get('/products')
	assert.ok(first.text.includes(`${all.length} 件商品`))
	const saas = all.filter(p => p.category === 'saas').length
	assert.ok((await visitor.get('/products?category=saas&limit=3')).text.includes(`${saas} 件商品`))
	const both = all.filter(p => p.category === 'saas' && p.price <= 20000).length
	const json = (await visitor.json('/products?category=saas&price_max=200&limit=2')).json
	assert.deepEqual([json.count, json.count_exact], [both, true])
	assert.equal((await visitor.json('/products?q=zzqx')).json.count, 0)
})

test('CAT-12 categories tell how many products they have; other filters stay when another is chosen', async () => {
	const page = await visitor.get('/products')
	for (const category of ['saas', 'api', 'image-paid'])
		assert.match(page.html, new RegExp(`category=${category}"[^>]*>[^<]*<span class="count">${all.filter(p => p.category === category).length}</span>`))
	const narrowed = await visitor.get('/products?delivery=manual&sort=price_up')
	assert.ok(narrowed.html.includes('href="/products?delivery=manual&amp;sort=price_up&amp;category=saas"'))
	assert.match(narrowed.html, /<input type="hidden" name="sort" value="price_up">/)
})

test('CAT-12 nothing found: each filter can be dropped from there', async () => {
	const page = await visitor.get(`/products?category=saas&delivery=manual&price_max=0.01&q=${enc('不存在')}`)
	assert.equal(page.status, 200)
	assert.ok(page.text.includes('没有找到相关商品'))
	const links = [...page.html.matchAll(/<li><a href="([^"]+)">去掉/g)].map(m => m[1].replaceAll('&amp;', '&'))
	assert.equal(links.length, 4)
	for (const link of links) assert.equal((await visitor.get(link)).status, 200, link)
})

test('CAT-12 a provider has a page: name, contact, what it sells; nobody else has', async () => {
	const { id, name, phone } = await it.one("SELECT o.* FROM org o JOIN product p ON p.provider_id = o.id WHERE p.slug = 'yuanshan-guard'")
	const page = await visitor.get(`/providers/${id}`), json = (await visitor.json(`/providers/${id}`)).json
	assert.equal(page.status, 200)
	assert.ok(page.text.includes(name) && page.html.includes(`tel:${phone}`))
	assert.deepEqual(slugs(json.items), slugs(all.filter(p => p.provider === id)))
	assert.ok(page.html.includes(`<link rel="canonical" href="${it.url}/providers/${id}">`))
	assert.ok((await visitor.get('/products')).html.includes('/products/yuanshan-guard'))
	const buyer = await it.one("SELECT id FROM org WHERE kind = 'buyer' LIMIT 1")
	for (const other of [buyer.id, '0', '1', 'x', '99999999999999999999999', '-1']) assert.equal((await visitor.get(`/providers/${other}`)).status, 404, other)
})

test('CAT-13 the list of a category is for search engines, filtered and sorted ones are not', async () => {
	const canonical = html => /<link rel="canonical" href="([^"]+)">/.exec(html)[1], hidden = html => html.includes('<meta name="robots" content="noindex">')
	const category = (await visitor.get('/products?category=saas')).html
	assert.equal(canonical(category), `${it.url}/products?category=saas`)
	assert.match(category, /<title>SaaS 企业应用 - 云市场<\/title>/)
	assert.ok(!hidden(category) && !hidden((await visitor.get('/products')).html))
	const list = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(category)[1])
	assert.equal(list['@type'], 'ItemList')
	assert.ok(list.itemListElement.every((e, i) => e.position === i + 1 && e.url.startsWith(`${it.url}/products/`)))
	for (const query of ['q=crm', 'category=saas&sort=deals', 'category=saas&price_max=9', 'limit=10', 'category=none', 'trial=1', 'category=saas&after=' + (await visitor.json('/products?category=saas&limit=1')).json.next]) {
		const { html } = await visitor.get(`/products?${query}`)
		assert.ok(hidden(html), query)
		assert.equal(canonical(html), `${it.url}/products${query.includes('category=saas') ? '?category=saas' : ''}`, query)
	}
})

test('IFC-4 hostile words are words: nothing breaks, nothing is run', async () => {
	const strings = ["' OR 1=1 --", '"); DROP TABLE product; --', '%', '_', '\\', '*deals', '=c:saas*best', '=t*best', '<script>alert(1)</script>', '{{7*7}}', '\u202e', '\ufeff', 'null', '0', '𠀀', '🙂', 'e\u0301',
		'a'.repeat(60), '云'.repeat(16), '\u00d7\u00f7', 'İ', 'ß', '\uff05\uff3f', '-1', '+', '&', '#']
	for (const q of strings) {
		const page = await visitor.get(`/products?q=${enc(q)}`), json = await visitor.json(`/products?q=${enc(q)}`)
		assert.ok([200, 422].includes(page.status), q)
		assert.equal(json.status, page.status, q)
		assert.ok(!page.html.includes('<script>alert'), q)
	}
	for (const q of ['*deals', '*', '=t*best', '%']) assert.equal((await visitor.json(`/products?q=${enc(q)}`)).json.items.length, 0, q)
})

test('IFC-6 the list in English', async () => {
	const page = await it.client({ 'accept-language': 'en' }).get('/products?category=saas&trial=1&sort=price_up&price_max=9999')
	for (const text of ['products', 'Free trial', 'Price: low to high', 'Up to ¥9,999.00', 'Delivery', 'Billing']) assert.ok(page.text.includes(text), text)
	assert.ok(!/[\u4e00-\u9fff]/.test(page.text.replace(/[\s\S]*<h1/, '').match(/Sort by[^]*?products/)?.[0] ?? ''))
})

test('CAT-12 the kept numbers are those of the lists', async () => {
	assert.deepEqual(await it.sql(`SELECT k.term FROM term_count k LEFT JOIN (SELECT term, COUNT(*) AS n FROM product_term GROUP BY term) t ON t.term = k.term
		WHERE k.n <> COALESCE(t.n, 0) UNION SELECT t.term FROM product_term t LEFT JOIN term_count k ON k.term = t.term WHERE k.term IS NULL`), [])
})
