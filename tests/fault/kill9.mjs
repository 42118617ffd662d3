// The store is killed in the middle: what was acknowledged is there, and the books balance.
import { assert, instance, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'store' })

test('MON-2 after kill -9 of the store the audit finds nothing', async () => {
	await it.sql('CREATE TABLE survivor (id INT PRIMARY KEY) ENGINE=InnoDB')
	const acknowledged = []
	const writing = (async () => {
		for (let i = 0; ; i++) {
			try { await it.sql(`INSERT INTO survivor VALUES (${i})`) } catch { return }
			acknowledged.push(i)
		}
	})()
	while (acknowledged.length < 20) await new Promise(yes => setTimeout(yes, 5))
	it.kill('store')
	await writing
	await it.start()
	const kept = (await it.sql('SELECT id FROM survivor ORDER BY id')).map(r => +r.id)
	for (const i of acknowledged) assert.ok(kept.includes(i), `row ${i} was acknowledged`)
	assert.equal((await it.tryYunshi('audit')).status, 0)
})
