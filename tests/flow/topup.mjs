// Topping up by a channel: MON-4, MON-7, MON-11, ACC-4, ACC-15.
import { assert, fill, instance, parallel, program, test, timeout, until } from '../lib/harness.mjs'
import { World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer operator callback jobs sandbox nginx' })
const world = await World.make(it, { buyers: 6 })
const people = await parallel(6, i => world.person(i))
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const page = '/console/topup'
const topup = (i, amount, channel = 'wechat', client = people[i]) => client.submit(page, { amount, channel }, { action: page })
const count = async i => +(await it.one(`SELECT COUNT(*) AS n FROM payment WHERE org_id = ${world.buyers[i]}`)).n
const rowOf = number => it.one(`SELECT * FROM payment WHERE number = '${number}'`)
const journals = async number => (await it.sql(`SELECT j.kind FROM journal j JOIN payment p ON p.id = j.payment_id WHERE p.number = '${number}'`)).map(j => j.kind)
const notify = async (number, fen, more) => (await world.notify({ number }, { total_fee: String(fen), cash_fee: String(fen), ...more })).code
async function begun(i, amount) {
	const answer = await topup(i, amount)
	assert.equal(answer.status, 303, answer.text)
	return answer.location.split('/').at(-1)
}

test('MON-4 MON-11 an amount and WeChat: a code is shown, scanned, and the money is cash', async () => {
	const number = await begun(0, '88.50')
	const shown = await people[0].get(`/console/payments/${number}`)
	assert.ok(shown.html.includes('/qr.svg') && shown.text.includes('¥88.50'))
	const token = new URL((await rowOf(number)).code_url).searchParams.get('pr')
	assert.equal((await sandbox.post(`/scan/${token}/pay`, {})).status, 200)
	await until(async () => (await rowOf(number)).state === 'succeeded', 'the money')
	assert.equal(await world.cash(0), 8850)
	assert.deepEqual(await journals(number), ['topup'])
	const done = await people[0].get(`/console/payments/${number}`)
	assert.ok(done.text.includes('充值成功'))
	assert.deepEqual((await people[0].json(`/console/payments/${number}`)).json.purpose, 'topup')
	const { balance, items } = (await people[0].json(page)).json
	assert.deepEqual([balance.cash, balance.available, items[0].number, items[0].state], [8850, 8850, number, 'succeeded'])
	await until(async () => (await people[0].get('/console/inbox')).text.includes(number), 'the message')
	await world.audit()
})

test('MON-11 a wrong amount is told at the field, and what was typed is kept', async () => {
	for (const [amount, says] of [['', '必填'], ['0', '1.00'], ['0.99', '1.00'], ['-5', ''], ['1.234', ''], ['abc', ''], ['50000.01', '50000.00'], ['10000000.01', '10000000.00'], ['1e3', '']]) {
		const answer = await topup(1, amount)
		assert.equal(answer.status, 422, amount)
		const error = /id="amount-error">([^<]*)/.exec(answer.html)?.[1]
		assert.ok(error?.includes(says), `${amount}: ${error}`)
		assert.ok(answer.html.includes(`value="${amount}"`), amount)
	}
	for (const channel of ['balance', 'cash', '']) {
		const answer = await topup(1, '10', channel)
		assert.equal(answer.status, 422, channel)
		assert.match(answer.html, /id="channel-error"/)
		assert.ok(answer.html.includes('value="10"'))
	}
	assert.equal(await count(1), 0)
})

test('MON-11 the quick amounts fill the field; what stands in the address is taken as it is', async () => {
	const quick = (await people[1].get(page)).html.match(/\/console\/topup\?amount=[\d.]+/g)
	assert.ok(quick.length >= 4)
	for (const href of quick) assert.ok((await people[1].get(href)).html.includes(`value="${href.split('=')[1]}"`), href)
})

test('MON-4 the same form twice, in two tabs at once: one payment', async () => {
	const fields = fill((await people[2].get(page)).form(page), { amount: '20', channel: 'wechat' })
	const tabs = [people[2].tab(), people[2].tab()]
	const answers = await Promise.all(tabs.map(t => t.post(page, fields)))
	const again = await people[2].post(page, fields)
	const places = new Set([...answers, again].filter(a => a.status === 303).map(a => a.location))
	assert.equal(places.size, 1)
	assert.equal(await count(2), 1)
})

test('MON-6 ten notifications at once: booked once', async () => {
	const number = await begun(2, '30'), transaction_id = `42${Date.now()}`
	const answers = await parallel(10, () => notify(number, 3000, { transaction_id }))
	assert.ok(answers.every(a => a === 'SUCCESS'), answers.join())
	assert.equal(await world.cash(2), 3000)
	assert.deepEqual(await journals(number), ['topup'])
	await world.audit()
})

test('MON-7 money after it expired is the organisation\'s cash, with a case; a second payment too; another amount is unexplained', async () => {
	const late = await begun(3, '40')
	await it.sql(`UPDATE payment SET deadline_at = NOW(6) - INTERVAL 1 MINUTE, created_at = created_at - INTERVAL 3 HOUR, query_at = NOW(6) - INTERVAL 1 SECOND WHERE number = '${late}'`)
	await it.forward('10m')
	await until(async () => (await rowOf(late)).state === 'expired', 'expired', 40)
	assert.equal(await notify(late, 4000), 'SUCCESS')
	assert.equal(await world.cash(3), 4000)
	assert.deepEqual([await journals(late), await world.cases({ number: late })], [['late_in'], ['late']])
	const twice = await begun(3, '5')
	assert.deepEqual([await notify(twice, 500), await notify(twice, 500)], ['SUCCESS', 'SUCCESS'])
	assert.deepEqual([await journals(twice), await world.cases({ number: twice })], [['topup', 'late_in'], ['second_payment']])
	assert.equal(await world.cash(3), 5000)
	const other = await begun(3, '6'), before = await world.unexplained()
	await notify(other, 601)
	assert.deepEqual([await world.cash(3), await world.unexplained() - before, (await rowOf(other)).state], [5000, 601, 'failed'])
	await world.audit()
})

test('ACC-15 whoever is frozen can top up', async () => {
	for (const [n, kind] of ['arrears', 'violation', 'police'].entries()) {
		await it.sql(`UPDATE org SET freeze_kind = '${kind}', freeze_reason = 'x' WHERE id = ${world.buyers[4]}`)
		assert.ok((await people[4].get(page)).text.includes('账号冻结期间仍可充值'))
		const number = await begun(4, '10')
		assert.equal(await notify(number, 1000), 'SUCCESS')
		assert.deepEqual([await world.cash(4), await world.cases({ number })], [1000 * (n + 1), []])
	}
	await world.audit()
})

test('ACC-4 a zone does not top up: its paying account does', async () => {
	await it.sql(`UPDATE org SET paying_org_id = ${world.buyers[0]} WHERE id = ${world.buyers[5]}`)
	const shown = await people[5].get(page)
	assert.ok(shown.text.includes(`Org ${world.buyers[0]}`) && !shown.html.includes('name="amount"'))
	const answer = await people[5].post(page, fill((await people[0].get(page)).form(page), { amount: '10', channel: 'wechat' }))
	assert.notEqual(answer.status, 303)
	assert.equal(await count(5), 0)
})

test('ACC-2 only those who pay may; others\' payments are not found', async () => {
	await program(it.is.program, ['user', 'create', '--config', it.is.config, '--name', 'viewer', '--person', 'Wu', '--org', String(world.buyers[0]), '--roles', 'viewer'], { env: it.env(), input: 'Yunshi-demo-1\n' })
	const viewer = await it.client().signIn('viewer')
	assert.equal((await viewer.get(page)).status, 403)
	const number = await begun(0, '7')
	for (const path of [`/console/payments/${number}`, `/console/payments/${number}/qr.svg`]) assert.equal((await people[1].get(path)).status, 404, path)
})
