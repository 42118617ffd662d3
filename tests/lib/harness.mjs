// What a test file imports.  Browser tests import lib/browser.mjs besides.
//
//	import { assert, instance, test } from '../lib/harness.mjs'
//	const it = await instance({ parts: 'buyer nginx' })		// ends with the file
//	test('ORD-4 a placed order waits for its payment', async () => {
//		const buyer = await it.client().signIn('buyer@demo.test')
//		const placed = await buyer.submit('/checkout?plan=1', { agree: 'yes' })	// opens the page, fills its form, sends it
//		assert.equal(placed.status, 303)
//		assert.equal((await it.one('SELECT state FROM orders ORDER BY id DESC LIMIT 1')).state, 'to_pay')
//	})
//
// ./check runs it; YUNSHI_TEST_KEEP=yes or ./check --keep leaves the instance's folder for a look.
export { assert, atEnd, skip, test, timeout } from './tap.mjs'
export { Instance, instance, program, scratch, top } from './instance.mjs'
export { Client, parallel, until } from './client.mjs'
export { fill, forms, textOf, unescapeHtml } from './html.mjs'
