// Reads forms out of a page as a browser would: what a person who changes nothing would send.

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' }
export const unescapeHtml = s => s.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (all, e) =>
	entities[e] ?? (e[0] === '#' ? String.fromCodePoint(e[1] === 'x' ? parseInt(e.slice(2), 16) : +e.slice(1)) : all))

/** What a reader sees: no tags, no style, white space folded. */
export const textOf = html => unescapeHtml(html.replace(/<(script|style)\b.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim()

function attributes(tag) {
	const found = {}
	for (const [, name, , a, b, c] of tag.matchAll(/([^\s"'<>/=]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g))
		found[name.toLowerCase()] ??= unescapeHtml(a ?? b ?? c ?? '')
	return found
}

function selectValue(inner) {
	const options = [...inner.matchAll(/<option\b([^>]*)>([^<]*)/gi)].map(([, a, label]) => ({ ...attributes(a), label: textOf(label) }))
	const chosen = options.find(o => 'selected' in o) ?? options[0]
	return chosen && (chosen.value ?? chosen.label)
}

/** The controls of a form: [{name, value, on}], on = sent when nobody changes anything. */
function controls(inner) {
	const found = []
	for (const [, input, other, attrs, rest] of inner.matchAll(/<(?:(input)|(button|select|textarea))\b([^>]*)>((?:(?!<\/?(?:input|button|select|textarea)\b).)*)/gis)) {
		const kind = (input ?? other).toLowerCase(), tag = attrs
		const a = attributes(tag)
		if (!a.name || 'disabled' in a) continue
		const type = kind === 'input' ? (a.type ?? 'text').toLowerCase() : kind.toLowerCase()
		const tick = type === 'checkbox' || type === 'radio'
		const value = type === 'select' ? selectValue(rest) : type === 'textarea' ? unescapeHtml(rest.replace(/^\n/, '')) : a.value ?? (tick ? 'on' : '')
		found.push({ name: a.name, type, value, on: tick ? 'checked' in a : !['submit', 'button', 'image', 'file'].includes(type) })
	}
	return found
}

/** All forms of a page: {action, method, controls}. */
export function forms(html) {
	return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)].map(([, tag, inner]) => {
		const a = attributes(tag)
		return { action: a.action ?? '', method: (a.method ?? 'get').toLowerCase(), controls: controls(inner) }
	})
}

/** The fields that the form sends when `fields` are filled in; a field that the form has not is a mistake of the page or the test. */
export function fill(form, fields) {
	const sent = form.controls.filter(c => c.on && !(c.name in fields)).map(c => [c.name, c.value])
	for (const [name, value] of Object.entries(fields)) {
		if (!form.controls.some(c => c.name === name)) throw new Error(`the form ${form.action} has no field ${name}`)
		for (const v of [].concat(value)) if (v !== null) sent.push([name, String(v)])
	}
	return sent
}
