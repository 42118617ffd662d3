// What a page costs does not grow with the store: rows that MariaDB reads for it, counted, at two sizes.
import { assert, instance, test, timeout } from '../lib/harness.mjs'
import { RARE, WORDS, addProducts, provider, rowsRead } from '../lib/large.mjs'

timeout(120)
const it = await instance({ parts: 'buyer nginx', options: ['--workers', '1'] })
const SMALL = 1000, LARGE = 20000, RATIO = 1.3, SLACK = 40, SEVERAL = 2500, LOOK = 2000, SHORT = 1000
const client = it.client({ cookie: 'a=b' })	// past the cache of the web server
const enc = encodeURIComponent
const SORTS = ['best', 'deals', 'newest', 'price_up', 'price_down', 'rating']
const [common, usual] = Object.keys(WORDS), rare = Object.keys(RARE)
const seldom = 'w2900'

/** Rows by address, after each has been asked for once. */
async function costs(paths) {
	const rows = {}
	for (const path of paths) {
		const answer = await client.json(path)
		assert.equal(answer.status, 200, path)
		rows[path] = await rowsRead(it, () => client.json(path))
	}
	return rows
}
/** The address of a page in the middle of a list. */
async function deep(path, pages = 12) {
	let after = ''
	for (let i = 0; i < pages; i++) after = (await client.json(`${path}&after=${after}`)).json.next
	return `${path}&after=${after}`
}

const filters = ['category=saas', 'category=cloud-resource', 'delivery=manual', 'billing=package', 'trial=1', 'rating=4', `provider=${provider + 200}`, 'price_min=100&price_max=1000',
	`q=${enc(common)}`, `q=${enc(usual)}`, `q=${enc(rare[0])}`]
const several = ['category=image-paid&delivery=automatic', 'delivery=manual&price_max=50', `q=${enc(rare.join(' '))}`, `q=${enc(`${usual}${common}`)}&category=saas`,
	`q=${enc(`${common} ${rare[1]}`)}&delivery=automatic`, 'category=saas&trial=1', 'rating=4&billing=yearly_monthly&price_min=10'].flatMap(f => SORTS.map(sort => `/products?${f}&sort=${sort}`))
const lists = SORTS.flatMap(sort => [`/products?sort=${sort}`, ...filters.map(f => `/products?${f}&sort=${sort}`)])
const others = ['/', '/products/large-7', `/providers/${provider + 200}`]
const hard = ['category=cloud-resource&trial=1&rating=5', 'delivery=manual&billing=package', `q=${seldom}&delivery=manual`, `q=${enc('安全 数据')}`, `q=${enc('安全 数据 平台')}&rating=5`, 'price_min=100&price_max=101', 'category=saas&delivery=none',
	`q=${seldom}&price_max=200`].flatMap(f => SORTS.map(sort => `/products?${f}&sort=${sort}`))

await addProducts(it, 0, SMALL)
const pathsDeep = []
for (const sort of SORTS) pathsDeep.push(await deep(`/products?sort=${sort}`), await deep(`/products?delivery=manual&sort=${sort}`))
const small = await costs([...lists, ...others]), smallDeep = await costs(pathsDeep)
await addProducts(it, SMALL, LARGE)
const large = await costs([...lists, ...others])

test(`CAT-12 a page of the storefront reads no more rows of ${LARGE} products than of ${SMALL}`, t => {
	const grown = Object.keys(small).filter(p => large[p] > small[p] * RATIO + SLACK)
	t.note(`rows of a page: ${Math.min(...Object.values(large))} to ${Math.max(...Object.values(large))}; of the first: ${large['/products?sort=best']}`)
	assert.deepEqual(grown.map(p => `${p}: ${small[p]} ${large[p]}`), [])
})

test('CAT-12 IFC-2 a page deep in a list reads as many rows as the first', async () => {
	const now = await costs(await Promise.all(SORTS.map(sort => deep(`/products?sort=${sort}`, 100))))
	const grown = Object.entries(now).filter(([p, n]) => n > large[p.replace(/&after=.*/, '')] * RATIO + SLACK)
	assert.deepEqual(grown, [])
	assert.ok(Object.values(smallDeep).every(n => n < 400))
})

test('CAT-12 several conditions at once cost a little more, whatever the size', async t => {
	const rows = await costs(several), most = Math.max(...Object.values(rows))
	t.note(`at most ${most} rows`)
	assert.ok(most < SEVERAL, JSON.stringify(rows, null, 1))
})

test('CAT-12 what hardly anything fits reads no more than its limit, and leads on to the end', async t => {
	const rows = await costs(hard), most = Math.max(...Object.values(rows))
	t.note(`at most ${most} rows`)
	// each row of the list that is gone along, with a look into each of the others
	assert.ok(most < (LOOK + SHORT) * 4, JSON.stringify(rows, null, 1))
})

test('CAT-12 what ends early leads on: all pages together have what the tables say', async () => {
	const expected = async where => (await it.sql(`SELECT p.slug FROM product p WHERE p.state = 'listed' AND ${where}`)).map(p => p.slug).sort()
	const all = async query => {
		const found = []
		for (let after = ''; after !== null;) {
			const { json } = await client.json(`/products?${query}&limit=100&after=${after}`)
			found.push(...json.items.map(i => i.slug))
			after = json.next
		}
		assert.equal(new Set(found).size, found.length, query)
		return found.sort()
	}
	const has = word => `EXISTS (SELECT 1 FROM product_term t WHERE t.product_id = p.id AND t.term = '${word}')`
	const saas = "p.category_code = 'saas'", manual = "p.delivery = 'manual'"
	for (const sort of SORTS) {
		assert.deepEqual(await all(`q=${enc('安全 数据')}&sort=${sort}`), await expected(`${has('安全')} AND ${has('数据')}`), sort)
		assert.deepEqual(await all(`q=${seldom}&delivery=manual&sort=${sort}`), await expected(`${has(seldom)} AND ${manual}`), sort)
		assert.deepEqual(await all(`category=saas&rating=5&trial=1&sort=${sort}`), await expected(`${saas} AND p.rating_n > 0 AND p.rating_sum >= 5 * p.rating_n AND ${has('=t*best')}`), sort)
		assert.deepEqual(await all(`category=saas&price_min=100&price_max=110&sort=${sort}`), await expected(`${saas} AND p.price_from BETWEEN 10000 AND 11000`), sort)
	}
})
