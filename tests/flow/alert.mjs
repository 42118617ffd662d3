// The spend alert, and gift money.  ACC-17, MON-3.
import { randomUUID } from 'node:crypto'
import { assert, instance, parallel, test, timeout } from '../lib/harness.mjs'
import { PRICE, World } from '../lib/world.mjs'

timeout(90)
const it = await instance({ parts: 'buyer operator callback nginx', options: [] })
await it.sql("UPDATE category_policy SET channels = 'balance,wechat,b2b' WHERE category_code = 'saas'")
const world = await World.make(it, { buyers: 2 })
const [buyer] = await parallel(1, i => world.person(i)), org = world.buyers[0]
const look = () => it.yunshi('jobs', '--once', '--only', 'spend_alert')
const told = async () => (await it.sql(`SELECT subject, amount FROM message_draft WHERE org_id = ${org} ORDER BY id`)).map(m => [m.subject, +m.amount])
const set = fields => buyer.submit('/console/billing/alert', fields, { action: '/console/billing/alert' })
const buy = async () => {
	const { number } = await world.order(0)
	assert.equal((await world.pay(0, [number], { channel: 'balance' })).rc, 'ok')
}
const LOW = '可用余额低于预警值', HIGH = '本月消费超过预警值'

test('ACC-17 what is switched on needs an amount: told at the field, and nothing typed is lost', async () => {
	for (const [fields, field, text] of [[{ balance_on: '1', on_balance: '' }, 'on_balance', '请填写大于 0 的金额'], [{ month_on: '1', on_month: '1.234' }, 'on_month', ''], [{ on_balance: '-5' }, 'on_balance', '']]) {
		const page = await set({ balance_on: null, on_balance: '', month_on: null, on_month: '', ...fields })
		assert.equal(page.status, 422)
		assert.match(page.html, new RegExp(`id="${field}-error">[^<]*${text}`))
		for (const v of Object.values(fields)) if (v.length > 1) assert.ok(page.html.includes(`value="${v}"`), v)
	}
	assert.equal((await it.sql('SELECT * FROM spend_alert')).length, 0)
})

test('ACC-17 one notice when the balance falls below, another only after it was above in between', async () => {
	await world.fund(0, 3 * PRICE)
	const saved = await set({ balance_on: '1', on_balance: String(PRICE / 100 * 2), month_on: null, on_month: '' })
	assert.deepEqual([saved.status, saved.location], [303, '/console/billing/alert?saved=1'])
	await look()
	assert.deepEqual(await told(), [])
	await buy()
	await look()
	assert.deepEqual(await told(), [])		// just at it is not below it
	await buy()
	await look()
	await look()
	assert.deepEqual(await told(), [[LOW, PRICE]])
	await world.fund(0, 5 * PRICE)
	await look()
	assert.deepEqual(await told(), [[LOW, PRICE]])
	for (let i = 0; i < 5; i++) await buy()
	await look()
	await look()
	assert.deepEqual(await told(), [[LOW, PRICE], [LOW, PRICE]])
})

test('ACC-17 one notice when the month\'s bill rises above, another in the next month', async () => {
	await set({ balance_on: null, on_balance: '', month_on: '1', on_month: String(PRICE / 100 * 8) })
	await look()
	assert.equal((await told()).length, 2)
	await world.fund(0, 3 * PRICE)
	await buy()
	await look()
	assert.equal((await told()).length, 2)
	await buy()
	await look()
	await look()
	assert.deepEqual((await told()).slice(2), [[HIGH, 9 * PRICE]])
	await it.sql(`UPDATE spend_alert SET month_told = month_told - INTERVAL 1 MONTH WHERE org_id = ${org}`)
	await look()
	await look()
	assert.equal((await told()).length, 4)
})

test('ACC-17 ACC-2 switched off nothing is said; a viewer sees the settings and cannot change them', async () => {
	await set({ balance_on: null, on_balance: '', month_on: null, on_month: '' })
	await it.sql(`UPDATE spend_alert SET balance_told = 0, month_told = NULL`)
	await look()
	assert.equal((await told()).length, 4)
	await it.sql(`UPDATE member SET roles = 8 WHERE org_id = ${org}`)
	const page = await buyer.get('/console/billing/alert')
	assert.ok(page.status === 200 && !page.html.includes('>保存<'))
	await it.sql(`UPDATE member SET roles = 1 WHERE org_id = ${org}`)
})

