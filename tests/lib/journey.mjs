// A buyer's way through the platform in a browser, step by step and in either language, as a person goes: by what is written on the page.
import { until } from './client.mjs'
import { assert } from './tap.mjs'

const zh = {
	search: '搜索', find: '数据看板', product: '青禾数据看板', category: 'SaaS 企业应用', plan: '团队版', dearer: '企业版', year: '1 年', buy: '立即购买',
	name: '邮箱、手机号或用户名', password: '密码', signIn: '登录', signOut: '退出', review: '核对信息', contact: '手机号码', submit: '提交订单', payNow: '立即支付',
	code: '微信支付二维码', havePaid: '我已完成支付', paid: '支付成功', toOrder: '查看我的订单', processing: '处理中', completed: '已完成', menu: '菜单',
	resources: '已购产品与服务', inUse: '使用中', address: '登录地址', reveal: '显示', secret: '查看保密字段', back: '返回资源页面',
}
const en = {
	search: 'Search', find: '数据看板', product: '青禾数据看板', category: 'SaaS business applications', plan: '团队版', dearer: '企业版', year: '1 year', buy: 'Buy now',
	name: 'E-mail, mobile number or user name', password: 'Password', signIn: 'Sign in', signOut: 'Sign out', review: 'Review', contact: 'Mobile number',
	submit: 'Place the order', payNow: 'Pay now', code: 'WeChat Pay code', havePaid: 'I have paid', paid: 'Payment succeeded', toOrder: 'View my order',
	processing: 'Processing', completed: 'Completed', menu: 'Menu', resources: 'Products and services', inUse: 'In use', address: 'Address', reveal: 'Show',
	secret: 'Secret field', back: 'Back to the resource',
}
export const words = { zh, en }

const button = (page, name) => page.getByRole('main').getByRole('button', { name, exact: true })
const link = (page, name) => page.getByRole('main').getByRole('link', { name, exact: true })
/** The state of what a page shows: the tag beside its heading. */
export const state = page => page.locator('.head .tag')
/** Waits for the page with this heading. */
export const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor()

/** Signs in on the page that asks for it. */
export async function signIn(page, name, w = zh, password = 'Yunshi-demo-1') {
	await page.getByLabel(w.name).fill(name)
	await page.getByLabel(w.password, { exact: true }).fill(password)
	await button(page, w.signIn).click()
	await page.waitForLoadState()
}

/** A signed-in person's page. */
export async function enter(context, it, name, w = zh) {
	const page = await context.newPage()
	await page.goto(`${it.url}/login`)
	await signIn(page, name, w)
	assert.ok(!page.url().includes('/login'), `${name} could not sign in`)
	return page
}

/** From the first page by search to the product's page. */
export async function find(page, it, w = zh, see = async () => {}) {
	await page.goto(it.url)
	await see(page)
	await page.getByRole('main').getByRole('searchbox').fill(w.find)
	await button(page, w.search).click()
	await heading(page, w.find)
	await see(page)
	await link(page, w.product).click()
	await heading(page, w.product)
	await see(page)
}

/** Plan, duration, quantity, and the button that leads to the review page, or to signing in before it. */
export async function choose(page, w = zh, quantity = 10) {
	await page.locator('.pick a', { hasText: w.dearer }).click()
	await page.locator('.pick a[aria-current]', { hasText: w.dearer }).waitFor()
	await page.locator('.pick a', { hasText: w.plan }).click()
	await page.locator('.pick a[aria-current]', { hasText: w.plan }).waitFor()
	await page.locator('.chipset label', { hasText: w.year }).click()
	await page.getByRole('spinbutton').fill(String(quantity))
	await button(page, w.buy).click()
}

/** Fills the review page in. */
export async function fillReview(page, w = zh) {
	await heading(page, w.review)
	await page.getByLabel(w.contact).fill('13800138000')
	await page.getByRole('checkbox').check()
}

