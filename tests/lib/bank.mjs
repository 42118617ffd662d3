// A bank that announces money to an instance: documents of its own, signed with its key, sent to the callback.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { account, details, el, entry, notification, signed, statement } from '../iso/document.mjs'
import { Client } from './client.mjs'
import { assert } from './tap.mjs'

let made = 0
export const nextId = prefix => `${prefix}${process.pid}N${++made}`

export class Bank {
	constructor(it, code = 'ccb') {
		this.it = it
		this.code = code
		this.account = new RegExp(`accounts = ${code}=(\\d+)`).exec(readFileSync(it.is.config, 'utf8'))[1]
	}
	key(code = this.code) { return readFileSync(path.join(this.it.folder, `secret/bank/${code}.pem`)) }
	/** An entry onto the platform's account: {number, yuan, reference, text, …}; more: as of iso/document.mjs. */
	entry({ number, yuan = '1280.00', reference = nextId('REF'), text = '', structured, ...more } = {}) {
		const information = el('RmtInf', (text ? el('Ustrd', text) : '') + (structured ? el('Strd', el('CdtrRefInf', el('Ref', structured))) : '')).replace('<RmtInf></RmtInf>', '')
		return entry({ value: yuan, reference: el('AcctSvcrRef', reference), details: el('NtryDtls', details({ end_to_end: number ?? 'NOTPROVIDED', remittance: information })), ...more })
	}
	/** A whole document: signed unless `key` is ''. */
	document(entries, { id = nextId('M'), kind = notification, key = this.key(), of = this.account } = {}) {
		const text = kind({ header: el('GrpHdr', el('MsgId', id) + el('CreDtTm', '2026-11-21T10:23:05+08:00')), account: account(of), entries: [entries].flat().join('') })
			.replaceAll(account(), account(of)).replace('<MsgId>S20261121<', `<MsgId>${id}<`)
		return key ? signed(text, { pem: key }) : text
	}
	statement(entries, more) { return this.document(entries, { kind: statement, ...more }) }
	/** {status, text} of the callback. */
	async send(document, { media = 'application/xml', code = this.code } = {}) {
		const { status, html } = await new Client(this.it.url).request('POST', `/callback/bank?bank=${code}`, { body: document, headers: { 'content-type': media } })
		return { status, text: html }
	}
	/** Announces one entry: it must be taken.  Gives its row. */
	async announce(e) {
		const reference = e.reference ?? nextId('REF'), answer = await this.send(this.document(this.entry({ ...e, reference })))
		assert.equal(answer.status, 200, answer.text)
		return this.row(reference)
	}
	row(reference) { return this.it.one(`SELECT * FROM bank_entry WHERE account = '${this.account}' AND reference = '${reference}'`) }
}
