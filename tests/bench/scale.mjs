// What pages cost in a small store and in a large one, side by side: CPU time of application and MariaDB, and rows read; Markdown for doc/performance.md.
//	node tests/bench/scale.mjs [--products 100000] [--orders 1000000] [--requests 200] [--only store,orders]
// The small store has a thousand of each.  Only ratios within one run mean something.
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { Instance, makeTemplate, scratch } from '../lib/instance.mjs'
import { RARE, WORDS, addClaims, addOrders, addProducts, provider, rowsRead } from '../lib/large.mjs'
import { rmSync } from 'node:fs'

const options = { products: '100000', orders: '1000000', claims: '10000', requests: '200', only: 'store,orders' }
for (let i = 2; i < process.argv.length; i += 2) {
	const name = process.argv[i].replace(/^--/, '')
	if (!(name in options) || !process.argv[i + 1]) throw new Error(`scale: ${process.argv[i]}?`)
	options[name] = process.argv[i + 1]
}
const SMALL = 1000, requests = +options.requests, parts = options.only.split(','), rounds = 3
const say = text => process.stderr.write(`${text}\n`)
const enc = encodeURIComponent
const [everyone, usual, often, some, seldom] = Object.keys(WORDS), rare = Object.keys(RARE)

/** Microseconds on a processor, of a process and its children. */
const ticks = pid => { try { const s = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' '); return +s[11] + +s[12] } catch { return 0 } }
const children = pid => readdirSync('/proc').filter(p => /^\d+$/.test(p)).filter(p => { try { return +readFileSync(`/proc/${p}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1] === pid } catch { return false } })
const spent = it => 1e4 * [it.pid('store'), it.pid('buyer'), ...children(it.pid('buyer'))].reduce((n, p) => n + ticks(p), 0)

async function pageAt(client, path, pages) {
	let after = ''
	const join = path.includes('?') ? '&' : '?'
	for (let i = 0; i < pages; i++) after = (await client.json(`${path}${join}limit=100&after=${after}`)).json.next ?? after
	return `${path}${join}after=${after}`
}

const SORTS = { best: '综合', deals: 'sales', newest: 'newest', price_up: 'price up', price_down: 'price down', rating: 'rating' }
async function storePages(client) {
	const list = (name, query) => [name, `/products?${query}`]
	return [
		['first page', '/'], ['a product', '/products/large-7'], ['a provider', `/providers/${provider + 200}`],
		...Object.entries(SORTS).map(([sort, name]) => list(`all products by ${name}`, `sort=${sort}`)),
		['all products, 900 further', await pageAt(client, '/products?sort=deals', 9)],
		list('category', 'category=saas'), list('category by sales', 'category=saas&sort=deals'), list('category by price', 'category=saas&sort=price_up'),
		list('delivery', 'delivery=manual'), list('billing by rating', 'billing=package&sort=rating'), list('free trial, newest', 'trial=1&sort=newest'), list('4 stars by sales', 'rating=4&sort=deals'),
		list('a provider’s by price', `provider=${provider + 200}&sort=price_down`), list('price 100 to 1 000', 'price_min=100&price_max=1000'), list('price 100 to 1 000 by price', 'price_min=100&price_max=1000&sort=price_up'),
		list('category, delivery, price', 'category=saas&delivery=automatic&price_max=5000'), list('category, trial by sales', 'category=saas&trial=1&sort=deals'),
		list(`“${usual}”, in 30 % of all`, `q=${enc(usual)}`), list(`“${usual}” by sales`, `q=${enc(usual)}&sort=deals`), list(`“${often}”, 10 %`, `q=${enc(often)}`), list(`“${some}”, 3 %, by price`, `q=${enc(some)}&sort=price_up`),
		list(`“${usual}${often}”`, `q=${enc(usual + often)}`), list(`“${usual}” in a category`, `q=${enc(usual)}&category=saas`), list(`“${rare[0]}”, 20 products`, `q=${enc(rare[0])}`),
		list(`“${rare[0]}” by sales`, `q=${enc(rare[0])}&sort=deals`), list(`“${rare.join('')}”, both rare`, `q=${enc(rare.join(''))}`), list(`“${seldom} ${some}”, both 1–3 %`, `q=${enc(`${seldom} ${some}`)}`), list('a word that nobody has', 'q=zzqx'),
	]
}

async function orderPages(client, number) {
	const list = (name, query) => [name, `/console/orders${query}`]
	return [
		list('my orders', ''), ...['to_pay', 'processing', 'refunding', 'completed', 'cancelled'].map(s => list(`tab ${s}`, `?state=${s}`)),
		['my orders, 2 000 further', await pageAt(client, '/console/orders', 9)], list('kind', '?kind=change'), list('category', '?category=api'), list('pay-per-use', '?term=postpaid'),
		list('this year', '?range=this_year'), list('search: a whole number', `?q=${number}`), list('search: a product', `?q=${enc('少见')}`), list('search: nothing', '?q=zzqx'),
		['an order', `/console/orders/${number}`], ['console', '/console'], ['resources', '/console/resources'], ['my coupons', '/console/coupons'], ...['usable', 'locked', 'used', 'expired'].map(s => [`my coupons, ${s}`, `/console/coupons?state=${s}`]), ['my coupons, ending soon', '/console/coupons?sort=ending'],
	]
}

/** Of each page: microseconds of one request, median of the rounds, and rows read for one. */
async function measure(it, client, pages) {
	const result = {}
	for (const [name, path] of pages) {
		const answer = await client.get(path)
		if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
		for (let i = 0; i < 20; i++) await client.get(path)
		const times = []
		for (let r = 0; r < rounds; r++) {
			const before = spent(it)
			for (let i = 0; i < requests; i++) await client.get(path)
			times.push((spent(it) - before) / requests)
		}
		result[name] = { us: times.sort((a, b) => a - b)[1], rows: await rowsRead(it, () => client.get(path)) }
	}
	return result
}

function table(small, large, of) {
	const rows = Object.keys(large).map(name => {
		const s = small[name], l = large[name]
		return `| ${name} | ${Math.round(s.us)} | ${Math.round(l.us)} | ${(l.us / s.us).toFixed(2)} | ${s.rows} | ${l.rows} |`
	})
	return [`| page | µs, ${of[0]} | µs, ${of[1]} | ratio | rows, ${of[0]} | rows, ${of[1]} |`, '|---|---|---|---|---|---|', ...rows].join('\n')
}
const print = (title, text) => process.stdout.write(`\n### ${title}\n\n${text}\n`)

const template = scratch('template'), it = new Instance(scratch('scale'))
try {
	await makeTemplate(template)
	process.env.YUNSHI_TEST_TEMPLATE = template
	await it.start('buyer nginx', '--workers', '1')
	await it.sql('SET GLOBAL innodb_buffer_pool_size = 2 << 30')
	const visitor = it.client({ cookie: 'a=b' })
	if (parts.includes('store')) {
		await addProducts(it, 0, SMALL)
		const small = await measure(it, visitor, await storePages(visitor))
		say(`adding ${options.products} products`)
		await addProducts(it, SMALL, +options.products)
		print(`Storefront: ${SMALL} and ${options.products} products`, table(small, await measure(it, visitor, await storePages(visitor)), [SMALL, options.products]))
	}
	if (parts.includes('orders')) {
		const { id: buyer } = await it.one("SELECT m.org_id AS id FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")
		const client = await it.client().signIn('buyer@demo.test')
		const all = +options.orders
		await addOrders(it, buyer, 0, SMALL, SMALL)
		await addClaims(it, buyer, 0, 10)
		const { number } = await it.one(`SELECT number FROM orders WHERE buyer_id = ${buyer} AND state = 'completed' ORDER BY id DESC LIMIT 1`)
		const small = await measure(it, client, await orderPages(client, number))
		say(`adding ${all} orders`)
		for (let from = SMALL; from < all; from += 100_000) await addOrders(it, buyer, from, Math.min(all, from + 100_000), all)
		await addClaims(it, buyer, 10, +options.claims)
		print(`Console of one buyer: ${SMALL} and ${all} orders, 10 and ${options.claims} coupons`, table(small, await measure(it, client, await orderPages(client, number)), [SMALL, all]))
	}
} finally {
	await it.stop()
	rmSync(template, { recursive: true, force: true })
}
process.exit(0)	// what is imported for its instances would report tests
