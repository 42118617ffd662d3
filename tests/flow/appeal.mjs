// Appeals about deliveries: when they are allowed, what they hold, how they are decided, and the money that goes back (DEL-8).
import { assert, instance, parallel, program, test, timeout, until } from '../lib/harness.mjs'
import { upload } from '../lib/upload.mjs'
import { PRICE, PRODUCT, World } from '../lib/world.mjs'

timeout(240)
const it = await instance({ parts: 'buyer provider operator jobs sandbox nginx' })
const world = await World.make(it, { buyers: 3 })
await it.sql(`UPDATE product SET delivery = 'manual', dialect = NULL, webhook_url = '' WHERE id = ${PRODUCT};
	UPDATE category_policy SET channels = CONCAT(channels, ',balance') WHERE category_code = 'saas'`)
for (const i of [0, 1]) await world.fund(i, 1000000000)
const [buyer, stranger] = await parallel(2, i => world.person(i))
const person = async (name, org, role) => {
	const made = await program(it.is.program, ['user', 'create', '--config', it.is.config, '--name', name, '--person', name, '--org', org, '--roles', role], { env: it.env(), input: 'Yunshi-demo-1\n' })
	assert.equal(made.status, 0, made.stderr)
	return it.client().signIn(name)
}
const engineer = await person('engineer-one', '7001', 'delivery_engineer')
const platform = (await it.one("SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'mediator@demo.test'")).org
const mediator = await it.client().signIn('mediator@demo.test'), second = await person('second-mediator', platform, 'mediator')
const support = await it.client().signIn('support@demo.test'), rival = await it.client().signIn('provider@demo.test')
const BOUGHT = '/console/deliveries', SOLD = '/provider/deliveries', DESK = '/ops/appeals'

async function opened(i = 0) {
	const order = await world.place(i), { rc } = await world.pay(i, [order], { channel: 'balance' })
	assert.equal(rc, 'ok')
	return (await it.one(`SELECT number FROM delivery WHERE order_number = '${order}'`)).number
}
const row = number => it.one(`SELECT d.*, r.state AS resource, d.due_at <= NOW(6) AS due FROM delivery d JOIN resource r ON r.id = d.resource_id WHERE d.number = '${number}'`)
const done = answer => { assert.equal(answer.status, 303, answer.text); return answer }
const step = (who, base, number, event, fields = {}) => who.submit(`${base}/${number}`, fields, { action: `${base}/${number}/${event}` })
const bought = (number, event, fields) => step(buyer, BOUGHT, number, event, fields)
const sold = (number, event, fields) => step(engineer, SOLD, number, event, fields)
const text = (name, s = 'proof') => ({ name, bytes: Buffer.from(s) })
const pass = (number, days) => it.sql(`UPDATE delivery SET step_since = step_since - INTERVAL ${days} DAY, due_at = due_at - INTERVAL ${days} DAY, material_since = material_since - INTERVAL ${days} DAY WHERE number = '${number}'`)
const appeal = (who, base, number, ground, fields = {}, files = []) => upload(who, `${base}/${number}/appeal`, { ground, statement: '双方说不到一起', ...fields }, files, { action: `${base}/${number}/appeal` })
const numberOf = async delivery => (await it.one(`SELECT number FROM appeal WHERE delivery_number = '${delivery}' ORDER BY id DESC LIMIT 1`)).number
const decide = (who, number, decision, fields = {}) => who.submit(`${DESK}/${number}`, { decision, reason: '按双方记录', ...fields }, { action: `${DESK}/${number}/decide` })
const told = async (number, event) => +(await it.one(`SELECT COUNT(*) AS n FROM message WHERE number = '${number}' AND event = '${event}'`)).n
const offer = async (who, base, number) => (await who.json(`${base}/${number}/appeal`)).json
const error = (answer, field) => new RegExp(`id="${field}-error">([^<]*)`).exec(answer.html)?.[1] ?? ''
/** In implementation, and the provider is late: the buyer may appeal. */
async function late() {
	const number = await opened()
	done(await bought(number, 'require', { requirement: '请部署' }))
	done(await sold(number, 'confirm'))
	await pass(number, 6)
	return number
}
async function appealed() {
	const number = await late()
	done(await appeal(buyer, BOUGHT, number, 'provider_late'))
	return { number, appeal: await numberOf(number) }
}

