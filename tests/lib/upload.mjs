// Forms with files, as a browser sends them: multipart/form-data, the fields of the page first.
import { fill } from './html.mjs'

const LINE = '----YunshiForm7'

/** The body of fields ([name, value]) and files ({field, name, bytes, type}); nothing chosen is a file without a name. */
export function multipart(fields, files, line = LINE) {
	const field = ([k, v]) => Buffer.from(`--${line}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`)
	const file = f => [Buffer.from(`--${line}\r\nContent-Disposition: form-data; name="${f.field ?? 'files'}"; filename="${f.name}"\r\nContent-Type: ${f.type ?? 'application/octet-stream'}\r\n\r\n`), f.bytes, Buffer.from('\r\n')]
	return Buffer.concat([...fields.map(field), ...files.flatMap(file), Buffer.from(`--${line}--\r\n`)])
}
export const multipartType = `multipart/form-data; boundary=${LINE}`

/** Sends the form of a page that is shown (an answer), with these values and files. */
export function send(client, shown, values, files, { action, page, headers, ...more } = {}) {
	const form = shown.form(action), fields = fill(form, values)
	return client.request('POST', new URL(form.action || page, client.url).pathname, {
		body: multipart(fields, files), ...more,
		headers: { 'content-type': multipartType, origin: new URL(client.url).origin, 'sec-fetch-site': 'same-origin', ...headers },
	})
}

/** Opens the page and sends its form. */
export async function upload(client, page, values, files, options = {}) {
	return send(client, await client.get(page), values, files, { page, ...options })
}
