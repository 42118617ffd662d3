// The product under load, beside the naive floor, in one run: tables in Markdown for doc/performance.md.
//	node tests/bench/run.mjs [--orders 1000000] [--small 10000] [--seconds 5] [--rounds 3] [--folder DIR] [--only pages,size,audit,notices,memory]
// The folder keeps the filled stores, so that a second run begins at once.  Only ratios within one run mean something.
import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Instance, program, top } from '../lib/instance.mjs'

const options = { orders: '1000000', small: '10000', seconds: '5', rounds: '3', folder: '/tmp/yunshi-bench', only: 'pages,size,audit,notices,memory' }
for (let i = 2; i < process.argv.length; i += 2) {
	const name = process.argv[i].replace(/^--/, '')
	if (!(name in options) || !process.argv[i + 1]) throw new Error(`bench: ${process.argv[i]}?`)
	options[name] = process.argv[i + 1]
}
const seconds = +options.seconds, rounds = +options.rounds, parts = options.only.split(',')
const tick = 1e6 / 100, workers = 2, connections = 8, rows = 20
const say = text => process.stderr.write(`${text}\n`)
const sleep = ms => new Promise(yes => setTimeout(yes, ms))
const bench = name => path.join(top, 'build/tests/bench', name)
const started = []

// --- processes ----------------------------------------------------------------------------------------------------

const statOf = pid => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
const children = pid => readdirSync('/proc').filter(p => /^\d+$/.test(p) && existsSync(`/proc/${p}/stat`)).map(Number)
	.filter(p => { try { return +statOf(p)[1] === pid } catch { return false } })
// Of a master and its workers, those too that ended meanwhile (a worker serves so many requests and is replaced).
const own = pid => { try { const s = statOf(pid); return +s[11] + +s[12] } catch { return 0 } }
const cpu = pid => tick * (own(pid) + +statOf(pid)[13] + +statOf(pid)[14] + children(pid).reduce((sum, p) => sum + own(p), 0))
const pss = pid => +/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1] / 1024

function start(file, args, env = process.env) {
	const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'inherit'], env })
	started.push(child)
	return child.pid
}
const end = async () => { for (const c of started.splice(0)) c.kill('SIGTERM'); await sleep(300) }

/** nginx with the product's own settings, in front of that socket. */
function nginx(it, name, port, socket) {
	const folder = path.join(options.folder, name), sockets = path.dirname(it.is.database_socket)
	mkdirSync(path.join(folder, 'tmp/nginx'), { recursive: true })
	mkdirSync(path.join(folder, 'log'), { recursive: true })
	for (const file of ['nginx.conf', 'yunshi.conf', 'fastcgi.conf', 'fastcgi_base.conf', 'gateway.conf']) {
		let text = readFileSync(path.join(top, 'conf/nginx', file), 'utf8').replaceAll('@SOCKETS@/buyer.sock', socket)
		for (const [k, v] of Object.entries({ STATE: folder, SOCKETS: sockets, LISTEN: `127.0.0.1:${port}`, SANDBOX: `127.0.0.1:${port + 1}`,
			STATIC: path.join(top, 'templates/static'), ERRORS: path.join(top, 'conf/nginx/error'), RATE: '1000000r/s', BURST: '100000',
			RATE_LOGIN: '100r/s', BURST_LOGIN: '200', CONNECTIONS: '1000' })) text = text.replaceAll(`@${k}@`, v)
		writeFileSync(path.join(folder, 'tmp/nginx', file), text)
	}
	return { url: `http://127.0.0.1:${port}`, pid: start('nginx', ['-e', 'stderr', '-p', `${folder}/tmp/nginx/`, '-c', `${folder}/tmp/nginx/nginx.conf`, '-g', 'daemon off;']) }
}

// --- stores -------------------------------------------------------------------------------------------------------

