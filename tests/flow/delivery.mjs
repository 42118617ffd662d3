// The delivery centre: from the requirement to acceptance, with rejections, clocks, warnings and races.  DEL-5 to DEL-11, DEL-16, ACC-16.
import { assert, fill, instance, parallel, program, test, timeout, until } from '../lib/harness.mjs'
import { upload } from '../lib/upload.mjs'
import { PRODUCT, World } from '../lib/world.mjs'

timeout(150)
const it = await instance({ parts: 'buyer provider operator jobs sandbox nginx' })
const world = await World.make(it, { buyers: 3 })
await it.sql(`UPDATE product SET delivery = 'manual', dialect = NULL, webhook_url = '' WHERE id = ${PRODUCT};
	UPDATE product_text SET support_phone = '400-1', support_email = 'help@world.test' WHERE product_id = ${PRODUCT};
	UPDATE category_policy SET channels = CONCAT(channels, ',balance') WHERE category_code = 'saas'`)
for (const i of [0, 1]) await world.fund(i, 100000000)
const [buyer, stranger] = await parallel(2, i => world.person(i))
const engineer = async name => {
	const made = await program(it.is.program, ['user', 'create', '--config', it.is.config, '--name', name, '--person', 'Wang', '--org', '7001', '--roles', 'delivery_engineer'], { env: it.env(), input: 'Yunshi-demo-1\n' })
	assert.equal(made.status, 0, made.stderr)
	return it.client().signIn(name)
}
const [first, second] = [await engineer('engineer-one'), await engineer('engineer-two')]
const mediator = await it.client().signIn('mediator@demo.test')
const BOUGHT = '/console/deliveries', SOLD = '/provider/deliveries'

/** A paid order's delivery: its number. */
async function opened(i = 0) {
	const order = await world.place(i), { rc } = await world.pay(i, [order], { channel: 'balance' })
	assert.equal(rc, 'ok')
	return (await it.one(`SELECT number FROM delivery WHERE order_number = '${order}'`)).number
}
const row = number => it.one(`SELECT d.*, r.state AS resource FROM delivery d JOIN resource r ON r.id = d.resource_id WHERE d.number = '${number}'`)
const state = async number => (await row(number)).state
const step = (who, base, number, event, fields = {}) => who.submit(`${base}/${number}`, fields, { action: `${base}/${number}/${event}` })
const bought = (number, event, fields, who = buyer) => step(who, BOUGHT, number, event, fields)
const sold = (number, event, fields, who = first) => step(who, SOLD, number, event, fields)
const error = (answer, field) => new RegExp(`id="${field}-error">([^<]*)`).exec(answer.html)?.[1] ?? ''
const events = async number => (await it.sql(`SELECT r.event FROM delivery_round r JOIN delivery d ON d.id = r.delivery_id WHERE d.number = '${number}' ORDER BY r.id`)).map(r => r.event)
const told = async (number, event) => +(await it.one(`SELECT COUNT(*) AS n FROM message WHERE number = '${number}' AND event = '${event}'`)).n
const done = answer => assert.equal(answer.status, 303, answer.text)
/** Its clocks, as if so many days had gone by. */
const pass = (number, days) => it.sql(`UPDATE delivery SET step_since = step_since - INTERVAL ${days} DAY, due_at = due_at - INTERVAL ${days} DAY, alarm_at = alarm_at - INTERVAL ${days} DAY WHERE number = '${number}'`)
/** As far as the provider's asking for acceptance. */
async function submitted(i = 0, who = buyer) {
	const number = await opened(i)
	done(await bought(number, 'require', { requirement: '请部署到生产环境' }, who))
	done(await sold(number, 'confirm'))
	done(await sold(number, 'submit', { work: '已部署，请验收' }))
	return number
}

