// A supervised delivery as the buyer, the provider's engineer and the platform's mediator go through it: three rejections on either side, an appeal with
// questions and files, the clock moved on until the system accepts; another one that is late and ends with a part of the money back.
import { browser, complaints, viewer } from '../lib/browser.mjs'
import { assert, instance, test, timeout, until } from '../lib/harness.mjs'
import { enter, heading, order, payOn, scan, startPayment, state } from '../lib/journey.mjs'

timeout(240)
const it = await instance()
const wrong = [], see = viewer('delivery', wrong)
const person = async name => {
	const page = await enter(await browser({ viewport: { width: 1440, height: 900 } }), it, `${name}@demo.test`)
	wrong.push(complaints(page))
	return page
}
const [buyer, provider, mediator] = await Promise.all(['buyer', 'provider2', 'mediator'].map(person))

const main = page => page.getByRole('main')
const go = (page, name) => page.locator('.side').getByRole('link', { name }).first().click()
const file = (name, text) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
const row = number => it.one(`SELECT * FROM delivery WHERE number = '${number}'`)

/** Bought and paid on the storefront: its delivery's number. */
async function bought() {
	const number = await order(buyer, it, 'xinghe-custom-mini'), payment = await startPayment(buyer)
	const phone = await scan(buyer.context(), it, payment)
	await payOn(phone)
	await phone.close()
	await heading(buyer, '支付成功')
	await until(async () => it.one(`SELECT number FROM delivery WHERE order_number = '${number}'`), 'the delivery')
	return (await it.one(`SELECT number FROM delivery WHERE order_number = '${number}'`)).number
}

/** The page's form of this step, filled in and sent; then the page shows this state. */
async function step(page, number, event, text, shows, files = []) {
	const area = page === buyer ? '/console' : '/provider'
	if (new URL(page.url()).pathname !== `${area}/deliveries/${number}`) await page.goto(`${it.url}${area}/deliveries/${number}`)
	else await page.reload()
	const action = `form[action$="/${number}/${event}"]`, form = main(page).locator(action), fold = main(page).locator(`details:has(${action})`)
	if (await fold.count() && await fold.getAttribute('open') === null) await fold.locator('summary').click()
	if (text) await form.locator('textarea').fill(text)
	if (files.length) await form.locator('input[type=file]').setInputFiles(files)
	await form.locator('button[type=submit]').click()
	await state(page).first().filter({ hasText: shows }).waitFor()
}

test('DEL-5 DEL-6 DEL-7 requirement and acceptance, each rejected three times, with files, from the lists that show what is to be done', async () => {
	const number = await bought()
	await go(buyer, '交付中心')
	await see(buyer)
	await main(buyer).locator('tr', { hasText: number }).getByRole('link', { name: '提交需求' }).click()
	await see(buyer)
	await main(buyer).locator('form[action$="/require"] button[type=submit]').click()
	await main(buyer).locator('.err').first().waitFor()
	await see(buyer)
	for (let i = 1; i <= 4; i++) {
		await step(buyer, number, 'require', `小程序首页、预约、会员三个模块，第 ${i} 版`, '待确认需求', i === 1 ? [file('栏目清单.txt', '首页\n预约\n会员\n')] : [])
		if (i === 1) {
			await go(provider, '交付工作台')
			await see(provider)
			await main(provider).locator('tr', { hasText: number }).getByRole('link', { name: '确认需求' }).click()
			await see(provider)
			assert.equal((await buyer.request.get(`${it.url}${await main(buyer).getByRole('link', { name: '栏目清单.txt' }).getAttribute('href')}`)).status(), 200)
		}
		if (i < 4) await step(provider, number, 'reject', `请补充会员等级规则（${i}）`, '待提交需求')
	}
	await step(provider, number, 'confirm', '', '服务实施中')
	await step(provider, number, 'report', '接口已联调，正在做会员模块。', '服务实施中', [file('进度.txt', '60%')])
	await see(provider)
	for (let i = 1; i <= 4; i++) {
		await step(provider, number, 'submit', `第 ${i} 次提交验收：体验版已上传。`, '待用户验收')
		if (i < 4) await step(buyer, number, 'object', `会员等级仍不符合需求（${i}）`, '服务实施中')
	}
	await buyer.reload()
	await see(buyer)
	assert.deepEqual([(await row(number)).requirement_rejections, (await row(number)).acceptance_rejections], ['3', '3'])
})