const naiveTables = `
	CREATE TABLE bench_order (PRIMARY KEY (id), KEY buyer (buyer_id, id), KEY badge (buyer_id, state)) ENGINE=InnoDB AS
		SELECT id, buyer_id, number, kind, state, billing_mode, category_code, product_id, plan_id, provider_id, plan_name, provider_name, unit, quantity,
		       duration, duration_unit, list_total, payable, paid, creator_id, payer_org_id, created_at, deadline_at, paid_at, closed_at FROM orders ORDER BY id;
	CREATE TABLE bench_line (PRIMARY KEY (id), KEY line (order_id)) ENGINE=InnoDB AS SELECT order_id + 1 AS id, order_id, state, amount FROM order_line ORDER BY order_id;
	ANALYZE TABLE bench_order, bench_line, orders, order_line;`

class Bench extends Instance {
	async run(...args) {
		const done = await program(path.join(top, 'run'), ['--folder', this.folder, '--built', '--quiet', ...args])
		if (done.status) throw new Error(done.stderr)
	}
	async open(orders) {
		const fresh = !existsSync(path.join(this.folder, 'filled'))
		await this.run('--parts', 'store buyer callback', '--empty', '--workers', String(workers), '--port', '21000')
		const { stdout } = await program(path.join(top, 'run'), ['--folder', this.folder, '--status'])
		this.is = Object.fromEntries(stdout.trim().split('\n').map(l => [l.slice(0, l.indexOf('=')), l.slice(l.indexOf('=') + 1)]))
		await this.sql('SET GLOBAL innodb_buffer_pool_size = 1 << 30')
		if (!fresh) return this
		say(`loading ${orders} orders`)
		await this.yunshi('demo', '--orders', String(orders))
		await this.sql(naiveTables)
		writeFileSync(path.join(this.folder, 'filled'), '')
		return this
	}
	async session() {
		const token = randomBytes(32).toString('base64url')
		await this.sql(`INSERT INTO session (token_hash, id, person_id, org_id, created_at, seen_at, expires_at, address, agent)
			SELECT X'${createHash('sha256').update(token).digest('hex')}', ${Date.now()}, p.id, m.org_id, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),
			       UTC_TIMESTAMP(6) + INTERVAL 10 HOUR, '127.0.0.1', 'bench' FROM person p JOIN member m ON m.person_id = p.id WHERE p.email = 'buyer@demo.test'`)
		return `Cookie: yunshi=${token}`
	}
	async count(what) { return +(await this.one(`SELECT COUNT(*) AS n FROM ${what}`)).n }
}

// --- pages --------------------------------------------------------------------------------------------------------

function wrk(url, { header, script, env, c = connections, s = seconds }) {
	const args = ['-t1', `-c${c}`, `-d${s}s`, ...(header ? ['-H', header] : []), ...(script ? ['-s', script] : []), url]
	const out = execFileSync('wrk', args, { env: { ...process.env, ...env } }).toString()
	const bad = /Non-2xx or 3xx responses: (\d+)|Socket errors:/.exec(out)
	if (bad && !script) throw new Error(out)
	const [, n, took] = /(\d+) requests in ([\d.]+)s/.exec(out)
	return { n: +n, took: +took }
}

/** CPU microseconds of one request by group, and requests a second. */
function measure(target) {
	const groups = { nginx: target.nginx, app: target.app, store: target.store }
	const before = Object.entries(groups).map(([k, pid]) => [k, cpu(pid)])
	const { n, took } = wrk(target.url, target)
	const used = Object.fromEntries(before.map(([k, was]) => [k, (cpu(groups[k]) - was) / n]))
	return { ...used, sum: used.nginx + used.app + used.store, rate: n / took }
}

async function look(target) {
	const [name, value] = target.header ? target.header.split(': ') : ['x', 'x']
	const answer = await fetch(target.url, { headers: { [name]: value, 'accept-encoding': 'identity' }, redirect: 'manual' })
	const text = await answer.text()
	if (answer.status !== 200) throw new Error(`${target.url}: ${answer.status}`)
	target.bytes = Buffer.byteLength(text)
	if (target.rows) for (let i = 0, at = 0; i < target.rows; i++) if ((at = text.indexOf('<tr', at) + 1) === 0) throw new Error(`${target.url}: only ${i} rows`)
}

