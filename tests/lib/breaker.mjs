// A socket between a program and the store that breaks at a chosen command, as a network or a dying server would.
import { rmSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { atEnd } from './tap.mjs'

const QUERY = 0x03, EXECUTE = 0x17

/** The commands of a client in this piece of its stream: packets with sequence number 0.  `left`: bytes of an open packet. */
function* commands(state, data) {
	for (let at = 0; at < data.length;) {
		if (state.left > 0) {
			const n = Math.min(state.left, data.length - at)
			state.left -= n
			at += n
			continue
		}
		const size = data.readUIntLE(at, 3)
		if (data[at + 3] === 0 && size > 0) yield { kind: data[at + 4], text: data.toString('latin1', at + 5, at + 4 + Math.min(size, 40)) }
		state.left = size
		at += 4
	}
}

export class Breaker {
	/** where: sets at which statement inside a transaction (1 = the first after START TRANSACTION, 'commit' = COMMIT) and how:
	 *  'before' = the server never gets it, 'after' = the server has done it and its answer is lost, or a function that is called before. */
	constructor(it) {
		this.path = path.join(path.dirname(it.is.database_socket), `breaker-${Math.random().toString(36).slice(2, 8)}`)
		this.server = net.createServer({ allowHalfOpen: false }, client => this.#serve(client, it.is.database_socket))
		this.ready = new Promise(yes => this.server.listen(this.path, yes))
		this.at = 0
		this.broke = 0
		atEnd(async () => { this.server.close(); rmSync(this.path, { force: true }) })
	}
	/** Once, from now on. */
	arm(at, how) { Object.assign(this, { at, how, broke: 0, seen: 0 }) }

	#due({ kind, text }) {
		if (kind === QUERY && text.startsWith('START TRANSACTION')) { this.inside = true; return false }
		if (!this.inside || (kind !== QUERY && kind !== EXECUTE)) return false
		const ends = kind === QUERY && /^(COMMIT|ROLLBACK)/.test(text)
		if (ends) this.inside = false
		else this.seen++
		return ends ? this.at === 'commit' && text.startsWith('COMMIT') : this.seen === this.at
	}

	#serve(client, socket) {
		const server = net.connect(socket), state = { left: 0 }
		let swallow = false
		const end = () => { client.destroy(); server.destroy() }
		for (const s of [client, server]) s.on('error', end).on('close', end)
		client.on('data', data => {
			const due = !this.broke && [...commands(state, data)].some(c => this.#due(c))
			if (due) {
				this.broke++
				this.inside = false
				if (this.how === 'before') return end()
				if (this.how === 'after') swallow = true
				else this.how()
			}
			server.write(data)
		})
		server.on('data', data => { if (swallow) end(); else client.write(data) })
	}
}
