#include "base/out.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { OUT_FIRST = 32 << 10, OUT_MAX = 64 << 20 };

void out_grow(struct out *o, size_t n)
{
	assert(n < OUT_MAX && o->n < OUT_MAX);
	size_t cap = (o->n + n) * 2;
	o->cap = cap < OUT_FIRST ? OUT_FIRST : cap;
	o->p = realloc(o->p, o->cap);
	if (!o->p)
		abort();
}

void out_reset(struct out *o) { o->n = 0; }

void out_free(struct out *o)
{
	free(o->p);
	o->p = NULL;
	o->n = o->cap = 0;
}

static const char *html_entity(char c)
{
	switch (c) {
	case '&':  return "&amp;";
	case '<':  return "&lt;";
	case '>':  return "&gt;";
	case '"':  return "&quot;";
	case '\'': return "&#39;";
	default:   return NULL;
	}
}

void out_text(struct out *o, const char *s)
{
	for (;;) {
		size_t n = strcspn(s, "&<>\"'");
		out_bytes(o, s, n);
		s += n;
		if (!*s)
			return;
		out_str(o, html_entity(*s++));
	}
}

void out_xml(struct out *o, const char *s)
{
	for (; *s; s++) {
		const char *e = html_entity(*s);
		if (e)
			out_str(o, e);
		else if ((unsigned char)*s >= 0x20 || *s == '\t' || *s == '\n' || *s == '\r')
			out_bytes(o, s, 1);
	}
}

static bool url_safe(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

void out_url(struct out *o, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (url_safe(c))
			out_bytes(o, s, 1);
		else
			out_bytes(o, (char[]){ '%', hex[c >> 4], hex[c & 15] }, 3);
	}
}

void out_href(struct out *o, const char *s)
{
	bool own = s[0] == '/' && s[1] != '/' && s[1] != '\\';

	if (own || s[0] == '#' || s[0] == '?' || !strncmp(s, "https://", 8) || !strncmp(s, "http://", 7) || !strncmp(s, "mailto:", 7) || !strncmp(s, "tel:", 4))
		out_text(o, s);
	else
		out_lit(o, "#refused");
}

void out_json(struct out *o, const char *s)
{
	if (!s) {
		out_lit(o, "null");
		return;
	}
	out_lit(o, "\"");
	const char *from = s;
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && c != 0x7f)
			continue;
		out_bytes(o, from, (size_t)(s - from));
		from = s + 1;
		if (c == '"' || c == '\\')
			out_bytes(o, (char[]){ '\\', (char)c }, 2);
		else
			out_printf(o, "\\u%04x", c);
	}
	out_bytes(o, from, (size_t)(s - from));
	out_lit(o, "\"");
}

void out_i64(struct out *o, int64_t v)
{
	char b[24], *p = b + sizeof b;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do
		*--p = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		*--p = '-';
	out_bytes(o, p, (size_t)(b + sizeof b - p));
}

void out_printf(struct out *o, const char *fmt, ...)
{
	char b[256];
	va_list ap;

	va_start(ap, fmt);
	int n = vsnprintf(b, sizeof b, fmt, ap);
	va_end(ap);
	assert(n >= 0 && (size_t)n < sizeof b);
	out_bytes(o, b, (size_t)n);
}