const median = (list, of) => list.toSorted((a, b) => of(a) - of(b))[Math.floor(list.length / 2)]

/** All targets by turns, so that a busy moment hits each alike; the median round of each. */
async function compare(targets) {
	const results = Object.fromEntries(Object.keys(targets).map(k => [k, []]))
	for (const t of Object.values(targets)) {
		await look(t)
		wrk(t.url, { ...t, s: 1 })
	}
	for (let i = 0; i < rounds; i++)
		for (const [name, t] of Object.entries(targets)) results[name].push(measure(t))
	return Object.fromEntries(Object.entries(results).map(([k, list]) => [k, { ...median(list, r => r.sum), bytes: targets[k].bytes }]))
}

const us = v => Math.round(v).toString()
function table(results, floor) {
	const lines = ['| page | nginx | application | MariaDB | sum | of the naive floor | requests/s | bytes |', '|---|---|---|---|---|---|---|---|']
	for (const [name, r] of Object.entries(results))
		lines.push(`| ${name} | ${us(r.nginx)} | ${us(r.app)} | ${us(r.store)} | ${us(r.sum)} | ${(r.sum / floor.sum).toFixed(2)} | ${us(r.rate)} | ${r.bytes} |`)
	return lines.join('\n')
}

function floors(it, header) {
	const env = { ...process.env, FLOOR_PASSWORD: readFileSync(path.join(it.folder, 'secret/admin'), 'utf8').trim() }, made = {}
	for (const [i, kind] of ['naive', 'same'].entries()) {
		const socket = path.join(path.dirname(it.is.database_socket), `${kind}.sock`)
		rmSync(socket, { force: true })
		const app = start(bench('floor'), [socket, String(workers), it.is.database_socket, 'yunshi_admin', kind], env)
		const front = nginx(it, `nginx-${kind}`, 21100 + 10 * i, socket)
		made[kind] = { url: `${front.url}/console/orders`, header, nginx: front.pid, app, store: it.pid('store'), rows }
	}
	return made
}

async function pages(it) {
	const header = await it.session()
	const front = nginx(it, 'nginx-product', 21200, path.join(path.dirname(it.is.database_socket), 'buyer.sock'))
	const { naive, same } = floors(it, header)
	const product = { nginx: front.pid, app: it.pid('buyer'), store: it.pid('store'), header }
	await sleep(1000)
	const results = await compare({
		'my orders, naive floor': naive,
		'my orders, by hand with the product’s statements': same,
		'my orders, product': { ...product, url: `${front.url}/console/orders`, rows },
		'one product, signed in': { ...product, url: `${front.url}/products/yunfan-books` },
		'list of products, signed in': { ...product, url: `${front.url}/products` },
		'one product, visitor (kept for a second)': { ...product, header: undefined, url: `${front.url}/products/yunfan-books` },
	})
	return { results, front, header }
}

// --- notifications ------------------------------------------------------------------------------------------------

async function notices(it) {
	const file = path.join(options.folder, 'notices'), s = Math.min(seconds, 2), most = 2000 * s * rounds * 9
	const front = nginx(it, 'nginx-notice', 21300, path.join(path.dirname(it.is.database_socket), 'buyer.sock'))
	const env = { ...it.env(), NOTICES: file }
	let from = 0
	const run = async (...args) => {
		const { status, stdout, stderr } = await program(bench('notices'), [it.is.config, ...args.map(String)], { env })
		if (status) throw new Error(stderr)
		return stdout.split(' ').map(Number)
	}
	const direct = kind => async c => {
		const [n, took, next] = await run(kind, c, s, file, from)
		from = next
		return n / took
	}
	const web = async c => {
		const before = await it.count('notice')
		const { n, took } = wrk(front.url, { c, s, script: path.join(top, 'tests/bench/notice.lua'), env: { ...env, FROM: String(from) } })
		const booked = await it.count('notice') - before
		if (booked < n * 0.98) throw new Error(`${booked} of ${n} notifications were booked`)
		from += n + c + 1
		return booked / took
	}
	const ways = { 'the statements of the transaction alone': direct('bare'), 'the use case, without web server': direct('use'), 'POST of signed XML through nginx': web }
	const rates = Object.fromEntries(Object.keys(ways).map(k => [k, []]))
	await run('make', most, file)
	for (const c of [1, 4, 8]) {
		const tries = Object.fromEntries(Object.keys(ways).map(k => [k, []]))
		for (let i = 0; i < rounds; i++)
			for (const [k, way] of Object.entries(ways)) tries[k].push(await way(c))
		for (const k in ways) rates[k].push(median(tries[k], r => r))
	}
	const bare = Object.values(rates)[0]
	const rows = Object.entries(rates).map(([k, list]) => `| ${k} | ${list.map((r, i) => `${us(r)} (${(r / bare[i]).toFixed(2)})`).join(' | ')} |`)
	return ['| | 1 connection | 4 connections | 8 connections |', '|---|---|---|---|', ...rows].join('\n')
}

