// A mail server with TLS, from RFC 5321, 3207 and 4954 alone.
import net from 'node:net'
import tls from 'node:tls'
import { atEnd } from './harness.mjs'

/** `how`: key, cert; implicit (smtps), starttls (offered), user, password (who may send; none: anybody), says {step: line} instead of what it would say.
 * It keeps what it was told: `letters` {from, to, text, secure, user}, `steps`, `clear` (all that came before TLS). */
export async function mailServer(how) {
	const box = { letters: [], steps: [], clear: '', how }
	const wants = (name, password) => Buffer.from(`\0${name}\0${password}`).toString('base64')

	function talk(socket, secure) {
		let rest = '', letter = null, text = null, user = null, waits = false
		const offers = () => [...secure || !box.how.starttls ? [] : ['STARTTLS'], ...secure && box.how.user ? ['AUTH PLAIN'] : []]
		const say = (step, line) => { box.steps.push(step); socket.write((box.how.says?.[step] ?? line) + '\r\n') }
		const took = (step, line) => { say(step, line); return !/^[45]/.test(box.how.says?.[step] ?? line) }
		function sign(proof) {
			waits = false
			if (took('AUTH', proof === wants(box.how.user, box.how.password) ? '235 2.7.0 welcome' : '535 5.7.8 bad name or password')) user = box.how.user
		}
		const steps = {
			EHLO: () => say('EHLO', ['box.test', ...offers(), '8BITMIME'].map((x, i, all) => `250${i < all.length - 1 ? '-' : ' '}${x}`).join('\r\n')),
			QUIT: () => say('QUIT', '221 2.0.0 bye'),
			STARTTLS: () => { if (took('STARTTLS', '220 2.0.0 go on')) upgrade() },
			AUTH: line => { if (line.split(' ')[2]) sign(line.split(' ')[2]); else { waits = true; say('AUTH?', '334 ') } },
			MAIL: line => { if (took('MAIL', '250 2.1.0 ok')) letter = { from: line, to: [], secure, user } },
			RCPT: line => { if (took('RCPT', '250 2.1.5 ok')) letter.to.push(line) },
			DATA: () => { if (took('DATA', '354 go on')) text = [] },
		}
		function hear(line) {
			const verb = line.toUpperCase().split(' ')[0], open = ['EHLO', 'QUIT', ...offers().map(x => x.split(' ')[0])].includes(verb)
			if (waits) sign(line)
			else if (!(verb in steps) || (['STARTTLS', 'AUTH'].includes(verb) && !open)) say(verb, '502 5.5.1 what?')
			else if (!open && box.how.user && !user) say(verb, '530 5.7.0 sign in first')
			else steps[verb](line)
		}
		function data(piece) {
			rest += piece
			if (!secure) box.clear += piece
			for (let at; (at = rest.indexOf('\r\n')) >= 0;) {
				const line = rest.slice(0, at)
				rest = rest.slice(at + 2)
				if (!text) hear(line)
				else if (line !== '.') text.push(line.replace(/^\./, ''))
				else {
					if (took('.', '250 2.0.0 taken')) box.letters.push({ ...letter, text: text.join('\r\n') })
					text = null
				}
			}
		}
		function upgrade() {
			socket.off('data', data)
			const inner = new tls.TLSSocket(socket, { isServer: true, key: box.how.key, cert: box.how.cert })
			inner.on('error', () => {}).once('secure', () => talk(inner, true))
		}
		socket.on('error', () => {}).on('data', data)
		if (!secure || box.how.implicit) say('greeting', '220 box.test ESMTP')
	}
	const server = how.implicit ? tls.createServer({ key: how.key, cert: how.cert }, s => talk(s, true)) : net.createServer(s => talk(s, false))
	const sockets = new Set()
	server.on('tlsClientError', () => {}).on('connection', s => { sockets.add(s); s.on('error', () => {}).on('close', () => sockets.delete(s)) })
	await new Promise(yes => server.listen(0, '127.0.0.1', yes))
	atEnd(() => new Promise(yes => { server.close(yes); sockets.forEach(s => s.destroy()) }))
	box.port = server.address().port
	return box
}
