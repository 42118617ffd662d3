// A visitor: sends requests with a cookie jar, fills forms, never follows a redirect by itself.
import http from 'node:http'
import { fill, forms, textOf } from './html.mjs'

class Answer {
	constructor(res, body) { this.status = res.statusCode; this.headers = res.headers; this.body = body }
	get html() { return this.body.toString() }
	/** What a reader sees of the page. */
	get text() { return textOf(this.html) }
	get json() { return JSON.parse(this.html) }
	get location() { return this.headers.location }
	/** The form whose action is `action` (with or without its query), or the only one that is posted. */
	form(action) {
		const all = forms(this.html)
		const found = action ? all.find(f => f.action === action) ?? all.find(f => f.action.split('?')[0] === action) : all.filter(f => f.method === 'post').at(-1)
		if (!found) throw new Error(`no form ${action ?? ''} on the page; it has ${all.map(f => f.action).join(' ')}`)
		return found
	}
}

export class Client {
	#jar = new Map()
	#agent = new http.Agent({ keepAlive: true })

	constructor(url, headers = {}) { this.url = url; this.headers = headers }

	/** Another visitor with the same cookies: a second tab that does not wait for the first. */
	tab() {
		const other = new Client(this.url, this.headers)
		other.#jar = new Map(this.#jar)
		return other
	}
	cookie(name) { return this.#jar.get(name) }
	setCookie(name, value) { this.#jar.set(name, value) }

	#keep(lines = []) {
		for (const line of lines) {
			const [pair, ...rest] = line.split(';')
			const at = pair.indexOf('=')
			if (rest.some(a => /^\s*max-age=(0|-)/i.test(a))) this.#jar.delete(pair.slice(0, at).trim())
			else this.#jar.set(pair.slice(0, at).trim(), pair.slice(at + 1))
		}
	}

	/** Sends one request; `path` may be a whole address.  options: headers, body, and anything of http.request. */
	async request(method, path, { headers = {}, body, ...more } = {}) {
		const address = new URL(path, this.url)
		const cookie = [...this.#jar].map(([k, v]) => `${k}=${v}`).join('; ')
		const head = { accept: 'text/html', 'accept-language': 'zh-CN', ...this.headers, ...(cookie && { cookie }), ...headers }
		if (body !== undefined) head['content-length'] ??= Buffer.byteLength(body)
		return new Promise((yes, no) => {
			const req = http.request(address, { method, headers: head, agent: this.#agent, ...more }, async res => {
				try {
					const parts = []
					for await (const part of res) parts.push(part)
					this.#keep(res.headers['set-cookie'])
					yes(new Answer(res, Buffer.concat(parts)))
				} catch (error) { no(error) }
			})
			req.on('error', no)
			req.end(body)
		})
	}

	get(path, options) { return this.request('GET', path, options) }
	/** GET of the same address by a program. */
	json(path, headers) { return this.get(path, { headers: { accept: 'application/json', ...headers } }) }

	/** Posts fields (object or list of pairs) as a page of this site would. */
	post(path, fields, { headers = {}, ...more } = {}) {
		return this.request('POST', path, {
			body: new URLSearchParams(fields).toString(), ...more,
			headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(this.url).origin, 'sec-fetch-site': 'same-origin', ...headers },
		})
	}

	/** Opens the page, fills its form (the one with this action, else the only posted one) and sends it. */
	async submit(page, fields = {}, { action, ...options } = {}) {
		let shown = await this.get(page)
		if (shown.status === 303 && !shown.location.startsWith('/login')) shown = await this.get(page = shown.location)
		if (shown.status !== 200) throw new Error(`${page} answered ${shown.status}`)
		const form = shown.form(action)
		return this.post(new URL(form.action || page, new URL(page, this.url)).href, fill(form, fields), options)
	}

	/** Signs a person of the demo data in; throws when that fails. */
	async signIn(name, password = 'Yunshi-demo-1') {
		const answer = await this.submit('/login', { name, password })
		if (answer.status !== 303) throw new Error(`${name} could not sign in: ${answer.status}`)
		return this
	}
}

/** n times at once: the answers, in order. */
export const parallel = (n, run) => Promise.all(Array.from({ length: n }, (_, i) => run(i)))

/** Asks until the answer is true, at most so many seconds. */
export async function until(run, what = 'it', seconds = 20) {
	for (const end = Date.now() + seconds * 1000; ;) {
		const found = await run()
		if (found) return found
		if (Date.now() > end) throw new Error(`${what} did not happen within ${seconds} s`)
		await new Promise(yes => setTimeout(yes, 50))
	}
}
