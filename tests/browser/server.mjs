// A server and the image on it, put together with script: the sum follows the choice; two things on one review page, whose sums follow the coupons.
import { accessibility, browser, complaints } from '../lib/browser.mjs'
import { assert, instance, test } from '../lib/harness.mjs'
import { enter } from '../lib/journey.mjs'

const it = await instance({ parts: 'buyer nginx' })
const context = await browser({ viewport: { width: 390, height: 844 } })
const page = await enter(context, it, 'buyer@demo.test'), wrong = complaints(page)
const json = async address => (await context.request.get(it.url + address, { headers: { accept: 'application/json' } })).json()
const plan = async slug => (await json(`/products/${slug}`)).plans[0]
const next = async name => { await page.getByRole('button', { name, exact: true }).click(); await page.waitForLoadState() }
const yuan = fen => `¥${(fen / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`

test('CAT-6 CAT-4 the sum follows every choice without a new page, and the review page says the same', async () => {
	const image = await plan('yunfan-wordpress')
	await page.goto(`${it.url}/products/yunfan-wordpress?plan=${image.id}`)
	await next('立即购买')
	assert.deepEqual(await accessibility(page), [])
	await page.getByRole('link', { name: '选购云服务器' }).click()
	const total = page.locator('#price .pay dd'), before = await total.innerText(), address = page.url()
	await page.getByRole('radio', { name: /4 核 8 GB/ }).check()
	await total.filter({ hasNotText: before }).waitFor()
	assert.equal(page.url(), address)
	assert.ok(!await page.getByRole('button', { name: '更新价格' }).isVisible())
	for (const [heading, choose] of [['镜像', /云市 LNMP/], ['存储与带宽', /200 GB/], ['安全组与主机', /仅内网互通/]]) {
		await next('下一步')
		await page.getByRole('heading', { level: 2, name: heading }).waitFor()
		await page.getByRole('radio', { name: choose }).check()
		assert.deepEqual(await accessibility(page), [])
	}
	await page.getByLabel(/主机名称/).fill('web-01')
	await page.locator('#price').filter({ hasText: '仅内网互通' }).waitFor()
	const sum = await total.innerText()
	await next('确认配置，核对信息')
	assert.equal(await page.locator('[data-payable]').innerText(), sum)
	assert.equal(await page.getByLabel(/弹性云服务器 的资源名称/).inputValue(), 'web-01')
	assert.ok((await page.getByRole('main').innerText()).includes('安装到本次购买的：弹性云服务器'))
	assert.deepEqual(wrong, [])
})

test('CAT-14 one row of tags more without a new page, at most ten', async () => {
	const add = page.getByRole('button', { name: '添加一行' }), keys = page.getByLabel('标签键')
	for (let i = 1; i < 10; i++) {
		await keys.nth(i - 1).fill(`key ${i}`)
		await add.click()
	}
	assert.equal(await keys.count(), 10)
	assert.ok(!await add.isVisible())
	assert.deepEqual(await keys.evaluateAll(all => all.map(e => e.name)), ['tag', ...Array.from({ length: 9 }, (_, i) => `tag.${i + 2}`)])
	await page.getByRole('button', { name: '提交订单' }).click()
	await page.getByRole('alert').waitFor()
	assert.equal(await page.getByLabel('标签键').nth(8).inputValue(), 'key 9')
	assert.deepEqual(await accessibility(page), [])
})

test('ORD-12 ORD-5 two things: each has its coupons, and the sum of both follows', async () => {
	const { id } = await it.one("SELECT l.id FROM plan l JOIN product p ON p.id = l.product_id WHERE p.slug = 'yunfan-books' AND l.name = '代账版'"), other = await plan('changfeng-monitor')
	const query = coupon => `/checkout?${new URLSearchParams({ plan: id, duration: '1-year', quantity: 20, 'plan.2': other.id, 'duration.2': other.prices[0].duration, 'quantity.2': other.quantity_min, ...coupon })}`
	await page.goto(it.url + query())
	const pays = page.locator('[data-payable]'), best = await json(query()), plain = await json(query({ coupon: 0 }))
	assert.ok(best.payable < plain.payable, 'there is a coupon for it')
	assert.equal(await pays.innerText(), yuan(best.payable))
	await page.locator('input[name=coupon][value="0"]').check()
	assert.equal(await pays.innerText(), yuan(plain.payable))
	assert.equal(await page.locator('[data-coupon-off]').innerText(), '¥0.00')
	await page.getByLabel(/手机号码/).fill('13800001111')
	await page.getByRole('checkbox', { name: /我已阅读并同意/ }).check()
	await page.getByRole('button', { name: '提交订单' }).click()
	await page.waitForURL(/\/pay$/)
	assert.ok((await page.getByRole('main').innerText()).includes(yuan(plain.payable)))
	assert.deepEqual(wrong, [])
})
