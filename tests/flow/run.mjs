// ./run: one command that starts, says, and ends exactly what it started.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { assert, atEnd, instance, program, test, top, until } from '../lib/harness.mjs'

const script = path.join(top, 'run')
const parts = 'buyer sandbox nginx'
const it = await instance({ parts })
const run = (...args) => program(script, ['--folder', it.folder, '--parts', parts, '--built', ...args])

test('IFC-13 --status prints name=value lines', async () => {
	for (const name of ['url', 'sandbox_url', 'folder', 'database_socket', 'config', 'log', 'pids']) assert.ok(it.is[name], name)
	assert.equal(it.is.folder, it.folder)
	for (const pid of it.is.pids.split(' ')) assert.ok(existsSync(`/proc/${pid}`), `process ${pid}`)
	assert.ok((await it.one('SELECT COUNT(*) AS n FROM schema_migration')).n > 0)
})

test('IFC-13 platform and sandbox answer at the addresses that were printed', async () => {
	assert.equal((await it.client().get('/readyz')).status, 200)
	assert.equal((await it.client({}, it.sandboxUrl).get('/')).status, 200)
	assert.equal(new URL(it.sandboxUrl).port - new URL(it.url).port, 10)
})

test('IFC-7 a second start says that it runs already, and changes nothing', async () => {
	const again = await run()
	assert.equal(again.status, 0)
	assert.match(again.stdout, /runs already/)
	assert.equal((await program(script, ['--folder', it.folder, '--status'])).stdout.includes(`pids=${it.is.pids}`), true)
})

test('IFC-7 a start brings back what has died, and nothing else', async () => {
	const before = { ...it.is }
	it.kill('buyer')
	await until(async () => (await it.client().get('/healthz')).status !== 200, 'the death of the pool')
	await it.start()
	assert.notEqual(it.is.pid_buyer, before.pid_buyer)
	for (const part of ['store', 'nginx', 'sandbox']) assert.equal(it.is[`pid_${part}`], before[`pid_${part}`])
	assert.equal((await it.client().get('/readyz')).status, 200)
})

test('IFC-7 wrong usage is refused with status 2', async () => {
	for (const args of [['--port', 'x'], ['--port'], ['--port', '70000'], ['--folder', 'here'], ['--surprise']]) {
		const { status, stderr } = await program(script, args)
		assert.equal(status, 2, args.join(' '))
		assert.match(stderr, /^\.\/run: .+\n$/)
	}
})

test('IFC-13 a busy port is one clear sentence', async () => {
	const server = http.createServer().listen(0, '127.0.0.1')
	await new Promise(yes => server.once('listening', yes))
	const other = path.join(it.folder, 'other')
	const { status, stderr } = await program(script, ['--folder', other, '--built', '--port', String(server.address().port)])
	server.close()
	assert.equal(status, 1)
	assert.match(stderr, /^\.\/run: port \d+ is busy: .+\n$/)
})

test('IFC-9 a bad setting stops the start with file and line', async () => {
	const { status, stderr } = await program(it.is.program, ['config', '--check', '--config', path.join(top, 'tests/flow/bad.conf')], { env: it.env() })
	assert.equal(status, 1)
	assert.match(stderr, /bad\.conf:3: /)
})

test('IFC-10 neither log holds a password, a key or the token of an address', async () => {
	await it.client().get('/activate/0123456789abcdef0123456789abcdef?token=very-secret')
	const read = () => readdirSync(it.is.log).map(name => readFileSync(path.join(it.is.log, name), 'utf8')).join('\n')
	await until(() => read().includes('path="/activate/..."'), 'the line in the log')
	const logs = read()
	const files = readdirSync(path.join(it.folder, 'secret'), { recursive: true, withFileTypes: true }).filter(f => f.isFile())
	const secrets = files.map(f => readFileSync(path.join(f.parentPath ?? f.path, f.name), 'utf8').split('\n')[f.name.endsWith('.pem') ? 2 : 0])
	for (const secret of [...secrets, '0123456789abcdef0123456789abcdef', 'very-secret']) assert.ok(!logs.includes(secret))
})

test('IFC-7 --stop ends what was started, and no stranger that has got an old pid', async () => {
	const stranger = spawn('sleep', ['300'])
	atEnd(async () => stranger.kill())
	writeFileSync(path.join(it.folder, 'pid/jobs'), `${stranger.pid} 12345\n`)
	const { status } = await run('--stop')
	assert.equal(status, 0)
	for (const pid of it.is.pids.split(' ')) assert.ok(!existsSync(`/proc/${pid}`) || / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')), `process ${pid}`)
	assert.ok(!existsSync(path.dirname(it.is.database_socket)))
	assert.equal(stranger.exitCode, null)
	assert.equal((await run('--status')).status, 1)
	assert.match((await run('--stop')).stdout, /Nothing runs/)
})
