// Runs the test programs of ./check side by side, adds up their TAP, and tells what failed.
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { makeTemplate, program, scratch, top } from './instance.mjs'

const suites = ['lint', 'unit', 'contract', 'flow', 'callback', 'browser', 'fault']
const withStore = new Set(['flow', 'callback', 'browser', 'fault'])
const seconds = { lint: 300, unit: 120, contract: 240, flow: 300, callback: 300, browser: 400, fault: 400 }

const words = process.argv.slice(2).filter(a => !a.startsWith('-'))
const named = suites.filter(s => !words.length || words.includes(s))
const parts = words.filter(w => !suites.includes(w))
const logs = path.join(top, '.run/check')

/** The programs of a suite: files for node, scripts (of lint whatever can be executed), of unit what was built. */
function units(suite) {
	const folder = path.join(top, suite === 'unit' ? 'build/tests' : 'tests', suite)
	const runs = (name, file) => suite === 'unit' ? /^test_\w+$/.test(name) :
		name.endsWith('.mjs') || (suite === 'lint' || name.endsWith('.sh')) && statSync(file).mode & 0o100
	return (existsSync(folder) ? readdirSync(folder).sort() : [])
		.map(name => ({ suite, name: `${suite}/${name}`, file: path.join(folder, name) }))
		.filter(u => statSync(u.file).isFile() && runs(path.basename(u.file), u.file))
		.filter(u => named.includes(suite) || parts.some(p => u.name.includes(p)))
}

/** Counts top-level TAP lines; a failed point takes the diagnostic lines around it along. */
function readTap(text) {
	const result = { passed: 0, failed: 0, skipped: 0, planned: 0, failures: [] }
	let before = [], open = null
	for (const line of text.split('\n')) {
		const point = /^(not )?ok\b(.*?)(# SKIP.*)?$/i.exec(line.trim())
		const plan = /^1\.\.(\d+)/.exec(line.trim())
		if (plan) result.planned += +plan[1]
		else if (point) {
			open = null
			if (point[3] !== undefined) result.skipped++
			else if (!point[1]) result.passed++
			else {
				result.failed++
				result.failures.push(open = [line.trim(), ...before])
			}
			before = []
		} else if (line.trim()) (open ?? before).push(`    ${line.trimEnd()}`)
	}
	return result
}

const under = new Set(), queue = []

function run(unit, slot, template) {
	const log = path.join(logs, `${unit.name.replaceAll('/', '-')}.log`)
	const file = createWriteStream(log)
	const env = { ...process.env, srcdir: top, YUNSHI_TEST_PORT: String(slot), YUNSHI_TEST_TEMPLATE: template ?? '', LC_ALL: 'C.UTF-8' }
	const [command, ...args] = unit.file.endsWith('.mjs') ? [process.execPath, unit.file] : [unit.file]
	const began = Date.now()
	return new Promise(yes => {
		let out = '', err = '', late = false
		const child = spawn(command, args, { env, cwd: path.join(top, 'build'), detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
		const timer = setTimeout(() => {
			late = true
			end(child, 'SIGTERM')
			setTimeout(() => end(child, 'SIGKILL'), 10_000).unref()
		}, seconds[unit.suite] * 1000)
		under.add(child)
		child.stdout.on('data', d => { out += d; file.write(d) })
		child.stderr.on('data', d => { err = (err + d).slice(-4000); file.write(d) })
		child.on('error', e => { err += e.message })
		child.on('close', (code, signal) => {
			clearTimeout(timer)
			under.delete(child)
			file.end()
			yes({ ...unit, ...judge(readTap(out), code, signal, late, err, log), time: (Date.now() - began) / 1000 })
		})
	})
}

const end = (child, signal) => { try { process.kill(-child.pid, signal) } catch { /* it has ended */ } }

/** Ends what a test file that was killed has left running, and takes its folders away. */
async function sweep(root) {
	if (process.env.YUNSHI_TEST_KEEP) return console.log(`kept: ${root}`)
	for (const name of readdirSync(root)) {
		if (existsSync(path.join(root, name, 'pid'))) await program(path.join(top, 'run'), ['--folder', path.join(root, name), '--stop'])
	}
	rmSync(root, { recursive: true, force: true })
}

/** A program that says less than it planned, or ends badly without having said why, has failed besides. */
function judge(tap, code, signal, late, err, log) {
	const said = tap.passed + tap.failed + tap.skipped
	const why = late ? 'ran out of time' : signal ? `ended by ${signal}` : said === 0 ? 'no test ran' :
		tap.planned !== said ? `${tap.planned} tests planned, ${said} reported` : code && !tap.failed ? `exit status ${code}` : ''
	if (why) {
		tap.failed++
		tap.failures.push([`not ok ${why}`])
	}
	if (tap.failed && err.trim()) tap.failures.at(-1).push(...err.trim().split('\n').slice(-12).map(l => `    ${l}`))
	if (tap.failed) tap.failures.at(-1).push(`    all of it: ${log}`)
	return tap
}

function tell(result) {
	for (const [head, ...rest] of result.failures) console.log([`${result.name}: ${head}`, ...rest.slice(0, 40)].join('\n'))
}

async function runAll(all, template) {
	const results = []
	queue.push(...all)
	const base = 20000 + (process.pid % 250) * 120
	const lane = async i => {
		for (let unit; (unit = queue.shift());) {
			const result = await run(unit, base + i * 24, template)
			tell(result)
			results.push(result)
		}
	}
	await Promise.all(Array.from({ length: Math.max(2, cpus().length) + 1 }, (_, i) => lane(i)))
	return results
}

const sum = (list, key) => list.reduce((n, r) => n + r[key], 0)
const began = Date.now()
mkdirSync(logs, { recursive: true })
// Long ones first, so that the lanes end together.
const all = ['browser', 'fault', 'flow', 'callback', 'contract', 'lint', 'unit'].flatMap(units)
const root = process.env.YUNSHI_TEST_SCRATCH = scratch('check')
// When asked to end, what runs is ended and nothing more is begun; the folders go in the usual way.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
	all.length = queue.length = 0
	for (const child of under) end(child, 'SIGTERM')
})
let template
if (all.some(u => withStore.has(u.suite))) {
	template = scratch('template')
	try { await makeTemplate(template) } catch (error) { console.log(`the store that tests copy could not be made: ${error.message}`) }
}
const results = await runAll(all, template)
await sweep(root)

let empty = 0
for (const part of parts.filter(p => !all.some(u => u.name.includes(p)))) { empty++; console.log(`no test file has ${part} in its path`) }
for (const suite of suites) {
	const of = results.filter(r => r.suite === suite)
	const ran = sum(of, 'passed') + sum(of, 'failed')
	if (!ran && named.includes(suite)) { empty++; console.log(`${suite}: no test ran`) }
	if (ran) console.log(`${suite.padEnd(9)} ${String(ran).padStart(5)} tests  ${sum(of, 'time').toFixed(1)} s`)
}
const failed = sum(results, 'failed') + empty, passed = sum(results, 'passed'), skipped = sum(results, 'skipped')
console.log(`all in ${((Date.now() - began) / 1000).toFixed(1)} s`)
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(failed || !passed ? 1 : 0)
