// An instance of the platform for a test file: started by ./run in a folder of its own, from a copy of a filled store.
import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, accessSync, constants } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from './client.mjs'
import { atEnd } from './tap.mjs'

export const top = path.resolve(fileURLToPath(import.meta.url), '../../..')

/** Runs a program; gives {status, stdout, stderr} and does not throw. */
export function program(file, args = [], { input, ...options } = {}) {
	return new Promise(yes => {
		const child = execFile(file, args, { maxBuffer: 64 << 20, ...options }, (error, stdout, stderr) =>
			yes({ status: error ? error.code ?? 1 : 0, signal: error?.signal, stdout, stderr }))
		child.stdin.on('error', () => { /* it did not want to read all */ }).end(input)
	})
}

async function must(file, args, options) {
	const done = await program(file, args, options)
	if (done.status !== 0) throw new Error(`${path.basename(file)} ${args.join(' ')}: ${done.stderr || done.stdout || done.signal}`)
	return done.stdout
}

/** Scratch in memory where there is enough: the same durable settings, without waiting for a disk. */
export function scratch(name) {
	let base = process.env.YUNSHI_TEST_SCRATCH ?? '/tmp'
	if (base === '/tmp') try {
		accessSync('/dev/shm', constants.W_OK)
		const free = +execFileSync('df', ['-k', '--output=avail', '/dev/shm']).toString().split('\n')[1]
		if (free > 4e6) base = '/dev/shm'
	} catch { /* no /dev/shm */ }
	return mkdtempSync(path.join(base, `yunshi-${name}-`))
}

const free = port => new Promise(yes => {
	const s = net.createServer().once('error', () => yes(false)).listen(port, '127.0.0.1', () => s.close(() => yes(true)))
})
let nextPort = +(process.env.YUNSHI_TEST_PORT ?? 20000 + (process.pid % 300) * 100)

/** A free port whose tenth successor is free too. */
async function choosePort() {
	for (;; nextPort += 2)
		if (await free(nextPort) && await free(nextPort + 10)) return (nextPort += 2) - 2
}

/** The store that instances are copied from: that of ./check, else made here. */
async function template() {
	if (!process.env.YUNSHI_TEST_TEMPLATE) {
		const folder = scratch('template')
		atEnd(async () => rmSync(folder, { recursive: true, force: true }))
		await makeTemplate(folder)
		process.env.YUNSHI_TEST_TEMPLATE = folder
	}
	return process.env.YUNSHI_TEST_TEMPLATE
}

export async function makeTemplate(folder) {
	await must(path.join(top, 'run'), ['--folder', folder, '--parts', 'store', '--quiet', '--built'])
	await must(path.join(top, 'run'), ['--folder', folder, '--stop'])
}

export class Instance {
	constructor(folder) { this.folder = folder }

