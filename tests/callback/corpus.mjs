// The corpus of documents over HTTP: each sent twice, then three times at once.  What is refused changes nothing, what is accepted is booked once.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, parallel, program, test, top } from '../lib/harness.mjs'
import { Refunds } from '../lib/refunds.mjs'
import { PRICE, World, newTransaction } from '../lib/world.mjs'

const it = await instance({ parts: 'callback buyer nginx', options: ['--workers', '3'] })
const world = await World.make(it, { buyers: 8, refunds: 'origin' }), refunds = new Refunds(it, world)
const folder = path.join(top, 'tests/callback')
const corpus = readFileSync(path.join(folder, 'manifest'), 'utf8').split('\n').filter(l => /^(accept|refuse)\//.test(l))
	.map(l => { const [file, expected, ...media] = l.split(' '); return { file, expected, media: media.join(' ') } })

const ofRefund = d => d.file.includes('/refund-')
async function filled(file, values) {
	const words = Object.entries({ key: world.key, appid: world.appid, mch_id: world.mch, fee: PRICE, transaction: newTransaction(), ...values }).map(([k, v]) => `${k}=${v}`)
	const { stdout, status } = await program(path.join(top, 'build/tests/callback/fill'), [path.join(folder, file), ...words], { encoding: 'buffer' })
	assert.equal(status, 0, file)
	return stdout
}
/** The document, filled for a payment of its own. */
async function prepare({ file, expected, media }, i) {
	const payment = await world.payable(i % 8)
	if (file.includes('md5')) await it.sql(`UPDATE payment SET sign_type = 'md5' WHERE id = ${payment.id}`)
	return { file, expected, media, payment, body: await filled(file, { number: payment.number }) }
}
/** The same for a refund that its channel has accepted. */
async function prepareRefund({ file, expected, media }, i) {
	const { orders: [order], payment } = await refunds.paid(i % 8)
	assert.equal((await refunds.give(i % 8, [order], [30000])).rc, 'ok')
	const [{ number }] = await refunds.of(payment)
	assert.equal((await refunds.go(number)).rc, 'ok')
	await it.sql(`UPDATE refund SET next_at = '2099-01-01' WHERE number = '${number}'`)
	return { file, expected, media, order, payment, number, body: await filled(file, { number: payment, refund: number }) }
}

async function replay({ file, media, body }) {
	const to = ofRefund({ file }) ? '/callback/wechat/refund' : '/callback/wechat', send = () => world.send(body, media, to)
	const twice = [await send(), await send()]
	return { file, codes: [...twice, ...await parallel(3, send)].map(a => a.status === 413 ? 'FAIL' : a.code) }
}

async function replayAll(which, make = prepare) {
	const all = [], queue = []
	for (const [i, d] of corpus.filter(d => d.file.startsWith(which) && ofRefund(d) === (make === prepareRefund)).entries()) all.push(await make(d, i))
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

test('WXP-8 MON-6 every refund notification that is well-formed is SUCCESS five times: its channel is asked once, what that says is booked once', async t => {
	const { all, results } = await replayAll('accept/refund-', prepareRefund)
	assert.ok(all.length >= 15)
	for (const { file, codes } of results) assert.deepEqual(codes, Array(5).fill('SUCCESS'), file)
	for (const { file, number, order } of all) {
		assert.ok(+(await it.one(`SELECT next_at < '2099-01-01' AS due FROM refund WHERE number = '${number}'`)).due, file)
		refunds.set(number, 'done')
		assert.equal((await refunds.go(number)).rc, 'ok')
		assert.deepEqual([await refunds.state(number), refunds.told(number), await refunds.unsubscribed(order)], ['done', 1, [['completed', 30000]]], file)
	}
	await world.audit()
	t.note(`${all.length} documents`)
})

test('WXP-8 every refund notification that is not is FAIL five times, and nobody asks because of it', async t => {
	const { all, results } = await replayAll('refuse/refund-', prepareRefund)
	assert.ok(all.length >= 60)
	for (const { file, codes } of results) assert.deepEqual(codes, Array(5).fill('FAIL'), file)
	const { n } = await it.one(`SELECT COUNT(*) AS n FROM refund WHERE number IN (${all.map(d => `'${d.number}'`)}) AND state = 'sent' AND next_at = '2099-01-01'`)
	assert.equal(+n, all.length)
	await world.audit()
	t.note(`${all.length} documents`)
})

test('WXP-8 MON-7 a refund that is not ours is SUCCESS, so that its repeats end, and changes nothing; after its end too', async () => {
	const before = await rows(), [{ number }] = [await prepareRefund({ file: 'accept/refund-plain.xml', media: 'text/xml' }, 0)]
	refunds.set(number, 'done')
	await it.sql(`UPDATE refund SET next_at = UTC_TIMESTAMP(6) WHERE number = '${number}'`)
	assert.equal((await refunds.go(number)).rc, 'ok')
	const journals = (await rows()).journals
	for (const refund of [number, 'R00000000000000000000']) {
		const body = await filled('accept/refund-plain.xml', { number: 'P00000000000000000000', refund })
		for (const answer of await parallel(4, () => world.send(body, 'text/xml', '/callback/wechat/refund'))) assert.deepEqual([answer.status, answer.code], [200, 'SUCCESS'])
	}
	assert.deepEqual([(await rows()).journals, (await rows()).notices, await refunds.state(number)], [journals, String(+before.notices + 1), 'done'])
	await world.audit()
})