test('DEL-8 three rejections of the requirement and an appeal: only at the fourth, with the reason until then', async () => {
	const number = await opened()
	for (let i = 1; i <= 3; i++) {
		done(await bought(number, 'require', { requirement: `需求 ${i}` }))
		const page = await offer(buyer, BOUGHT, number)
		assert.deepEqual([page.may_open, /如果在 .* 前没有完成/.test(page.why)], [false, true])
		assert.equal((await offer(engineer, SOLD, number)).may_open, false)
		done(await sold(number, 'reject', { reason: `太少 ${i}` }))
	}
	assert.match((await buyer.get(`${BOUGHT}/${number}/appeal`)).text, /需求或验收理由|申诉理由/)
	for (const statement of ['', ' \r\n\t', '　\n　']) {
		const refused = await appeal(buyer, BOUGHT, number, 'requirement_rejected', { statement })
		assert.deepEqual([refused.status, error(refused, 'statement')], [422, '此项必填'], JSON.stringify(statement))
	}
	done(await appeal(buyer, BOUGHT, number, 'requirement_rejected', {}, [text('截图.txt', '聊天记录')]))
	assert.equal((await row(number)).hold, 'appeal')
	await until(async () => await told(await numberOf(number), 'appeal_opened') >= 1, 'the mediator is told')
})

test('DEL-8 the provider is late by more than 5 days; a progress report does not help; the appeal stops the clock, and it goes on afterwards', async () => {
	const number = await opened()
	done(await bought(number, 'require', { requirement: '请部署' }))
	done(await sold(number, 'confirm'))
	await pass(number, 4)
	done(await sold(number, 'report', { progress: '快了' }))
	assert.match((await offer(buyer, BOUGHT, number)).why, /前没有完成/)
	assert.equal((await appeal(buyer, BOUGHT, number, 'provider_late').catch(e => e)).status, undefined)	// there is no form
	await pass(number, 2)
	assert.equal((await offer(engineer, SOLD, number)).may_open, false)
	const before = await row(number)
	done(await appeal(buyer, BOUGHT, number, 'provider_late'))
	const held = await row(number)
	assert.deepEqual([held.hold, held.alarm_at], ['appeal', null])
	await it.sql(`UPDATE delivery SET held_at = held_at - INTERVAL 3 DAY WHERE number = '${number}'`)
	done(await decide(mediator, await numberOf(number), 'continue'))
	const after = await row(number)
	assert.deepEqual([after.state, after.hold], ['in_implementation', null])
	const days = (new Date(after.due_at) - new Date(before.due_at)) / 86400e3
	assert.ok(days > 2.99 && days < 3.1, String(days))
	for (const event of ['appeal_decided', 'provider_appeal_decided']) await until(async () => await told(number, event) >= 1, event)
})

