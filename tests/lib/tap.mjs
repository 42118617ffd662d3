// Tests one after the other, reported as TAP.  A file registers its tests; they run when it has been read to its end.
import assert from 'node:assert/strict'
import { realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

export { assert }

const tests = []
const cleaning = []
let limit = 60_000

/** Registers a test; its name begins with the rules that it proves: test('ORD-4 a price is …', async t => { … }).
 *  t.note(text) prints a diagnostic line. */
export function test(name, run) { begin(); tests.push({ name, run }) }
export function skip(name, why) { begin(); tests.push({ name, why }) }
/** Seconds that one test may take (60). */
export function timeout(seconds) { limit = seconds * 1000 }
/** Runs at the end, in reverse order, whatever happened. */
export function atEnd(run) { begin(); cleaning.push(run) }

const note = text => process.stdout.write(String(text).replace(/^/gm, '# ') + '\n')

async function within(ms, promise) {
	let timer
	const late = new Promise((_, no) => { timer = setTimeout(() => no(new Error(`not done within ${ms / 1000} s`)), ms) })
	try { return await Promise.race([promise, late]) } finally { clearTimeout(timer) }
}

function whereIn(error) {
	const line = String(error.stack).split('\n').find(l => l.includes('/tests/') && !l.includes('/tests/lib/') && !l.includes('node_modules'))
	return line ? line.trim() : ''
}

async function runOne(t, i) {
	if (!t.run) {
		process.stdout.write(`ok ${i} - ${t.name} # SKIP ${t.why}\n`)
		return true
	}
	try {
		await within(limit, t.run({ note }))
		process.stdout.write(`ok ${i} - ${t.name}\n`)
		return true
	} catch (error) {
		process.stdout.write(`not ok ${i} - ${t.name}\n`)
		note(`${error.message ?? error}\n${whereIn(error)}`)
		return false
	}
}

let cleaned
/** Once, however many signals come meanwhile. */
function clean() {
	return cleaned ??= (async () => {
		for (const run of cleaning.splice(0).reverse())
			await within(90_000, run()).catch(error => note(`at the end: ${error.message}`))
	})()
}

async function runAll() {
	let failed = 0
	process.stdout.write(`1..${tests.length}\n`)
	for (const [i, t] of tests.entries()) failed += !await runOne(t, i + 1)
	await clean()
	process.exit(failed || !tests.length ? 1 : 0)
}

function giveUp(error) {
	note(error.stack)
	clean().finally(() => process.exit(1))
}

let begun = false
/** Once, by the first test or the first thing to clean: whoever only imports this file keeps its own ways to end. */
function begin() {
	if (begun) return
	begun = true
	// the file that is being run, when it has been read to its end, awaits at its top included
	import(pathToFileURL(realpathSync(process.argv[1])).href).then(runAll, giveUp)
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => clean().finally(() => process.exit(1)))
	// What fails before the first test (an instance that does not start) still ends what runs already.
	process.on('uncaughtException', giveUp)
}