test('DEL-5 DEL-6 a supervised line opens a delivery that waits for the requirement; the buyer is told, the order is complete, the resource waits', async () => {
	const number = await opened(), d = await row(number)
	assert.deepEqual([d.state, d.resource, d.hold, d.due_at], ['awaiting_requirement', 'provisioning', null, null])
	assert.equal((await it.one(`SELECT state FROM orders WHERE number = '${d.order_number}'`)).state, 'completed')
	await until(() => told(number, 'requirement_asked'), 'the message')
	const page = await buyer.get(`${BOUGHT}/${number}`)
	for (const word of ['客户提交需求', '服务商确认需求', '服务商实施服务', '客户验收服务', '服务完成', '商品名称', 'World', 'Basic', d.order_number, '人工交付', 'Org 7001', '400-1', 'help@world.test'])
		assert.ok(page.text.includes(word), word)
	assert.match(page.html, /aria-current="step"[^>]*>客户提交需求/)
})

test('DEL-5 a product that needs no requirement begins in implementation, with the provider\'s clock', async () => {
	await it.sql(`UPDATE product SET no_requirement = 1 WHERE id = ${PRODUCT}`)
	const d = await row(await opened())
	await it.sql(`UPDATE product SET no_requirement = 0 WHERE id = ${PRODUCT}`)
	assert.equal(d.state, 'in_implementation')
	assert.equal(new Date(d.due_at) - new Date(d.step_since), 5 * 86400e3)
})

