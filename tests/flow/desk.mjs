// The provider's portal and the operator's desk: who sees what, search, paging; open sessions and organisations.
import { assert, fill, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer provider operator nginx' })
const people = {}
for (const name of ['buyer', 'provider', 'provider2', 'admin', 'finance', 'support']) people[name] = await it.client().signIn(`${name}@demo.test`)
const { provider, provider2, admin, finance, support, buyer } = people
const orgOf = async email => (await it.one(`SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = '${email}@demo.test'`)).org

const day = number => number.replace(/^(....)(..)(..).*/, '$1-$2-$3')

async function everything(client, path, limit) {
	const items = []
	for (let after = ''; after !== null; ) {
		const page = (await client.json(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}&after=${after}`)).json
		items.push(...page.items)
		after = page.next
	}
	return items
}

test('ACC-3 a provider sees the orders of its products and no others', async () => {
	const mine = await everything(provider, '/provider/orders', 13), theirs = await everything(provider2, '/provider/orders', 100)
	assert.equal(mine.length, +(await it.one(`SELECT COUNT(*) AS n FROM orders WHERE provider_id = ${await orgOf('provider')}`)).n)
	assert.ok(mine.length && theirs.length && mine.every(o => !theirs.some(t => t.number === o.number)))
	const page = await provider.get('/provider')
	assert.equal(page.status, 200)
	assert.match(page.html, /<a href="\/provider" aria-current="page">/)
})

test('ACC-2 each console is for its own people', async () => {
	for (const path of ['/provider', '/provider/orders']) assert.equal((await buyer.get(path)).status, 403, path)
	for (const path of ['/ops', '/ops/orders', '/ops/audit', '/ops/finance/cases'])
		for (const client of [buyer, provider]) assert.equal((await client.get(path)).status, 403, path)
	for (const path of ['/console', '/console/orders', '/console/resources']) assert.equal((await provider.get(path)).status, 403, path)
	for (const path of ['/provider', '/ops', '/ops/orders']) assert.equal((await it.client().get(path)).status, 303, path)
})

test('ACC-2 the audit log is for administrators, the finance desk for finance', async () => {
	assert.equal((await admin.get('/ops/audit')).status, 200)
	for (const client of [finance, support]) assert.equal((await client.get('/ops/audit')).status, 403)
	assert.equal((await finance.get('/ops/finance/cases')).status, 200)
	assert.equal((await support.get('/ops/finance/cases')).status, 403)
	const nav = (await support.get('/ops')).html
	assert.ok(nav.includes('href="/ops/orders"') && !nav.includes('href="/ops/audit"') && !nav.includes('href="/ops/finance/cases"'))
})

test('ORD-17 the desk finds an order by its whole number, of any buyer', async () => {
	const [{ number }] = await it.sql('SELECT number FROM orders ORDER BY RAND(7) LIMIT 1')
	assert.deepEqual((await admin.json(`/ops/orders?q=${number}`)).json.items.map(o => o.number), [number])
	assert.ok((await everything(admin, `/ops/orders?range=own&from=${day(number)}&to=${day(number)}&q=${number.slice(0, 10)}`, 100)).some(o => o.number === number))
	for (const q of ['%E4%B8%AD', '123', '1 OR 1']) assert.equal((await admin.json(`/ops/orders?q=${encodeURIComponent(q)}`)).status, 422, q)
	const all = await everything(admin, '/ops/orders', 100)
	assert.equal(all.length, +(await it.one('SELECT COUNT(*) AS n FROM orders WHERE created_at >= DATE_SUB(CURDATE(), INTERVAL 6 MONTH)')).n)
})

test('ORD-17 the desk narrows its list by buyer, provider and state; who is not told apart is asked for again', async () => {
	const one = await it.one("SELECT o.number, o.state, o.buyer_id, b.name AS buyer, v.name AS provider FROM orders o JOIN org b ON b.id = o.buyer_id JOIN org v ON v.id = o.provider_id ORDER BY o.id DESC LIMIT 1")
	for (const query of [`buyer=${one.buyer_id}`, `buyer=${encodeURIComponent(one.buyer)}&provider=${encodeURIComponent(one.provider)}`, `state=${one.state}`]) {
		const items = await everything(admin, `/ops/orders?${query}`, 100)
		assert.ok(items.some(o => o.number === one.number), query)
		assert.ok(items.every(o => !query.includes('buyer') || o.buyer_name === one.buyer), query)
		assert.ok(items.every(o => !query.includes('state') || o.state === one.state), query)
	}
	assert.equal((await admin.json('/ops/orders?buyer=nobody')).json.errors[0].field, 'buyer')
	await it.sql("INSERT INTO org (id, kind, name, created_at) VALUES (91, 'buyer', 'Twin A', NOW()), (92, 'buyer', 'Twin B', NOW())")
	const page = await admin.get('/ops/orders?buyer=Twin')
	assert.equal(page.status, 422)
	assert.ok(page.text.includes('请输入完整名称'))
	assert.deepEqual((await admin.json('/ops/orders?buyer=Twin%20A')).json.items, [])
})

test('ACC-14 the audit log is searched by object, actor, kind and day', async () => {
	const { id, number } = await it.one("SELECT id, number FROM orders WHERE state = 'completed' ORDER BY id DESC LIMIT 1")
	const found = (await admin.json(`/ops/audit?object=${id}`)).json.items
	assert.ok(found.length >= 2, number)
	assert.ok(found.every(e => e.object === id && e.object_kind === 'order'))
	const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)
	const sessions = (await admin.json(`/ops/audit?kind=session&from=${today}&to=${today}`)).json.items
	assert.ok(sessions.length >= 6 && sessions.every(e => e.object_kind === 'session'))
	const who = sessions[0].actor_name
	const his = (await admin.json(`/ops/audit?actor=${encodeURIComponent(who)}`)).json.items
	assert.ok(his.length && his.every(e => e.actor_name === who))
	assert.deepEqual((await admin.json('/ops/audit?object=x')).json.items, [])
	for (const query of ['kind=x', 'from=x', 'to=2026-13-01', 'limit=1000']) assert.equal((await admin.json(`/ops/audit?${query}`)).status, 422, query)
})

test('MON-7 finance cases are listed by state', async () => {
	for (const state of ['open', 'settled']) {
		const { items } = (await finance.json(`/ops/finance/cases?state=${state}`)).json
		assert.equal(items.length, Math.min(20, +(await it.one(`SELECT COUNT(*) AS n FROM finance_case WHERE state = '${state}'`)).n), state)
	}
	assert.equal((await finance.json('/ops')).json.stats[0].value, +(await it.one("SELECT COUNT(*) AS n FROM finance_case WHERE state IN ('open', 'proposed')")).n)
})

test('ACC-12 open sessions are listed and ended, one or all others, by their owner alone', async () => {
	const here = await it.client().signIn('provider2@demo.test'), there = await it.client().signIn('provider2@demo.test')
	const { items } = (await here.json('/console/settings/sessions')).json
	assert.equal(items.filter(s => s.current).length, 1)
	const last = items.find(s => !s.current)
	const form = Object.fromEntries(fill((await here.get('/console/settings/sessions')).form(`/console/settings/sessions/${last.id}/end`), {}))
	assert.equal((await buyer.post(`/console/settings/sessions/${last.id}/end`, { csrf: fill((await buyer.get('/console')).form('/logout'), {}).find(([k]) => k === 'csrf')[1] })).status, 404)
	assert.equal((await here.post(`/console/settings/sessions/${last.id}/end`, form)).status, 303)
	assert.equal((await here.json('/console/settings/sessions')).json.items.length, items.length - 1)
	const rest = await here.submit('/console/settings/sessions', {}, { action: '/console/settings/sessions/end-others' })
	assert.equal(rest.status, 303)
	assert.equal((await here.json('/console/settings/sessions')).json.items.length, 1)
	assert.equal((await there.get('/provider')).status, 303)
	const own = (await here.json('/console/settings/sessions')).json.items[0]
	const out = await here.submit('/console/settings/sessions', {}, { action: `/console/settings/sessions/${own.id}/end` })
	assert.equal(out.location, '/')
	assert.equal((await here.get('/provider')).status, 303)
})

test('ACC-1 a person in two organisations acts for one at a time', async () => {
	const person = (await it.one("SELECT id FROM person WHERE email = 'buyer2@demo.test'")).id, second = await orgOf('buyer'), third = await orgOf('admin')
	await it.sql(`INSERT INTO member (person_id, org_id, roles) VALUES (${person}, ${second}, 8)`)
	const client = await it.client().signIn('buyer2@demo.test')
	const choices = (await client.json('/console/settings/organisation')).json.items
	assert.equal(choices.length, 2)
	const from = choices.find(o => o.current), to = choices.find(o => !o.current)
	const csrf = fill((await client.get('/console')).form('/logout'), {}).find(([k]) => k === 'csrf')[1]
	assert.equal((await client.post('/console/settings/organisation', { csrf, org: to.org })).location, '/console')
	assert.equal((await client.json('/console/settings/organisation')).json.items.find(o => o.current).org, to.org)
	assert.notEqual(from.org, to.org)
	const numbers = async () => (await everything(client, '/console/orders', 100)).map(o => o.number)
	const of = async org => (await it.sql(`SELECT number FROM orders WHERE buyer_id = ${org} AND created_at >= DATE_SUB(CURDATE(), INTERVAL 5 MONTH)`)).map(o => o.number)
	const choose = org => client.post('/console/settings/organisation', { csrf, org })
	for (const [here, there] of [[to, from], [from, to]]) {
		assert.equal((await choose(here.org)).location, '/console')
		const seen = await numbers(), mine = await of(here.org), theirs = await of(there.org)
		assert.ok(mine.length && theirs.length)
		assert.ok(mine.every(n => seen.includes(n)) && !theirs.some(n => seen.includes(n)))
		assert.equal((await client.get(`/console/orders/${mine[0]}`)).status, 200)
		assert.equal((await client.get(`/console/orders/${theirs[0]}`)).status, 404)
		const { resources } = await it.one(`SELECT COUNT(*) AS resources FROM resource WHERE buyer_id = ${here.org}`)
		assert.equal((await everything(client, '/console/resources', 100)).length, +resources)
	}
	for (const org of [third, '0', 'x']) assert.equal((await client.post('/console/settings/organisation', { csrf, org })).status, 404, org)
})

test('ACC-11 after ten failures a try must wait, and the page says only that', async () => {
	const client = it.client()
	const form = Object.fromEntries(fill((await client.get('/login')).form('/login'), { name: 'nobody@demo.test', password: 'wrong-password' }))
	const answers = []
	for (let i = 0; i < 12; i++) answers.push(await client.post('/login', form))
	assert.deepEqual(answers.slice(0, 10).map(a => a.status), Array(10).fill(422))
	assert.equal(answers.at(-1).status, 429)
	assert.ok(answers.at(-1).text.includes('尝试次数过多'))
	assert.ok(answers[0].text.includes('账号或密码不正确'))
	assert.ok(!answers[0].html.includes('wrong-password'))
})
