// What goes wrong on the way, and what the pages then say: nothing typed is lost, nothing happens twice.
import { browser, complaints } from '../lib/browser.mjs'
import { assert, instance, test, timeout, until } from '../lib/harness.mjs'
import { enter, fillReview, heading, order, payOn, reloadUntil, scan, signIn, startPayment, state } from '../lib/journey.mjs'

timeout(90)
const it = await instance()
const context = await browser()
const page = await enter(context, it, 'buyer@demo.test')
const wrong = complaints(page)
const slug = 'qinghe-bi'
const orders = async () => +(await it.one('SELECT COUNT(*) AS n FROM orders')).n
const button = name => page.getByRole('main').getByRole('button', { name, exact: true })
const link = name => page.getByRole('main').getByRole('link', { name, exact: true })

async function review() {
	await page.goto(`${it.url}/products/${slug}`)
	await button('立即购买').click()
	await heading(page, '核对信息')
}

test('ORD-10 IFC-4 an order without the agreements is refused: a summary with links, what was typed is kept', async () => {
	const before = await orders()
	await review()
	await page.getByLabel('手机号码').fill('1380013800')
	await page.getByLabel('备注').fill('请周一开通')
	await button('提交订单').click()
	const summary = page.getByRole('alert')
	await summary.waitFor()
	assert.match(await page.title(), /^错误：/)
	assert.ok(await summary.evaluate(e => e === document.activeElement), 'the summary has the focus')
	assert.deepEqual(await summary.getByRole('link').allInnerTexts(), ['请输入有效的手机号码', '请阅读并勾选服务协议'])
	assert.equal(await page.getByLabel('手机号码').inputValue(), '1380013800')
	assert.equal(await page.getByLabel('备注').inputValue(), '请周一开通')
	await summary.getByRole('link', { name: '请输入有效的手机号码' }).click()
	assert.ok(await page.getByLabel('手机号码').evaluate(e => e === document.activeElement), 'the link leads to the field')
	await summary.getByRole('link', { name: '请阅读并勾选服务协议' }).click()
	assert.ok(await page.getByRole('checkbox').evaluate(e => e === document.activeElement), 'and to the box')
	assert.equal(await page.getByRole('checkbox').getAttribute('aria-invalid'), 'true')
	assert.equal(await orders(), before)
	await fillReview(page)
	await button('提交订单').click()
	await page.waitForURL(/\/pay$/)
	assert.equal(await orders(), before + 1)
})

test('ORD-11 a double click on 提交订单 makes one order, with script and without', async () => {
	const plain = await enter(await browser({ javaScriptEnabled: false }), it, 'buyer@demo.test')
	for (const p of [page, plain]) {
		const before = await orders()
		await p.goto(`${it.url}/products/${slug}`)
		await p.getByRole('button', { name: '立即购买' }).click()
		await fillReview(p)
		await p.getByRole('button', { name: '提交订单' }).dblclick()
		// the second click ends the first one's navigation, which waitForURL takes for a failure
		await until(() => /\/pay$/.test(p.url()), 'the payment page')
		await p.waitForLoadState()
		assert.equal(await orders(), before + 1)
	}
})

test('ORD-11 the back button after submitting, and submitting again, leads to the same order; with something changed it asks first', async () => {
	const number = await order(page, it, slug), before = await orders()
	await page.goBack()
	await fillReview(page)
	await button('提交订单').click()
	await page.waitForURL(/\/pay$/)
	assert.equal(/orders\/(\d+)/.exec(page.url())[1], number)
	assert.equal(await orders(), before)
	await page.goBack()
	await fillReview(page)
	await page.getByLabel('备注').fill('另一笔')
	await button('提交订单').click()
	await page.getByRole('alert').getByText('您刚才已从本页提交过一笔订单').waitFor()
	assert.equal(await orders(), before)
	await page.getByRole('checkbox').check()
	await button('提交订单').click()
	await page.waitForURL(/\/pay$/)
	assert.equal(await orders(), before + 1)
})

test('MON-4 who refuses on the telephone can pay again', async () => {
	const number = await order(page, it, slug)
	const phone = await scan(context, it, await startPayment(page))
	await phone.getByRole('button', { name: '拒绝支付' }).click()
	await phone.getByText('支付失败').waitFor()
	await button('我已完成支付').click()
	await page.getByText('支付没有成功').waitFor()
	await link('重新支付').click()
	const again = await scan(context, it, await startPayment(page))
	await payOn(again)
	await heading(page, '支付成功')
	await page.goto(`${it.url}/console/orders/${number}`)
	await state(page).filter({ hasText: '已完成' }).waitFor()
	assert.match(await page.getByRole('region', { name: '支付记录' }).innerText(), /支付失败[\s\S]*支付成功|支付成功[\s\S]*支付失败/)
	await Promise.all([phone.close(), again.close()])
})

test('MON-5 a payment that has not arrived says so and asks not to pay twice', async () => {
	await order(page, it, slug)
	await startPayment(page)
	await button('我已完成支付').click()
	await page.getByText('尚未收到付款结果').waitFor()
	await page.getByRole('img', { name: '微信支付二维码' }).waitFor()
})

test('ORD-6 an order is cancelled after a question, and cannot be paid any more', async () => {
	const number = await order(page, it, slug)
	await page.goto(`${it.url}/console/orders/${number}`)
	await link('取消').click()
	await page.getByLabel('取消原因').fill('重复下单')
	await button('确认取消订单').click()
	await page.waitForURL(new RegExp(`/console/orders/${number}$`))
	assert.equal(await state(page).innerText(), '已取消')
	assert.match(await page.getByRole('region', { name: '订单动态' }).innerText(), /重复下单/)
	assert.equal(await link('支付').count(), 0)
	await page.goto(`${it.url}/console/orders/${number}/pay`)
	assert.ok(page.url().endsWith(`/console/orders/${number}`), 'the page to pay leads to the order')
})

test('ORD-6 an order that was not paid in time is cancelled, and its code is gone', async () => {
	const number = await order(page, it, slug), payment = await startPayment(page)
	await it.forward('25h')
	await page.goto(`${it.url}/console/orders/${number}`)
	assert.ok(page.url().includes('/login'), 'a session of twelve hours is over')
	await signIn(page, 'buyer@demo.test')
	await page.waitForURL(new RegExp(`/console/orders/${number}$`))
	await reloadUntil(page, '已取消')
	await page.goto(`${it.url}/console/payments/${payment}`)
	assert.equal(await page.getByRole('img', { name: '微信支付二维码' }).count(), 0)
	assert.equal(await button('我已完成支付').count(), 0)
	assert.equal(await link('重新支付').count(), 0)
})

test('IFC-5 no page of these complains in the console', async () => assert.deepEqual(wrong, []))
