// What a test file imports: import { test, assert, instance } from '../lib/harness.mjs'.  Browser tests import lib/browser.mjs besides.
export { assert, atEnd, skip, test, timeout } from './tap.mjs'
export { Instance, instance, program, scratch, top } from './instance.mjs'
export { Client, parallel, until } from './client.mjs'
export { fill, forms, textOf, unescapeHtml } from './html.mjs'
