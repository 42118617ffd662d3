// The provider's and the operator's side of a purchase, and what is closed to others.
import { browser, complaints } from '../lib/browser.mjs'
import { assert, instance, test, until } from '../lib/harness.mjs'
import { enter, heading, order, payOn, scan, startPayment } from '../lib/journey.mjs'

const it = await instance()
const wrong = []
const person = async name => {
	const page = await enter(await browser({ viewport: { width: 1440, height: 900 } }), it, name)
	wrong.push(complaints(page))
	return page
}
const buyer = await person('buyer@demo.test')
const number = await order(buyer, it, 'yunfan-flow')
const payment = await startPayment(buyer)
await payOn(await scan(buyer.context(), it, payment))
await heading(buyer, '支付成功')
await until(async () => (await it.one(`SELECT state FROM orders WHERE number = '${number}'`)).state === 'completed', 'the order is completed')

test('ACC-2 the provider sees the order of its product, and changes nothing', async () => {
	const page = await person('provider@demo.test')
	await heading(page, '服务商中心')
	await page.getByRole('row', { name: number }).waitFor()
	await page.getByRole('navigation').getByRole('link', { name: '订单' }).click()
	await heading(page, '订单')
	assert.match(await page.getByRole('row', { name: number }).innerText(), /已完成/)
	assert.equal(await page.getByRole('main').locator('form[method=post]').count(), 0)
})

test('ACC-14 the operator finds the order, and the audit log has what happened to it', async () => {
	const page = await person('admin@demo.test')
	await heading(page, '运营中心')
	await page.getByRole('navigation').getByRole('link', { name: '全部订单' }).click()
	await page.getByLabel('订单号').fill(number)
	await page.getByRole('button', { name: '查询' }).click()
	await page.waitForURL(/q=/)
	assert.equal(await page.locator('tbody tr').count(), 1)
	const { id } = await it.one(`SELECT id FROM orders WHERE number = '${number}'`)
	await page.getByRole('navigation').getByRole('link', { name: '审计日志' }).click()
	await page.getByLabel('对象编号').fill(id)
	await page.getByRole('button', { name: '查询' }).click()
	await page.waitForURL(/object=/)
	const log = await page.locator('tbody').innerText()
	for (const word of ['to_pay', 'processing', 'completed', '演示买方']) assert.ok(log.includes(word), `${word} in ${log}`)
	assert.equal(await page.getByRole('main').locator('form[method=post]').count(), 0)
})

test('ACC-2 ACC-3 a buyer is refused at the desks (403); an order of another company does not exist (404)', async () => {
	for (const path of ['/ops', '/ops/orders', '/ops/audit', '/provider', '/provider/orders']) {
		assert.equal((await buyer.goto(it.url + path)).status(), 403, path)
		await heading(buyer, '您没有此操作的权限')
		assert.ok(await buyer.getByRole('main').getByRole('link').count(), 'a way on')
	}
	const other = await person('buyer2@demo.test')
	for (const path of [`/console/orders/${number}`, `/console/orders/${number}/pay`, `/console/orders/${number}/cancel`, `/console/payments/${payment}`])
		assert.equal((await other.goto(it.url + path)).status(), 404, path)
	assert.ok(!(await other.content()).includes(number))
})

test('IFC-5 no page of these complains in the console', async () => assert.deepEqual(wrong.flat(), []))
