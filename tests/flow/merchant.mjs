// A merchant's library that others wrote (tenpay), against the sandbox and against our callback: what we call WeChat Pay v2 is what they call it.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import Tenpay from 'tenpay'
import util from 'tenpay/lib/util.js'
import { assert, atEnd, instance, test, timeout, until } from '../lib/harness.mjs'
import { World } from '../lib/world.mjs'

timeout(60)
const it = await instance({ parts: 'buyer callback sandbox nginx' })
const world = await World.make(it)
const sandbox = it.client({ accept: 'application/json' }, it.sandboxUrl)
const heard = []
const shop = http.createServer(async (req, res) => {
	const type = req.url.slice(1)
	let body = ''
	for await (const part of req) body += part
	const answer = { header: (name, value) => res.setHeader(name, value), send: xml => res.end(xml) }
	await merchant.middlewareForExpress(type)(Object.assign(req, { body }), answer, () => { heard.push([type, req.weixin]); answer.reply() })
})
await new Promise(yes => shop.listen(0, '127.0.0.1', yes))
atEnd(() => { shop.closeAllConnections(); shop.close() })

const here = `http://127.0.0.1:${shop.address().port}`
const merchant = new Tenpay({ appid: 'wx8a6d5f2c90e1b374', mchid: '1900012026', partnerKey: readFileSync(path.join(it.folder, 'secret/wechat'), 'utf8').trim(),
	notify_url: `${here}/pay`, refund_url: `${here}/refund` })
for (const call of Object.keys(merchant.urls)) merchant.urls[call] = it.sandboxUrl + new URL(merchant.urls[call]).pathname

let numbers = 0
const order = (sign_type, total_fee = 12345) => ({ out_trade_no: `M${Date.now()}${++numbers}`, body: '云市场-订单 & <测试>', total_fee, trade_type: 'NATIVE', product_id: '1', sign_type })
const heardOf = (type, number) => until(() => heard.find(([t, n]) => t === type && (n.req_info ?? n).out_trade_no === number)?.[1], `${type} of ${number}`)

test('WXP-1 WXP-2 WXP-5 MON-10 an order, its code, its payment and the notification, signed in either way', async () => {
	for (const sign of ['MD5', 'HMAC-SHA256']) {
		const asked = order(sign), { code_url, prepay_id } = await merchant.unifiedOrder(asked)
		assert.ok(prepay_id)
		assert.equal((await merchant.orderQuery({ out_trade_no: asked.out_trade_no, sign_type: sign })).trade_state, 'NOTPAY')
		assert.equal((await sandbox.post(`/scan/${new URL(code_url).searchParams.get('pr')}/pay`, {})).status, 200)
		const told = await heardOf('pay', asked.out_trade_no)
		assert.deepEqual([told.total_fee, told.result_code, told.mch_id], ['12345', 'SUCCESS', merchant.mchid])
		const found = await merchant.orderQuery({ out_trade_no: asked.out_trade_no, sign_type: sign })
		assert.deepEqual([found.trade_state, found.transaction_id, found.total_fee], ['SUCCESS', told.transaction_id, '12345'])
		await until(async () => (await sandbox.json(`/?number=${asked.out_trade_no}`)).json.others[0].heard, 'acknowledged')
	}
})

test('WXP-4 what is not there, what is too early and a wrong key are refusals that the library tells apart', async () => {
	const asked = order('HMAC-SHA256'), of = { out_trade_no: asked.out_trade_no, sign_type: 'HMAC-SHA256' }
	await merchant.unifiedOrder(asked)
	await assert.rejects(merchant.closeOrder({ ...of }), /SYSTEMERROR/)
	await it.forward('6m')
	assert.equal((await merchant.closeOrder({ ...of })).result_code, 'SUCCESS')
	assert.equal((await merchant.orderQuery({ ...of })).trade_state, 'CLOSED')
	await assert.rejects(merchant.unifiedOrder(asked), /ORDERCLOSED|OUT_TRADE_NO_USED/)
	await assert.rejects(merchant.orderQuery({ ...of, out_trade_no: 'M00000' }), /ORDERNOTEXIST/)
	await assert.rejects(Object.assign(new Tenpay({ ...merchant, partnerKey: 'x'.repeat(32) }), { urls: merchant.urls }).orderQuery({ ...of }), /sign|SIGN|签名/)
})

test('WXP-3 WXP-8 a refund, asked about, and told of in a sealed document', async () => {
	const asked = order('HMAC-SHA256'), { code_url } = await merchant.unifiedOrder(asked)
	await sandbox.post(`/scan/${new URL(code_url).searchParams.get('pr')}/pay`, {})
	await heardOf('pay', asked.out_trade_no)
	const number = `R${asked.out_trade_no}`
	const made = await merchant.refund({ out_trade_no: asked.out_trade_no, out_refund_no: number, total_fee: 12345, refund_fee: 2345, sign_type: 'HMAC-SHA256' })
	assert.deepEqual([made.out_refund_no, made.refund_fee], [number, '2345'])
	await until(async () => (await merchant.refundQuery({ out_refund_no: number, sign_type: 'HMAC-SHA256' })).refund_status_0 === 'SUCCESS', 'the refund is done')
	const told = await heardOf('refund', asked.out_trade_no)
	assert.deepEqual([told.req_info.out_refund_no, told.req_info.refund_fee, told.req_info.refund_status], [number, '2345', 'SUCCESS'])
})

test('WXP-5 WXP-6 a notification that their library wrote and signed is taken by our callback, once', async () => {
	const payment = await world.payable(), said = { ...world.fields(payment.number), sign_type: 'HMAC-SHA256' }
	said.sign = merchant._getSign(said, said.sign_type)
	for (let i = 0; i < 2; i++) assert.equal((await world.send(util.buildXML(said))).code, 'SUCCESS')
	await world.paidOnce(payment)
	await world.audit()
})
