// A marketplace of a few rows, whatever the demo data are; the words of the payment platform about it; and people who act without a browser.
import { spawn } from 'node:child_process'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from './client.mjs'
import { program } from './instance.mjs'
import { assert, atEnd } from './tap.mjs'

const PROVIDER = 7001
export const PRODUCT = 7101, PLAN = 7201, PRICE = 128000

/** One use case after the other, in a process of its own with a connection of its own.  fault: YUNSHI_FAULT; more: of the environment. */
export class Actor {
	#waiting = []
	constructor(it, pool, fault, more) {
		const program = path.join(path.dirname(it.is.program), 'tests/fault/act')
		this.child = spawn(program, [it.is.config, pool], { stdio: ['pipe', 'pipe', 'ignore'], env: { ...it.env(), ...fault && { YUNSHI_FAULT: fault }, ...more } })
		this.ended = new Promise(yes => this.child.on('close', (code, signal) => {
			for (const give of this.#waiting.splice(0)) give({ rc: 'killed', said: '' })
			yes({ code, signal })
		}))
		this.child.stdin.on('error', () => { /* it was killed */ })
		createInterface(this.child.stdout).on('line', line => {
			const [rc, ...said] = line.split(' ')
			this.#waiting.shift()({ rc: rc.toLowerCase(), said: said.join(' ') })
		})
		atEnd(() => this.end())
	}
	/** {rc, said}; rc is 'killed' when the process ended instead. */
	ask(...words) {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve({ rc: 'killed', said: '' })
		return new Promise(yes => { this.#waiting.push(yes); this.child.stdin.write(words.join(' ') + '\n') })
	}
	end() {
		this.child.stdin.end()
		return this.ended
	}
}

let transactions = 0, coupons = 1000
/** A transaction number of the payment platform that nobody had before. */
export const newTransaction = () => `42000020261121${process.pid}${String(++transactions).padStart(8, '0')}`

export class World {
	/** Fills the instance; buyers 1, 2, … are organisations without people; refunds go to the balance, or to their origin. */
	static async make(it, { buyers = 4, stock = null, refunds = 'balance' } = {}) {
		const w = new World()
		w.it = it
		w.buyers = Array.from({ length: buyers }, (_, i) => 8001 + i)
		w.buyerActor = new Actor(it, 'buyer')
		w.appid = 'wx8a6d5f2c90e1b374'
		w.mch = '1900012026'
		w.key = readFileSync(path.join(it.folder, 'secret/wechat'), 'utf8')
		const token = readFileSync(path.join(it.folder, 'secret/provider_token'), 'utf8')
		const { said: sealed } = await w.buyerActor.ask('seal', PRODUCT, token)
		const orgs = [PROVIDER, ...w.buyers]
		await it.sql(`
			UPDATE category_policy SET refund_to = '${refunds}' WHERE category_code IN ('saas', 'cloud-resource');
			INSERT INTO org (id, kind, name, created_at) VALUES ${orgs.map(o => `(${o}, '${o === PROVIDER ? 'provider' : 'buyer'}', 'Org ${o}', '2026-01-01')`)};
			INSERT INTO org_counter (org_id) VALUES ${orgs.map(o => `(${o})`)};
			INSERT INTO product (id, slug, provider_id, category_code, state, name, summary, delivery, dialect, webhook_url, webhook_secret, agreement_version, listed_at, created_at)
			VALUES (${PRODUCT}, 'world', ${PROVIDER}, 'saas', 'listed', 'World', 'World', 'automatic', 'tencent', '${it.sandboxUrl}/provider/world', X'${sealed}', 1, '2026-01-01', '2026-01-01');
			INSERT INTO product_term (term, score, product_id) VALUES ('*deals', 0, ${PRODUCT});
			UPDATE term_count SET n = n + 1 WHERE term = '*deals';
			INSERT INTO product_text (product_id, description, guide, after_sales, agreement, support_phone, support_email) VALUES (${PRODUCT}, '', '', '', '', '', '');
			INSERT INTO plan (product_id, id, position, name, billing_mode, unit, stock) VALUES (${PRODUCT}, ${PLAN}, 1, 'Basic', 'yearly_monthly', 'account', ${stock});
			INSERT INTO plan_price (plan_id, duration_unit, duration, price) VALUES (${PLAN}, 'month', 1, ${PRICE});`)
		return w
	}

	/** The owner of buyer i's organisation, signed in. */
	async person(i) {
		const org = this.buyers[i], name = `world-${org}`
		const made = await program(this.it.is.program, ['user', 'create', '--config', this.it.is.config, '--name', name, '--person', 'Li', '--org', String(org), '--roles', 'owner'],
			{ env: this.it.env(), input: 'Yunshi-demo-1\n' })
		assert.equal(made.status, 0, made.stderr)
		return new Client(this.it.url).signIn(name)
	}
	/** Places an order of buyer i, with a coupon when there is a claim: its number. */
	async place(i, actor = this.buyerActor, coupon) {
		const { rc, said } = await actor.ask(...this.placing(i, randomBytes(8).toString('hex'), coupon))
		assert.equal(rc, 'ok', said)
		return said.split('/')[3]
	}
	placing(i, key, { claim, seen = PRICE } = {}) { return ['place', this.buyers[i], this.buyers[i], PLAN, seen, key, ...claim ? [claim] : []] }
	/** The same: {buyer, id, number}. */
	async order(i = 0) {
		const number = await this.place(i), { id } = await this.it.one(`SELECT id FROM orders WHERE number = '${number}'`)
		return { buyer: this.buyers[i], id, number }
	}
	/** An order and its payment as it stands right after the channel was asked, without asking it. */
	async payable(i = 0, state = 'waiting', coupon) {
		const order = await this.place(i, this.buyerActor, coupon), number = `P${order}`
		const { id, payment } = await this.it.one(`
			INSERT INTO payment (id, number, org_id, channel, state, amount, sign_type, code_url, created_at, deadline_at, query_at)
			SELECT id + 1, '${number}', buyer_id, 'wechat', '${state}', payable, ${state === 'created' ? 'NULL, NULL' : "'hmac_sha256', 'weixin://x'"}, created_at,
			       created_at + INTERVAL 2 HOUR, created_at + INTERVAL 2 HOUR FROM orders WHERE number = '${order}';
			INSERT INTO payment_order (payment_id, order_id, amount, cash) SELECT id + 1, id, payable, payable FROM orders WHERE number = '${order}';
			SELECT id, id + 1 AS payment FROM orders WHERE number = '${order}'`)
		return { id: payment, number, order: { buyer: this.buyers[i], id, number: order } }
	}

	/** A coupon of a tenth off that buyer i has claimed: the id of the claim. */
	async coupon(i) {
		const id = ++coupons
		await this.it.sql(`
			INSERT INTO coupon (provider_id, id, state, name, kind, percent, scope, used_for, claim_from, claim_to, valid_days, total, per_buyer, claimed, created_at)
			VALUES (${PROVIDER}, ${id}, 'published', 'World', 'percent', 10, 'provider', 'both', '2026-01-01', '2099-01-01', 365, 1, 1, 1, '2026-01-01');
			INSERT INTO coupon_claim (buyer_id, id, number, coupon_id, provider_id, nth, state, valid_from, valid_to, claimed_at)
			VALUES (${this.buyers[i]}, ${id}, ${id}, ${id}, ${PROVIDER}, 1, 'usable', '2026-01-01', '2099-01-01', '2026-01-01')`)
		return id
	}

	/** A voucher or card of buyer i over so many yuan: its id. */
	async voucher(i, yuan, { kind = 'voucher', minimum = '-', scope = '-', reusable = '-' } = {}) {
		this.desk ??= new Actor(this.it, 'operator')
		const { rc, said } = await this.desk.ask('issue', this.buyers[i], kind, yuan, minimum, scope, reusable)
		assert.equal(rc, 'ok', said)
		return said
	}
	/** What stands in its parts, in fen: available, reserved, used, expired. */
	async parts(id) { return Object.values(await this.it.one(`SELECT available, reserved, used, expired FROM voucher WHERE id = ${id}`)).map(Number) }
	/** A withdrawal of an organisation that waits for a decision: what its frozen money is for. */
	asked(org, fen) {
		return this.it.sql(`SET @id = (SELECT COALESCE(MAX(id), 0) + 1 FROM withdrawal);
			INSERT INTO withdrawal (org_id, id, number, state, amount, asked_by, asked_name, created_at) VALUES (${org}, @id, CONCAT('W-asked-', @id), 'requested', ${fen}, 1, 'Li', '2026-01-01');
			INSERT INTO withdrawal_part (withdrawal_id, line, amount, state) VALUES (@id, 1, ${fen}, 'planned')`)
	}
	/** Money in the account of buyer i, as a top-up books it. */
	async fund(i, fen, kind = 'cash') {
		const org = this.buyers[i]
		if (kind === 'frozen') await this.asked(org, fen)
		await this.it.sql(`
			START TRANSACTION;
			INSERT IGNORE INTO account (owner, kind, shard, balance) VALUES (2, 'clearing', 0, 0), (${org}, '${kind}', 0, 0);
			SELECT GREATEST(last_place, (TIMESTAMPDIFF(MICROSECOND, '2020-01-01', UTC_TIMESTAMP(6)) << 13)) + 1 INTO @id FROM account WHERE owner = ${org} AND kind = '${kind}' FOR UPDATE;
			UPDATE account SET balance = balance - ${fen} WHERE owner = 2 AND kind = 'clearing' AND shard = 0;
			UPDATE account SET balance = balance + ${fen}, last_place = @id WHERE owner = ${org} AND kind = '${kind}';
			INSERT INTO journal (id, kind, org_id, booked_at) VALUES (@id, 'topup', ${org}, UTC_TIMESTAMP(6));
			INSERT INTO posting (journal_id, line, owner, kind, shard, amount, after)
			SELECT @id, 1, 2, 'clearing', 0, -${fen}, NULL UNION ALL SELECT @id, 2, owner, kind, 0, ${fen}, balance FROM account WHERE owner = ${org} AND kind = '${kind}';
			COMMIT;`)
	}
	/** Starts paying orders (numbers) of buyer i: {rc, said, number}. */
	async pay(i, orders, { vouchers = [], cards = [], channel = 'wechat', key = randomBytes(8).toString('hex'), actor = this.buyerActor } = {}) {
		const list = v => v.length ? v.join(',') : '-'
		const answer = await actor.ask('pay', this.buyers[i], this.buyers[i], list(orders), list(vouchers), list(cards), channel, key)
		return { ...answer, number: answer.said.split('/').at(-1) }
	}

	/** The fields of a notification that the payment succeeded. */
	fields(number, more = {}) {
		return {
			appid: this.appid, bank_type: 'CFT', cash_fee: String(PRICE), fee_type: 'CNY', is_subscribe: 'N', mch_id: this.mch, nonce_str: randomBytes(8).toString('hex'),
			openid: 'oUpF8uMEb4qRXf22hE3X68TekukE', out_trade_no: number, result_code: 'SUCCESS', return_code: 'SUCCESS', time_end: '20261121102304',
			total_fee: String(PRICE), trade_type: 'NATIVE', transaction_id: newTransaction(), ...more,
		}
	}
	sign(fields, md5 = false) {
		const text = Object.keys(fields).filter(k => k !== 'sign' && fields[k] !== '').sort().map(k => `${k}=${fields[k]}`).join('&') + `&key=${this.key}`
		return (md5 ? createHash('md5') : createHmac('sha256', this.key)).update(text).digest('hex').toUpperCase()
	}
	xml(fields) {
		const all = { ...fields, sign: fields.sign ?? this.sign(fields) }
		return `<xml>${Object.entries(all).map(([k, v]) => `<${k}><![CDATA[${v}]]></${k}>`).join('')}</xml>`
	}
	/** Sends a document to /callback/wechat, or another address: {status, code} with code SUCCESS, FAIL or none. */
	async send(document, media = 'text/xml', to = '/callback/wechat') {
		const headers = media === '-' ? {} : { 'content-type': media }
		const { status, html } = await new Client(this.it.url).request('POST', to, { body: document, headers })
		return { status, html, code: /<return_code><!\[CDATA\[(\w+)\]\]>/.exec(html)?.[1] }
	}
	/** The notification that this payment succeeded. */
	notify(payment, more) { return this.send(this.xml(this.fields(payment.number, more))) }

	async state(payment) {
		return this.it.one(`SELECT p.state AS payment, o.state AS orders, o.paid, (SELECT COUNT(*) FROM journal j WHERE j.payment_id = p.id) +
			(SELECT COUNT(*) FROM journal j WHERE j.order_id = o.id AND j.payment_id IS NULL) AS journals, (SELECT COUNT(*) FROM resource r WHERE r.order_id = o.id) AS resources,
			(SELECT COUNT(*) FROM outbox b JOIN order_line l ON l.resource_id = b.subject WHERE l.order_id = o.id) AS calls
			FROM payment p JOIN payment_order x ON x.payment_id = p.id JOIN orders o ON o.id = x.order_id WHERE p.number = '${payment.number}'`)
	}
	/** Paid exactly once: states, two journal entries (in, and over to the provider), one resource, one call to its provider. */
	async paidOnce(payment) {
		const s = await this.state(payment)
		assert.deepEqual([s.payment, s.paid, s.journals, s.resources, s.calls], ['succeeded', String(PRICE), '2', '1', '1'], payment.number)
		assert.ok(['processing', 'completed'].includes(s.orders), s.orders)
	}
	async untouched(payment) {
		const s = await this.state(payment)
		assert.deepEqual([s.orders, s.paid, s.journals, s.resources], ['to_pay', '0', '0', '0'], payment.number)
	}
	async cash(i = 0) { return +(await this.it.one(`SELECT COALESCE(SUM(balance), 0) AS n FROM account WHERE owner = ${this.buyers[i]} AND kind = 'cash'`)).n }
	async unexplained() { return +(await this.it.one("SELECT COALESCE(SUM(balance), 0) AS n FROM account WHERE kind = 'unexplained'")).n }
	async cases(payment) { return (await this.it.sql(`SELECT kind FROM finance_case WHERE payment_number = '${payment.number}' ORDER BY id`)).map(c => c.kind) }
	/** The books hold. */
	async audit() {
		const { status, stdout, stderr } = await this.it.tryYunshi('audit')
		assert.equal(status, 0, stdout + stderr)
	}
}
