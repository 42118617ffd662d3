#ifndef XML_FLAT_H
#define XML_FLAT_H
#include "base/arena.h"
#include "base/out.h"
#include "base/pair.h"
#include "base/rc.h"

/* Flat documents, as payment platforms send them: one root, below it fields that hold text only. */
enum { XML_BODY_MAX = 64 << 10, XML_FIELDS_MAX = 256, XML_NAME_MAX = 64 };

struct xml_flat {
	const struct pair *fields;	/* in the order of the document */
	size_t n;
	const char *why;		/* after a refusal: what was wrong, for the log */
};

/* Reads an untrusted document.  Entities, character references and CDATA are decoded; comments do not split a value;
 * space between fields is ignored.  RC_TOO_LARGE above XML_BODY_MAX; RC_MALFORMED for whatever is not well-formed UTF-8
 * XML, has another root, or holds a DOCTYPE, a processing instruction, an attribute, a nested or duplicate field, a
 * name that is not plain ASCII, or more than XML_FIELDS_MAX fields (WXP-6).  The result lives in the arena. */
MUST_USE enum rc xml_flat_read(struct arena *a, const char *body, size_t n, const char *root, struct xml_flat *out);

/* <root><name><![CDATA[value]]></name>…</root>.  Values are UTF-8; what XML cannot hold is dropped.  Names are the
 * caller's literals. */
void xml_flat_write(struct out *o, const char *root, const struct pair *fields, size_t n);
#endif
