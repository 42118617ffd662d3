// Signed in: sessions, who may see what, and changes that are sent twice.
import { assert, fill, instance, parallel, program, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer operator nginx' })
const buyer = await it.client().signIn('buyer@demo.test')
const other = await it.client().signIn('buyer2@demo.test')
const ask = (client, path) => client.get(path)
const orderOf = async (client, state) => (await client.json(`/console/orders?state=${state}`)).json.items[0].number
const fieldsOf = async (client, path, action) => Object.fromEntries(fill((await client.get(path)).form(action), {}))
const csrfOf = async client => (await fieldsOf(client, '/console', '/logout')).csrf

test('ACC-12 signing in gives a cookie that scripts and other sites cannot use; at rest stands its hash', async () => {
	const client = it.client()
	const answer = await client.submit('/login', { name: 'buyer@demo.test', password: 'Yunshi-demo-1' })
	assert.equal(answer.status, 303)
	assert.equal(answer.location, '/console')
	const [cookie] = answer.headers['set-cookie'].filter(l => l.startsWith('yunshi='))
	assert.match(cookie, /^yunshi=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
	const token = client.cookie('yunshi')
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM session WHERE token_hash = UNHEX(SHA2('${token}', 256))`)).n, '1')
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM session WHERE token_hash LIKE '%${token.slice(0, 20)}%'`)).n, '0')
})

test('ACC-12 signing out ends the session in the store', async () => {
	const client = await it.client().signIn('buyer@demo.test')
	const token = client.cookie('yunshi')
	assert.equal((await ask(client, '/console')).status, 200)
	assert.equal((await client.submit('/console', {}, { action: '/logout' })).status, 303)
	assert.equal(client.cookie('yunshi'), undefined)
	client.setCookie('yunshi', token)
	assert.equal((await ask(client, '/console')).status, 303)
})

test('ACC-12 who signs in again has a new session, and the one before it is over', async () => {
	const client = await it.client().signIn('buyer@demo.test'), before = client.cookie('yunshi')
	await client.signIn('buyer2@demo.test')
	assert.notEqual(client.cookie('yunshi'), before)
	assert.equal((await ask(client, '/console')).status, 200)
	client.setCookie('yunshi', before)
	assert.equal((await ask(client, '/console')).status, 303)
})

test('IFC-1 a page and its JSON have one address', async () => {
	const number = await orderOf(buyer, 'to_pay')
	const page = await ask(buyer, `/console/orders/${number}`)
	assert.equal(page.headers['content-type'], 'text/html; charset=utf-8')
	assert.ok(page.text.includes(number))
	const json = await buyer.json(`/console/orders/${number}`)
	assert.equal(json.headers['content-type'], 'application/json')
	assert.equal(json.json.number, number)
	assert.equal(page.headers['cache-control'], 'no-store')
})

test('ACC-3 what belongs to another organisation is not there, for reading and for changing', async () => {
	const number = await orderOf(buyer, 'to_pay'), never = '20200101000000000000'
	assert.equal((await ask(buyer, `/console/orders/${number}`)).status, 200)
	for (const path of ['', '/pay', '/cancel']) {
		const theirs = await other.json(`/console/orders/${number}${path}`), none = await other.json(`/console/orders/${never}${path}`)
		const same = a => ({ ...a.json, reference: '' })
		assert.equal(theirs.status, 404, path)
		assert.deepEqual(same(theirs), same(none), path)
	}
	const csrf = await csrfOf(other)
	assert.equal((await other.post(`/console/orders/${number}/cancel`, { csrf, why: 'x' })).status, 404)
	assert.equal((await it.one(`SELECT state FROM orders WHERE number = '${number}'`)).state, 'to_pay')
})

test('ACC-2 a page of another kind of organisation is refused', async () => {
	assert.equal((await ask(buyer, '/ops')).status, 403)
	assert.equal((await buyer.json('/ops')).json.code, 'denied')
	const desk = await it.client().signIn('admin@demo.test')
	assert.equal((await ask(desk, '/ops')).status, 200)
	assert.equal((await ask(desk, '/console')).status, 403)
})

test('S-14 the token of one session is nothing in another', async () => {
	const number = await orderOf(buyer, 'to_pay')
	const theirs = await csrfOf(other)
	const refused = await buyer.post(`/console/orders/${number}/cancel`, { csrf: theirs, why: 'x' })
	assert.equal(refused.status, 403)
	assert.equal((await it.one(`SELECT state FROM orders WHERE number = '${number}'`)).state, 'to_pay')
})

test('IFC-3 one key, one effect: again gives the first answer, other fields are refused, many at once are one', async () => {
	const number = await orderOf(buyer, 'to_pay'), path = `/console/orders/${number}/cancel`
	const form = await fieldsOf(buyer, path, path)
	const tabs = await parallel(6, () => buyer.tab().post(path, { ...form, why: '重复下单' }))
	assert.deepEqual(tabs.map(a => [a.status, a.location]), Array(6).fill([303, tabs[0].location]))
	const id = (await it.one(`SELECT id FROM orders WHERE number = '${number}'`)).id
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_id = ${id} AND to_state = 'cancelled'`)).n, '1')
	assert.equal((await buyer.post(path, { ...form, why: '重复下单' })).status, 303)
	const reused = await buyer.post(path, { ...form, why: '别的原因' }, { headers: { accept: 'application/json' } })
	assert.equal(reused.status, 422)
	assert.equal(reused.json.code, 'key_reused')
	const late = await buyer.post(path, { ...form, key: 'another-key-of-mine', why: '重复下单' }, { headers: { accept: 'application/json' } })
	assert.equal(late.status, 409)
})

test('ACC-12 a password that is reset ends all sessions of its person; who is no member any more has none', async () => {
	const here = await it.client().signIn('zone@demo.test'), there = await it.client().signIn('zone@demo.test')
	const { status, stderr } = await program(it.is.program, ['user', 'reset', '--config', it.is.config, '--name', 'zone'], { env: it.env(), input: 'Yunshi-demo-2\n' })
	assert.equal(status, 0, stderr)
	for (const client of [here, there]) assert.equal((await ask(client, '/console')).status, 303)
	await here.signIn('zone@demo.test', 'Yunshi-demo-2')
	await it.sql("DELETE m FROM member m JOIN person p ON p.id = m.person_id WHERE p.email = 'zone@demo.test'")
	assert.equal((await ask(here, '/console')).status, 303)
})

test('ACC-12 an operator\'s session ends after 30 idle minutes, a buyer\'s after 12 hours', async () => {
	const desk = await it.client().signIn('admin@demo.test')
	await it.forward('29m')
	assert.equal((await ask(desk, '/ops')).status, 200)
	await it.forward('29m')
	assert.equal((await ask(desk, '/ops')).status, 200)
	await it.forward('31m')
	assert.equal((await ask(desk, '/ops')).status, 303)
	assert.equal((await ask(buyer, '/console')).status, 200)
	await it.forward('11h')
	const answer = await ask(buyer, '/console')
	assert.equal(answer.status, 303)
	assert.equal(answer.location, '/login?back=%2Fconsole')
})
