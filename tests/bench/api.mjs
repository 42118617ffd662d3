// Checks of calls a second beside a bare UPDATE … WHERE used < total on the same store, by turns in one run: doc/performance.md.
//	node tests/bench/api.mjs [rounds]
import { execFileSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from '../lib/client.mjs'
import { instance, program, top } from '../lib/instance.mjs'

const rounds = +(process.argv[2] ?? 3), callers = 8, seconds = 3, updates = 400
const it = await instance({ parts: 'buyer callback nginx' })
const buyer = await new Client(it.url).signIn('buyer@demo.test')
const { id } = await it.one(`SELECT MAX(q.resource_id) AS id FROM api_quota q JOIN product p ON p.id = q.product_id AND p.slug = 'lingxi-ocr' JOIN member m ON m.org_id = q.buyer_id
	JOIN person x ON x.id = m.person_id AND x.email = 'buyer@demo.test' WHERE q.open = 1 AND q.end_at > NOW(6)`)
if (!id) throw new Error('the demo buyer has no calls left')
await it.sql(`UPDATE api_quota SET total = 100000000 WHERE resource_id = ${id}; CREATE TABLE bare (id INT PRIMARY KEY, used BIGINT UNSIGNED, total BIGINT UNSIGNED) ENGINE=InnoDB AS SELECT 1 AS id, 0 AS used, 100000000 AS total`)
const at = `/console/resources/${id}/key`
const key = JSON.parse((await buyer.submit(at, { confirm: '1' }, { action: `${at}/reveal`, headers: { accept: 'application/json' } })).html)

function signed() {
	const date = new Date().toUTCString(), nonce = randomBytes(8).toString('hex')
	const signature = createHmac('sha256', key.secret_key).update(`x-date: ${date}\nx-nonce: ${nonce}`).digest('base64')
	return `${date}\t${nonce}\thmac id="${key.secret_id}", algorithm="hmac-sha256", headers="x-date x-nonce", signature="${signature}"`
}
function checks() {
	const file = path.join(it.folder, 'calls')
	writeFileSync(file, Array.from({ length: 20000 }, signed).join('\n'))
	const out = execFileSync('wrk', ['-t1', `-c${callers}`, `-d${seconds}s`, '-s', path.join(top, 'tests/bench/api.lua'), `${it.url}/gateway/check`], { env: { ...process.env, CALLS: file } }).toString()
	if (/Non-2xx/.test(out)) throw new Error(out)
	const [, n, took] = /(\d+) requests in ([\d.]+)s/.exec(out)
	return n / took
}
async function bare() {
	const begun = performance.now(), input = 'UPDATE bare SET used = used + 1 WHERE id = 1 AND used < total;\n'.repeat(updates)
	await Promise.all(Array.from({ length: callers }, () => program('mariadb', ['--no-defaults', `--socket=${it.is.database_socket}`, '--user=root', 'yunshi'], { input })))
	return callers * updates / (performance.now() - begun) * 1000
}
const median = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
const seen = { checks: [], bare: [] }
checks()
for (let i = 0; i < rounds; i++) { seen.checks.push(checks()); seen.bare.push(await bare()) }
const c = median(seen.checks), b = median(seen.bare)
console.log(`| | a second | of the bare UPDATE |\n|---|---|---|\n| bare UPDATE, ${callers} connections, one row | ${Math.round(b)} | 1.00 |\n| check through nginx, ${callers} callers, one key | ${Math.round(c)} | ${(c / b).toFixed(2)} |`)
await it.stop()
process.exit(0)
