// A provider's shelf: products written by the pages of the portal, decided on at the desk.
import { randomBytes } from 'node:crypto'
import { assert } from './tap.mjs'
import { Actor } from './world.mjs'

export const at = (id, below = '') => `/provider/products/${id}${below}`
/** The fields that a refused form names as wrong: [name, words]. */
export const wrong = page => [...page.html.matchAll(/<span class="err" id="([^"]+)-error">([^<]*)</g)].map(m => [m[1], m[2]])

const TEXTS = {
	basic: { summary: '给小团队用的记账工具' }, text: { description: '第一段\n第二段', guide: '打开即用' },
	service: { after_sales: '七天内无理由', support_phone: '400-800-1234', support_email: 'help@example.com', agreement: '买家同意以下条款' },
}
export const PLAN = { name: '标准版', unit: '账号', quantity_min: 1, quantity_max: 50, quantity_step: 1, 'prices.0.unit': 'month', 'prices.0.duration': 1, 'prices.0.price': '59.00' }

export class Shelf {
	static async make(it) {
		const s = new Shelf(), personOf = email => it.one(`SELECT m.org_id AS org, p.id AS person FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = '${email}@demo.test'`)
		s.it = it
		s.provider = await it.client().signIn('provider@demo.test')
		s.owner = await personOf('provider')
		s.approver = await personOf('approver')
		s.desk = new Actor(it, 'operator')
		s.portal = new Actor(it, 'provider')
		return s
	}
	/** The approver decides: approve, refuse; the provider acts: submit, withdraw, … without a page. */
	decide(event, product, version) { return this.desk.ask('product', this.approver.org, this.approver.person, event, product, version, randomBytes(8).toString('hex')) }
	act(event, product, version) { return this.portal.ask('product', this.owner.org, this.owner.person, event, product, version, randomBytes(8).toString('hex')) }
	state(id) {
		return this.it.one(`SELECT p.state, p.version, p.edit_version AS edit, v.state AS edit_state, p.name, p.price_from, p.agreement_version AS agreement FROM product p
			LEFT JOIN product_version v ON v.product_id = p.id AND v.version = p.edit_version WHERE p.id = ${id}`)
	}

	/** Sends a page of the editor with these fields; rows that it does not show yet are sent all the same. */
	async save(id, below, fields, shown = below) {
		const form = (await this.provider.get(at(id, shown))).form(at(id, below))
		const sent = form.controls.filter(c => c.on && !(c.name in fields)).map(c => [c.name, c.value])
		return this.provider.post(form.action, [...sent, ...Object.entries(fields).map(([k, v]) => [k, String(v)])])
	}
	/** Presses a button of the product's page. */
	press(id, name) { return this.provider.submit(at(id), {}, { action: at(id, `/${name}`) }) }

	/** A draft of a product: its id. */
	async create(name, fields = {}) {
		const made = await this.provider.submit('/provider/products/new', { name, category: 'saas', delivery: 'manual', ...fields })
		assert.equal(made.status, 303, made.text)
		return /products\/(\d+)/.exec(made.location)[1]
	}
	/** The same with everything that is needed: {id, plan}. */
	async write(name, plan = {}) {
		const id = await this.create(name)
		for (const [section, fields] of Object.entries(TEXTS)) assert.equal((await this.save(id, `/edit/${section}`, fields)).status, 303, section)
		const saved = await this.save(id, '/plans/new', { ...PLAN, ...plan })
		assert.equal(saved.status, 303, saved.text)
		return { id, plan: /plans\/(\d+)/.exec(saved.location)[1] }
	}
	/** Submitted and approved. */
	async publish(id, version) {
		assert.equal((await this.act('submit', id, version)).rc, 'ok')
		assert.equal((await this.decide('approve', id, version)).rc, 'ok')
	}
	/** On the shelf: {id, plan, slug}. */
	async list(name, plan) {
		const made = await this.write(name, plan)
		await this.publish(made.id, 1)
		return { ...made, ...await this.it.one(`SELECT slug FROM product WHERE id = ${made.id}`) }
	}
	/** Begins the next version: its number. */
	async revise(id) {
		assert.equal((await this.press(id, 'revise')).status, 303)
		return +(await this.state(id)).edit
	}
}
