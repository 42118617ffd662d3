// Every page of a purchase and of the desks, for all who look at it: with a screen reader, at night, on a telephone, on paper.
import { accessibility, browser, complaints } from '../lib/browser.mjs'
import { assert, instance, test, timeout } from '../lib/harness.mjs'
import { enter, purchase, reloadUntil, use, words } from '../lib/journey.mjs'

timeout(240)
const it = await instance()
const context = await browser({ viewport: { width: 1440, height: 900 } })

// The page of components shows a part in each of its states, so that landmarks stand there several times.
const twice = /\/console\/components\D*landmark-unique/

/** What is wrong with the page in light and dark, and at these widths. */
async function faults(page) {
	const found = []
	for (const colorScheme of ['dark', 'light']) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
		found.push(...(await accessibility(page)).filter(f => !twice.test(page.url() + f)).map(f => `${colorScheme}: ${f}`))
	}
	for (const width of [320, 390, 1440]) {
		await page.setViewportSize({ width, height: 900 })
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
		if (wide > 0) found.push(`${width} px: ${wide} px too wide`)
	}
	return found.map(f => `${new URL(page.url()).pathname} ${f}`)
}

/** A look that collects what it finds. */
function looking(page) {
	const found = complaints(page), seen = new Set()
	return { found, seen, see: async p => { seen.add(new URL(p.url()).pathname); found.push(...await faults(p)) } }
}

let order
test('IFC-5 each page of a purchase: no fault of accessibility in light and dark, no complaint of the browser, nothing too wide at 320, 390, 1440', async () => {
	const page = await context.newPage(), { found, seen, see } = looking(page)
	order = (await purchase(page, it, { see })).order
	await use(page, { see })
	assert.ok(seen.size >= 12, [...seen].join(' '))
	assert.deepEqual(found, [])
	await page.close()
})

test('IFC-5 the other pages of visitors and buyers, likewise', async () => {
	const page = await context.newPage(), { found, see } = looking(page)
	const { id } = await it.one("SELECT id FROM coupon WHERE state = 'published' LIMIT 1"), coupon = `/coupons/${id}`
	for (const path of ['/products', '/products?category=saas', '/products?q=zzzz', '/agreements/platform', '/agreements/product/qinghe-bi', '/nothing-here', '/console',
		'/console/orders', '/console/orders?state=cancelled&q=zzzz', '/console/orders?from=2020-01-01&to=2026-01-01', `/console/orders/${order}`,
		'/console/resources?state=failed', '/console/settings/sessions', '/console/settings/organisation', '/console/components',
		'/console/coupons', '/products/yunfan-books', coupon]) {
		await page.goto(it.url + path)
		await see(page)
	}
	await page.goto(`${it.url}/console/orders?state=to_pay`)
	await page.locator('tbody').getByRole('link', { name: '取消' }).first().click()
	await see(page)
	await page.goto(`${it.url}/products/qinghe-bi`)
	await page.getByRole('button', { name: '立即购买' }).click()
	await page.getByRole('button', { name: '提交订单' }).click()
	await page.getByRole('alert').waitFor()
	await see(page)
	assert.deepEqual(found, [])
	await page.close()
})

test('IFC-5 the pages of provider, operator and sandbox, likewise', async () => {
	const found = [], { draft } = await it.one("SELECT id AS draft FROM coupon WHERE state = 'draft' AND name LIKE '年终%'")
	for (const [name, paths] of [['provider@demo.test', ['/provider', '/provider/orders', '/provider/coupons', '/provider/coupons/new', `/provider/coupons/${draft}`, `/provider/coupons/${draft}/edit`]], ['admin@demo.test', ['/ops', '/ops/orders', '/ops/audit', '/ops/finance/cases']]]) {
		const own = await browser(), page = await enter(own, it, name), look = looking(page)
		for (const path of paths) {
			assert.equal((await page.goto(it.url + path)).status(), 200, path)
			await look.see(page)
		}
		found.push(...look.found)
		await own.close()
	}
	const page = await context.newPage(), look = looking(page)
	for (const path of ['/', '/notices', '/provider', '/nothing-here']) {
		await page.goto(it.sandboxUrl + path)
		await look.see(page)
	}
	assert.deepEqual([...found, ...look.found], [])
	await page.close()
})

test('IFC-6 the longest words: English pages are not too wide either', async () => {
	const english = await browser({ locale: 'en-GB' }), page = await enter(english, it, 'buyer@demo.test', words.en), { found, see } = looking(page)
	for (const path of ['/', '/products', '/products/qinghe-bi', '/console', '/console/orders', `/console/orders/${order}`, '/console/resources', '/console/settings/sessions', '/console/coupons']) {
		await page.goto(it.url + path)
		await see(page)
	}
	assert.deepEqual(found, [])
	await english.close()
})

test('ORD-18 an order on paper: all amounts, no navigation, two sheets at most', async () => {
	const page = await context.newPage()
	await page.goto(`${it.url}/console/orders/${order}`)
	await reloadUntil(page, '已完成')
	await page.emulateMedia({ media: 'print' })
	const text = await page.evaluate(() => document.body.innerText)
	for (const word of [order, '¥8,280.00', '−¥1,380.00', '−¥345.00', '¥6,555.00', '6,555.00', '青禾数据看板', '微信支付', '已完成']) assert.ok(text.includes(word), `${word} on paper`)
	for (const word of ['买家中心', '已购产品与服务', '退出', 'English']) assert.ok(!text.includes(word), `no ${word} on paper`)
	const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
	assert.ok(pdf.startsWith('%PDF-'))
	assert.ok(pdf.match(/\/Type\s*\/Page\b/g).length <= 2, 'two sheets at most')
	await page.close()
})
