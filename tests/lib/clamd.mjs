// A virus scanner that speaks clamd's INSTREAM on a unix socket and knows one virus.
import net from 'node:net'
import { atEnd } from './tap.mjs'

export const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'

/** {seen: what was scanned, answer: its answer instead, NULL-ended; '' = it hangs up; close()} */
export function clamd(path) {
	const scanner = { seen: [], answer: null }
	const server = net.createServer(socket => {
		let got = Buffer.alloc(0)
		socket.on('error', () => { /* it was not waited for */ })
		socket.on('data', data => {
			got = Buffer.concat([got, data])
			if (!got.subarray(0, 10).equals(Buffer.from('zINSTREAM\0'))) return
			const parts = []
			for (let at = 10; at + 4 <= got.length;) {
				const n = got.readUInt32BE(at)
				if (n) { parts.push(got.subarray(at + 4, at + 4 + n)); at += 4 + n; continue }
				const file = Buffer.concat(parts)
				scanner.seen.push(file)
				return socket.end(scanner.answer ?? (file.includes(EICAR) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0'))
			}
		})
	}).listen(path)
	scanner.close = () => new Promise(yes => server.close(yes))
	atEnd(() => scanner.close())
	return scanner
}