	async #refresh() {
		const lines = (await must(path.join(top, 'run'), ['--folder', this.folder, '--status'])).trim().split('\n')
		this.is = Object.fromEntries(lines.map(l => [l.slice(0, l.indexOf('=')), l.slice(l.indexOf('=') + 1)]))
		this.url = this.is.url
		this.sandboxUrl = this.is.sandbox_url
	}

	/** Starts what of these parts does not run. */
	async start(parts = this.parts, ...more) {
		this.parts = parts
		this.port ??= await choosePort()
		await must(path.join(top, 'run'), ['--folder', this.folder, '--from', await template(), '--parts', parts, '--port', String(this.port), '--quiet', '--built', ...more])
		await this.#refresh()
		return this
	}
	async stop() {
		await program(path.join(top, 'run'), ['--folder', this.folder, '--stop'])
		if (!process.env.YUNSHI_TEST_KEEP) rmSync(this.folder, { recursive: true, force: true })
	}

	/** The pid of a part: store, nginx, buyer, provider, operator, callback, jobs, sandbox. */
	pid(part) { return +this.is[`pid_${part}`] }
	/** The workers of a pool. */
	async workers(pool) {
		const { stdout } = await program('ps', ['-o', 'pid=', '--ppid', String(this.pid(pool))])
		return stdout.split('\n').filter(Boolean).map(Number)
	}
	kill(part, signal = 'SIGKILL') { process.kill(this.pid(part), signal) }

	/** yunshi with these arguments on this instance; throws when it fails, gives what it printed. */
	yunshi(command, ...args) { return must(this.is.program, [command, '--config', this.is.config, ...args], { env: this.env() }) }
	/** The same, giving {status, stdout, stderr}. */
	tryYunshi(command, ...args) { return program(this.is.program, [command, '--config', this.is.config, ...args], { env: this.env() }) }
	env() { return { ...process.env, YUNSHI_DATA: this.is.data } }
	/** yunshi running beside the others: {kill(signal), ended: its exit status}. */
	spawn(command, ...args) {
		const child = spawn(this.is.program, [command, '--config', this.is.config, ...args], { env: this.env(), stdio: ['ignore', 'ignore', 'ignore'] })
		const ended = new Promise(yes => child.on('close', (code, signal) => yes(code ?? signal)))
		atEnd(async () => { child.kill('SIGKILL'); await ended })
		return { pid: child.pid, kill: signal => child.kill(signal), ended }
	}
	/** Moves business time: '1d', '30m'. */
	forward(time) { return this.yunshi('clock', '--forward', time) }

	/** Rows of a query as objects; all values are texts or null.  One statement that lost against the platform's own is said again. */
	async sql(statement, tries = statement.includes(';') ? 1 : 5) {
		const asked = ['--no-defaults', `--socket=${this.is.database_socket}`, '--user=root', '--batch', this.is.database_name]
		const { status, stdout: out, stderr } = await program('mariadb', asked, { input: statement })
		if (status && tries > 1 && stderr.includes('ERROR 1213')) return this.sql(statement, tries - 1)
		if (status) throw new Error(`mariadb ${asked.join(' ')}: ${stderr}`)
		const [head, ...rows] = out.split('\n').slice(0, -1).map(l => l.split('\t'))
		const value = v => v === 'NULL' ? null : v.replace(/\\([tn0\\])/g, (_, c) => ({ t: '\t', n: '\n', 0: '\0', '\\': '\\' })[c])
		return rows.map(r => Object.fromEntries(r.map((v, i) => [head[i], value(v)])))
	}
	async one(statement) { return (await this.sql(statement))[0] }

	/** A visitor of the platform, or of another address. */
	client(headers, url = this.url) { return new Client(url, headers) }

	/** One request without web server and workers: {status, headers, html}. */
	async once(pool, method, target, { headers = {}, body = '' } = {}) {
		const [, query = ''] = target.split('?')
		const env = { ...this.env(), REQUEST_METHOD: method, REQUEST_URI: target, QUERY_STRING: query, SERVER_PROTOCOL: 'HTTP/1.1', REMOTE_ADDR: '127.0.0.1',
			CONTENT_LENGTH: String(Buffer.byteLength(body)), CONTENT_TYPE: headers['content-type'] ?? '' }
		for (const [k, v] of Object.entries(headers)) env[`HTTP_${k.toUpperCase().replaceAll('-', '_')}`] = v
		const out = await must(this.is.program, ['web', '--config', this.is.config, '--pool', pool, '--once'], { env, input: body })
		const at = out.indexOf('\r\n\r\n')
		const lines = Object.fromEntries(out.slice(0, at).split('\r\n').map(l => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 1).trim()]))
		return { status: parseInt(lines.status ?? '200'), headers: lines, html: out.slice(at + 4) }
	}
}

/** Starts an instance that ends with the file.  parts: as in ./run; all by default. */
export async function instance({ parts = 'buyer provider operator callback jobs sandbox nginx', options = [] } = {}) {
	const it = new Instance(scratch('test'))
	atEnd(() => it.stop())
	await it.start(parts, ...options)
	return it
}
