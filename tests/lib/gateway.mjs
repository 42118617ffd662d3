// Something between us and the payment platform: hands calls on to the sandbox, and spoils those that it was told to.
import http from 'node:http'
import { atEnd } from './tap.mjs'

export class Gateway {
	/** Stands before the sandbox of this instance; `url` is its address. */
	static async make(it) {
		const g = new Gateway()
		g.it = it
		g.spoilt = []
		g.calls = []
		g.server = http.createServer((req, res) => g.#serve(req, res).catch(() => res.destroy()))
		await new Promise(yes => g.server.listen(0, '127.0.0.1', yes))
		g.url = `http://127.0.0.1:${g.server.address().port}`
		atEnd(async () => { g.server.closeAllConnections(); g.server.close() })
		return g
	}
	/** The next call of this name ("refund", "orderquery") goes wrong in this way: before it is done there, or afterwards (the answer is spoilt). */
	spoil(call, how, done = true) { this.spoilt.push({ call, how, done }) }
	/** How often there was a call of that name. */
	heard(call) { return this.calls.filter(c => c === call).length }

	async #serve(req, res) {
		let body = ''
		for await (const part of req) body += part
		const call = req.url.split('/').at(-1), at = this.spoilt.findIndex(s => s.call === call), wrong = at < 0 ? null : this.spoilt.splice(at, 1)[0]
		this.calls.push(call)
		res.setHeader('connection', 'close')	// a call on a kept connection that is reset is sent again by itself
		const answer = wrong && !wrong.done ? '' : await (await fetch(this.it.sandboxUrl + req.url, { method: 'POST', body, headers: { 'content-type': req.headers['content-type'] } })).text()
		if (!wrong) return res.end(answer)
		ways[wrong.how](res, answer)
	}
}

const ways = {
	silent: () => { /* never a word */ },
	slow: (res, answer) => {
		let n = 0
		const timer = setInterval(() => { if (res.destroyed || n >= answer.length + 1) clearInterval(timer); else res.write(answer[n++] ?? ' ') }, 100)
	},
	cut: (res, answer) => { res.writeHead(200, { 'content-length': answer.length + 10 }); res.write(answer.slice(0, answer.length / 2), () => res.destroy()) },
	reset: res => res.destroy(),
	error: res => { res.statusCode = 500; res.end('<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code></xml>') },
	html: res => { res.setHeader('content-type', 'text/html'); res.end('<!DOCTYPE html><html><head><title>502</title></head><body>502 Bad Gateway</body></html>') },
	rubbish: res => res.end('\0\xff<<<'),
	empty: res => res.end(),
	huge: res => { res.on('error', () => {}); for (let i = 0; i < 200 && !res.destroyed; i++) res.write('x'.repeat(1 << 10)); res.end() },
	unsigned: res => res.end('<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><trade_state>SUCCESS</trade_state></xml>'),
	forged: (res, answer) => res.end(answer.replace(/(<sign><!\[CDATA\[)(.)/, (_, a, c) => a + (c === '0' ? '1' : '0'))),
	fail: res => res.end('<xml><return_code>FAIL</return_code><return_msg>SYSTEMERROR</return_msg></xml>'),
}
/** All ways to go wrong. */
export const faults = Object.keys(ways)