// --- audit --------------------------------------------------------------------------------------------------------

/** Before the notifications, whose bare statements do not keep the books. */
async function audits(it) {
	const lines = ['| | seconds |', '|---|---|'], ways = {
		'sealing all of it': ['jobs', '--only', 'journal_seal', '--once'], 'audit of everything': ['audit', '--full'], 'audit of what came since': ['audit'],
	}
	for (const [name, args] of Object.entries(ways)) {
		const begun = performance.now()
		await it.yunshi(...args)
		lines.push(`| ${name} | ${((performance.now() - begun) / 1000).toFixed(1)} |`)
	}
	return lines.join('\n')
}

// --- memory -------------------------------------------------------------------------------------------------------

async function memory(it, { front, header }) {
	const lines = ['| requests | PSS of each worker, MiB |', '|---|---|'], addresses = ['/console/orders', '/products/yunfan-books', '/console', '/products']
	let n = 0
	const note = () => lines.push(`| ${n} | ${children(it.pid('buyer')).map(p => pss(p).toFixed(1)).join(', ')} |`)
	note()
	for (let next = 10000; n < 100000; next *= Math.sqrt(10)) {
		for (let i = 0; n < Math.round(next); i++) n += wrk(front.url + addresses[i % addresses.length], { header, s: 4 }).n
		note()
	}
	return lines.join('\n')
}

// --- all ----------------------------------------------------------------------------------------------------------

const it = new Bench(path.join(options.folder, `store-${options.orders}`))
const print = (title, text) => process.stdout.write(`\n### ${title}\n\n${text}\n`)
mkdirSync(options.folder, { recursive: true })
try {
	await it.open(options.orders)
	let at
	if (parts.includes('pages') || parts.includes('size') || parts.includes('memory')) {
		at = await pages(it)
		print(`CPU microseconds of one request, ${options.orders} orders`, table(at.results, at.results['my orders, naive floor']))
	}
	if (parts.includes('audit')) print(`Audits of ${await it.count('posting')} postings`, await audits(it))
	if (parts.includes('notices')) print('Payment notifications booked a second', await notices(it))
	if (parts.includes('memory')) print('Memory', await memory(it, at))
	await end()
	await it.run('--stop')
	if (parts.includes('size')) {
		const small = new Bench(path.join(options.folder, `store-${options.small}`))
		await small.open(options.small)
		const few = await pages(small), name = 'my orders, product'
		print(`The same page with ${options.small} and with ${options.orders} orders`,
			`sum ${us(few.results[name].sum)} and ${us(at.results[name].sum)} µs: ${(at.results[name].sum / few.results[name].sum).toFixed(2)}; ` +
			`of its naive floor ${(few.results[name].sum / few.results['my orders, naive floor'].sum).toFixed(2)}`)
		await end()
		await small.run('--stop')
	}
} finally {
	await end()
	for (const n of [options.orders, options.small]) {
		const folder = path.join(options.folder, `store-${n}`)
		if (existsSync(path.join(folder, 'pid/store'))) await program(path.join(top, 'run'), ['--folder', folder, '--stop'])
	}
}
process.exit(0)	// what is imported for its instances would report tests
