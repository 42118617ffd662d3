#ifndef XML_SCHEMA_H
#define XML_SCHEMA_H
#include "xml/tree.h"

/* Documents of the schemas in src/xml/iso20022, walked by tables that tools/xsdgen makes of them at build time: order, count,
 * type and pattern of every element and attribute.  What a schema refuses is refused here.  Stricter than the schemas: of
 * the attributes of XML Schema only the places of schemas may stand (they are not looked at), a year has four digits, a text
 * has at most SCHEMA_TEXT_MAX bytes, and what may be of any kind holds no element of the message's own namespace. */
struct schema;
extern const struct schema schema_camt_053, schema_camt_054, schema_pain_001, schema_pain_002;
const char *schema_name(const struct schema *s);	/* "camt.054.001.08" */

enum { SCHEMA_TEXT_MAX = 64 << 10, SCHEMA_PATH_MAX = XML_DEPTH_MAX * 40 };

/* Who is told.  A path holds the names from below Document, "BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry/Amt"; of the one kind of attribute that
 * there is "…/Amt@Ccy".  What is not text comes without white space around it.  False: no more is wanted. */
struct schema_events {
	bool (*open)(void *ctx, const char *path);			/* an element with elements in it */
	bool (*value)(void *ctx, const char *path, const char *text);	/* an attribute of one with text, then its text */
	bool (*close)(void *ctx, const char *path);
};

struct schema_fault {
	const char *why;		/* NULL: nothing is wrong */
	const char *path;		/* where; "" for the document as such */
	long line;
};

/* The tree, or else the body is read. */
struct schema_source { const struct xml_tree *tree; struct bytes body; };

/* Tells the document by that of the schemas (a list that NULL ends) whose namespace it has, and which it was.  RC_TOO_LARGE;
 * RC_MALFORMED: no good XML; RC_INVALID: not of these schemas: then what was told until there is void.  RC_OK also when no more was
 * wanted.  The fault lives in the arena. */
MUST_USE enum rc schema_read(struct arena *a, const struct schema_source *from, const struct schema *const *any,
			     const struct schema_events *e, void *ctx, const struct schema **which, struct schema_fault *fault);
#endif
