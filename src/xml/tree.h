#ifndef XML_TREE_H
#define XML_TREE_H
#include "base/arena.h"
#include "base/out.h"
#include "base/rc.h"

/* Documents with namespaces that come from outside.  They are told by events, either while the bytes are parsed (in
 * constant memory) or from a tree that is kept for the sake of its signature.  In both there is no DOCTYPE, no entity, no
 * processing instruction, no encoding but UTF-8, and no comment: those are dropped, so that the text on both sides of one
 * is one text (ISO-5). */
enum {
	XML_TREE_MAX = 8 << 20,		/* bytes */
	XML_STREAM_MAX = 256 << 20,
	XML_DEPTH_MAX = 32,		/* elements in each other */
	XML_NODES_MAX = 500000,		/* elements in a tree */
	XML_ATTRIBUTES_MAX = 16		/* of one element, and as many declarations of namespaces */
};

struct xml_attribute { const char *ns, *name, *value; };	/* ns "" when it has none; declarations of namespaces are none */

/* Who is told.  Names and values are gone when the call returns; a text may come in pieces.  False: no more is wanted. */
struct xml_events {
	bool (*open)(void *ctx, const char *ns, const char *name, const struct xml_attribute *at, size_t at_n, long line);
	bool (*text)(void *ctx, const char *s, size_t n);
	bool (*close)(void *ctx);
};

struct xml_fault { const char *why; long line; };	/* what is wrong, in English, for logs and for the sender's people */

/* Parses and tells at once.  RC_TOO_LARGE; RC_MALFORMED: what was told until then is void.  RC_OK also when no more was wanted. */
MUST_USE enum rc xml_stream(struct bytes body, const struct xml_events *e, void *ctx, struct xml_fault *fault);

/* The whole document; the caller frees it. */
struct xml_tree;
MUST_USE enum rc xml_tree_read(struct bytes body, struct xml_tree **tree, struct xml_fault *fault);
void xml_tree_free(struct xml_tree *t);
void xml_tree_tell(const struct xml_tree *t, const struct xml_events *e, void *ctx);

/* Its elements; NULL: none. */
struct xml_node;
struct xml_node *xml_root(const struct xml_tree *t);
struct xml_node *xml_first(const struct xml_node *n);		/* element in it */
struct xml_node *xml_next(const struct xml_node *n);		/* element beside it */
bool xml_is(const struct xml_node *n, const char *ns, const char *name);	/* false for NULL */
size_t xml_count(const struct xml_node *n, const char *ns, const char *name);	/* it, and those in it at any depth */
long xml_line(const struct xml_node *n);
size_t xml_attributes(const struct xml_node *n);
const char *xml_attribute(const struct xml_node *n, const char *name);	/* without a namespace; NULL: none */
bool xml_text_before(const struct xml_node *n);			/* text other than white space right in front of the element */
bool xml_text_behind(const struct xml_node *n);			/* … or anywhere behind it in its parent */
bool xml_blank(const struct xml_node *n);			/* nothing in it but white space */
const char *xml_text(struct arena *a, const struct xml_node *n);	/* its text; NULL when it holds elements */
void xml_remove(struct xml_node *n);				/* with all in it */

/* Exclusive canonical XML without comments of an element and all in it, as if `without` (may be NULL) was not there; of
 * the root it is that of the document.  False: it has none (a namespace with a relative address). */
MUST_USE bool xml_canonical(const struct xml_node *top, const struct xml_node *without, struct out *o);
#endif
