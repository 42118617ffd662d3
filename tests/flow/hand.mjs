// What a provider's people deliver, and the application information that they fill in: DEL-1, DEL-3, NUM-4.
import { assert, instance, test } from '../lib/harness.mjs'
import { wrong } from '../lib/shelf.mjs'

const it = await instance({ parts: 'buyer provider nginx' })
const provider = await it.client().signIn('provider@demo.test'), other = await it.client().signIn('provider2@demo.test'), buyer = await it.client().signIn('buyer@demo.test')
const orgOf = async name => (await it.one(`SELECT m.org_id AS org FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = '${name}@demo.test'`)).org
const org = await orgOf('provider'), mine = await orgOf('buyer')

/** A paid resource of this provider that waits for its people. */
const { id, order_id: order } = await it.one(`SELECT r.id, r.order_id FROM resource r JOIN orders o ON o.id = r.order_id AND o.state = 'completed' AND o.duration_unit = 'month' AND o.begin_on IS NULL
	WHERE r.buyer_id = ${mine} AND r.provider_id = ${org} AND r.state = 'in_use' AND r.main_id IS NULL AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.resource_id = r.id) LIMIT 1`)
await it.sql(`UPDATE resource SET delivery = 'manual', state = 'provisioning', begin_at = NULL, end_at = NULL, anchor_day = NULL WHERE id = ${id};
	UPDATE org_counter SET resources = resources - 1 WHERE org_id = ${mine}; DELETE FROM resource_field WHERE resource_id = ${id};
	UPDATE orders SET paid_at = NOW(6) - INTERVAL 3 DAY WHERE id = ${order}`)
const page = `/provider/resources/${id}`, fill = (fields, client = provider) => client.submit(page, fields, { action: page })
const state = () => it.one(`SELECT state, begin_at, end_at FROM resource WHERE id = ${id}`)
const shown = async () => (await buyer.json(`/console/resources/${id}`)).json.fields

test('DEL-1 what waits for people stands in the list; another provider has no such page', async () => {
	assert.ok((await provider.json('/provider/resources?state=provisioning')).json.items.some(r => r.id === id))
	assert.ok(!(await other.json('/provider/resources')).json.items.some(r => r.id === id))
	assert.equal((await other.get(page)).status, 404)
	for (const bad of ['0', 'x', '18446744073709551615']) assert.equal((await provider.get(`/provider/resources/${bad}`)).status, 404)
	const page2 = await provider.get(page)
	assert.ok(page2.text.includes('提交交付'))
	assert.ok((await buyer.get(`/console/resources/${id}`)).text.includes('服务商正在为您实施交付'))
})

test('DEL-1 what is wrong stands at its field, nothing typed is lost, nothing is delivered', async () => {
	for (const [fields, fails] of [
		[{ website: 'javascript:alert(1)', account: 'li' }, ['website']], [{ auth_url: 'ftp://x', website: 'https://' }, ['website', 'auth_url']],
		[{ name: '序列号', account: 'li' }, ['value']], [{ value: '1', account: 'li' }, ['name']], [{ name: 'password', value: 'x' }, ['name']],
		[{ name: 'a', value: '1', 'name.2': 'a', 'value.2': '2' }, ['name.2']], [{ account: 'x'.repeat(101) }, ['account']], [{ name: 'a', value: 'x'.repeat(1001) }, ['value']],
	]) {
		const refused = await fill(fields)
		assert.deepEqual([refused.status, wrong(refused).map(w => w[0])], [422, fails], JSON.stringify(fields).slice(0, 80))
		if (fields.account === 'li') assert.match(refused.html, /name="account"[^>]* value="li"/)
	}
	assert.equal((await state()).state, 'provisioning')
})

test('DEL-1 DEL-3 NUM-4 filled in, it is delivered: in use since it was paid, secrets sealed, the buyer told where', async () => {
	const sent = await fill({ website: 'https://app.example/', account: 'li', password: 'geheim-1', name: '序列号', value: 'SN-1', 'name.2': 'API 密钥', 'value.2': 'geheim-2', 'secret.2': '1' })
	assert.equal(sent.status, 303, sent.text)
	const s = await state(), { paid_at: paid } = await it.one(`SELECT paid_at FROM orders WHERE id = ${order}`)
	assert.deepEqual([s.state, s.begin_at], ['in_use', paid])
	assert.ok(s.end_at > paid)
	assert.deepEqual((await shown()).map(f => [f.name, f.value, f.secret]), [['website', 'https://app.example/', false], ['account', 'li', false], ['password', null, true], ['序列号', 'SN-1', false], ['API 密钥', null, true]])
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM resource_field WHERE resource_id = ${id} AND (value LIKE '%geheim%' OR sealed LIKE '%geheim%')`)).n, '0')
	const html = (await provider.get(page)).html
	assert.ok(!html.includes('geheim') && html.includes('已保存，留空则不变'))
	assert.match(await it.yunshi('audit'), / 0 breaches/)
})

test('DEL-3 changed later: a secret that is left empty stays as it is, a row without its name goes; two tabs make one result each', async () => {
	const again = await fill({ website: 'https://app.example/v2', name: '', value: '' })
	assert.equal(again.status, 303, again.text)
	assert.deepEqual((await shown()).map(f => [f.name, f.secret]), [['website', false], ['account', false], ['password', true], ['API 密钥', true]])
	const secret = (await shown()).find(f => f.name === 'API 密钥')
	assert.ok((await buyer.submit(`/console/resources/${id}`, {}, { action: `/console/resources/${id}/fields/${secret.position}/reveal` })).text.includes('geheim-2'))
	assert.equal((await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_id = ${id} AND event = 'fields'`)).n, '2')
	await it.sql(`UPDATE resource SET state = 'released' WHERE id = ${id}`)
	const stale = await fill({ account: 'x' }).catch(() => ({ status: 409 }))
	assert.equal(stale.status, 409)
})
