// The whole purchase, from the first page to the password of what was bought: with script, without, in English.
import { browser, complaints } from '../lib/browser.mjs'
import { assert, instance, test, timeout } from '../lib/harness.mjs'
import { purchase, use, words } from '../lib/journey.mjs'

timeout(120)
const it = await instance()

test('ORD-10 IFC-5 a visitor finds a product, signs in, pays on the telephone, and the pages move on by themselves', async () => {
	const page = await (await browser({ viewport: { width: 1440, height: 900 } })).newPage()
	const wrong = complaints(page)
	const bought = await purchase(page, it)
	assert.match(await page.getByRole('main').innerText(), /应付金额 ¥6,555\.00[^]*现金 ¥6,555\.00[^]*实付 ¥6,555\.00/)
	assert.match(await use(page), /^\S{8,}$/)
	assert.deepEqual(wrong, [])
	assert.equal((await it.one(`SELECT state FROM orders WHERE number = '${bought.order}'`)).state, 'completed')
})

test('IFC-5 the same without script, on a telephone', async () => {
	const page = await (await browser({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, javaScriptEnabled: false })).newPage()
	await purchase(page, it, { script: false })
	assert.match(await use(page), /^\S{8,}$/)
})

test('IFC-6 the same in English', async () => {
	const page = await (await browser({ locale: 'en-GB' })).newPage()
	const seen = new Set()
	const see = async p => {
		seen.add(await p.getAttribute('html', 'lang'))
		const text = await p.evaluate(() => [...document.querySelectorAll('h2,label,button,th,dt,.top,.foot')].map(e => e.innerText).join(' '))
		assert.ok(!/订单|支付|登录|数量|状态/.test(text), `Chinese on ${p.url()}: ${/.{0,20}(订单|支付|登录|数量|状态).{0,20}/.exec(text)?.[0]}`)
	}
	await purchase(page, it, { w: words.en, see })
	assert.match(await use(page, { w: words.en, see }), /^\S{8,}$/)
	assert.deepEqual([...seen], ['en'])
})
