// Documents of banks: the corpus of tests/iso as it must be judged, the reader against the official schemas, signatures against another implementation.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { answer, details, el, entry, notification, signature, statement } from '../iso/document.mjs'
import { assert, atEnd, test } from '../lib/tap.mjs'

const top = new URL('../..', import.meta.url).pathname
const corpus = path.join(top, 'tests/iso')
const reader = path.join(process.cwd(), 'tests/iso/read')
const bank = path.join(corpus, 'key/bank.pub.pem')
const schema = message => path.join(top, `src/xml/iso20022/${message}.xsd`)
const folder = mkdtempSync(path.join(tmpdir(), 'yunshi-iso-'))
atEnd(() => rmSync(folder, { recursive: true, force: true }))

const lines = readFileSync(path.join(corpus, 'manifest'), 'utf8').trimEnd().split('\n').map(line => line.split('\t'))
	.map(([file, how, by_schema, code, says]) => ({ file, how, by_schema, code, says, path: path.join(corpus, file) }))

/** What the reader says of files: file → [code, words]. */
function read(files, ...options) {
	const out = execFileSync(reader, [...options, ...files], { encoding: 'utf8', maxBuffer: 64 << 20 })
	return new Map(out.trimEnd().split('\n').map(line => line.split('\t')).map(([file, ...rest]) => [file, rest]))
}

/** What xmllint says of them: file → valid or not. */
function validate(message, files) {
	const { stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema(message), ...files], { encoding: 'utf8', maxBuffer: 64 << 20 })
	const said = new Map(stderr.split('\n').map(line => /^(.*) (validates|fails to validate)$/.exec(line)).filter(Boolean).map(([, file, word]) => [file, word === 'validates']))
	return new Map(files.map(file => [file, said.get(file) ?? false]))
}

test('ISO-2 ISO-4 ISO-5 every document of the corpus is judged as it must be, and says what it must', () => {
	const said = new Map([...read(lines.filter(l => l.how === 'u').map(l => l.path)), ...read(lines.filter(l => l.how === 's').map(l => l.path), '-k', bank)])
	for (const l of lines) assert.deepEqual([l.file, ...said.get(l.path)], [l.file, l.code, l.says])
	for (const l of lines) assert.equal(l.code === 'OK', l.file.startsWith('accept/'), l.file)
	assert.ok(lines.filter(l => l.code === 'OK').length >= 20 && lines.filter(l => l.code !== 'OK').length >= 60)
})

test('ISO-2 the official schemas judge the corpus in the same way', () => {
	for (const [message, of] of Object.entries({ 'camt.053.001.08': /statement/, 'pain.002.001.10': /answer/, 'camt.054.001.08': /\/(?!.*statement|answer)/ })) {
		const mine = lines.filter(l => l.by_schema !== '-' && of.test(l.file))
		assert.ok(mine.length)
		const valid = validate(message, mine.map(l => l.path))
		for (const l of mine) assert.deepEqual([l.file, valid.get(l.path)], [l.file, l.by_schema === 'x'])
	}
})

test('ISO-2 a signature counts only with the keys of that bank; the old key and the new one are both right while they change', () => {
	const file = path.join(corpus, 'accept/signed.xml'), other = path.join(corpus, 'key/other.pub.pem')
	assert.equal(read([file], '-k', other).get(file)[0], 'DENIED')
	assert.equal(read([file], '-k', other, '-k', bank).get(file)[0], 'OK')
	assert.equal(read([file], '-k', '/nonexistent', '-k', bank).get(file)[0], 'OK')
	assert.equal(read([file], '-k', '/nonexistent').get(file)[0], 'NOT_FOUND')
	for (const keys of [['manifest'], ['manifest', 'key/other.pub.pem'], ['key/other.pub.pem', 'manifest']])	// who knows whether that would have been the key
		assert.equal(read([file], ...keys.flatMap(k => ['-k', path.join(corpus, k)])).get(file)[0], 'NOT_FOUND', keys.join(' '))
	assert.equal(read([file], '-k', path.join(corpus, 'manifest'), '-k', bank).get(file)[0], 'OK')
})

/** Small changes to a document, the same ones each time. */
function* mutants(text, count) {
	let seed = 42
	const random = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
	const values = ['', ' ', 'x', '0', '1', '-1', '1.5', '2026-11-21', '2026-11-21T10:00:00', '2026-02-30', 'true', 'CNY', 'CRDT', 'x'.repeat(36), '字'.repeat(150), ' 1 ', '+8', 'ICBKCNBJ', 'ICBKCNBJXXX', 'ICBKCNBJXX', '1e3', '２']
	const leaf = /<(\w+)([^<>]*)>([^<>]*)<\/\1>/g
	const spans = [...text.matchAll(leaf)].map(m => [m.index, m.index + m[0].length, m])
	for (let i = 0; i < count; i++) {
		const [from, to, m] = spans[random(spans.length)], [start, end] = spans[random(spans.length)]
		yield [
			() => text.slice(0, from) + `<${m[1]}${m[2]}>${values[random(values.length)]}</${m[1]}>` + text.slice(to),
			() => text.slice(0, from) + text.slice(to),
			() => text.slice(0, to) + m[0] + text.slice(to),
			() => text.slice(0, start) + m[0] + text.slice(start),
			() => text.slice(0, end) + m[0] + text.slice(end),
			() => text.slice(0, from) + `<${m[1]}${m[2] ? '' : ' a="b"'}>${m[3]}</${m[1]}>` + text.slice(to),
			() => text.slice(0, from) + m[0].replaceAll(m[1], text.slice(start).match(/\w+/)[0]) + text.slice(to),
			() => text.slice(0, from) + `<${m[1]}${m[2]}>${m[0]}</${m[1]}>` + text.slice(to),
		][random(8)]()
	}
}

