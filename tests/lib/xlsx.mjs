// A workbook as rows of cells: an entry of a ZIP, and the one sheet in it.
import { inflateRawSync } from 'node:zlib'
import { unescapeHtml } from './html.mjs'

/** The entries of a ZIP by name, as its directory lists them. */
export function unzip(file) {
	const end = file.lastIndexOf(Buffer.from('PK\x05\x06')), entries = {}
	for (let n = file.readUInt16LE(end + 10), at = file.readUInt32LE(end + 16); n--;) {
		const [method, size, name, extra, comment, local] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), ...[28, 30, 32].map(o => file.readUInt16LE(at + o)), file.readUInt32LE(at + 42)]
		const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28), packed = file.subarray(begin, begin + size)
		entries[file.toString('utf8', at + 46, at + 46 + name)] = method ? inflateRawSync(packed) : packed
		at += 46 + name + extra + comment
	}
	return entries
}

/** Each row as what its cells hold: text, or a number; a date as `{ date }`.  Throws when a cell is anything else. */
export function sheet(file) {
	const entries = unzip(file), xml = entries['xl/worksheets/sheet1.xml'].toString(), styles = entries['xl/styles.xml'].toString()
	const patterns = Object.fromEntries([...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(m => [m[1], m[2]]))
	const formats = [...styles.match(/<cellXfs[^]*?<\/cellXfs>/)[0].matchAll(/<xf numFmtId="(\d+)"/g)].map(m => patterns[m[1]])
	return [...xml.matchAll(/<row [^>]*>([^]*?)<\/row>/g)].map(([, row]) => {
		const cells = []
		for (const [, name, style = 0, type, held] of row.matchAll(/<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="(\w+)")?>([^]*?)<\/c>/g)) {
			const column = [...name].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1
			const text = held.match(/^<is><t[^>]*>([^]*)<\/t><\/is>$/), number = held.match(/^<v>(-?[\d.E+]+)<\/v>$/)
			if (!(type === 'inlineStr' ? text : number && !type)) throw new Error(`${name}: ${held}`)
			const format = formats[style]
			cells[column] = text ? unescapeHtml(text[1]) : /yy/.test(format) ? { date: +number[1] } : format === '0.00' ? { yuan: +number[1] } : +number[1]
		}
		return Array.from(cells, c => c ?? '')
	})
}

/** A cell as the text file has it. */
export const cellText = c => c.date !== undefined ? new Date(Math.round((c.date - 25569) * 86400) * 1000).toISOString().slice(0, 19).replace('T', ' ') : c.yuan !== undefined ? c.yuan.toFixed(2) : `${c}`