test('DEL-5 what is not supervised has no delivery', async () => {
	await it.sql("UPDATE category_policy SET supervised = 'no' WHERE category_code = 'saas'")
	const order = await world.place(0)
	await world.pay(0, [order], { channel: 'balance' })
	await it.sql("UPDATE category_policy SET supervised = 'human_only' WHERE category_code = 'saas'")
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM delivery WHERE order_number = '${order}'`)).n, '0')
})

test('DEL-6 DEL-7 DEL-8 a whole delivery: three rejections of the requirement, three of the acceptance, reports, and everything kept', async () => {
	const number = await opened()
	for (let i = 1; i <= 3; i++) {
		done(await bought(number, 'require', { requirement: `需求 ${i}` }))
		done(await sold(number, 'reject', { reason: `需求太少 ${i}` }))
		assert.equal(await state(number), 'awaiting_requirement')
	}
	done(await bought(number, 'require', { requirement: '需求 4' }))
	done(await bought(number, 'require', { requirement: '需求 4，改' }))
	done(await sold(number, 'confirm'))
	for (let i = 1; i <= 4; i++) {
		done(await sold(number, 'report', { progress: `进展 ${i}` }))
		done(await sold(number, 'submit', { work: `完成 ${i}` }))
		assert.equal(await state(number), 'awaiting_acceptance')
		done(await bought(number, i < 4 ? 'object' : 'accept', i < 4 ? { objection: `不符 ${i}` } : { acceptance: '验收通过' }))
	}
	const d = await row(number)
	assert.deepEqual([d.state, d.requirement_rejections, d.acceptance_rejections, d.due_at, d.alarm_at], ['completed', '3', '3', null, null])
	assert.ok(d.ended_at)
	assert.equal(d.resource, 'in_use')
	const page = await buyer.get(`${BOUGHT}/${number}`)
	for (const text of ['需求 1', '需求太少 3', '需求 4，改', '进展 2', '完成 4', '不符 3', '验收通过', '需求被驳回 3 次，验收被驳回 3 次']) assert.ok(page.text.includes(text), text)
	assert.deepEqual((await buyer.json(`${BOUGHT}/${number}`)).json.rounds.map(r => r.event).reverse(), await events(number))
	assert.equal((await events(number)).length, 1 + 6 + 2 + 1 + 12)
	for (const [event, n] of [['requirement_submitted', 5], ['requirement_rejected', 3], ['requirement_confirmed', 1], ['progress_reported', 4], ['acceptance_asked', 4], ['acceptance_rejected', 3], ['delivery_completed', 1]]) {
		const people = event.startsWith('requirement_submitted') || event === 'acceptance_rejected' || event === 'delivery_completed' ? 2 : 1
		await until(async () => await told(number, event) === n * people, `${event}: ${await told(number, event)}`)
	}
})

test('DEL-7 a text of 1 to 1000 characters: a clear error at the field, and nothing that was typed is lost', async () => {
	const number = await opened()
	for (const [text, says] of [['', '必填'], ['   ', '必填'], ['长'.repeat(1001), '1000']]) {
		const answer = await bought(number, 'require', { requirement: text })
		assert.equal(answer.status, 422)
		assert.ok(error(answer, 'requirement').includes(says), error(answer, 'requirement'))
		if (text.trim()) assert.ok(answer.html.includes(text))
	}
	assert.deepEqual(await events(number), ['open'])
	done(await bought(number, 'require', { requirement: '长'.repeat(1000) }))
	const refused = await sold(number, 'reject', { reason: '' })
	assert.equal(refused.status, 422)
	assert.match(refused.html, /<details class="panel fold" open>/)
	done(await sold(number, 'confirm'))
	assert.ok(error(await sold(number, 'submit', { work: '' }), 'work'))
	assert.ok(error(await sold(number, 'report', { progress: '' }), 'progress'))
	done(await sold(number, 'submit', { work: '好了' }))
	const answer = await bought(number, 'accept', { acceptance: '' })
	assert.ok(error(answer, 'acceptance') && !error(answer, 'objection'))
	assert.ok(error(await bought(number, 'object', { objection: '' }), 'objection'))
	assert.equal(await state(number), 'awaiting_acceptance')
})

test('DEL-7 a requirement can be edited until it is confirmed, not after; what was typed for it stays on the page', async () => {
	const number = await opened()
	done(await bought(number, 'require', { requirement: '第一稿' }))
	const page = await buyer.get(`${BOUGHT}/${number}`), form = page.form(`${BOUGHT}/${number}/require`)
	assert.match(page.html, /<textarea[^>]*>\n?第一稿/)
	done(await sold(number, 'confirm'))
	const late = await buyer.post(form.action, fill(form, { requirement: '第二稿' }))
	assert.equal(late.status, 422)
	assert.ok(late.text.includes('新的变化') && late.text.includes('第二稿'), late.text)
	assert.ok(!(await buyer.get(`${BOUGHT}/${number}`)).html.includes(`${number}/require`))
	assert.deepEqual(await events(number), ['open', 'require', 'confirm'])
})

test('DEL-6 who saw an older page does nothing: a provider does not confirm a requirement that was edited meanwhile', async () => {
	const number = await opened()
	done(await bought(number, 'require', { requirement: '原来的' }))
	const seen = (await first.get(`${SOLD}/${number}`)).form(`${SOLD}/${number}/confirm`)
	done(await bought(number, 'require', { requirement: '改过的' }))
	assert.equal((await first.post(seen.action, fill(seen, {}))).status, 422)
	assert.equal(await state(number), 'awaiting_confirmation')
	done(await sold(number, 'confirm'))
})

test('DEL-6 another organisation finds nothing, the wrong side has no such step, an operator looks and does not act', async () => {
	const number = await opened()
	assert.equal((await stranger.get(`${BOUGHT}/${number}`)).status, 404)
	assert.equal((await it.client().signIn('provider@demo.test').then(c => c.get(`${SOLD}/${number}`))).status, 404)
	const page = await buyer.get(`${BOUGHT}/${number}`), form = page.form(`${BOUGHT}/${number}/require`)
	const mine = await stranger.get(BOUGHT + `/${await opened(1)}`), own = mine.form()
	assert.equal((await stranger.post(form.action, { ...Object.fromEntries(fill(own, { requirement: 'x' })), csrf: own.fields?.csrf ?? Object.fromEntries(fill(own, {})).csrf })).status, 404)
	assert.deepEqual(await events(number), ['open'])
	assert.ok(!(await first.get(`${SOLD}/${number}`)).html.includes('/confirm'))
	const look = await mediator.get(`/ops/deliveries/${number}`)
	assert.equal(look.status, 200)
	assert.ok(!look.html.includes(`/ops/deliveries/${number}/`))
})

test('DEL-8 the provider\'s clock: a report and an edited requirement do not restart it, a change of state does; late is told once', async () => {
	const number = await opened()
	done(await bought(number, 'require', { requirement: '一' }))
	const due = (await row(number)).due_at
	done(await bought(number, 'require', { requirement: '二' }))
	assert.equal((await row(number)).due_at, due)
	done(await sold(number, 'confirm'))
	await pass(number, 2)
	const before = (await row(number)).due_at
	done(await sold(number, 'report', { progress: '做了一半' }))
	assert.equal((await row(number)).due_at, before)
	await pass(number, 4)
	await until(() => told(number, 'delivery_overdue'), 'the notice')
	assert.equal((await row(number)).alarm_at, null)
	assert.equal(await told(number, 'delivery_overdue'), 2)
	assert.match((await first.get(SOLD)).text, /已超时 1 天/)
})

test('DEL-11 the provider\'s queue has what is due first on top and counts down; each tab has its kept count', async () => {
	const numbers = []
	for (let i = 0; i < 3; i++) {
		numbers.push(await opened())
		done(await bought(numbers[i], 'require', { requirement: '排队' }))
		await pass(numbers[i], 3 - i)
	}
	const { items } = (await first.json(`${SOLD}?limit=100`)).json, mine = items.map(d => d.number)
	assert.deepEqual(mine.filter(n => numbers.includes(n)), numbers)
	assert.deepEqual(items.map(d => d.due_at), items.map(d => d.due_at).sort())
	const half = (await first.json(`${SOLD}?limit=2`)).json
	assert.deepEqual([...half.items, ...(await first.json(`${SOLD}?limit=100&after=${half.next}`)).json.items].map(d => d.number), mine)
	assert.match((await first.get(SOLD)).text, /剩余 1 天 23 小时/)
	const counted = await it.sql("SELECT state, COUNT(*) AS n FROM delivery WHERE provider_id = 7001 GROUP BY state")
	const page = await first.get(`${SOLD}?all=1`)
	for (const { state: s, n } of counted) assert.match(page.html, new RegExp(`state=${s}"[^>]*>[^<]*<span class="count">${n}<`))
})