// ---- gift money -----------------------------------------------------------------------------------------------------------------

const finance = await it.client().signIn('finance@demo.test'), admin = await it.client().signIn('admin@demo.test')
const grant = { org: 'Org 8001', amount: '88.50', reason: '迁移补偿' }
const propose = (fields, who = finance) => who.submit('/ops/finance/gifts', { ...grant, ...fields }, { action: '/ops/finance/gifts' })
const gift = async () => +((await it.one(`SELECT balance FROM account WHERE owner = ${org} AND kind = 'gift'`))?.balance ?? 0)
const grants = () => it.sql('SELECT number, state FROM gift_grant ORDER BY id')

test('MON-3 each wrong field of a grant is told at the field, and nothing that was typed is lost', async () => {
	await it.sql(`UPDATE org SET paying_org_id = ${org} WHERE id = ${world.buyers[1]}`)
	for (const [field, value, text] of [['org', 'No such', '没有找到该买家组织'], ['org', 'Org 8002', '专区账号没有余额'], ['amount', '0', ''], ['amount', '-1', ''], ['amount', '1000000.01', ''], ['amount', '1.001', ''], ['reason', '', '']]) {
		const page = await propose({ [field]: value })
		assert.equal(page.status, 422, `${field} ${value}`)
		assert.match(page.html, new RegExp(`id="${field}-error">[^<]*${text}`), `${field} ${value}`)
		if (field !== 'reason') assert.ok(page.html.includes('value="迁移补偿"') && page.html.includes(`value="${value}"`))
	}
	assert.equal((await grants()).length, 0)
})

test('MON-3 gift money is there after another person approved it: not by the one who proposed, not twice', async () => {
	const form = (await finance.get('/ops/finance/gifts')).form('/ops/finance/gifts'), fields = { ...Object.fromEntries(form.controls.map(c => [c.name, c.value])), ...grant }
	const twice = await parallel(2, () => finance.post('/ops/finance/gifts', fields))
	assert.deepEqual(twice.map(a => a.status), [303, 303])
	const [{ number }, ...more] = await grants()
	assert.equal(more.length, 0)
	assert.equal(await gift(), 0)
	const own = await finance.get('/ops/finance/gifts')
	assert.ok(!own.html.includes(`/ops/finance/gifts/${number}/approve`))
	const csrf = form.controls.find(c => c.name === 'csrf').value
	const denied = await finance.post(`/ops/finance/gifts/${number}/approve`, { csrf, key: randomUUID() })
	assert.equal(denied.status, 422)
	assert.equal(await gift(), 0)
	assert.equal((await admin.submit('/ops/finance/gifts', {}, { action: `/ops/finance/gifts/${number}/approve` })).status, 303)
	assert.equal(await gift(), 8850)
	const again = (await admin.get('/ops/finance/gifts')).form('/ops/finance/gifts').controls.find(c => c.name === 'csrf').value
	assert.equal((await admin.post(`/ops/finance/gifts/${number}/approve`, { csrf: again, key: randomUUID() })).status, 422)
	assert.equal(await gift(), 8850)
	const { items } = (await buyer.json(`/console/billing/transactions?q=${number}`)).json
	assert.deepEqual(items.map(t => [t.account, t.kind, t.amount, t.number]), [['gift', 'gift_grant', 8850, number]])
	await world.audit()
})

test('MON-3 a refused grant gives nothing and says why; a reason is needed', async () => {
	await propose({ amount: '5' })
	const { number } = (await grants()).at(-1), path = `/ops/finance/gifts/${number}/refuse`
	assert.equal((await admin.submit('/ops/finance/gifts', { why: '' }, { action: path })).status, 422)
	assert.equal((await admin.submit('/ops/finance/gifts', { why: '金额不符' }, { action: path })).status, 303)
	assert.deepEqual([(await grants()).at(-1).state, await gift()], ['refused', 8850])
	assert.ok((await finance.get('/ops/finance/gifts?state=refused')).text.includes('金额不符'))
	const auditor = await it.client().signIn('support@demo.test')
	assert.equal((await auditor.get('/ops/finance/gifts')).status, 403)
})