test('DEL-8 the buyer appeals, the mediator asks both, who answer with files, and decides that it goes on', async () => {
	const { number } = await it.one("SELECT number FROM delivery WHERE acceptance_rejections = 3 AND state = 'awaiting_acceptance' ORDER BY id DESC LIMIT 1")
	await main(buyer).getByRole('link', { name: '发起申诉' }).click()
	await see(buyer)
	const open = main(buyer).locator('form[action$="/appeal"]')
	await open.locator('select[name=ground]').selectOption({ index: 1 }).catch(() => open.locator('[name=ground]').last().check())
	await open.locator('textarea').fill('四次提交都没有会员等级，请平台核实。')
	await open.locator('input[type=file]').setInputFiles([file('聊天记录.txt', '双方确认过会员等级')])
	await open.locator('button[type=submit]').click()
	await until(async () => (await row(number)).hold === 'appeal', 'the delivery is held')
	await see(buyer)
	await provider.reload()
	assert.equal(await main(provider).locator('#do form').count(), 0, 'nobody can act')
	await see(provider)
	await go(mediator, '申诉处理')
	await see(mediator)
	await main(mediator).locator('tr', { hasText: number }).getByRole('link').first().click()
	await see(mediator)
	for (const [side, question] of [['buyer', '合同附件里写了会员等级吗？'], ['provider', '会员等级为什么没有做？']]) {
		const ask = main(mediator).locator('form[action$="/ask"]')
		await ask.locator(`[name=side][value=${side}]`).check().catch(() => ask.locator('select[name=side]').selectOption(side))
		await ask.locator('textarea').fill(question)
		await ask.locator('button[type=submit]').click()
		await main(mediator).getByText(question).waitFor()
	}
	for (const [page, area, text] of [[buyer, 'console', '见需求单第 4 版。'], [provider, 'provider', '已在体验版第 4 版里，请重新查看。']]) {
		await page.goto(`${it.url}/${area}/deliveries/${number}/appeal`)
		await see(page)
		const answer = main(page).locator('form[action$="/answer"]')
		await answer.locator('textarea').fill(text)
		await answer.locator('input[type=file]').setInputFiles([file(`${area}.txt`, text)])
		await answer.locator('button[type=submit]').click()
		await main(page).getByText(text).waitFor()
	}
	await mediator.reload()
	await see(mediator)
	const decide = main(mediator).locator('form[action$="/decide"]')
	await decide.locator('button[type=submit]').click()
	await main(mediator).locator('.err').first().waitFor()
	await see(mediator)
	await decide.locator('[name=decision][value=continue]').check().catch(() => decide.locator('select[name=decision]').selectOption('continue'))
	await decide.locator('textarea').fill('体验版已包含会员等级，请买家在期限内重新验收。')
	await decide.locator('button[type=submit]').click()
	await until(async () => (await row(number)).hold === null, 'the delivery goes on')
	await see(mediator)
})

test('DEL-6 DEL-9 ACC-16 warned 7, 3 and 1 days before, accepted by the system after 30; the inbox tells it all', async () => {
	const { number } = await it.one("SELECT number FROM delivery WHERE acceptance_rejections = 3 AND state = 'awaiting_acceptance' ORDER BY id DESC LIMIT 1")
	const warned = async () => +(await it.one(`SELECT COUNT(*) AS n FROM message WHERE number = '${number}' AND event = 'acceptance_due'`)).n
	for (const [days, n] of [[23, 1], [4, 2], [2, 3]]) {
		await it.forward(`${days}d`)
		await until(async () => await warned() === n, `${n} warnings`)
	}
	await it.forward('2d')
	await until(async () => (await row(number)).state === 'completed', 'the system accepts')
	await enterAgain(buyer, 'buyer')
	await buyer.goto(`${it.url}/console/deliveries/${number}`)
	await state(buyer).first().filter({ hasText: '已完成' }).waitFor()
	await see(buyer)
	await buyer.goto(`${it.url}/console/inbox`)
	await see(buyer)
})

test('DEL-8 REF-4 the provider lets its step stand: an appeal, and the delivery closed with a part of the money back', async () => {
	const number = await bought(), { order_number } = await row(number)
	await step(buyer, number, 'require', '预约小程序，一个月内上线。', '待确认需求')
	await buyer.goto(`${it.url}/console/deliveries/${number}`)
	await main(buyer).getByText('服务商如果在').waitFor()
	await it.forward('6d')
	for (const [page, name] of [[buyer, 'buyer'], [mediator, 'mediator'], [provider, 'provider2']]) await enterAgain(page, name)
	await provider.goto(`${it.url}/provider/deliveries`)
	await main(provider).locator('tr', { hasText: number }).getByText('已超时').waitFor()
	await see(provider)
	await buyer.goto(`${it.url}/console/deliveries/${number}/appeal`)
	await main(buyer).locator('form[action$="/appeal"] textarea').fill('服务商一直没有确认。')
	await main(buyer).locator('form[action$="/appeal"] button[type=submit]').click()
	await until(async () => (await row(number)).hold === 'appeal', 'the delivery is held')
	const { appeal } = await it.one(`SELECT number AS appeal FROM appeal WHERE delivery_number = '${number}'`)
	await mediator.goto(`${it.url}/ops/appeals/${appeal}`)
	const decide = main(mediator).locator('form[action$="/decide"]')
	await decide.locator('[name=decision][value=close_partial]').check().catch(() => decide.locator('select[name=decision]').selectOption('close_partial'))
	await decide.locator('[name=amount]').fill('99999999.00')
	await decide.locator('textarea').fill('服务商未履行。')
	await decide.locator('button[type=submit]').click()
	await main(mediator).locator('.err').first().waitFor()
	await decide.locator('[name=amount]').fill('500.00')
	await decide.locator('button[type=submit]').click()
	await until(async () => (await row(number)).state === 'closed', 'it is closed')
	await buyer.goto(`${it.url}/console/deliveries/${number}`)
	await see(buyer)
	await buyer.goto(`${it.url}/console/orders/${order_number}`)
	await see(buyer)
	const { back } = await it.one(`SELECT SUM(payable) AS back FROM orders WHERE refunds_id = (SELECT id FROM (SELECT id FROM orders WHERE number = '${order_number}') o)`)
	assert.equal(Math.abs(+back), 50000)
})

test('MON-2 IFC-5 the books hold, no page is at fault', async () => {
	await until(async () => (await it.tryYunshi('audit')).status === 0, 'books that hold and a log that is sealed')
	assert.deepEqual(wrong.flat(), [])
})

/** Sessions end as time goes by. */
async function enterAgain(page, name) {
	await page.goto(`${it.url}/login`)
	if (!await page.getByLabel('密码', { exact: true }).count()) return
	await page.getByLabel('邮箱、手机号或用户名').fill(`${name}@demo.test`)
	await page.getByLabel('密码', { exact: true }).fill('Yunshi-demo-1')
	await main(page).getByRole('button', { name: '登录', exact: true }).click()
	await page.waitForLoadState()
}