test('DEL-11 DEL-16 the buyer\'s list: what can be done in each state, tabs, search, filters, pages', async () => {
	const number = await submitted()
	const list = async query => (await buyer.json(`${BOUGHT}?${query}`)).json.items
	assert.deepEqual((await list(`q=${number}`)).map(d => [d.number, d.state, d.actions.map(a => a.name)]), [[number, 'awaiting_acceptance', ['awaiting_acceptance']]])
	assert.equal((await list(`q=${(await row(number)).order_number}`)).length, 1)
	assert.ok((await list('q=Org 70')).length > 1)
	assert.equal((await list('q=nothing of that name')).length, 0)
	assert.ok((await list('state=completed')).every(d => d.state === 'completed'))
	assert.equal((await list('mode=automatic')).length, 0)
	assert.ok((await list('range=this_year&limit=100')).length > 3)
	const one = (await buyer.json(`${BOUGHT}?limit=1`)).json, two = (await buyer.json(`${BOUGHT}?limit=1&after=${one.next}`)).json
	assert.notEqual(one.items[0].number, two.items[0].number)
	const page = await buyer.get(`${BOUGHT}?q=${number}`)
	assert.ok(page.text.includes('验收服务') && page.text.includes('待用户验收'))
	assert.equal((await buyer.get(`${BOUGHT}?from=2026-02-01&to=2026-01-01`)).status, 422)
})

