// Refunds go out with a client certificate, to a gateway whose own certificate is checked: WXP-3, WXP-4.
import { createHmac } from 'node:crypto'
import { chmodSync, readFileSync } from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import { assert, atEnd, instance, test } from '../lib/harness.mjs'
import { authority, certificate, file, pair } from '../lib/tls.mjs'
import { Actor } from '../lib/world.mjs'

const it = await instance({ parts: 'store' })
const key = readFileSync(path.join(it.folder, 'secret/wechat'), 'utf8').trim(), appid = 'wx8a6d5f2c90e1b374', mch_id = '1900012026'

await authority('authority')
await authority('stranger')
await certificate('gateway', 'authority', 'subjectAltName=IP:127.0.0.1\n')
await certificate('merchant', 'authority')
await certificate('nobody', 'stranger')

/** The gateway: whoever shows no certificate of its authority is not even heard. */
let heard = []
const server = https.createServer({ ...pair('gateway'), ca: readFileSync(file('authority.pem')),
	requestCert: true, rejectUnauthorized: true }, async (req, res) => {
	let body = ''
	for await (const part of req) body += part
	const asked = Object.fromEntries([...body.matchAll(/<(\w+)><!\[CDATA\[(.*?)\]\]><\/\1>/gs)].map(m => [m[1], m[2]]))
	heard.push({ path: req.url, by: req.socket.getPeerCertificate().subject.CN, asked })
	const answer = { return_code: 'SUCCESS', appid, mch_id, nonce_str: 'x', result_code: 'SUCCESS', refund_id: '5030000001', out_refund_no: asked.out_refund_no,
		refund_fee: asked.refund_fee }
	const text = Object.keys(answer).sort().map(k => `${k}=${answer[k]}`).join('&') + `&key=${key}`
	answer.sign = createHmac('sha256', key).update(text).digest('hex').toUpperCase()
	res.end(`<xml>${Object.entries(answer).map(([k, v]) => `<${k}>${v}</${k}>`).join('')}</xml>`)
})
await new Promise(yes => server.listen(0, '127.0.0.1', yes))
atEnd(async () => { server.closeAllConnections(); server.close() })

const actor = more => new Actor(it, 'jobs', undefined, { YUNSHI_WECHAT_GATEWAY: `https://127.0.0.1:${server.address().port}`, YUNSHI_WECHAT_CA_FILE: file('authority.pem'),
	YUNSHI_WECHAT_CERT_FILE: file('merchant.pem'), YUNSHI_WECHAT_CERT_KEY_FILE: file('merchant.key'), ...more })
async function refund(more) {
	heard = []
	const a = actor(more), answer = await a.ask('refund', 'P20261121102304000012', 'R20261121102304000013', 128000, 28000)
	await a.end()
	return answer
}

test('WXP-3 a refund shows our certificate to a gateway that demands it, and is accepted', async () => {
	const { rc, said } = await refund()
	assert.deepEqual([rc, said], ['ok', 'pending 0 -'])
	assert.deepEqual(heard.map(h => [h.path, h.by, h.asked.refund_fee]), [['/secapi/pay/refund', 'merchant', '28000']])
})

test('WXP-3 without our certificate, or with one that the gateway does not know, nobody hears it, and it is said again later', async () => {
	for (const more of [{ YUNSHI_WECHAT_CERT_FILE: '', YUNSHI_WECHAT_CERT_KEY_FILE: '' },
		{ YUNSHI_WECHAT_CERT_FILE: file('nobody.pem'), YUNSHI_WECHAT_CERT_KEY_FILE: file('nobody.key') },
		{ YUNSHI_WECHAT_CERT_KEY_FILE: file('nobody.key') }, { YUNSHI_WECHAT_CERT_KEY_FILE: file('none.key') }]) {
		assert.equal((await refund(more)).rc, 'busy')
		assert.deepEqual(heard, [])
	}
})

test('WXP-3 a private key that others may read is not used', async () => {
	chmodSync(file('merchant.key'), 0o440)
	const { rc, said } = await refund()
	chmodSync(file('merchant.key'), 0o400)
	assert.deepEqual([rc, heard], ['busy', []])
	assert.match(said, /0400/)
})

test('WXP-3 a gateway whose certificate is not of the authority that we trust is told nothing', async () => {
	for (const ca of ['', file('stranger.pem')]) {
		assert.equal((await refund({ YUNSHI_WECHAT_CA_FILE: ca })).rc, 'busy')
		assert.deepEqual(heard, [])
	}
})

test('WXP-3 outside development a gateway by plain http gets no refund', async () => {
	const { rc, said } = await refund({ YUNSHI_PLATFORM_DEVELOPMENT: 'no', YUNSHI_PLATFORM_CLOCK_FILE: '', YUNSHI_PROVISION_RETRY_SCALE: '1000', YUNSHI_WECHAT_GATEWAY: 'http://127.0.0.1:1' })
	assert.equal(rc, 'busy')
	assert.match(said, /not https/)
})
