// A channel's statement of a day against the books: loaded, compared, settled by two people, closed.  MON-9, MON-1, MON-2, NUM-6, WXP-3.
import http from 'node:http'
import { randomBytes } from 'node:crypto'
import { assert, atEnd, instance, parallel, program, test, timeout } from '../lib/harness.mjs'
import { PRICE, World, newTransaction } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer operator callback nginx' })
const world = await World.make(it, { buyers: 3 })
const HOUR = 3600, DAY = 24 * HOUR
let shifted = 0
/** Business time, in seconds of Beijing's civil time since 1970. */
const now = () => Math.floor(Date.now() / 1000) + 8 * HOUR + shifted
const dayOf = t => new Date(t * 1000).toISOString().slice(0, 10)
async function forward(seconds) { await it.forward(`${seconds}s`); shifted += seconds }
/** To that hour of the day that is so many days from today. */
const to = async (days, hour) => forward(Math.floor(now() / DAY) * DAY + days * DAY + Math.round(hour * HOUR) - now())

// ---- the payment platform: what it answers to /pay/downloadbill ------------------------------------------------------------------

const bills = new Map()
const server = http.createServer(async (req, res) => {
	let body = ''
	for await (const part of req) body += part
	const day = /<bill_date>(?:<!\[CDATA\[)?(\d{8})/.exec(body)?.[1]
	res.end(bills.get(day) ?? '<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[No Bill Exist]]></return_msg><error_code><![CDATA[20002]]></error_code></xml>')
})
await new Promise(yes => server.listen(0, '127.0.0.1', yes))
atEnd(async () => { server.closeAllConnections(); server.close() })

const yuan = fen => `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
/** A statement of these lines: {transaction, number, fen, fee, time, refund}. */
function bill(day, lines, sums = lines) {
	const sum = f => yuan(sums.reduce((a, l) => a + f(l), 0))
	bills.set(day.replaceAll('-', ''), '\ufeff交易时间,商户号,货币种类,微信订单号,商户订单号,交易状态,总金额,微信退款单号,商户退款单号,退款金额,手续费\r\n' + lines.map(l => '`' +
		[`${day} ${l.time ?? '12:00:00'}`, world.mch, 'CNY', l.transaction, l.number, l.refund ? 'REFUND' : 'SUCCESS', l.refund ? 0 : yuan(l.fen), l.refund ? l.transaction : 0, l.refund ? l.number : 0,
			l.refund ? yuan(l.fen) : 0, yuan(l.refund ? -(l.fee ?? 0) : l.fee ?? 0)].join(',`') + '\r\n').join('') +
		`总交易单数,总交易额,退款总金额,手续费总金额\r\n\`${sums.length},\`${sum(l => l.refund ? 0 : l.fen)},\`${sum(l => l.refund ? l.fen : 0)},\`${sum(l => l.refund ? -(l.fee ?? 0) : l.fee ?? 0)}\r\n`)
}
async function audit() {
	await it.yunshi('jobs', '--only', 'audit_seal', '--once')
	await world.audit()
}
async function jobs() {
	await it.sql('DELETE FROM lease')	/* of the one that ended just now */
	const { status, stderr } = await program(it.is.program, ['jobs', '--config', it.is.config, '--only', 'statement', '--once'], { env: { ...it.env(), YUNSHI_WECHAT_GATEWAY: `http://127.0.0.1:${server.address().port}` } })
	assert.equal(status, 0, stderr)
	return stderr
}

// ---- people and their pages --------------------------------------------------------------------------------------------------------

let finance, boss
async function signIn() {
	finance = await it.client().signIn('finance@demo.test')
	boss = await it.client().signIn('admin@demo.test')
}
const LIST = '/ops/finance/reconciliation'
const rowOf = day => it.one(`SELECT * FROM statement WHERE channel = 'wechat' AND day = '${day}'`)
const differences = async day => it.sql(`SELECT d.* FROM difference d JOIN statement s ON s.id = d.statement_id WHERE s.day = '${day}' ORDER BY d.nth`)
const kinds = async day => (await differences(day)).filter(d => d.state !== 'settled').map(d => d.kind)
const balance = async (owner, kind) => +(await it.one(`SELECT COALESCE(SUM(balance), 0) AS n FROM account WHERE owner = ${owner} AND kind = '${kind}'`)).n
/** Paid now: a line of the statement. */
async function paid(i = 0, more = {}) {
	const p = await world.payable(i), transaction = newTransaction()
	assert.equal((await world.notify(p, { transaction_id: transaction, ...more })).code, 'SUCCESS')
	return { p, transaction, number: p.number, fen: PRICE, fee: 768 }
}
async function ask(day) {
	const answer = await finance.submit(LIST, { channel: 'wechat', day }, { action: LIST })
	assert.equal(answer.status, 303, answer.text)
	await jobs()
	return answer
}
const pageOf = d => `${LIST}/${d.statement_id}/differences/${d.nth}`
const propose = (who, d, how, note = '已与渠道核实') => who.submit(pageOf(d), { how, note }, { action: `${pageOf(d)}/propose` })
const approve = (who, d) => who.submit(pageOf(d), {}, { action: `${pageOf(d)}/approve` })
async function settle(d, how) {
	const proposed = await propose(finance, d, how), approved = await approve(boss, d)
	assert.deepEqual([proposed.status, approved.status], [303, 303], proposed.text + approved.text)
}
const close = async (who, day) => { const { id } = await rowOf(day); return who.submit(`${LIST}/${id}`, {}, { action: `${LIST}/${id}/close` }) }