/** A signed-in buyer's new order on its payment page: its number. */
export async function order(page, it, slug, w = zh) {
	await page.goto(`${it.url}/products/${slug}`)
	await button(page, w.buy).click()
	await fillReview(page, w)
	await button(page, w.submit).click()
	await page.waitForURL(/\/console\/orders\/\d+\/pay$/)
	return /orders\/(\d+)/.exec(page.url())[1]
}

/** From choosing the channel to its code: the payment's number. */
export async function startPayment(page, w = zh) {
	await button(page, w.payNow).click()
	await page.getByRole('img', { name: w.code }).waitFor()
	return /payments\/(\w+)/.exec(page.url())[1]
}

/** The buyer's telephone: the page that opens when the code of this payment is scanned. */
export async function scan(context, it, number) {
	const phone = await context.newPage()
	await phone.goto(it.sandboxUrl)
	await phone.getByRole('row', { name: number }).getByRole('link').click()
	await phone.waitForURL(/\/scan\//)
	return phone
}
export async function payOn(phone) {
	await phone.locator('form[action$="/pay"] button').click()
	await phone.locator('.tag.ok').waitFor()
}

/** Reloads until the page shows this state: what a person without script does. */
export async function reloadUntil(page, name) {
	await until(async () => { await page.reload(); return await state(page).innerText() === name }, name)
}

/** The whole purchase; `script` false: with buttons instead of waiting.  see(page) is called on every page. */
export async function purchase(page, it, { w = zh, script = true, see = async () => {} } = {}) {
	await find(page, it, w, see)
	await choose(page, w)
	await page.getByLabel(w.name).waitFor()
	await see(page)
	await signIn(page, 'buyer@demo.test', w)
	await fillReview(page, w)
	await see(page)
	await button(page, w.submit).click()
	await button(page, w.payNow).waitFor()
	await see(page)
	const number = await startPayment(page, w)
	assert.ok(await page.getByRole('img', { name: w.code }).evaluate(i => i.complete && i.naturalWidth > 0), 'the code is a picture')
	await see(page)
	process.kill(it.pid('jobs'), 'SIGSTOP')		// so that "processing" lasts until it has been seen
	const phone = await scan(page.context(), it, number)
	await see(phone)
	await payOn(phone)
	await see(phone)
	await phone.close()
	if (!script) await until(async () => { await button(page, w.havePaid).click(); return page.getByRole('heading', { level: 1, name: w.paid }).isVisible() }, w.paid)
	await heading(page, w.paid)
	await see(page)
	await link(page, w.toOrder).click()
	await page.waitForURL(/\/console\/orders\/\d+$/)
	assert.equal(await state(page).innerText(), w.processing)
	await see(page)
	process.kill(it.pid('jobs'), 'SIGCONT')
	if (!script) await reloadUntil(page, w.completed)
	await state(page).filter({ hasText: w.completed }).waitFor()
	await see(page)
	return { order: /orders\/(\d+)/.exec(page.url())[1], payment: number }
}

/** From the order to what was bought and its secret, which is the result. */
export async function use(page, { w = zh, see = async () => {} } = {}) {
	const menu = page.getByRole('link', { name: w.menu, exact: true })
	if (await menu.isVisible()) await menu.click()
	await page.getByRole('navigation').getByRole('link', { name: w.resources }).click()
	await page.waitForURL(/\/console\/resources$/)
	await see(page)
	await page.locator('tbody tr').first().getByRole('link', { name: w.product, exact: true }).click()
	assert.equal(await state(page).innerText(), w.inUse)
	await page.locator('.desc div', { hasText: w.address }).first().getByRole('link').waitFor()
	await see(page)
	await page.locator('.desc').getByRole('button', { name: w.reveal }).click()
	await heading(page, w.secret)
	await see(page)
	const secret = await page.locator('dd.mono').innerText()
	await link(page, w.back).click()
	await page.waitForURL(/\/console\/resources\/\d+$/)
	return secret
}