test('DEL-9 DEL-6 automatic acceptance warns 7, 3 and 1 days before, each once, and accepts after 30 days; late jobs warn once and do it all the same', async () => {
	const number = await submitted()
	for (const [days, n] of [[23.1, 1], [4, 2], [2, 3]]) {
		await pass(number, days)
		await until(async () => await told(number, 'acceptance_due') === n, `warning ${n}`)
		await it.tryYunshi('jobs', '--once', 'delivery')
		assert.equal(await told(number, 'acceptance_due'), n)
	}
	assert.equal(await state(number), 'awaiting_acceptance')
	await pass(number, 1)
	await until(async () => await state(number) === 'completed', 'the acceptance')
	assert.equal((await events(number)).at(-1), 'auto_accept')
	const late = await submitted()
	await pass(late, 28)
	await until(async () => await told(late, 'acceptance_due') === 1, 'the one warning')
	assert.equal((await row(late)).warned, '3')
})

test('DEL-6 the buyer accepts while the timer accepts: one of them, once', async () => {
	const numbers = await Promise.all(Array.from({ length: 8 }, () => submitted()))
	const jobs = [it.spawn('jobs'), it.spawn('jobs')]
	const answers = await Promise.all(numbers.map(async number => {
		const form = (await buyer.get(`${BOUGHT}/${number}`)).form(`${BOUGHT}/${number}/accept`)
		const [answer] = await Promise.all([buyer.tab().post(form.action, fill(form, { acceptance: '好' })), pass(number, 31)])
		return answer.status
	}))
	for (const [i, number] of numbers.entries()) {
		await until(async () => await state(number) === 'completed', number)
		const ends = (await events(number)).filter(e => e.endsWith('accept'))
		assert.deepEqual(ends, [answers[i] === 303 ? 'accept' : 'auto_accept'])
		await until(async () => await told(number, 'delivery_completed') === 2, 'the message')
	}
	for (const j of jobs) { j.kill('SIGTERM'); await j.ended }
})

test('DEL-6 two engineers confirm at once: one does, the other is told; the same form twice does it once', async () => {
	for (let i = 0; i < 5; i++) {
		const number = await opened()
		done(await bought(number, 'require', { requirement: '抢单' }))
		const form = async who => { const f = (await who.get(`${SOLD}/${number}`)).form(`${SOLD}/${number}/confirm`); return () => who.post(f.action, fill(f, {})) }
		const both = [await form(first), await form(second)]
		assert.deepEqual((await Promise.all(both.map(go => go()))).map(a => a.status).sort(), [303, 422])
		assert.deepEqual(await events(number), ['open', 'require', 'confirm'])
	}
	const number = await opened(), page = await buyer.get(`${BOUGHT}/${number}`), form = page.form(`${BOUGHT}/${number}/require`), fields = fill(form, { requirement: '两次' })
	const twice = await Promise.all([buyer.tab().post(form.action, fields), buyer.tab().post(form.action, fields)])
	assert.deepEqual(twice.map(a => a.status), [303, 303])
	assert.deepEqual(await events(number), ['open', 'require'])
})

test('DEL-8 the provider asks for material: the buyer sees it and hands it in', async () => {
	const number = await opened()
	done(await bought(number, 'require', { requirement: '要资料' }))
	done(await sold(number, 'confirm'))
	assert.ok(!(await buyer.get(`${BOUGHT}/${number}`)).html.includes('/supply'))
	done(await sold(number, 'report', { progress: '请提供营业执照', waits: '1' }))
	assert.ok((await row(number)).material_since)
	done(await bought(number, 'supply', { material: '营业执照编号 1' }))
	assert.equal((await row(number)).material_since, null)
	assert.ok(!(await buyer.get(`${BOUGHT}/${number}`)).html.includes('/supply'))
})

