// A process that dies at a named point (YUNSHI_FAULT, src/db/db.h), at each in turn.
import { program } from './instance.mjs'
import { assert } from './tap.mjs'
import { Actor } from './world.mjs'

/** Runs the case at each point until the process is no longer killed; the books hold; gives how many there were. */
export async function everywhere(world, least, run) {
	let n = 1
	while (await run(`tx_statement:${n}`)) n++
	assert.ok(n - 1 >= least, `${n - 1} statements`)
	for (const point of ['before_commit:1', 'after_commit:1']) assert.ok(await run(point), point)
	await world.audit()
	return n - 1
}

/** One command in a process that dies at the point: what it answered, null when it was killed. */
export async function once(it, pool, point, ...words) {
	const actor = new Actor(it, pool, point), answer = await actor.ask(...words)
	actor.end()
	assert.ok(answer.rc !== 'killed' || (await actor.ended).signal === 'SIGKILL')
	return answer.rc === 'killed' ? null : answer
}

/** One step of a job, by a process that does not wait until the lease of a dead one is over; true when it was killed. */
export async function job(it, name, point) {
	await it.sql(`DELETE FROM lease WHERE name = 'job:${name}'`)
	const done = await program(it.is.program, ['jobs', '--config', it.is.config, '--only', name, '--once'], { env: { ...it.env(), ...point && { YUNSHI_FAULT: point } } })
	assert.ok(done.status === 0 || done.signal === 'SIGKILL', done.stderr)
	return done.signal === 'SIGKILL'
}
