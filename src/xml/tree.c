#include "xml/tree.h"

#include <assert.h>
#include <libxml/SAX2.h>
#include <libxml/c14n.h>
#include <libxml/parserInternals.h>

#include "base/str.h"
#include "xml/guard.h"

/* Both ways of reading use the parser's events: what may not stand in a document stops it at that place, before anything
 * behind it (such as a DTD) is looked at.  The parser's _private is the reader. */
struct reader {
	xmlParserCtxt *parser;
	struct bytes body;
	size_t at;				/* bytes that the parser has taken */
	const struct xml_events *events;	/* NULL: a tree is built */
	void *ctx;
	int depth, nodes;
	bool enough;				/* no more is wanted */
	struct xml_fault *fault;
};

static void refuse(struct reader *r, const char *why)
{
	if (!r->fault->why)
		*r->fault = (struct xml_fault){ why, r->parser->input ? r->parser->input->line : 0 };
	xmlStopParser(r->parser);
}

static struct reader *reader_of(void *parser) { return ((xmlParserCtxt *)parser)->_private; }

static void go_on(struct reader *r, bool more)
{
	if (!more) {
		r->enough = true;
		xmlStopParser(r->parser);
	}
}

static void on_doctype(void *p, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	refuse(reader_of(p), "doctype");
}

static void on_instruction(void *p, const xmlChar *target, const xmlChar *data)
{
	(void)target, (void)data;
	refuse(reader_of(p), "processing instruction");
}

static void within_limits(struct reader *r, int namespaces_n, int attributes_n)
{
	if (++r->depth > XML_DEPTH_MAX)
		refuse(r, "too deep");
	else if (++r->nodes > XML_NODES_MAX && !r->events)
		refuse(r, "too many elements");
	else if (namespaces_n > XML_ATTRIBUTES_MAX || attributes_n > XML_ATTRIBUTES_MAX)
		refuse(r, "too many attributes");
}

static void build_start(void *p, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespaces_n,
			const xmlChar **namespaces, int attributes_n, int defaulted_n, const xmlChar **attributes)
{
	within_limits(reader_of(p), namespaces_n, attributes_n);
	if (!reader_of(p)->fault->why)
		xmlSAX2StartElementNs(p, local, prefix, uri, namespaces_n, namespaces, attributes_n, defaulted_n, attributes);
}

static void build_end(void *p, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	reader_of(p)->depth--;
	xmlSAX2EndElementNs(p, local, prefix, uri);
}

/* The parser gives five pointers for each attribute; a value ends where the fifth points. */
static void tell_start(void *p, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespaces_n,
		       const xmlChar **namespaces, int attributes_n, int defaulted_n, const xmlChar **attributes)
{
	struct reader *r = reader_of(p);
	struct xml_attribute at[XML_ATTRIBUTES_MAX];
	char *values[XML_ATTRIBUTES_MAX];

	(void)prefix, (void)namespaces, (void)defaulted_n;
	within_limits(r, namespaces_n, attributes_n);
	if (r->fault->why)
		return;
	for (int i = 0; i < attributes_n; i++) {
		const xmlChar **f = attributes + 5 * i;
		values[i] = (char *)xmlStrndup(f[3], (int)(f[4] - f[3]));
		at[i] = (struct xml_attribute){ f[2] ? (const char *)f[2] : "", (const char *)f[0], values[i] };
	}
	go_on(r, r->events->open(r->ctx, uri ? (const char *)uri : "", (const char *)local, at, (size_t)attributes_n,
				 r->parser->input->line));
	for (int i = 0; i < attributes_n; i++)
		xmlFree(values[i]);
}

static void tell_end(void *p, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct reader *r = reader_of(p);

	(void)local, (void)prefix, (void)uri;
	r->depth--;
	go_on(r, r->events->close(r->ctx));
}

static void tell_text(void *p, const xmlChar *s, int n)
{
	struct reader *r = reader_of(p);

	go_on(r, r->events->text(r->ctx, (const char *)s, (size_t)n));
}

