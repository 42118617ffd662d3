// Business time, printed in the zone of the platform: one clock for all processes, moved in development only.  NUM-6.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { assert, instance, program, test } from '../lib/harness.mjs'

const it = await instance({ parts: 'store' })
const clock = async (args = [], more = {}) => program(it.is.program, ['clock', '--config', it.is.config, ...args], { env: { ...it.env(), ...more } })
const time = async more => Date.parse((await clock([], more)).stdout.trim().replace(' ', 'T') + '+08:00')
const near = (a, b) => assert.ok(Math.abs(a - b) < 5000, `${new Date(a).toISOString()} and ${new Date(b).toISOString()}`)

test('NUM-6 in development the clock is moved forward, step by step, and set back to the system\'s', async () => {
	near(await time(), Date.now())
	assert.equal((await clock(['--forward', '90m'])).status, 0)
	near(await time(), Date.now() + 90 * 60e3)
	await clock(['--forward', '2d'])
	near(await time(), Date.now() + 90 * 60e3 + 2 * 86400e3)
	assert.equal((await clock(['--reset'])).status, 0)
	near(await time(), Date.now())
})

test('NUM-6 it is never moved backwards, by nothing, or by rubbish', async () => {
	for (const span of ['-1h', '0m', '', 'x', '1', '1w', '99999999d', '1h 2m']) assert.equal((await clock(['--forward', span])).status, 2, span)
	near(await time(), Date.now())
})

test('NUM-6 without development the setting is refused, and nobody moves the clock', async () => {
	const production = { YUNSHI_PLATFORM_DEVELOPMENT: 'no' }, without = { ...production, YUNSHI_PLATFORM_CLOCK_FILE: '' }
	writeFileSync(path.join(it.folder, 'clock'), '86400000000\n')
	near(await time(), Date.now() + 86400e3)
	const refused = await clock([], production)
	assert.equal(refused.status, 1)
	assert.match(refused.stderr, /clock_file is for development only/)
	near(await time(without), Date.now())
	assert.equal((await clock(['--forward', '1h'], without)).status, 1)
	near(await time(), Date.now() + 86400e3)
})