test('DEL-8 while it is open nobody can act, and no refund can be asked for; there is one appeal at a time', async () => {
	const { number } = await appealed()
	for (const [who, base, events] of [[buyer, BOUGHT, ['require', 'accept', 'object', 'supply']], [engineer, SOLD, ['confirm', 'reject', 'report', 'submit']]]) {
		const page = await who.get(`${base}/${number}`)
		for (const e of events) assert.ok(!page.html.includes(`/${e}"`), e)
		assert.match(page.text, /申诉处理中|申诉/)
	}
	const csrf = (await engineer.get(`${SOLD}/${number}`)).html.match(/name="csrf" value="([^"]*)"/)[1]
	const forced = await engineer.post(`${SOLD}/${number}/submit`, { csrf, work: '完成', version: '0' })
	assert.ok([409, 422].includes(forced.status))
	assert.equal((await engineer.request('POST', `${SOLD}/${number}/submit`, { body: JSON.stringify({ work: '完成' }), headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': csrf, origin: it.url, 'sec-fetch-site': 'same-origin' } })).status >= 409, true)
	assert.equal((await row(number)).state, 'in_implementation')
	const hand = `/provider/resources/${(await row(number)).resource_id}`, shut = await engineer.get(hand)
	assert.ok(!shut.html.includes(`action="${hand}"`) && shut.text.includes('暂时不能填写'))
	assert.equal((await engineer.post(hand, { csrf, account: 'li' })).status, 409)
	const again = await offer(engineer, SOLD, number)
	assert.deepEqual([again.may_open, again.appeals.length], [false, 1])
})

test('DEL-8 the mediator asks either side, who answers with files; both read everything, a stranger nothing', async () => {
	const { number, appeal: a } = await appealed()
	const ask = (side, question, files = []) => upload(mediator, `${DESK}/${a}`, { side, question }, files, { action: `${DESK}/${a}/ask` })
	const empty = await ask('buyer', '', [text('note.txt')])
	assert.equal(empty.status, 422)
	assert.ok(empty.html.includes('note.txt'))
	assert.equal((await ask('platform', '?').catch(e => e)).status === 303, false)
	done(await ask('buyer', '合同在哪里？'))
	done(await ask('provider', '为什么迟了？', [text('问题.txt')]))
	assert.equal((await it.one(`SELECT state FROM appeal WHERE number = '${a}'`)).state, 'asked')
	for (const [event, n] of [['appeal_asked', 1], ['provider_appeal_asked', 1]]) await until(async () => await told(number, event) >= n, event)
	done(await upload(buyer, `${BOUGHT}/${number}/appeal`, { answer: '见附件' }, [text('合同.txt', '甲方乙方')], { action: `${BOUGHT}/${number}/appeal/answer` }))
	assert.equal((await it.one(`SELECT state FROM appeal WHERE number = '${a}'`)).state, 'asked')	// the other has not answered
	await assert.rejects(upload(buyer, `${BOUGHT}/${number}/appeal`, { answer: '再说' }, [], { action: `${BOUGHT}/${number}/appeal/answer` }))
	done(await upload(engineer, `${SOLD}/${number}/appeal`, { answer: '等材料' }, [], { action: `${SOLD}/${number}/appeal/answer` }))
	assert.equal((await it.one(`SELECT state FROM appeal WHERE number = '${a}'`)).state, 'answered')
	for (const [who, page] of [[buyer, `${BOUGHT}/${number}/appeal`], [engineer, `${SOLD}/${number}/appeal`], [mediator, `${DESK}/${a}`]])
		for (const says of ['合同在哪里？', '见附件', '合同.txt', '为什么迟了？', '等材料', '双方说不到一起']) assert.ok((await who.get(page)).text.includes(says), `${page} ${says}`)
	const file = (await it.one("SELECT id FROM attachment WHERE name = '合同.txt'")).id
	for (const [who, area, status] of [[buyer, 'console', 200], [engineer, 'provider', 200], [mediator, 'ops', 200], [rival, 'provider', 404], [stranger, 'console', 404]])
		assert.equal((await who.get(`/${area}/attachments/${file}`)).status, status, area)
	for (const [who, page] of [[stranger, `${BOUGHT}/${number}/appeal`], [rival, `${SOLD}/${number}/appeal`], [mediator, `${DESK}/A1`]]) assert.equal((await who.get(page)).status, 404, page)
	assert.equal((await buyer.get(`${DESK}/${a}`)).status === 200, false)
})

test('DEL-8 DEL-11 DEL-16 the row offers the appeal when it is allowed; what is held is last in the queue and says so', async () => {
	const number = await late(), rowOf = async (who, base) => (await who.json(`${base}?q=${number}`)).json.items[0]
	assert.deepEqual((await rowOf(buyer, BOUGHT)).actions.map(a => [a.name, a.href]), [['appeal', `${BOUGHT}/${number}/appeal`]])
	assert.ok(!(await rowOf(engineer, SOLD)).actions.some(a => a.name === 'appeal'))
	const queue = async () => (await engineer.json(`${SOLD}?limit=100`)).json.items
	assert.ok((await queue()).findIndex(d => d.number === number) < (await queue()).findIndex(d => d.hold) || !(await queue()).some(d => d.hold))
	done(await appeal(buyer, BOUGHT, number, 'provider_late'))
	const all = await queue(), held = all.filter(d => d.hold)
	assert.ok(held.some(d => d.number === number))
	assert.deepEqual(all.slice(-held.length).map(d => d.hold), held.map(() => 'appeal'))
	assert.equal((await rowOf(buyer, BOUGHT)).actions[0].name, 'view')
	assert.match((await engineer.get(`${SOLD}?q=${number}`)).text, /已暂停/)
	const pages = []
	for (let after = ''; after !== null;) {
		const { items, next } = (await engineer.json(`${SOLD}?limit=1${after && `&after=${after}`}`)).json
		pages.push(...items.map(d => d.number))
		after = next
	}
	assert.deepEqual(pages, all.map(d => d.number))
	assert.match((await engineer.get(`${SOLD}/${number}/appeal`)).text, /请留意消息/)
})

test('DEL-8 withdrawn by who appealed, the delivery goes on; it can be appealed again', async () => {
	const { number } = await appealed()
	await assert.rejects(engineer.submit(`${SOLD}/${number}/appeal`, {}, { action: `${SOLD}/${number}/appeal/withdraw` }))
	done(await buyer.submit(`${BOUGHT}/${number}/appeal`, {}, { action: `${BOUGHT}/${number}/appeal/withdraw` }))
	assert.deepEqual([(await row(number)).hold, (await offer(buyer, BOUGHT, number)).appeals[0].state], [null, 'withdrawn'])
	done(await appeal(buyer, BOUGHT, number, 'provider_late'))
	assert.equal((await offer(buyer, BOUGHT, number)).appeals.length, 2)
})

test('DEL-8 REF-1 closed with a full refund: the money is back, the resource has ended, the delivery is closed', async () => {
	const { number, appeal: a } = await appealed()
	done(await decide(mediator, a, 'close_full'))
	await until(async () => (await row(number)).resource === 'refunded', 'the resource')
	assert.equal((await row(number)).state, 'closed')
	const back = await it.one(`SELECT SUM(u.payable) AS back FROM delivery d JOIN orders u ON u.refunds_id = d.order_id WHERE d.number = '${number}'`)
	assert.equal(Math.abs(+back.back), PRICE)
	assert.match((await offer(buyer, BOUGHT, number)).appeals[0].decision, /close_full/)
	assert.match(await it.yunshi('audit'), / 0 breaches/)
})

test('DEL-8 closed with a part: the amount is checked at its field, and nothing that was typed is lost', async () => {
	const { number, appeal: a } = await appealed()
	for (const [amount, says] of [['', '请填写退款金额'], ['0', '请填写退款金额'], [String((PRICE + 1) / 100), '最多可退'], ['-1', ''], ['abc', '']]) {
		const answer = await decide(mediator, a, 'close_partial', { amount, reason: '按完成的部分' })
		assert.equal(answer.status, 422, amount)
		assert.ok(error(answer, 'amount').includes(says) && error(answer, 'amount'), `${amount}: ${error(answer, 'amount')}`)
		assert.ok(answer.html.includes('按完成的部分'))
	}
	assert.ok(error(await decide(mediator, a, 'continue', { reason: '' }), 'reason'))
	done(await decide(mediator, a, 'close_partial', { amount: '100.50' }))
	await until(async () => (await row(number)).resource === 'refunded', 'the resource')
	const back = await it.one(`SELECT SUM(u.payable) AS back FROM delivery d JOIN orders u ON u.refunds_id = d.order_id WHERE d.number = '${number}'`)
	assert.equal(Math.abs(+back.back), 10050)
	assert.match(await it.yunshi('audit'), / 0 breaches/)
})

test('DEL-8 decided complete: the delivery is completed and the resource handed over', async () => {
	const { number, appeal: a } = await appealed()
	done(await decide(mediator, a, 'complete'))
	const d = await row(number)
	assert.deepEqual([d.state, d.resource], ['completed', 'in_use'])
	assert.match((await offer(buyer, BOUGHT, number)).why, /交付已结束/)
})

test('DEL-8 the provider asks to close when no requirement came for 3 months, or asked material did not', async () => {
	const number = await opened()
	assert.match((await offer(engineer, SOLD, number)).why, /如果到 .* 仍没有收到/)
	await pass(number, 95)
	done(await appeal(engineer, SOLD, number, 'no_requirement'))
	done(await decide(mediator, await numberOf(number), 'close_full'))
	const other = await opened()
	done(await bought(other, 'require', { requirement: '请部署' }))
	done(await sold(other, 'confirm'))
	done(await sold(other, 'report', { progress: '请提供域名证书', waits: '1' }))
	assert.equal((await offer(engineer, SOLD, other)).may_open, false)
	await pass(other, 95)
	done(await appeal(engineer, SOLD, other, 'no_material'))
	done(await decide(mediator, await numberOf(other), 'continue'))
})

test('DEL-8 two mediators decide at once: one wins, the other is told; a hundred times', async () => {
	const desks = await parallel(2, async i => [mediator, second][i].tab())
	const token = await parallel(2, async i => (await desks[i].get(DESK)).html.match(/name="csrf" value="([^"]*)"/)?.[1])
	for (let round = 0; round < 100; round++) {
		const { number, appeal: a } = round % 10 ? { number: null, appeal: null } : await appealed()
		const delivery = number ?? (await it.one("SELECT delivery_number AS n FROM appeal WHERE decision = 'continue' ORDER BY id DESC LIMIT 1")).n
		if (!number) {	/* the same delivery again: appealed anew */
			await pass(delivery, 30)
			done(await appeal(buyer, BOUGHT, delivery, 'provider_late'))
		}
		const at = a ?? await numberOf(delivery)
		const answers = await parallel(2, i => desks[i].post(`${DESK}/${at}/decide`, { csrf: token[i], decision: 'continue', reason: `第 ${i} 位` }))
		assert.deepEqual(answers.map(r => r.status).sort(), [303, 422], `${round}: ${answers.map(r => r.status)}`)
		assert.match(answers.find(r => r.status === 422).text, /状态刚刚变了/)
	}
	assert.equal((await it.one("SELECT COUNT(*) AS n FROM appeal_note WHERE event = 'decide' GROUP BY appeal_id ORDER BY n DESC LIMIT 1")).n, '1')
})

test('DEL-8 the desk: tabs with counts, filters, and nobody decides who may not', async () => {
	const { appeal: a } = await appealed()
	const list = (await mediator.json(`${DESK}?state=open`)).json
	assert.ok(list.items.some(i => i.number === a) && list.items.every(i => i.state === 'open'))
	assert.deepEqual((await mediator.json(`${DESK}?q=${a}`)).json.items.map(i => i.number), [a])
	assert.ok((await mediator.json(`${DESK}?side=provider`)).json.items.every(i => i.side === 'provider'))
	assert.equal((await support.get(`${DESK}/${a}`)).status, 200)
	assert.ok(!(await support.get(`${DESK}/${a}`)).html.includes('/decide"'))
	assert.equal((await support.post(`${DESK}/${a}/decide`, { decision: 'continue', reason: 'x' })).status, 403)
	assert.match(await it.yunshi('audit'), / 0 breaches/)
})