static int take(void *from, char *to, int room)
{
	struct reader *r = from;
	size_t rest = r->body.n - r->at, n = rest < (size_t)room ? rest : (size_t)room;

	memcpy(to, (const char *)r->body.p + r->at, n);
	r->at += n;
	return (int)n;
}

static void choose_events(xmlSAXHandler *h, bool tree)
{
	xmlSAXHandler tell = { .initialized = XML_SAX2_MAGIC, .characters = tell_text, .ignorableWhitespace = tell_text,
			       .startElementNs = tell_start, .endElementNs = tell_end };

	if (tree) {
		xmlSAXVersion(h, 2);
		h->startElementNs = build_start;
		h->endElementNs = build_end;
	} else {
		*h = tell;
	}
	h->comment = NULL;
	h->internalSubset = on_doctype;
	h->processingInstruction = on_instruction;
}

/* The document of a tree, NULL for a stream. */
static xmlDoc *parse(struct reader *r)
{
	*r->fault = (struct xml_fault){ xml_encoding_wrong(r->body.p, r->body.n), 0 };
	if (r->fault->why)
		return NULL;
	r->parser = xmlNewParserCtxt();
	if (!r->parser)
		abort();
	choose_events(r->parser->sax, !r->events);
	r->parser->_private = r;
	r->parser->linenumbers = 1;
	xmlDoc *doc = xmlCtxtReadIO(r->parser, take, NULL, r, NULL, NULL, XML_GUARDED | XML_PARSE_NOCDATA);
	if (!r->enough && (!r->parser->wellFormed || !r->parser->nsWellFormed))
		refuse(r, "not well-formed");
	xmlFreeParserCtxt(r->parser);
	return doc;
}

enum rc xml_stream(struct bytes body, const struct xml_events *e, void *ctx, struct xml_fault *fault)
{
	struct reader r = { .body = body, .events = e, .ctx = ctx, .fault = fault };

	*fault = (struct xml_fault){ .why = "too large" };
	if (body.n > XML_STREAM_MAX)
		return RC_TOO_LARGE;
	xmlDoc *none = parse(&r);
	assert(!none);
	return fault->why ? RC_MALFORMED : RC_OK;
}

enum rc xml_tree_read(struct bytes body, struct xml_tree **tree, struct xml_fault *fault)
{
	struct reader r = { .body = body, .fault = fault };

	*tree = NULL;
	*fault = (struct xml_fault){ .why = "too large" };
	if (body.n > XML_TREE_MAX)
		return RC_TOO_LARGE;
	xmlDoc *doc = parse(&r);
	if (fault->why) {
		xmlFreeDoc(doc);
		return RC_MALFORMED;
	}
	*tree = (struct xml_tree *)doc;
	return RC_OK;
}

void xml_tree_free(struct xml_tree *t) { xmlFreeDoc((xmlDoc *)t); }

static const char *uri_of(const xmlNs *ns) { return ns && ns->href ? (const char *)ns->href : ""; }
/* Without entities a value is one text. */
static const char *value_of(const xmlAttr *at)
{
	return at->children && at->children->content ? (const char *)at->children->content : "";
}

static bool tell_node(const xmlNode *n, const struct xml_events *e, void *ctx)
{
	struct xml_attribute at[XML_ATTRIBUTES_MAX];
	size_t at_n = 0;

	if (n->type != XML_ELEMENT_NODE)
		return e->text(ctx, (const char *)n->content, strlen((const char *)n->content));
	for (const xmlAttr *p = n->properties; p; p = p->next)
		at[at_n++] = (struct xml_attribute){ uri_of(p->ns), (const char *)p->name, value_of(p) };
	bool more = e->open(ctx, uri_of(n->ns), (const char *)n->name, at, at_n, xmlGetLineNo(n));
	for (const xmlNode *in = n->children; in && more; in = in->next)
		more = tell_node(in, e, ctx);
	return more && e->close(ctx);
}

void xml_tree_tell(const struct xml_tree *t, const struct xml_events *e, void *ctx)
{
	tell_node((const xmlNode *)xml_root(t), e, ctx);
}

