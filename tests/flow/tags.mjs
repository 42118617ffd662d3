// Names and tags of resources: changed, refused, searched for, shown; what stands beside a resource.
import { assert, fill, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx' })
const buyer = await it.client().signIn('buyer@demo.test'), stranger = await it.client().signIn('buyer2@demo.test')
const { items } = (await buyer.json('/console/resources?state=in_use')).json
const { id } = items[0], address = `/console/resources/${id}`, edit = `${address}/edit`
const form = async (fields = {}) => ({ ...Object.fromEntries(fill((await buyer.get(edit)).form(edit), {})), ...fields })
const save = async fields => buyer.post(edit, await form(fields))
const audited = async () => +(await it.one(`SELECT COUNT(*) AS n FROM audit_log WHERE object_id = ${id} AND event = 'rename'`)).n
const tagsOf = async () => (await buyer.json(address)).json.tags.map(t => `${t.tag}=${t.value}`)

test('CAT-14 ACC-14 name and tags are changed, shown, and stand in the audit log once', async () => {
	const before = await audited(), fields = await form({ name: '生产 <主站>', tag: 'env', value: '生产', 'tag.2': 'Cost centre', 'value.2': '100%_a&b' })
	const first = await buyer.post(edit, fields), again = await buyer.post(edit, fields)
	assert.deepEqual([first.status, first.location, again.location], [303, address, address])
	assert.equal(await audited(), before + 1)
	const page = await buyer.get(address)
	for (const word of ['生产 <主站>', 'env=生产', 'Cost centre=100%_a&b', '修改了名称与标签']) assert.ok(page.text.includes(word), word)
	assert.deepEqual(await tagsOf(), ['Cost centre=100%_a&b', 'env=生产'])
	assert.equal((await save({})).status, 303)
	assert.equal(await audited(), before + 1, 'nothing changed, nothing to tell')
	const { details } = await it.one(`SELECT details FROM audit_log WHERE object_id = ${id} AND event = 'rename' ORDER BY id DESC LIMIT 1`)
	assert.equal(JSON.parse(details).after.name, '生产 <主站>')
})

test('CAT-14 keys that differ in case are two; a key without a value is one too; rows that are emptied are gone', async () => {
	assert.equal((await save({ tag: 'env', value: 'a', 'tag.2': 'Env', 'value.2': '', 'tag.3': '', 'value.3': '' })).status, 303)
	assert.deepEqual(await tagsOf(), ['Env=', 'env=a'])
	assert.equal((await save({ tag: '', value: '', 'tag.2': 'env', 'value.2': 'a' })).status, 303)
	assert.deepEqual(await tagsOf(), ['env=a'])
})

test('IFC-4 CAT-14 what cannot be is told at its row, and nothing typed is lost', async () => {
	const before = await tagsOf()
	for (const [fields, field, word] of [
		[{ name: '' }, 'name', '此项必填'], [{ name: '  ' }, 'name', '此项必填'], [{ name: 'x'.repeat(61) }, 'name', '60'],
		[{ tag: 'a=b', value: 'kept' }, 'tag', '标签键只能包含'], [{ tag: 'a', 'tag.2': 'a' }, 'tag.2', '不能重复'], [{ tag: '', value: 'kept' }, 'tag', '请填写标签键'],
		[{ tag: '<script>', value: '' }, 'tag', '标签键只能包含'], [{ tag: 'k'.repeat(41) }, 'tag', '40'], [{ tag: 'k', value: 'v'.repeat(81) }, 'value', '80'],
		[{ 'tag.11': 'k', 'value.11': 'v' }, 'tags', '10'],
	]) {
		const page = await save(fields)
		assert.equal(page.status, 422, JSON.stringify(fields))
		assert.ok(page.html.includes(`href="#${field}"`), field)
		assert.ok(page.text.includes(word), word)
		if (fields.value === 'kept') assert.ok(page.html.includes('value="kept"'))
	}
	assert.deepEqual(await tagsOf(), before)
})

test('IFC-5 without script the button gives one row more, and changes nothing', async () => {
	const before = await audited(), page = await save({ tag: 'new', value: '1', more: '1' })
	assert.equal(page.status, 200)
	const again = Object.fromEntries(fill(page.form(edit), {}))
	assert.deepEqual([again.tag, again.value, again['tag.2']], ['new', '1', ''])
	assert.equal(await audited(), before)
})

test('CAT-14 SUB-1 the list finds resources by name, tag and value, and shows the tags', async () => {
	await save({ name: '搜索我', tag: 'Team', value: '结算 50%' })
	const found = async q => (await buyer.json(`/console/resources?q=${encodeURIComponent(q)}`)).json.items.map(i => i.id)
	for (const q of ['搜索', 'team', 'TEAM=结算', '50%', 'Team=结算 50%']) assert.deepEqual(await found(q), [id], q)
	for (const q of ['Team=5', '50_', '%']) assert.ok(!(await found(q)).includes(id) || q === '%', q)
	const page = await buyer.get('/console/resources?q=team')
	assert.ok(page.text.includes('Team=结算 50%'))
	assert.ok(page.html.includes('href="/console/resources?q=Team%3D%E7%BB%93%E7%AE%97%2050%25"'))
	assert.deepEqual((await stranger.json('/console/resources?q=Team')).json.items, [])
})

test('ACC-3 another\'s resource is not there; who may only read may not rename', async () => {
	assert.equal((await stranger.get(edit)).status, 404)
	const csrf = fill((await stranger.get('/console')).form('/logout'), {}).find(([k]) => k === 'csrf')[1]
	assert.equal((await stranger.post(edit, { csrf, name: 'x', tag: 'a', value: 'b' })).status, 404)
	const { roles } = await it.one("SELECT m.roles FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'")
	await it.sql("UPDATE member m JOIN person p ON p.id = m.person_id SET m.roles = 8 WHERE p.email = 'buyer@demo.test'")
	try {
		assert.ok(!(await buyer.get(address)).html.includes(edit))
		assert.equal((await buyer.get(edit)).status, 403)
	} finally { await it.sql(`UPDATE member m JOIN person p ON p.id = m.person_id SET m.roles = ${roles} WHERE p.email = 'buyer@demo.test'`) }
})

test('CAT-8 CAT-6 bound parts stand on the page of what they belong to, not in the list; host and image link to each other', async () => {
	const [, part, image] = items.map(i => i.id)
	await it.sql(`UPDATE resource SET main_id = ${id} WHERE id = ${part}; UPDATE resource SET host_id = ${id} WHERE id = ${image}`)
	const beside = async of => (await buyer.json(`/console/resources/${of}`)).json.beside.map(b => [b.relation, b.id]).sort()
	assert.deepEqual(await beside(id), [['image', image], ['part', part]])
	assert.deepEqual(await beside(part), [['main', id]])
	assert.deepEqual(await beside(image), [['host', id]])
	const listed = (await buyer.json('/console/resources?limit=100')).json.items.map(i => i.id)
	assert.ok(listed.includes(image) && !listed.includes(part))
	assert.ok((await buyer.get(address)).html.includes(`href="/console/resources/${part}"`))
})

test('CAT-7 what begins later says from when', async () => {
	await it.sql(`UPDATE resource SET begin_at = NOW() + INTERVAL 30 DAY WHERE id = ${id}`)
	const page = await buyer.get(address)
	assert.ok(page.text.includes('未生效') && page.text.includes('尚未生效'))
	assert.equal((await buyer.json(address)).json.not_yet, true)
	assert.match((await buyer.get('/console/resources')).text, /未生效，\d{4}-\d\d-\d\d/)
})
