// `yunshi migrate` as an operator runs it, on schemas of its own: twice at once, killed anywhere, from each earlier version.  IFC-8.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, parallel, program, scratch, test, timeout } from '../lib/harness.mjs'
import { atEnd } from '../lib/tap.mjs'

timeout(200)
const it = await instance({ parts: 'store' })
const folder = scratch('migrate')
atEnd(async () => rmSync(folder, { recursive: true, force: true }))
const files = readdirSync(path.join(it.is.data, 'migrate')).filter(f => f.endsWith('.sql')).sort()

/** An empty schema of that name, and how to migrate it. */
async function schema(name) {
	await it.sql(`CREATE DATABASE ${name}; GRANT ALL ON ${name}.* TO yunshi_admin@'%' WITH GRANT OPTION`)
	const env = more => ({ ...it.env(), YUNSHI_DATABASE_NAME: name, YUNSHI_DATABASE_USER: 'yunshi', ...more })
	return {
		name,
		migrate: (args = [], more = {}) => program(it.is.program, ['migrate', '--config', it.is.config, ...args], { env: env(more) }),
		audit: () => program(it.is.program, ['audit', '--config', it.is.config], { env: env() }),
		/** Tables, columns, keys and triggers, as one text. */
		shape: async () => JSON.stringify(await it.sql(`
			SELECT table_name, column_name, column_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = '${name}'
			UNION ALL SELECT table_name, index_name, column_name, seq_in_index, non_unique FROM information_schema.statistics WHERE table_schema = '${name}'
			UNION ALL SELECT event_object_table, trigger_name, action_statement, '', '' FROM information_schema.triggers WHERE trigger_schema = '${name}' ORDER BY 1, 2, 3, 4`)),
		rows: table => it.one(`SELECT COUNT(*) AS n FROM ${name}.${table}`),
	}
}
const numbers = n => JSON.stringify(files.slice(0, n).map(f => String(parseInt(f, 10))))
const whole = numbers(files.length)
const versions = async s => JSON.stringify((await it.sql(`SELECT version FROM ${s.name}.schema_migration WHERE applied_at IS NOT NULL ORDER BY version`)).map(r => r.version))
const good = await schema('good')
assert.equal((await good.migrate()).status, 0)
const shape = await good.shape(), categories = (await good.rows('category')).n

async function complete(s) {
	assert.equal(await versions(s), whole)
	assert.equal(await s.shape(), shape)
	assert.equal((await s.rows('category')).n, categories)
}

test('IFC-8 started by four at once each statement runs once, and all succeed', async () => {
	const s = await schema('at_once')
	const done = await parallel(4, () => s.migrate())
	for (const d of done) assert.equal(d.status, 0, d.stderr)
	await complete(s)
})

test('IFC-8 again: nothing to do; --plan changes nothing', async () => {
	const s = await schema('planned')
	const plan = await s.migrate(['--plan'])
	assert.equal(plan.status, 0)
	for (const f of files) assert.ok(plan.stdout.includes(f.replace('.sql', '')), plan.stdout)
	assert.deepEqual(await it.sql(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'planned' AND table_name = 'orders'`), [])
	assert.equal((await s.migrate()).status, 0)
	const again = await s.migrate()
	assert.deepEqual([again.status, again.stdout], [0, ''])
	await complete(s)
})

test('IFC-8 forward from each earlier version, and an empty schema passes the audit', async () => {
	for (let n = 1; n < files.length; n++) {
		const s = await schema(`from_${n}`), data = path.join(folder, `from_${n}`)
		mkdirSync(path.join(data, 'migrate'), { recursive: true })
		for (const f of files.slice(0, n)) cpSync(path.join(it.is.data, 'migrate', f), path.join(data, 'migrate', f))
		cpSync(path.join(it.is.data, 'grant'), path.join(data, 'grant'), { recursive: true })
		await s.migrate([], { YUNSHI_DATA: data })	// the grants name tables of later versions: only the schema counts
		assert.equal(await versions(s), numbers(n))
		assert.equal((await s.migrate()).status, 0)
		await complete(s)
		const audit = await s.audit()
		assert.equal(audit.status, 0, audit.stdout)
	}
})

test('IFC-8 killed at any statement, and started again by two at once, it goes on where it stopped', async t => {
	let killed = 0
	for (let n = 1; ; n += n < 8 ? 1 : 41) {
		const s = await schema(`killed_${n}`)
		const first = await s.migrate([], { YUNSHI_FAULT: `script:${n}` })
		if (first.signal === 'SIGKILL') killed++
		// the half minute that a dead one's lease lasts is over
		await it.sql(`UPDATE ${s.name}.lease SET until = '2000-01-01'`).catch(() => 'not yet there')
		for (const d of await parallel(2, () => s.migrate())) assert.equal(d.status, 0, d.stderr)
		await complete(s)
		await it.sql(`DROP DATABASE killed_${n}`)
		if (first.signal !== 'SIGKILL') break
	}
	assert.ok(killed >= 10, `${killed} times`)
	t.note(`killed ${killed} times`)
})

test('IFC-8 a file that was changed after it ran is refused, and named', async () => {
	const s = await schema('changed'), data = path.join(folder, 'changed')
	assert.equal((await s.migrate()).status, 0)
	cpSync(it.is.data, data, { recursive: true })
	const file = path.join(data, 'migrate', files[0])
	writeFileSync(file, readFileSync(file, 'utf8').replace('CREATE TABLE org ', 'CREATE TABLE  org '))
	const done = await s.migrate([], { YUNSHI_DATA: data })
	assert.equal(done.status, 1)
	assert.ok((done.stdout + done.stderr).includes(files[0].replace('.sql', '')), done.stdout + done.stderr)
})

test('IFC-8 a store that is away: one clear sentence, exit status 1', async () => {
	it.kill('store')
	const done = await good.migrate()
	assert.equal(done.status, 1)
	assert.match(done.stderr, /^yunshi migrate: .+$/m)
})
