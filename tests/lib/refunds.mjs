// Refunds without a browser: a channel whose word the test decides (tests/fault/act_refund.c), orders that are paid, and what became of them.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { assert } from './tap.mjs'
import { Actor, newTransaction } from './world.mjs'

export class Refunds {
	constructor(it, world) {
		this.it = it
		this.world = world
		this.folder = mkdtempSync(path.join(it.folder, 'refunds-'))
		this.jobs = this.actor('jobs')
		this.desk = this.actor('operator')
	}
	/** A process whose channel is this one. */
	actor(pool, fault) { return new Actor(this.it, pool, fault, { YUNSHI_ACT_REFUNDS: this.folder }) }
	/** What the channel does with refunds from now on: '', busy, lost, refused, silent, short. */
	how(how) { writeFileSync(path.join(this.folder, 'how'), how) }
	/** What the channel knows about one: pending, done, refused. */
	set(number, state) { writeFileSync(path.join(this.folder, number), state) }
	knows(number) { return existsSync(path.join(this.folder, number)) && readFileSync(path.join(this.folder, number), 'utf8') }
	/** How often it was told about one. */
	told(number) { return readFileSync(path.join(this.folder, 'calls'), 'utf8').split('\n').filter(l => l.startsWith(`tell ${number} `)).length }

	/** Orders of buyer i, paid together by WeChat (the rest after vouchers and cards): {orders, payment}. */
	async paid(i, n = 1, { vouchers = [], cards = [], channel = 'wechat' } = {}) {
		const orders = []
		for (let k = 0; k < n; k++) orders.push(await this.world.place(i))
		const { rc, said, number } = await this.world.pay(i, orders, { vouchers: vouchers.map((v, k) => `${orders[k]}:${v}`), cards, channel })
		assert.equal(rc, 'ok', said)
		const { amount } = await this.it.one(`SELECT p.amount FROM payment p JOIN payment_order x ON x.payment_id = p.id JOIN orders o ON o.id = x.order_id WHERE o.number = '${orders[0]}' ORDER BY p.id DESC LIMIT 1`)
		if (channel === 'wechat') assert.equal((await this.jobs.ask('hear', number, newTransaction(), amount)).said, 'applied')
		return { orders, payment: number }
	}
	give(i, orders, amounts, to = 'policy', actor = this.desk) { return actor.ask('give_back', this.world.buyers[i], orders.join(','), amounts.join(','), to) }
	/** The refunds of a payment. */
	of(payment) { return this.it.sql(`SELECT r.* FROM refund r WHERE r.payment_number = '${payment}' ORDER BY r.id`) }
	go(number, actor = this.jobs) { return actor.ask('refund_go', number) }
	async state(number) { return (await this.it.one(`SELECT state FROM refund WHERE number = '${number}'`)).state }
	/** What an order's sources have back: cash, gift, and of vouchers and cards. */
	async back(order) {
		const r = await this.it.one(`SELECT x.cash_returned AS cash, x.gift_returned AS gift,
			(SELECT COALESCE(SUM(y.returned), 0) FROM payment_part y JOIN voucher v ON v.id = y.voucher_id AND v.kind = 'voucher' WHERE y.order_id = o.id AND y.payment_id = p.id) AS voucher,
			(SELECT COALESCE(SUM(y.returned), 0) FROM payment_part y JOIN voucher v ON v.id = y.voucher_id AND v.kind = 'card' WHERE y.order_id = o.id AND y.payment_id = p.id) AS card
			FROM orders o JOIN payment_order x ON x.order_id = o.id JOIN payment p ON p.id = x.payment_id AND p.state = 'succeeded' WHERE o.number = '${order}'`)
		return Object.values(r).map(Number)
	}
	/** The unsubscribe orders of an order: [state, amount]. */
	async unsubscribed(order) {
		return (await this.it.sql(`SELECT u.state, u.payable FROM orders u JOIN orders o ON o.id = u.refunds_id WHERE o.number = '${order}' ORDER BY u.id`)).map(u => [u.state, +u.payable])
	}
	/** Money on its way back. */
	async due() { return +(await this.it.one("SELECT COALESCE(SUM(balance), 0) AS n FROM account WHERE kind = 'refund_due'")).n }
}
