#ifndef BASE_OUT_H
#define BASE_OUT_H
#include "base/value.h"

/* A growing body.  Everything is buffered, so that a failure half way through a page can still become a clean
 * error page.  It knows its reader: the language and the zone's offset in which values are printed. */
struct out {
	char *p;
	size_t n, cap;
	enum lang lang;
};

void out_grow(struct out *o, size_t n);	/* room for n more */
static inline void out_bytes(struct out *o, const char *p, size_t n)
{
	if (n > o->cap - o->n)
		out_grow(o, n);
	if (n)
		memcpy(o->p + o->n, p, n);
	o->n += n;
}
void out_reset(struct out *o);	/* keeps the memory */
void out_free(struct out *o);

/* Escapers, named by the place they are for. */
void out_text(struct out *o, const char *s);	/* element text and quoted attribute: & < > " ' */
void out_url(struct out *o, const char *s);	/* one path segment or query value: percent-encoded */
void out_href(struct out *o, const char *s);	/* a whole address: our own path, http or https, else "#refused" */
void out_json(struct out *o, const char *s);	/* a quoted JSON string, safe inside HTML too; NULL gives null */
void out_xml(struct out *o, const char *s);	/* like out_text, and drops what XML 1.0 cannot hold */
void out_i64(struct out *o, int64_t v);
void out_printf(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));	/* numbers and literals only */

static inline void out_str(struct out *o, const char *s) { out_bytes(o, s, strlen(s)); }	/* verbatim */
#define out_lit(o, s) out_bytes((o), "" s, sizeof(s) - 1)
#endif
