#include "callback/fill.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "crypto/wxcrypt.h"
#include "crypto/wxsign.h"

enum { FILE_MAX = 1 << 20, FIELDS_MAX = 400, NAME_CHARS_MAX = 80 };

/* ---- a careless reader ---- */

static size_t decode_reference(const char *s, struct out *o)
{
	static const struct { const char *name; const char *text; } known[] = {
		{ "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" }, { "&quot;", "\"" }, { "&apos;", "'" },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_prefix(s, known[i].name)) {
			out_str(o, known[i].text);
			return strlen(known[i].name);
		}
	char *end;
	long c = str_prefix(s, "&#x") ? strtol(s + 3, &end, 16) : str_prefix(s, "&#") ? strtol(s + 2, &end, 10) : 0;
	if (c <= 0 || c > 127 || *end != ';') {
		out_bytes(o, s, 1);
		return 1;
	}
	out_bytes(o, (char[]){ (char)c }, 1);
	return (size_t)(end + 1 - s);
}

/* Text of an element up to its end tag: CDATA unwrapped, comments dropped; NULL when another element begins. */
static const char *decode(struct arena *a, const char *s, const char *name, const char **value)
{
	struct out o = { 0 };
	const char *end = NULL;

	while (*s && !end) {
		const char *cdata_end = str_prefix(s, "<![CDATA[") ? strstr(s, "]]>") : NULL,
			   *comment_end = str_prefix(s, "<!--") ? strstr(s, "-->") : NULL;
		if (cdata_end) {
			out_bytes(&o, s + 9, (size_t)(cdata_end - s - 9));
			s = cdata_end + 3;
		} else if (comment_end) {
			s = comment_end + 3;
		} else if (str_prefix(s, "</") && str_prefix(s + 2, name)) {
			end = s;
		} else if (*s == '<') {
			break;
		} else if (*s == '&') {
			s += decode_reference(s, &o);
		} else {
			out_bytes(&o, s++, 1);
		}
	}
	*value = arena_dup(a, o.p, o.n);
	out_free(&o);
	return end;
}

static size_t fields_of(struct arena *a, const char *s, struct pair *fields)
{
	size_t n = 0;

	while ((s = strchr(s, '<')) && n < FIELDS_MAX) {
		size_t len = strspn(++s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:.-");
		const char *open = strchr(s, '>'), *value,
			   *name = arena_dup(a, s, len < NAME_CHARS_MAX ? len : NAME_CHARS_MAX);
		if (!len || !open)
			continue;
		const char *end = decode(a, open + 1, name, &value);
		if (end && !pair_value(fields, n, name))
			fields[n++] = (struct pair){ name, value };
		if (end)
			s = end + 1;
	}
	return n;
}

/* ---- placeholders ---- */

static void set(struct pair *fields, size_t *n, const char *name, const char *value)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(fields[i].name, name)) {
			fields[i].value = value;
			return;
		}
	fields[(*n)++] = (struct pair){ name, value };
}

/* `ask`: "HMAC", or "HMAC name=value …" */
static const char *signature(struct arena *a, char *ask, const char *document, const char *key)
{
	struct pair fields[FIELDS_MAX + 8];
	size_t n = fields_of(a, document, fields);
	enum wxsign_type type = str_prefix(ask, "MD5") ? WXSIGN_MD5 : WXSIGN_HMAC_SHA256;
	char *rest = NULL;

	strtok_r(ask, " ", &rest);
	for (char *word; (word = strtok_r(NULL, " ", &rest));) {
		char *eq = strchr(word, '=');
		assert(eq);
		*eq = '\0';
		if (str_eq(word, "key"))
			key = eq + 1;
		else
			set(fields, &n, word, eq + 1);
	}
	return wxsign(a, type, fields, n, key, arena_alloc(a, WXSIGN_SIZE));
}

static bool asks_signature(const char *s) { return str_prefix(s, "HMAC") || str_prefix(s, "MD5"); }

/* One pass over the placeholders: of values when document is NULL, else of signatures over it. */
static void pass(struct arena *a, const char *s, const struct pair *values, size_t n, const char *document,
		 struct out *o)
{
	for (const char *at, *end; (at = strchr(s, '@')); s = end + 1) {
		end = strchr(at + 1, '@');
		assert(end);
		out_bytes(o, s, (size_t)(at - s));
		char *name = arena_dup(a, at + 1, (size_t)(end - at - 1));
		if (asks_signature(name) != !!document) {
			out_bytes(o, at, (size_t)(end + 1 - at));
			continue;
		}
		const char *value = document ? signature(a, name, document, pair_value(values, n, "key"))
					     : pair_value(values, n, name);
		if (!value) {
			fprintf(stderr, "no value for @%s@\n", name);
			abort();
		}
		out_str(o, value);
	}
	out_str(o, s);
}

/* [[CRYPT]]…[[/CRYPT]], or [[CRYPT another key]]…[[/CRYPT]] */
static char *encrypted(struct arena *a, const char *s, const char *key)
{
	static const char open[] = "[[CRYPT", close[] = "[[/CRYPT]]";
	struct out o = { 0 };

	for (const char *at; (at = strstr(s, open)); ) {
		const char *text = strstr(at, "]]") + 2, *end = strstr(text, close);
		const char *with = at + sizeof open - 1;
		assert(end);
		out_bytes(&o, s, (size_t)(at - s));
		out_str(&o, wxcrypt_close(a, *with == ' ' ? arena_dup(a, with + 1, (size_t)(text - 3 - with)) : key, text, (size_t)(end - text)));
		s = end + sizeof close - 1;
	}
	out_str(&o, s);
	char *all = arena_dup(a, o.p, o.n);
	out_free(&o);
	return all;
}

void fill(struct arena *a, const char *template, const struct pair *values, size_t n, struct out *o)
{
	struct out document = { 0 };

	pass(a, template, values, n, NULL, &document);
	out_bytes(&document, "", 1);
	const char *whole = encrypted(a, document.p, pair_value(values, n, "key"));
	pass(a, whole, values, n, whole, o);
	out_free(&document);
}

char *fill_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "re");
	char *text = arena_alloc(a, FILE_MAX);

	if (!f)
		return NULL;
	size_t n = fread(text, 1, FILE_MAX - 1, f);
	fclose(f);
	text[n] = '\0';
	return text;
}
