// Pictures that people send.
import { crc32, deflateSync } from 'node:zlib'

function chunk(type, body) {
	const b = Buffer.concat([Buffer.from(type), body]), whole = Buffer.alloc(b.length + 8)
	whole.writeUInt32BE(body.length)
	b.copy(whole, 4)
	whole.writeUInt32BE(crc32 ? crc32(b) : 0, b.length + 4)
	return whole
}
/** A whole picture of one shade. */
export function png(width, height, shade = 80) {
	const head = Buffer.alloc(13)
	head.writeUInt32BE(width)
	head.writeUInt32BE(height, 4)
	head.set([8, 0, 0, 0, 0], 8)
	const rows = Buffer.alloc(height * (width + 1), shade)
	for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}
