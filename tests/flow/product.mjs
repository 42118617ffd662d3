// The page of a product: what a choice costs, wherever it is asked; what is sold how; tabs; what search engines read.
import { assert, fill, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const visitor = it.client(), buyer = await it.client().signIn('buyer@demo.test'), plain = await it.client().signIn('buyer2@demo.test')
const ecs = 'ziying-ecs', ocr = 'lingxi-ocr', traffic = 'ziying-traffic', guard = 'yuanshan-guard'
const yuan = fen => `¥${(fen / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`
const product = async (slug, who = visitor) => (await who.json(`/products/${slug}`)).json
const sum = rows => rows.reduce((all, r) => all + r.amount, 0)
/** Fields of a choice; options as {disk: 'd100'}. */
const query = ({ options = {}, ...fields }) => new URLSearchParams([...Object.entries(fields), ...Object.entries(options).map(([k, v]) => [`options:${k}`, v])]).toString()
const price = (slug, choice, who = visitor) => who.json(`/products/${slug}/price?${query(choice)}`)
const pick = list => list[Math.floor(Math.random() * list.length)]

/** The first choice of each option but for these. */
const chosen = (plan, more = {}) => ({ ...Object.fromEntries(plan.options.map(o => [o.code, o.choices[0].code])), ...more })

/** A choice of this plan that can be bought. */
function choiceOf(plan) {
	const steps = Math.min(20, (plan.quantity_max - plan.quantity_min) / plan.quantity_step)
	return {
		plan: plan.id, quantity: plan.quantity_min + plan.quantity_step * Math.floor(Math.random() * (steps + 1)), ...(plan.prices.length && { duration: pick(plan.prices).duration }),
		options: Object.fromEntries(plan.options.map(o => [o.code, pick(o.choices).code])),
	}
}

test('CAT-4 page, price and checkout say the same of any choice, for every buyer; its lines sum to it', async () => {
	for (const slug of [ecs, 'yunfan-crm', 'yunfan-books', traffic, 'ziying-eip', guard, ocr])
		for (const plan of (await product(slug)).plans.filter(l => !l.sold_out)) {
			const choice = choiceOf(plan), shown = []
			for (const who of [visitor, plain, buyer]) {
				const { status, json } = await price(slug, choice, who)
				assert.equal(status, 200, JSON.stringify([slug, choice, json]))
				assert.equal(sum(json.rows), json.total)
				const page = await who.get(`/products/${slug}?${query(choice)}`), model = await who.json(`/products/${slug}?${query(choice)}`)
				assert.deepEqual(model.json.price, json)
				assert.ok(page.text.includes(yuan(json.total)), `${slug} ${yuan(json.total)}`)
				shown.push(json)
				if (who === visitor) continue
				const [item] = (await who.json(`/checkout?${query(choice)}`)).json.items
				const rows = item.price.filter(r => r.kind !== 'coupon')
				assert.deepEqual(rows.map(r => [r.kind, r.amount]), json.rows.map(r => [r.kind, r.amount]), slug)
				assert.equal(item.list_total, json.list_total)
			}
			assert.deepEqual(shown[0], shown[1], 'who has agreed on nothing pays what a visitor sees')
			const agreed = shown[2].rows.find(r => r.kind === 'agreed_discount')
			assert.equal(!!agreed, shown[0].total > 0, 'the first buyer has an agreed discount')
			if (agreed) assert.ok(Math.abs(shown[2].total - shown[0].total * 0.95) <= 1)
		}
})

test('CAT-3 ORD-10 several options are chosen each by itself, and each is a line with its name', async () => {
	const [plan] = (await product(ecs)).plans
	const choice = { plan: plan.id, quantity: 2, duration: '1-month', options: chosen(plan, { region: 'west', disk: 'd100', net: 'n5' }) }
	const { json } = await price(ecs, choice)
	const base = plan.prices[0].price
	assert.deepEqual(json.rows.map(r => [r.name, r.amount]), [['目录价', 2 * base], ['系统盘: 100 GB', 2 * Math.round(base * .14)], ['公网带宽: 5 Mbit/s', 2 * Math.round(base * .72)], ['区域: 西南', -2 * Math.round(base * .05)]])
	const page = await visitor.get(`/products/${ecs}?${query(choice)}`)
	const sent = fill(page.form('/checkout'), {})
	assert.deepEqual(Object.fromEntries(sent.filter(([k]) => k.startsWith('options')).map(([k, v]) => [k.slice(8), v])), choice.options)
	assert.deepEqual([Object.fromEntries(sent).quantity, Object.fromEntries(sent).duration], ['2', '1-month'])
	const review = await buyer.json(`/checkout?${new URLSearchParams(sent)}`)
	assert.deepEqual(Object.fromEntries(review.json.items[0].options.split(',').map(o => o.split('='))), choice.options)
	assert.deepEqual(review.json.items[0].price.map(r => r.name).slice(0, 4), json.rows.map(r => r.name), 'and the review page calls them the same')
	assert.equal((await price(ecs, { plan: plan.id, duration: '1-month', quantity: 1, options: { region: 'west' } })).json.errors[0].field, 'options')
})

test('CAT-4 the duration discount is a line of its own', async () => {
	const { plans } = await product(ecs), [plan] = plans, year = plan.prices.find(r => r.duration === '3-year')
	const { json } = await price(ecs, { plan: plan.id, quantity: 1, duration: '3-year', options: chosen(plan, { region: 'north', disk: 'd40', net: 'n1' }) })
	assert.deepEqual(json.rows.map(r => [r.kind, r.amount]), [['list_price', 36 * plan.prices[0].price], ['duration_discount', year.price - 36 * plan.prices[0].price]])
	assert.deepEqual([json.unit_price, json.total], [year.price, year.price])
})

test('CAT-14 CAT-8 a price shows what each component has in it, to the fen', async () => {
	const [plan] = (await product(ecs)).plans
	assert.deepEqual(plan.parts.map(r => [r.name, r.bound]), [['系统盘', true], ['公网带宽', true]])
	for (let i = 0; i < 10; i++) {
		const choice = { ...choiceOf(plan), options: chosen(plan, { region: pick(['north', 'west']), disk: pick(['d40', 'd100', 'd200']), net: pick(['n1', 'n10']) }) }
		for (const who of [visitor, buyer]) {
			const { json } = await price(ecs, choice, who)
			assert.deepEqual(json.shares.map(s => s.name), [plan.name, '系统盘', '公网带宽'])
			assert.equal(sum(json.shares), json.total)
			assert.equal(json.shares[1].amount > 0, choice.options.disk !== 'd40')
		}
	}
	const page = await visitor.get(`/products/${ecs}`)
	assert.ok(page.text.includes('费用构成') && page.text.includes('系统盘 已包含') && page.text.includes('每台开通为独立资源'))
})

const crm = await product('yunfan-crm'), team = crm.plans.find(l => l.name === '团队版')
const bad = [
	[{ quantity: 4 }, 'quantity', '数量不在可购买的范围内'], [{ quantity: 101 }, 'quantity', '数量不在可购买的范围内'], [{ quantity: 0 }, 'quantity', ''], [{ quantity: -5 }, 'quantity', ''],
	[{ quantity: 'ten' }, 'quantity', ''], [{ quantity: '1e1' }, 'quantity', ''], [{ quantity: '5.5' }, 'quantity', ''], [{ quantity: '99999999999999999999' }, 'quantity', ''],
	[{ duration: '2-month' }, 'duration', '不提供这个购买时长'], [{ duration: 'month' }, 'duration', '不提供这个购买时长'], [{ duration: '0-month' }, 'duration', ''],
	[{ duration: '-1-month' }, 'duration', ''], [{ duration: 'x'.repeat(21) }, 'duration', ''], [{ options: { edition: 'make' } }, 'options', '没有这个配置项'],
	[{ 'options': { '': '' } }, 'options', ''], [{ usage: -1 }, 'usage', ''], [{ usage: 'much' }, 'usage', ''], [{ quantity: '"><b>' }, 'quantity', ''],
]

test('CAT-15 IFC-4 a choice that is not offered is told at its field, nothing chosen is lost; programs and script get the same answer', async () => {
	const good = { plan: team.id, quantity: 10, duration: '1-year' }
	assert.equal((await price('yunfan-crm', good)).status, 200)
	for (const [change, field, text] of bad) {
		const choice = { ...good, ...change }, what = JSON.stringify(change)
		const { status, json } = await price('yunfan-crm', choice)
		assert.equal(status, 422, what)
		assert.equal(json.errors[0].field, field, what)
		assert.ok(json.errors[0].message.includes(text), what)
		const part = await visitor.get(`/products/yunfan-crm/price?${query(choice)}`)
		assert.equal(part.status, 422, what)
		assert.ok(part.html.includes(`data-field="${field}"`) && part.text.includes(json.errors[0].message), what)
		const page = await visitor.get(`/products/yunfan-crm?${query(choice)}`)
		assert.equal(page.status, 422, what)
		assert.match(page.html, /<title>错误：/, what)
		assert.ok(page.html.includes(`href="#${field}"`), what)
		assert.ok(!page.html.includes('"><b>'), what)
		if (field === 'usage') continue
		const kept = Object.fromEntries(fill(page.form('/checkout'), {}))
		assert.equal(kept.plan, team.id, what)
		assert.equal(kept.quantity, String(choice.quantity), what)
		if (field !== 'duration') assert.equal(kept.duration, '1-year', what)
		if (field !== 'options') assert.match(page.html, new RegExp(`id="${field}-error"[^>]*>[^<]+<`), what)
	}
	assert.equal((await visitor.json(`/products/yunfan-crm?${query({ ...good, quantity: 4 })}`)).status, 422)
})

test('CAT-4 the price of what is not there is not there', async () => {
	const other = (await product(ecs)).plans[0]
	for (const plan of [other.id, '1', 'x', '0', '18446744073709551616']) assert.equal((await price('yunfan-crm', { plan, quantity: 5, duration: '1-month' })).status, 404, plan)
	assert.equal((await price('no-such-product', {})).status, 404)
	await it.sql("UPDATE product SET state = 'delisted' WHERE slug = 'yunfan-crm'")
	try { assert.equal((await price('yunfan-crm', {})).status, 404) } finally { await it.sql("UPDATE product SET state = 'listed' WHERE slug = 'yunfan-crm'") }
	assert.equal((await price('yunfan-crm', {})).json.plan, crm.plans[0].id)
})

test('CAT-4 a visitor’s price may be kept for seconds, that of a person never, a refused one never', async () => {
	const choice = { plan: team.id, quantity: 10, duration: '1-year' }
	for (const path of ['/products/yunfan-crm/price', '/products/yunfan-crm']) {
		const seen = await visitor.get(`${path}?${query(choice)}`)
		assert.match(seen.headers['cache-control'], /^public, max-age=\d{1,2}$/, path)
		assert.equal(seen.headers['set-cookie'], undefined)
		assert.equal((await buyer.get(`${path}?${query(choice)}`)).headers['cache-control'], 'no-store', path)
		assert.equal((await visitor.get(`${path}?${query({ ...choice, quantity: 1 })}`)).headers['cache-control'], 'no-store', path)
	}
	// asked by a visitor, a buyer and the visitor again: nobody gets another's through the web server
	const totals = []
	for (const who of [visitor, buyer, visitor, it.client()]) totals.push((await price('yunfan-crm', choice, who)).json.total)
	assert.ok(totals[1] < totals[0])
	assert.deepEqual([totals[2], totals[3]], [totals[0], totals[0]])
})

test('CAT-3 pay-per-use: tiers, nothing to pay now, and what a month would cost', async () => {
	const plan = (await product(ocr)).plans.find(l => l.billing_mode === 'pay_per_use')
	assert.deepEqual(plan.tiers, [{ above: 0, price: 0, per: 1 }, { above: 500, price: 6, per: 1 }, { above: 10000, price: 5, per: 1 }, { above: 100000, price: 3800, per: 1000 }])
	const page = await visitor.get(`/products/${ocr}?plan=${plan.id}`)
	for (const words of ['阶梯价', '500 – 10000 ¥0.06 / 1 次', '100000 – ¥38.00 / 1000 次', '现在支付 ¥0.00', '下单时不收费']) assert.ok(page.text.includes(words), words)
	for (const [usage, cost] of [[0, 0], [500, 0], [501, 6], [20000, 9500 * 6 + 10000 * 5], [150000, 9500 * 6 + 90000 * 5 + 50 * 3800]]) {
		const { json } = await price(ocr, { plan: plan.id, quantity: 1, usage })
		assert.deepEqual([json.usage_cost, json.total], [cost, 0], String(usage))
	}
	assert.ok((await visitor.get(`/products/${ocr}?plan=${plan.id}&usage=20000`)).text.includes('预计每月费用 ¥1,070.00'))
	assert.equal((await price(ocr, { plan: plan.id, quantity: 1, usage: '9999999999999' })).json.errors[0].field, 'usage')
	assert.equal((await price(ocr, { plan: plan.id, quantity: 1, duration: '1-month' })).status, 200, 'a duration is not asked for')
})

test('CAT-7 a package says what it covers, how much, and that it may begin later', async () => {
	const plan = (await product(traffic)).plans[1], page = await visitor.get(`/products/${traffic}?plan=${plan.id}&quantity=3`)
	assert.deepEqual([plan.usage_name, plan.package_units, plan.begin_later], ['公网流量（GB）', 1024, true])
	for (const words of ['每个含公网流量（GB） 1024', '可在下单时选择生效日期', '公网流量（GB） 3072', '6 个月']) assert.ok(page.text.includes(words), words)
	assert.equal((await price(traffic, { plan: plan.id, quantity: 3, duration: '6-month' })).json.package_units, 3072)
})

test('CAT-3 CAT-15 plans stand by billing mode, with the range of their quantity, trial and stock', async () => {
	const page = await visitor.get(`/products/yunfan-crm?plan=${team.id}`)
	assert.ok(page.text.includes('购买范围 5–100') && page.text.includes('5 账号起购'))
	assert.match(page.html, /<li class="mode">包年\/包月<\/li>.*团队版.*<li class="mode">免费<\/li>.*体验版.*试用/s)
	const stock = n => it.sql(`UPDATE plan SET stock = ${n} WHERE id = ${team.id}`)
	try {
		await stock(7)
		assert.ok((await visitor.get(`/products/yunfan-crm?plan=${team.id}&`)).text.includes('仅剩 7'))
		assert.equal((await price('yunfan-crm', { plan: team.id, quantity: 7, duration: '1-year' })).status, 200)
		const over = await price('yunfan-crm', { plan: team.id, quantity: 8, duration: '1-year' })
		assert.deepEqual([over.status, over.json.errors[0].field, over.json.errors[0].message], [422, 'quantity', '该规格库存不足'])
		await stock(4)
		const gone = await visitor.get(`/products/yunfan-crm?plan=${team.id}&v=2`)
		assert.ok(gone.text.includes('已售罄'))
		assert.ok(!/<button[^>]*>立即购买/.test(gone.html))
		assert.match(gone.html, /schema.org\/SoldOut/)
	} finally { await stock('NULL') }
})

test('CAT-15 an API product has its document as the first tab: address, method, return type, parameters by place, codes, samples', async () => {
	const { api } = await product(ocr), page = await visitor.get(`/products/${ocr}`)
	assert.equal(api.calls.length, 1)
	const [call] = api.calls, address = `${it.sandboxUrl}/api/${ocr}/v1/invoice`
	assert.deepEqual([call.method, call.address, call.returns], ['post', address, 'JSON'])
	assert.deepEqual(call.parameters.map(p => p.place), ['header', 'header', 'header', 'query', 'body', 'body'], 'by place')
	for (const words of ['API 接口', '调用地址', 'POST', '返回类型 JSON', '请求头（Headers）', 'Authorization string 是', '查询参数（Query）', '请求体（Body）', '返回码', '40001 图片无法读取'])
		assert.ok(page.text.includes(words), words)
	assert.ok(page.html.includes(`curl -X POST &#39;${address}?detail=true&#39; \\\n`), 'a sample keeps its lines')
	assert.match(page.html, /tab=api#tabs" aria-current="page"/)
	assert.ok(!page.text.includes('图片处理后即时删除'))
	assert.ok((await visitor.get(`/products/${ocr}?tab=details`)).text.includes('图片处理后即时删除'))
	const before = (await it.one(`SELECT HEX(t.api_doc) AS doc FROM product_text t JOIN product p ON p.id = t.product_id WHERE p.slug = '${ocr}'`)).doc
	const set = doc => it.sql(`UPDATE product_text t JOIN product p ON p.id = t.product_id SET t.api_doc = X'${doc}' WHERE p.slug = '${ocr}'`)
	try {
		for (const broken of ['{', '[]', '{"calls":[{}]}', '{"calls":{}}']) {
			await set(Buffer.from(broken).toString('hex'))
			const shown = await visitor.get(`/products/${ocr}?v=${encodeURIComponent(broken)}`)
			assert.equal(shown.status, 200, broken)
			assert.ok(!shown.text.includes('API 接口'), broken)
		}
	} finally { await set(before) }
})

test('CAT-15 the choice goes along from tab to tab', async () => {
	const choice = { plan: team.id, quantity: 10, duration: '1-year' }
	const page = await visitor.get(`/products/yunfan-crm?${query(choice)}`)
	const guide = page.html.match(/href="([^"]*tab=guide[^"]*)"/)[1].replaceAll('&amp;', '&')
	const kept = Object.fromEntries(fill((await visitor.get(guide.split('#')[0])).form('/checkout'), {}))
	assert.deepEqual([kept.plan, kept.quantity, kept.duration], [team.id, '10', '1-year'])
})

test('CAT-12 CAT-13 deals and rating are shown; a rating is told to search engines only when there is one', async () => {
	const ld = html => JSON.parse(html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1])['@graph'][0]
	const fresh = await visitor.get(`/products/${guard}`)
	assert.ok(fresh.text.includes('还没有评价') && !ld(fresh.html).aggregateRating)
	await it.sql(`UPDATE product SET rating_sum = 14, rating_n = 3, deals = 5107 WHERE slug = '${guard}'`)
	const page = await visitor.get(`/products/${guard}?tab=reviews`)
	for (const words of ['交易成功 5107', '4.7 / 5 3 条评价', '累计评价 3']) assert.ok(page.text.includes(words), words)
	assert.deepEqual(ld(page.html).aggregateRating, { '@type': 'AggregateRating', ratingValue: '4.7', reviewCount: 3, bestRating: '5' })
	const metered = ld((await visitor.get(`/products/${ocr}`)).html).offers.offers[0]
	assert.deepEqual([metered.priceSpecification['@type'], metered.priceSpecification.price, metered.priceSpecification.referenceQuantity.value], ['UnitPriceSpecification', '0.06', 1])
})

test('CAT-13 the sitemap names every listed product once, and no other', async () => {
	const robots = await visitor.get('/robots.txt')
	assert.equal(robots.headers['content-type'], 'text/plain; charset=utf-8')
	for (const line of ['Disallow: /console', 'Disallow: /ops', 'Disallow: /provider/', `Sitemap: ${it.url}/sitemap.xml`]) assert.ok(robots.html.split('\n').includes(line), line)
	await it.sql("UPDATE product SET state = 'draft' WHERE slug = 'yunfan-hr'")
	try {
		const index = await visitor.get('/sitemap.xml'), locations = text => [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(m => m[1])
		assert.equal(index.headers['content-type'], 'application/xml')
		const parts = locations(index.html), found = []
		assert.deepEqual(parts, [`${it.url}/sitemaps/0`])
		for (const part of parts) found.push(...locations((await visitor.get(new URL(part).pathname)).html))
		const listed = await it.sql("SELECT slug FROM product WHERE state = 'listed' ORDER BY id"), categories = await it.sql('SELECT code FROM category ORDER BY position')
		assert.deepEqual(found, ['/', '/products', ...categories.map(c => `/products?category=${c.code}`), ...listed.map(p => `/products/${p.slug}`)].map(p => it.url + p))
		const { id } = await it.one("SELECT MAX(id) AS id FROM product WHERE state = 'listed'")
		assert.deepEqual(locations((await visitor.get(`/sitemaps/${id}`)).html), [])
		for (const part of ['x', '-1', '1.5', '18446744073709551616']) assert.equal((await visitor.get(`/sitemaps/${part}`)).status, 404, part)
	} finally { await it.sql("UPDATE product SET state = 'listed' WHERE slug = 'yunfan-hr'") }
})

test('CAT-13 a large catalogue is told in parts, each as large as may be', async () => {
	const n = 49000, locations = text => [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(m => m[1])
	await it.sql(`INSERT INTO product (id, slug, provider_id, category_code, state, name, summary, delivery, agreement_version, created_at)
		SELECT seq, CONCAT('many-', seq), 1, 'saas', 'listed', '', '', 'none', 1, '2026-01-01' FROM seq_1_to_${n + 1}`)
	try {
		// with another language, that the web server does not give what it kept
		const reader = it.client({ 'accept-language': 'en' }), parts = locations((await reader.get('/sitemap.xml')).html)
		assert.deepEqual(parts, [`${it.url}/sitemaps/0`, `${it.url}/sitemaps/${n}`])
		const [first, second] = [locations((await reader.get('/sitemaps/0')).html), locations((await reader.get(`/sitemaps/${n}`)).html)]
		assert.ok(first.length <= 50000)
		assert.equal(first.filter(l => l.includes('/products/')).length, n)
		assert.equal(second[0], `${it.url}/products/many-${n + 1}`)
		assert.equal(new Set([...first, ...second]).size, first.length + second.length)
		assert.equal(second.length - 1, +(await it.one(`SELECT COUNT(*) AS n FROM product WHERE state = 'listed' AND id > ${n + 1}`)).n)
	} finally { await it.sql(`DELETE FROM product WHERE id <= ${n + 1}`) }
})