#define NODE(n) ((const xmlNode *)(n))

struct xml_node *xml_root(const struct xml_tree *t) { return (struct xml_node *)xmlDocGetRootElement((const xmlDoc *)t); }

static struct xml_node *element(const xmlNode *n)
{
	while (n && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return (struct xml_node *)n;
}

struct xml_node *xml_first(const struct xml_node *n) { return element(NODE(n)->children); }
struct xml_node *xml_next(const struct xml_node *n) { return element(NODE(n)->next); }

bool xml_is(const struct xml_node *n, const char *ns, const char *name)
{
	return n && str_eq((const char *)NODE(n)->name, name) && str_eq(uri_of(NODE(n)->ns), ns);
}

size_t xml_count(const struct xml_node *n, const char *ns, const char *name)
{
	size_t sum = xml_is(n, ns, name);

	for (n = xml_first(n); n; n = xml_next(n))
		sum += xml_count(n, ns, name);
	return sum;
}

long xml_line(const struct xml_node *n) { return xmlGetLineNo(NODE(n)); }

size_t xml_attributes(const struct xml_node *n)
{
	size_t sum = 0;

	for (const xmlAttr *p = NODE(n)->properties; p; p = p->next)
		sum++;
	return sum;
}

const char *xml_attribute(const struct xml_node *n, const char *name)
{
	for (const xmlAttr *p = NODE(n)->properties; p; p = p->next)
		if (!p->ns && str_eq((const char *)p->name, name))
			return value_of(p);
	return NULL;
}

static bool is_text(const xmlNode *n)
{
	return n->type != XML_ELEMENT_NODE && !xml_all_space((const char *)n->content, strlen((const char *)n->content));
}

bool xml_text_before(const struct xml_node *n)
{
	for (const xmlNode *p = NODE(n)->prev; p && p->type != XML_ELEMENT_NODE; p = p->prev)
		if (is_text(p))
			return true;
	return false;
}

bool xml_text_behind(const struct xml_node *n)
{
	for (const xmlNode *p = NODE(n)->next; p; p = p->next)
		if (is_text(p))
			return true;
	return false;
}

bool xml_blank(const struct xml_node *n)
{
	for (const xmlNode *p = NODE(n)->children; p; p = p->next)
		if (p->type == XML_ELEMENT_NODE || is_text(p))
			return false;
	return true;
}

const char *xml_text(struct arena *a, const struct xml_node *n)
{
	const char *all = "";

	if (xml_first(n))
		return NULL;
	for (const xmlNode *p = NODE(n)->children; p; p = p->next)
		all = *all ? arena_printf(a, "%s%s", all, (const char *)p->content) : arena_strdup(a, (const char *)p->content);
	return all;
}

void xml_remove(struct xml_node *n)
{
	xmlUnlinkNode((xmlNode *)n);
	xmlFreeNode((xmlNode *)n);
}

struct part { const xmlNode *top, *without; };

/* Attributes and namespaces go with their element. */
static int in_part(void *part, xmlNode *n, xmlNode *parent)
{
	const struct part *p = part;

	if (n->type == XML_NAMESPACE_DECL || n->type == XML_ATTRIBUTE_NODE)
		n = parent;
	for (; n; n = n->parent) {
		if (n == p->without)
			return false;
		if (n == p->top)
			return true;
	}
	return false;
}

static int put(void *out, const char *s, int n)
{
	out_bytes(out, s, (size_t)n);
	return n;
}

bool xml_canonical(const struct xml_node *top, const struct xml_node *without, struct out *o)
{
	struct part part = { NODE(top), NODE(without) };
	xmlOutputBuffer *to = xmlOutputBufferCreateIO(put, NULL, o, NULL);

	if (!to)
		abort();
	int n = xmlC14NExecute(NODE(top)->doc, in_part, &part, XML_C14N_EXCLUSIVE_1_0, NULL, false, to);
	return xmlOutputBufferClose(to) >= 0 && n >= 0;
}
