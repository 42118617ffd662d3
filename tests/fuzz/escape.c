/* What an escaper lets through cannot end the place it was made for. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "base/out.h"

static bool has(const struct out *o, const char *set)
{
	for (size_t i = 0; i < o->n; i++)
		if (memchr(set, o->p[i], strlen(set)))
			return true;
	return false;
}

static bool opens_script(const char *s) { return !strncmp(s, "javascript:", 11) || !strncmp(s, "data:", 5) || !strncmp(s, "//", 2); }

FUZZ(p, n)
{
	const char *s = arena_dup(&fuzz_arena, p, n);
	struct out o = { 0 };

	out_text(&o, s);
	assert(!has(&o, "<>\"'"));
	out_reset(&o);
	out_xml(&o, s);
	assert(!has(&o, "<>\"'\x01\x02\x1b"));
	out_reset(&o);
	out_url(&o, s);
	assert(!has(&o, "<>\"'&=?#/ \\\n") && o.n >= strlen(s));
	out_reset(&o);
	out_href(&o, s);
	out_bytes(&o, "", 1);
	assert(!has(&o, "<>\"'") && !opens_script(o.p));
	out_reset(&o);
	out_json(&o, s);
	assert(o.p[0] == '"' && o.p[o.n - 1] == '"' && !has(&o, "<>&\n\r\x01"));
	for (size_t i = 1; i + 1 < o.n; i++)	/* each quote inside stands behind a backslash */
		assert(o.p[i] != '"' || o.p[i - 1] == '\\');
	out_free(&o);
}
