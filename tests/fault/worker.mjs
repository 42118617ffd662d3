// Workers and the store die under load: readers notice nothing, writers get an honest answer, and everything comes back.
import { assert, instance, parallel, test, until } from '../lib/harness.mjs'

const it = await instance({ parts: 'buyer nginx', options: ['--workers', '3'] })

test('IFC-8 no GET fails while workers are killed', async () => {
	let killing = true, killed = 0, cut = 0
	const killer = (async () => {
		for (; killing; await new Promise(yes => setTimeout(yes, 100))) {
			const [pid] = await it.workers('buyer')
			if (pid) { process.kill(pid, 'SIGKILL'); killed++ }
		}
	})()
	const reader = async () => {
		const client = it.client(), seen = []
		for (let i = 0; i < 100; i++) {
			// a worker that dies while its answer is on the way cuts it short: nobody can take back what was sent
			try { seen.push((await client.get('/products?q=' + i)).status) } catch { cut++ }
		}
		return seen
	}
	try {
		const answers = (await parallel(4, reader)).flat()
		assert.deepEqual(answers.filter(s => s !== 200), [])
	} finally {
		killing = false
		await killer
	}
	assert.ok(killed >= 3, `${killed} workers killed`)
	assert.ok(cut <= 2, `${cut} answers cut short by ${killed} deaths`)
})

test('IFC-8 the master starts another worker for each that died', async () => {
	const before = await until(async () => { const w = await it.workers('buyer'); return w.length === 3 && w }, 'three workers')
	for (const pid of before) process.kill(pid, 'SIGKILL')
	await until(async () => { const w = await it.workers('buyer'); return w.length === 3 && w.every(p => !before.includes(p)) }, 'three new workers')
	assert.equal((await it.client().get('/readyz')).status, 200)
})

test('IFC-4 a store that is away is 503 with Retry-After, and a page for a person', async () => {
	it.kill('store')
	const answer = await until(async () => { const a = await it.client().get('/readyz'); return a.status !== 200 && a }, 'an answer without a store')
	assert.equal(answer.status, 503)
	const page = await it.client().get('/products?q=a')
	assert.equal(page.status, 503)
	assert.ok(page.headers['retry-after'])
	assert.match(page.html, /<html lang="zh-CN">/)
	assert.equal((await it.client().get('/healthz')).status, 200)
	await it.start()
	await until(async () => (await it.client().get('/products?q=a')).status === 200, 'an answer with the store back')
})

test('IFC-4 without its pool the platform still answers with a page, and problem details for programs', async () => {
	process.kill(it.pid('buyer'), 'SIGTERM')
	const page = await until(async () => { const a = await it.client().get('/healthz'); return a.status !== 200 && a }, 'an answer without workers')
	assert.equal(page.status, 502)
	assert.match(page.text, /服务暂时不可用/)
	const problem = await it.client().json('/healthz')
	assert.equal(problem.headers['content-type'], 'application/problem+json')
	assert.equal(problem.json.code, 'away')
})
