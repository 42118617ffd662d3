// The corpus of documents over HTTP: each sent twice, then three times at once.  What is refused changes nothing, what is accepted is booked once.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, parallel, program, test, top } from '../lib/harness.mjs'
import { PRICE, World, newTransaction } from '../lib/world.mjs'

const it = await instance({ parts: 'callback buyer nginx', options: ['--workers', '3'] })
const world = await World.make(it, { buyers: 8 })
const folder = path.join(top, 'tests/callback')
const corpus = readFileSync(path.join(folder, 'manifest'), 'utf8').split('\n').filter(l => /^(accept|refuse)\//.test(l))
	.map(l => { const [file, expected, ...media] = l.split(' '); return { file, expected, media: media.join(' ') } })

/** The document, filled for a payment of its own. */
async function prepare({ file, expected, media }, i) {
	const payment = await world.payable(i % 8)
	if (file.includes('md5')) await it.sql(`UPDATE payment SET sign_type = 'md5' WHERE id = ${payment.id}`)
	const values = { key: world.key, appid: world.appid, mch_id: world.mch, number: payment.number, fee: PRICE, transaction: newTransaction() }
	const { stdout, status } = await program(path.join(top, 'build/tests/callback/fill'), [path.join(folder, file), ...Object.entries(values).map(([k, v]) => `${k}=${v}`)], { encoding: 'buffer' })
	assert.equal(status, 0, file)
	return { file, expected, media, payment, body: stdout }
}

async function replay({ file, media, body }) {
	const twice = [await world.send(body, media), await world.send(body, media)]
	return { file, codes: [...twice, ...await parallel(3, () => world.send(body, media))].map(a => a.status === 413 ? 'FAIL' : a.code) }
}

async function replayAll(which) {
	const all = [], queue = []
	for (const [i, d] of corpus.filter(d => d.file.startsWith(which)).entries()) all.push(await prepare(d, i))
	queue.push(...all)
	const results = (await parallel(6, async () => {
		const done = []
		for (let d; (d = queue.shift());) done.push(await replay(d))
		return done
	})).flat()
	return { all, results }
}

const rows = async () => it.one(`SELECT (SELECT COUNT(*) FROM notice) AS notices, (SELECT COUNT(*) FROM journal) AS journals,
	(SELECT COUNT(*) FROM resource) AS resources, (SELECT COUNT(*) FROM payment WHERE state <> 'waiting') AS moved`)

test('WXP-5 MON-6 every document that must be accepted is SUCCESS five times and booked once', async t => {
	const { all, results } = await replayAll('accept/')
	assert.ok(all.length >= 25)
	for (const { file, codes } of results) assert.deepEqual(codes, Array(5).fill('SUCCESS'), file)
	for (const { file, payment } of all) {
		if (file === 'accept/payment-failed.xml') await world.untouched(payment)
		else await world.paidOnce(payment)
		assert.deepEqual(await world.cases(payment), [], file)
	}
	await world.audit()
	t.note(`${all.length} documents`)
})

test('WXP-6 WXP-7 every document that must be refused is FAIL five times and moves nothing; authentic money that cannot be ours is one case', async t => {
	const before = await rows(), { all, results } = await replayAll('refuse/')
	assert.ok(all.length >= 110)
	for (const { file, codes } of results) assert.deepEqual(codes, Array(5).fill('FAIL'), file)
	assert.deepEqual(await rows(), before)
	for (const { payment, expected, file } of all) {
		await world.untouched(payment)
		assert.deepEqual(await world.cases(payment), expected === 'currency' ? ['currency'] : [], file)
	}
	await world.audit()
	t.note(`${all.length} documents`)
})
