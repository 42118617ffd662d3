// Certificates made for one test, and gone with it.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { assert, atEnd, program, scratch } from './harness.mjs'

const folder = scratch('tls')
atEnd(async () => rmSync(folder, { recursive: true, force: true }))
/** Where NAME.key and NAME.pem are. */
export const file = name => path.join(folder, name)
export const pair = name => ({ key: readFileSync(file(`${name}.key`)), cert: readFileSync(file(`${name}.pem`)) })

async function openssl(...args) {
	const { status, stderr } = await program('openssl', args)
	assert.equal(status, 0, stderr)
}
/** A certificate of that name, signed by an authority of that name, or by itself. */
export async function certificate(name, ca, more = '', days = '2') {
	await openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', file(`${name}.key`), '-subj', `/CN=${name}`, '-out', file(`${name}.csr`))
	writeFileSync(file(`${name}.ext`), more)
	await openssl('x509', '-req', '-in', file(`${name}.csr`), '-days', days, '-out', file(`${name}.pem`), '-extfile', file(`${name}.ext`),
		...ca ? ['-CA', file(`${ca}.pem`), '-CAkey', file(`${ca}.key`), '-CAcreateserial'] : ['-signkey', file(`${name}.key`)])
	chmodSync(file(`${name}.key`), 0o400)
}
export const authority = name => certificate(name, null, 'basicConstraints=critical,CA:TRUE\n')