test('DEL-7 DEL-16 SUB-2 what the other side said last stands above the step that answers it; the way to 提需求单 and to the application information', async () => {
	const number = await opened(), { resource_id: resource } = await row(number), said = /id="answers">[^]*?<\/section>/
	const offered = async () => (await buyer.json(`/console/resources?q=${resource}`)).json.items[0].actions.find(a => a.name === 'require')?.href
	assert.equal(await offered(), `${BOUGHT}/${number}#do`)
	assert.ok((await buyer.get(`/console/resources/${resource}`)).html.includes(`${BOUGHT}/${number}#do`))
	done(await bought(number, 'require', { requirement: '三台服务器' }))
	assert.equal(await offered(), undefined)
	const page = await first.get(`${SOLD}/${number}`)
	assert.match(said.exec(page.html)[0], /三台服务器/)
	assert.ok(page.html.includes(`href="/provider/resources/${resource}"`))
	assert.ok(!said.test((await buyer.get(`${BOUGHT}/${number}`)).html))	// the provider has said nothing yet
	done(await sold(number, 'reject', { reason: '请写明系统' }))
	assert.match(said.exec((await buyer.get(`${BOUGHT}/${number}`)).html)[0], /请写明系统/)
	assert.ok(!said.test((await first.get(`${SOLD}/${number}`)).html))	// it is not the provider's turn
})

test('DEL-10 what the platform sells itself is delivered at its own desk, in the same steps', async () => {
	const { org } = await it.one("SELECT m.org_id AS org FROM member m JOIN person p ON p.id = m.person_id WHERE p.email = 'support@demo.test'")
	await it.sql(`UPDATE product SET provider_id = ${org} WHERE id = ${PRODUCT}`)
	const number = await opened(), desk = '/ops/deliveries', support = await it.client().signIn('support@demo.test')
	await it.sql(`UPDATE product SET provider_id = 7001 WHERE id = ${PRODUCT}`)
	assert.equal((await row(number)).provider_id, org)
	done(await bought(number, 'require', { requirement: '自营需求' }))
	assert.ok((await support.json(desk)).json.items.some(d => d.number === number && d.left !== null))
	assert.equal((await first.get(`${SOLD}/${number}`)).status, 404)
	assert.ok(!(await mediator.get(`${desk}/${number}`)).html.includes('/confirm"'))	// who may look, and not work
	done(await step(support, desk, number, 'confirm'))
	done(await step(support, desk, number, 'report', { progress: '一半' }))
	done(await step(support, desk, number, 'submit', { work: '好了' }))
	done(await bought(number, 'accept', { acceptance: '好' }))
	assert.deepEqual((await support.json(`${desk}/${number}`)).json.rounds.map(r => r.side).reverse(), [null, 'buyer', 'provider', 'provider', 'provider', 'buyer'])
	assert.equal((await row(number)).resource, 'in_use')
})

test('DEL-7 DEL-12 files go with a requirement and a rejection; both sides and the platform read them, nobody else', async () => {
	const number = await opened(), page = `${BOUGHT}/${number}`
	done(await upload(buyer, page, { requirement: '见附件' }, [{ name: '需求.txt', bytes: Buffer.from('一份需求') }], { action: `${page}/require` }))
	done(await upload(first, `${SOLD}/${number}`, { reason: '见说明' }, [{ field: 'papers', name: 'why.txt', bytes: Buffer.from('why') }], { action: `${SOLD}/${number}/reject` }))
	const rounds = (await buyer.json(page)).json.rounds.filter(r => r.attached.attachments.length)
	assert.deepEqual(rounds.map(r => [r.event, r.attached.attachments[0].name]), [['reject_requirement', 'why.txt'], ['require', '需求.txt']])
	const file = rounds[1].attached.attachments[0].href
	assert.equal((await buyer.get(file)).html, '一份需求')
	assert.equal((await first.get(file.replace('/console/', '/provider/'))).status, 200)
	assert.equal((await mediator.get(file.replace('/console/', '/ops/'))).status, 200)
	assert.equal((await stranger.get(file)).status, 404)
})

test('DEL-4 MON-2 what was failed or given back has no open delivery; the books and the states hang together', async () => { await world.audit() })
