// Documents of a bank, and signatures that are made without the code under test: the documents are written in their canonical form, so
// that what is signed is the text itself.
import { createHash, sign as signText } from 'node:crypto'
import { readFileSync } from 'node:fs'

export const key = name => readFileSync(new URL(`key/${name}.pem`, import.meta.url))
export const urn = message => `urn:iso:std:iso:20022:tech:xsd:${message}`
const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** <name>…</name>, or nothing when the text is undefined. */
export const el = (name, text) => text === undefined ? '' : `<${name}>${text}</${name}>`

export const details = (d = {}) => el('TxDtls',
	el('Refs', el('EndToEndId', d.end_to_end ?? 'P20261121102304000012')) +
	(d.amount ?? '') +
	el('RltdPties', el('Dbtr', el('Pty', el('Nm', d.debtor ?? '某某科技有限公司'))) + el('DbtrAcct', el('Id', el('Othr', el('Id', '6222000011112222')))) + (d.creditor ?? '')) +
	el('RltdAgts', el('DbtrAgt', el('FinInstnId', el('Nm', '招商银行深圳分行')))) +
	(d.remittance ?? el('RmtInf', el('Ustrd', '订单货款'))))

/** An entry; every part may be replaced, '' leaves it out. */
export const entry = (e = {}) => el('Ntry',
	(e.before ?? '') +
	(e.amount ?? `<Amt Ccy="${e.currency ?? 'CNY'}">${e.value ?? '12800.00'}</Amt>`) +
	(e.direction ?? el('CdtDbtInd', 'CRDT')) +
	(e.reversal ?? '') +
	(e.status ?? el('Sts', el('Cd', 'BOOK'))) +
	(e.booked ?? el('BookgDt', el('DtTm', '2026-11-21T10:23:04+08:00'))) +
	(e.value_day ?? '') +
	(e.reference ?? el('AcctSvcrRef', 'ICBC20261121000001')) +
	(e.code ?? el('BkTxCd', el('Prtry', el('Cd', 'TRF')))) +
	(e.details ?? el('NtryDtls', details())) +
	(e.behind ?? ''))

export const account = (number = '6222020200112233445') => el('Acct', el('Id', el('Othr', el('Id', number))) + el('Ccy', 'CNY'))
const header = id => el('GrpHdr', el('MsgId', id) + el('CreDtTm', '2026-11-21T10:23:05+08:00'))
export const document = (message, body, more = '') => `<Document xmlns="${urn(message)}"${more}>${body}</Document>`

export const notification = (n = {}) => document('camt.054.001.08', el('BkToCstmrDbtCdtNtfctn',
	(n.header ?? header('N20261121000001')) + (n.notifications ?? el('Ntfctn', el('Id', 'N1') + (n.account ?? account()) + (n.entries ?? entry(n)) + (n.tail ?? ''))) + (n.more ?? '')), n.attributes)

const balance = (kind, value, direction = 'CRDT') =>
	el('Bal', el('Tp', el('CdOrPrtry', el('Cd', kind))) + `<Amt Ccy="CNY">${value}</Amt>` + el('CdtDbtInd', direction) + el('Dt', el('Dt', '2026-11-21')))
export const statement = (s = {}) => document('camt.053.001.08', el('BkToCstmrStmt',
	header('S20261121') + el('Stmt', el('Id', 'S1') + el('FrToDt', el('FrDtTm', '2026-11-21T00:00:00') + el('ToDtTm', '2026-11-21T24:00:00')) + account() +
		(s.balances ?? balance('OPBD', '100.00', 'DBIT') + balance('CLBD', '12700.00')) + (s.entries ?? entry(s)))))

const reason = (code, text) => el('StsRsnInf', el('Rsn', el('Cd', code)) + el('AddtlInf', text))
/** What a bank says of an order to pay. */
export const answer = (a = {}) => document('pain.002.001.10', el('CstmrPmtStsRpt',
	el('GrpHdr', el('MsgId', 'A20261121000001') + el('CreDtTm', '2026-11-21T10:23:05Z')) +
	el('OrgnlGrpInfAndSts', el('OrgnlMsgId', 'O20261121102304000001') + el('OrgnlMsgNmId', 'pain.001.001.09') + el('OrgnlNbOfTxs', '2') + (a.group ?? el('GrpSts', 'PART'))) +
	(a.payments ?? el('OrgnlPmtInfAndSts', el('OrgnlPmtInfId', 'O20261121102304000001') + el('PmtInfSts', 'ACSP') + (a.transfers ??
		el('TxInfAndSts', el('OrgnlEndToEndId', 'R1') + el('TxSts', 'ACSC') + el('AcctSvcrRef', 'ICBC1') + (a.behind ?? '')) +
		el('TxInfAndSts', el('OrgnlEndToEndId', 'W2') + el('TxSts', 'RJCT') + reason('AC01', '账号不存在')))))))

const parts = {
	enveloped: `<Transform Algorithm="${DSIG}enveloped-signature"></Transform>`,
	exclusive: `<Transform Algorithm="${EXCLUSIVE}"></Transform>`,
}
const sha = (algorithm, text) => createHash(algorithm).update(text).digest('base64')

/** The Signature of a text (the document as it is without it); each part of it may be replaced. */
export function signature(text, s = {}) {
	const hash = s.hash ?? 'sha256'
	const info = el('SignedInfo',
		`<CanonicalizationMethod Algorithm="${s.canonical ?? EXCLUSIVE}">${s.canonical_in ?? ''}</CanonicalizationMethod>` +
		`<SignatureMethod Algorithm="${s.method ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'}"></SignatureMethod>` +
		(s.before_reference ?? '') +
		`<Reference${s.reference ?? ' URI=""'}>` + el('Transforms', s.transforms ?? parts.enveloped + parts.exclusive) +
		`<DigestMethod Algorithm="${s.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256'}"></DigestMethod>` +
		el('DigestValue', s.digest_value ?? sha(hash, s.digest_of ?? text)) + (s.in_reference ?? '') + '</Reference>' + (s.behind_reference ?? ''))
		.replace('<SignedInfo>', `<SignedInfo xmlns="${DSIG}">`)
	const value = s.value ?? signText(hash, Buffer.from(info), s.pem ?? key(s.key ?? 'bank')).toString('base64')
	return `<Signature xmlns="${DSIG}"${s.attributes ?? ''}>` + info + el('SignatureValue', value) + (s.key_info ?? '') + '</Signature>'
}
signature.parts = parts
signature.DSIG = DSIG

/** The document with its Signature as the last child of its root. */
export const signed = (text, s) => text.replace(/<\/Document>(\s*)$/, end => signature(text, s) + end)