await to(4, 12)
const first = dayOf(now()), lines = await parallel(3, i => paid(i))
lines.push({ ...await paid(0) })

test('MON-9 NUM-6 nothing is asked for before ten o\'clock; then the day before is loaded and compared: nothing differs', async () => {
	bill(first, lines)
	await to(1, 9.5)
	await jobs()
	assert.equal(await rowOf(first), undefined)
	await to(0, 10.1)
	await jobs()
	const s = await rowOf(first)
	assert.deepEqual([s.state, s.version, s.line_count, s.income, s.our_income, s.outgo, s.fees, s.found, s.error],
		['loaded', '1', '4', String(4 * PRICE), String(4 * PRICE), '0', String(4 * 768), '0', ''])
	await signIn()
	const page = await finance.get(`${LIST}/${s.id}`)
	assert.ok(page.text.includes('没有差异') && page.text.includes(first))
	assert.ok((await finance.get(LIST)).text.includes(first) && (await finance.get('/ops/finance')).text.includes('渠道资金'))
})

test('MON-9 the same statement twice has no effect', async () => {
	const before = await rowOf(first)
	await ask(first)
	const { loaded_at, version, state } = await rowOf(first)
	assert.deepEqual([loaded_at, version, state], [before.loaded_at, '1', 'loaded'])
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM statement_line WHERE statement_id = ${before.id}`)).n, '4')
})

test('MON-9 cut in half, or with sums of another: refused as a whole, the one before stays, it is asked for again', async () => {
	const whole = bills.get(first.replaceAll('-', '')), before = await rowOf(first)
	for (const text of [whole.slice(0, whole.length / 2), whole.slice(0, -10), '']) {
		bills.set(first.replaceAll('-', ''), text)
		await ask(first)
		const s = await rowOf(first)
		assert.deepEqual([s.version, s.line_count, s.loaded_at, !!s.error, !!s.next_at], ['1', '4', before.loaded_at, true, true], text.slice(-40))
	}
	bill(first, lines.slice(1), lines)
	await ask(first)
	assert.deepEqual([(await rowOf(first)).version, (await rowOf(first)).error], ['1', 'MALFORMED'])
	bill(first, lines)
	await ask(first)
	assert.deepEqual([(await rowOf(first)).version, (await rowOf(first)).error], ['1', ''])
})

test('MON-9 a corrected statement takes the place of the one before, which stays to be seen; what differs no more is gone', async () => {
	bill(first, lines.slice(0, 3))
	await ask(first)
	let s = await rowOf(first)
	assert.deepEqual([s.version > 1, s.income, s.our_income, s.unsettled], [true, String(3 * PRICE), String(4 * PRICE), '1'])
	assert.deepEqual(await kinds(first), ['missing_there'])
	assert.equal((await close(finance, first).catch(e => e)).message?.includes('no form'), true, 'it cannot be closed')
	bill(first, lines)
	await ask(first)
	s = await rowOf(first)
	assert.deepEqual([s.income, s.our_income, s.unsettled, (await differences(first))[0].settlement], [String(4 * PRICE), String(4 * PRICE), '0', 'gone'])
	assert.equal((await finance.json(`${LIST}/${s.id}`)).json.versions.length, 3)
})

test('MON-9 the day is closed: the channel\'s fees are the platform\'s expense; a correction opens it again', async () => {
	const expense = await balance(0, 'expense'), clearing = await balance(2, 'clearing')
	assert.equal((await close(finance, first)).status, 303)
	assert.deepEqual([await balance(0, 'expense'), await balance(2, 'clearing')], [expense - 4 * 768, clearing + 4 * 768])
	assert.equal((await rowOf(first)).state, 'closed')
	bill(first, [...lines.slice(0, 3), { ...lines[3], fee: 700 }])
	await ask(first)
	assert.equal((await rowOf(first)).state, 'loaded')
	assert.equal((await close(boss, first)).status, 303)
	assert.equal(await balance(0, 'expense'), expense - 4 * 768 + 68)
	await audit()
})

test('MON-9 missing here: the statement\'s word is heard like any other, by two people, and the order is paid once', async () => {
	await to(0, 14)
	const day = dayOf(now()), p = await world.payable(1), lost = { transaction: newTransaction(), number: p.number, fen: PRICE, fee: 768 }
	const stranger = { transaction: newTransaction(), number: 'X-NOBODY-1', fen: 500, fee: 3 }, known = await paid(2)
	bill(day, [known, lost, stranger])
	await to(1, 11)
	await signIn()
	await jobs()
	assert.deepEqual(await kinds(day), ['missing_here', 'missing_here'])
	const [d, e] = await differences(day)
	for (const how of ['adjust', 'timing', 'gone', 'x']) assert.equal((await propose(finance, d, how)).status, 422, how)
	assert.equal((await propose(finance, d, 'hear', '')).status, 422)
	assert.equal((await propose(finance, d, 'hear')).status, 303)
	const own = await finance.get(pageOf(d))
	assert.ok(!own.html.includes('/approve'))
	const csrf = /name="csrf" value="([^"]+)"/.exec(own.html)[1]
	const refused = await finance.post(`${pageOf(d)}/approve`, { proposal: 1, csrf, key: randomBytes(8).toString('hex') })
	assert.deepEqual([refused.status, refused.text.includes('另一位财务人员')], [422, true])
	await world.untouched(p)
	const two = boss.tab(), answers = await Promise.all([approve(boss, d), approve(two, d)])
	assert.ok(answers.some(a => a.status === 303) && answers.every(a => [303, 422].includes(a.status)), answers.map(a => a.status).join())
	await world.paidOnce(p)
	assert.equal((await it.one(`SELECT source FROM notice WHERE transaction_id = '${lost.transaction}'`)).source, 'statement')
	await settle(e, 'hear')
	assert.deepEqual(await world.cases({ number: stranger.number }), ['unknown_number'])
	assert.equal((await rowOf(day)).unsettled, '0')
	assert.equal((await close(finance, day)).status, 303)
	await audit()
})

test('MON-9 missing there, amounts differ, a refund that nobody made: adjusted with postings, or explained as timing', async () => {
	await to(0, 14)
	const day = dayOf(now()), a = await paid(0), b = await paid(1), c = await paid(2)
	bill(day, [{ ...a, fen: PRICE + 1 }, { transaction: newTransaction(), number: 'R-NOBODY-1', fen: 300, refund: true }])
	await to(1, 11)
	await signIn()
	await jobs()
	const of = async kind => (await differences(day)).filter(d => d.kind === kind)
	assert.deepEqual((await kinds(day)).sort(), ['amount', 'missing_here', 'missing_there', 'missing_there'])
	const before = [await balance(0, 'expense'), await balance(2, 'clearing')]
	await settle((await of('amount'))[0], 'adjust')
	await settle((await of('missing_here'))[0], 'adjust')
	const [x, y] = await of('missing_there')
	assert.deepEqual([x.number, y.number].sort(), [b.number, c.number].sort())
	await settle(x, 'adjust')
	await settle(y, 'timing')
	const moved = 1 - 300 - PRICE
	assert.deepEqual([await balance(0, 'expense'), await balance(2, 'clearing')], [before[0] + moved, before[1] - moved])
	const s = await rowOf(day)
	assert.deepEqual([s.income, s.our_income, s.outgo, s.our_outgo, s.unsettled], [String(PRICE + 1), String(3 * PRICE), '300', '0', '0'])
	const csv = await finance.get(`${LIST}/${s.id}/differences.csv`)
	assert.equal(csv.html.trim().split('\r\n').length, 5)
	assert.ok(csv.headers['content-disposition'].includes(`reconciliation-${day}.csv`))
	assert.equal((await close(finance, day)).status, 303)
	await audit()
})

test('MON-9 NUM-6 a payment of the day\'s last second, and a clock that is an hour wrong, are matched on the day beside', async () => {
	await to(0, 23.6)
	const evening = dayOf(now()), slow = await paid(0)			/* our clock is slow: the channel has it on the next day */
	await to(1, 0.01)
	const next = dayOf(now()), late = await paid(1), fast = await paid(2)	/* 23:59:59 there, heard after midnight; our clock is fast */
	bill(evening, [{ ...late, time: '23:59:59' }, { ...fast, time: '23:05:00' }])
	bill(next, [{ ...slow, time: '00:35:00' }])
	await to(1, 11)
	await signIn()
	await jobs()
	for (const day of [evening, next]) assert.deepEqual([await kinds(day), (await rowOf(day)).state], [[], 'loaded'], day)
	await audit()
})

test('MON-9 bad input: a day that is not over, a channel without statements, days and differences that are not there', async () => {
	const bad = async fields => { const a = await finance.submit(LIST, fields, { action: LIST }); assert.equal(a.status, 422, JSON.stringify(fields)); return a.text }
	assert.ok((await bad({ channel: 'wechat', day: dayOf(now()) })).includes('还没有结束'))
	assert.ok((await bad({ channel: 'b2b', day: first })).includes('没有对账单'))
	await bad({ channel: 'wechat', day: '2026-02-30' })
	await bad({ channel: 'wechat', day: '' })
	const { id } = await rowOf(first)
	for (const path of ['1', 'x', `${id}/differences/999`, `${id}/differences/0`, '1/differences.csv']) assert.equal((await finance.get(`${LIST}/${path}`)).status, 404, path)
	for (const query of ['channel=x', 'limit=0']) assert.equal((await finance.json(`${LIST}?${query}`)).status, 422, query)
	const buyer = await world.person(0)
	assert.notEqual((await buyer.get(`${LIST}/${id}`)).status, 200)
})
