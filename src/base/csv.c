#include "base/csv.h"

#define MARK "\xef\xbb\xbf"	/* which spreadsheets put before UTF-8 */

/* One field, unquoted; *at stands on what ends it. */
static const char *read_field(struct csv *r, struct arena *a)
{
	const char *s = r->at;

	if (*s != '"') {
		r->at += strcspn(s, ",\r\n");
		return arena_dup(a, s, (size_t)(r->at - s));
	}
	char *to = arena_alloc(a, strlen(s) + 1), *p = to;
	for (s++; *s && (*s != '"' || s[1] == '"'); s++) {
		s += *s == '"';
		r->next += *s == '\n';
		*p++ = *s;
	}
	s += *s == '"';
	r->at = s + strcspn(s, ",\r\n");	/* what follows the closing quote is nothing */
	return to;
}

static void skip_empty(struct csv *r)
{
	if (!r->next) {
		r->next = 1;
		r->at += strncmp(r->at, MARK, sizeof MARK - 1) ? 0 : sizeof MARK - 1;
	}
	for (; *r->at == '\r' || *r->at == '\n'; r->at++)
		r->next += *r->at == '\n';
	r->line = r->next;
}

size_t csv_row(struct csv *r, struct arena *a, const char **field, size_t max)
{
	size_t n = 0;

	skip_empty(r);
	if (!*r->at)
		return 0;
	for (;; r->at++) {
		const char *text = read_field(r, a);
		if (n < max)
			field[n] = text;
		n++;
		if (*r->at != ',')
			return n;
	}
}

static void comma(struct out *o, bool first)
{
	if (!first)
		out_lit(o, ",");
}

void csv_field(struct out *o, bool first, const char *s)
{
	bool formula = *s && strchr("=+-@\t", *s), quoted = formula || strpbrk(s, ",\"\r\n");

	comma(o, first);
	if (!quoted) {
		out_str(o, s);
		return;
	}
	out_str(o, formula ? "\"'" : "\"");
	for (; *s; s++)
		out_bytes(o, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
	out_lit(o, "\"");
}

void csv_money(struct out *o, bool first, struct money m)
{
	char text[MONEY_TEXT];

	comma(o, first);
	out_str(o, money_text(m, false, text));
}

void csv_instant(struct out *o, bool first, struct instant t)
{
	char text[TIME_TEXT];

	comma(o, first);
	if (t.us)
		out_str(o, instant_text(t, text));
}

void csv_i64(struct out *o, bool first, int64_t n)
{
	comma(o, first);
	out_i64(o, n);
}

void csv_digits(struct out *o, bool first, const char *digits)
{
	comma(o, first);
	if (!digits || !*digits)
		return;
	out_str(o, digits);
	out_lit(o, "\t");
}
