// Signing in and out, and the list of open sessions.
import { browser } from '../lib/browser.mjs'
import { assert, instance, test } from '../lib/harness.mjs'
import { enter, heading, signIn } from '../lib/journey.mjs'

const it = await instance({ parts: 'buyer provider operator nginx' })
const context = await browser({ viewport: { width: 1440, height: 900 } })

test('ACC-11 a wrong password is refused without telling which part was wrong; the name stays, the password does not', async () => {
	const page = await context.newPage()
	await page.goto(`${it.url}/login`)
	await signIn(page, 'buyer@demo.test', undefined, 'not-the-password')
	assert.match(await page.title(), /^错误：登录/)
	const said = await page.getByRole('alert').innerText()
	assert.match(said, /账号或密码不正确/)
	assert.equal(await page.getByLabel('邮箱、手机号或用户名').inputValue(), 'buyer@demo.test')
	assert.equal(await page.getByLabel('密码', { exact: true }).inputValue(), '')
	await signIn(page, 'nobody@demo.test')
	assert.equal(await page.getByRole('alert').innerText(), said)
	await page.close()
})

test('ACC-12 signing out ends the session and leads to the first page', async () => {
	const page = await enter(context, it, 'buyer@demo.test')
	await page.goto(`${it.url}/console/orders`)
	await page.getByRole('button', { name: '退出' }).click()
	await page.getByRole('link', { name: '登录' }).waitFor()
	assert.equal(new URL(page.url()).pathname, '/')
	await page.goBack()
	await page.goto(`${it.url}/console/orders`)
	await heading(page, '登录')
	await page.close()
})

test('ACC-12 a session is ended from another; ending all others leaves this one', async () => {
	const others = [await browser(), await browser()]
	const mine = await enter(context, it, 'buyer@demo.test'), theirs = []
	for (const c of others) theirs.push(await enter(c, it, 'buyer@demo.test'))
	await mine.getByRole('navigation').getByRole('link', { name: '登录会话' }).click()
	await heading(mine, '登录会话')
	const rows = mine.locator('tbody tr'), before = await rows.count()
	assert.equal(await rows.filter({ hasText: '当前会话' }).count(), 1)
	await rows.filter({ hasNotText: '当前会话' }).first().getByRole('button', { name: '结束' }).click()
	await mine.waitForLoadState()
	assert.equal(await rows.count(), before - 1)
	await mine.getByRole('button', { name: '结束其他全部会话' }).click()
	await mine.waitForLoadState()
	assert.equal(await rows.count(), 1)
	for (const p of theirs) {
		await p.goto(`${it.url}/console/orders`)
		await heading(p, '登录')
		await signIn(p, 'buyer@demo.test')
		await p.waitForURL(/\/console\/orders$/)
	}
	await mine.reload()
	await heading(mine, '登录会话')
})

test('ACC-2 everybody lands on the first page of the own portal', async () => {
	for (const [name, path] of [['buyer@demo.test', '/console'], ['provider@demo.test', '/provider'], ['finance@demo.test', '/ops']]) {
		await context.clearCookies()
		const page = await enter(context, it, name)
		assert.equal(new URL(page.url()).pathname, path)
		await page.close()
	}
})
