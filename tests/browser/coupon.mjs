// A coupon from the product's page to the order, with script and without.
import { browser, complaints } from '../lib/browser.mjs'
import { assert, instance, test } from '../lib/harness.mjs'
import { enter } from '../lib/journey.mjs'

const it = await instance({ parts: 'buyer nginx' })
const { id: plan } = await it.one("SELECT l.id FROM plan l JOIN product p ON p.id = l.product_id WHERE p.slug = 'yunfan-books' AND l.name = '代账版'")

for (const [who, javaScriptEnabled] of [['buyer@demo.test', true], ['buyer2@demo.test', false]])
	test(`ORD-15 ORD-12 claimed, chosen, ordered, and in the list, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
		const context = await browser({ viewport: { width: 1440, height: 900 }, javaScriptEnabled })
		const page = await enter(context, it, who), wrong = complaints(page)
		await page.goto(`${it.url}/products/yunfan-books`)
		await page.getByRole('button', { name: /领.*账房代账立减 300/ }).click()
		await page.waitForURL(/\/products\/yunfan-books$/)
		await page.goto(`${it.url}/checkout?plan=${plan}&duration=1-year&quantity=20`)
		const off = page.locator('[data-coupon-off]'), pays = page.locator('[data-payable]')
		assert.equal(await off.innerText(), '−¥300.00')
		const best = await pays.innerText()
		await page.getByRole('radio', { name: /新客首购 9 折/ }).check()
		const button = page.getByRole('button', { name: '更新金额' })
		assert.equal(await button.isVisible(), !javaScriptEnabled)
		if (!javaScriptEnabled) await button.click()
		await off.filter({ hasText: /^−¥2[0-9]{2}\.00$/ }).waitFor()
		const chosen = await pays.innerText()
		assert.notEqual(chosen, best)
		await page.getByLabel(/手机号码/).fill('13800001111')
		await page.getByRole('checkbox', { name: /我已阅读并同意/ }).check()
		await page.getByRole('button', { name: '提交订单' }).click()
		await page.waitForURL(/\/pay$/)
		assert.ok((await page.getByRole('main').innerText()).includes(chosen))
		await page.goto(`${it.url}/console/coupons?state=locked`)
		assert.match(await page.locator('tbody').innerText(), /新客首购 9 折[^]*待支付订单占用/)
		assert.deepEqual(wrong, [])
		await context.close()
	})