/** A document with much of what the schema has. */
const bic = el('BICFI', 'ICBKCNBJ')
const rich = entry({
	before: el('NtryRef', '1'), reversal: el('RvslInd', 'false'), value_day: el('ValDt', el('Dt', '2026-11-21Z')),
	details: el('NtryDtls', el('Btch', el('MsgId', 'B1') + el('NbOfTxs', '2') + '<TtlAmt Ccy="CNY">12800.00</TtlAmt>' + el('CdtDbtInd', 'CRDT')) +
		details({ amount: '<Amt Ccy="CNY">1.00000</Amt>' + el('CdtDbtInd', 'CRDT') + el('AmtDtls', el('InstdAmt', '<Amt Ccy="USD">1</Amt>' + el('CcyXchg', el('SrcCcy', 'USD') + el('XchgRate', '7.1234567890')))),
			creditor: el('Cdtr', el('Pty', el('Nm', '云市') + el('PstlAdr', el('PstCd', '100000') + el('Ctry', 'CN')) + el('Id', el('OrgId', el('AnyBIC', 'ICBKCNBJXXX') + el('LEI', '5493001KJTIIGC8Y1R12'))) + el('CtctDtls', el('PhneNb', '+86-10-123(4)')))) }) +
		el('TxDtls', el('Refs', el('UETR', 'eb6305c9-1f7f-49de-aed0-16487c27b42d')) + el('RltdAgts', el('DbtrAgt', el('FinInstnId', bic))) +
			el('Tax', el('Rcrd', el('Prd', el('Yr', '2026-01-01') + el('Tp', 'MM01')))) + el('RtrInf', el('Rsn', el('Cd', 'AC04')) + el('AddtlInf', 'closed')))),
})

test('ISO-2 what the official schemas refuse is refused, and what they accept is accepted, also after small changes', t => {
	const bases = { 'camt.054.001.08': notification({ entries: rich, more: el('SplmtryData', el('PlcAndNm', 'x') + el('Envlp', '<a xmlns="urn:a">b</a>')) }),
		'camt.053.001.08': statement({ entries: rich }), 'pain.002.001.10': answer() }
	for (const [message, base] of Object.entries(bases)) {
		const files = [base, ...mutants(base, 700)].map((text, i) => {
			const file = path.join(folder, `${message}-${i}.xml`)
			writeFileSync(file, text)
			return file
		})
		const valid = validate(message, files), said = read(files)
		assert.ok(valid.get(files[0]), `${message}: the document at the beginning is valid`)
		// a booked entry has its reference, a transfer its number: the reader's own rules, on top of the schema's
		const accepted = file => said.get(file)[0] === 'OK' || /^a (booked entry|transfer) without/.test(said.get(file)[1])
		for (const file of files) assert.equal(accepted(file), valid.get(file), `${said.get(file)} ${readFileSync(file, 'utf8')}`)
		t.note(`${message}: ${files.filter(f => valid.get(f)).length} of ${files.length} valid`)
	}
})

test('ISO-7 an order to pay is valid by its schema, with its sum, and texts that are too long cut', () => {
	const file = path.join(folder, 'order.xml'), text = execFileSync(reader, ['-o'], { encoding: 'utf8' })
	writeFileSync(file, text)
	assert.ok(validate('pain.001.001.09', [file]).get(file))
	for (const part of ['<NbOfTxs>2</NbOfTxs><CtrlSum>12345678901.24</CtrlSum>', '<PmtMtd>TRF</PmtMtd>', '<EndToEndId>R20261121102304000012</EndToEndId>', '<InstdAmt Ccy="CNY">0.01</InstdAmt>',
		'<InstdAmt Ccy="CNY">12345678901.23</InstdAmt>', '<Purp><Cd>SUPP</Cd></Purp>', '<Ustrd>提现 &lt;W20261121102304000013&gt;</Ustrd>', '<Nm>中国工商银行 &amp; Co &lt;北京&gt;</Nm>', `<Nm>${'长名'.repeat(70)}</Nm>`])
		assert.ok(text.includes(part), part)
})

const XMLSEC = ['--pubkey-pem', bank]
test('ISO-2 xmlsec1 accepts what is signed here, and what xmlsec1 signs is accepted here', () => {
	const text = path.join(folder, 'text.xml'), ours = path.join(folder, 'ours.xml'), template = path.join(folder, 'template.xml'), theirs = path.join(folder, 'theirs.xml')
	const base = `<?xml version="1.0" encoding="UTF-8"?>\n${notification().replaceAll('><', '>\n  <')}\n`
	writeFileSync(text, base.replace(/<\?.*\?>\n/, ''))
	writeFileSync(ours, execFileSync(reader, ['-s', path.join(corpus, 'key/bank.pem'), text]))
	execFileSync('xmlsec1', ['--verify', ...XMLSEC, ours], { stdio: 'pipe' })
	assert.equal(read([ours], '-k', bank).get(ours)[0], 'OK')
	// another way to write the same: prefixes, white space, a name of the key
	const blank = signature('', { digest_value: '', value: '', key_info: el('KeyInfo', el('KeyName', 'x')) }).replace(/ xmlns="[^"]*"/g, '')
		.replace(/<(\/?)(?=\w)/g, '<$1ds:').replace('<ds:Signature>', `<ds:Signature xmlns:ds="${signature.DSIG}">`).replaceAll('><', '>\n<')
	writeFileSync(template, base.replace('</Document>', `${blank}</Document>`))
	execFileSync('xmlsec1', ['--sign', '--privkey-pem', path.join(corpus, 'key/bank.pem'), '--output', theirs, template], { stdio: 'pipe' })
	assert.deepEqual(read([theirs], '-k', bank).get(theirs)[0], 'OK')
})
