// Providers' systems, written from the protocols alone (PRV-2, PRV-3, PRV-4): they share no line with the platform.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import http from 'node:http'
import { atEnd } from './harness.mjs'

const same = (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
const hmac = (key, text) => createHmac('sha256', key).update(text).digest('hex')
const sha256 = text => createHash('sha256').update(text).digest('hex')

/** Who may call, in each dialect: by the query, the headers and the raw body. */
const heard = {
	tencent: (q, _headers, _body, token) => same(q.signature, sha256([token, q.timestamp, q.eventId].sort().join(''))),
	koogallery: (q, _headers, body, key) => same(q.signature.toLowerCase(), hmac(key, key + q.nonce + q.timestamp + hmac(key, body))),
	yunshi(q, headers, body, secret) {
		const fields = (headers['x-yunshi-signature'] ?? '').split(',').map(x => x.split('=')), t = fields.find(([k]) => k === 't')?.[1]
		return t === q.timestamp && fields.some(([k, v]) => k === 'v1' && same(v, hmac(secret, `${t}.${q.eventId}.${sha256(body)}`)))
	},
}
const refusal = { tencent: [401, { success: 'false' }], koogallery: [200, { resultCode: '000001', resultMsg: 'auth' }], yunshi: [401, { success: 'false' }] }

const text = /^.+$/s, number = /^\d+$/, day = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, sign = { signId: /^.{1,11}$/ }, line = { orderId: text, orderLineId: text }, one = { instanceId: text }
/** What each action says, and nothing else; with ? it may be missing. */
const spoken = {
	tencent: {
		verifyInterface: { echoback: text },
		createInstance: { orderId: text, accountId: number, openId: text, productId: number, requestId: number, extendInfo: {},
			productInfo: { productName: text, isTrial: /^(true|false)$/, spec: text, timeSpan: number, timeUnit: /^[ymdht]$/ } },
		renewInstance: { ...sign, instanceExpireTime: day },
		modifyInstance: { ...sign, spec: text, 'timeSpan?': number, 'timeUnit?': /^[ymdht]$/, 'instanceExpireTime?': day },
		expireInstance: sign, destroyInstance: sign,
	},
	koogallery: {
		newInstance: { ...line, businessId: text }, queryInstance: { instanceId: /^[^,]+(,[^,]+){0,99}$/ },
		refreshInstance: { ...line, ...one, scene: /^(TRIAL_TO_FORMAL|RENEWAL|UNSUBSCRIBE_RENEWAL_PERIOD)$/, productId: text, expireTime: /^\d{14}$/ },
		updateInstanceStatus: { ...one, status: /^(FREEZE|NORMAL)$/ }, releaseInstance: { ...line, ...one }, upgradeInstance: { ...line, ...one, productId: text },
	},
}
spoken.yunshi = spoken.tencent
/** Names of what is missing, too much, or not of its form. */
function faults(value, form, at = '') {
	const names = Object.keys(form).map(n => n.replace('?', ''))
	return [...Object.keys(value).filter(n => !names.includes(n)), ...Object.entries(form).flatMap(([n, rule]) => {
		const name = n.replace('?', ''), v = value[name]
		if (v === undefined) return n === name ? [`no ${name}`] : []
		if (!(rule instanceof RegExp)) return typeof v === 'object' ? faults(v, rule, `${at}${name}.`) : [name]
		return ['string', 'number'].includes(typeof v) && rule.test(v) ? [] : [name]
	})].map(n => at + n)
}
function wrong(dialect, body, query) {
	const { action, activity, testFlag, ...rest } = body, form = spoken[dialect][action ?? activity]
	if (!form) return [`unknown ${action ?? activity}`]
	const long = dialect === 'koogallery', shape = long ? /^\d{13}$/ : /^\d{10}$/
	return [...faults(rest, form), ...shape.test(query.timestamp) ? [] : ['timestamp'], ...long ? /^[01]$/.test(testFlag) ? [] : ['testFlag'] : number.test(query.eventId) ? [] : ['eventId']]
}

/** A receiver of one dialect on a free port; `act(body, event)` gives its answer. `calls` keeps what it was asked, as {body, query, ok, wrong}: what in it is not as the protocol says. */
export async function receiver(dialect, secret, act, { anybody = false } = {}) {
	const calls = []
	const server = http.createServer((req, res) => {
		let raw = ''
		req.setEncoding('utf8').on('data', d => { raw += d }).on('end', () => {
			const query = Object.fromEntries(new URL(req.url, 'http://x').searchParams), ok = heard[dialect](query, req.headers, raw, secret), body = JSON.parse(raw)
			calls.push({ body, query, ok, wrong: wrong(dialect, body, query), headers: req.headers })
			const [status, answer] = ok || anybody ? [200, act(body, query)] : refusal[dialect]
			res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
		})
	})
	await new Promise(yes => server.listen(0, '127.0.0.1', yes))
	atEnd(() => new Promise(yes => { server.close(yes); server.closeAllConnections() }))
	return { calls, url: `http://127.0.0.1:${server.address().port}/hook`, asked: name => calls.filter(c => (c.body.action ?? c.body.activity) === name) }
}
