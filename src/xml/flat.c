#include "xml/flat.h"

#include <assert.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/str.h"
#include "xml/guard.h"

/* The document is read by events and no tree is built: whatever may not stand in a flat document stops the parser at
 * the place where it stands, before anything behind it (such as a DTD) is looked at. */
enum { OUTSIDE, IN_ROOT, IN_FIELD };	/* depth */

struct reader {
	xmlParserCtxt *parser;
	struct arena *arena;
	const char *root;
	int depth;
	struct pair *fields;
	size_t n;
	char *text;		/* where the next byte of text goes: decoded text is never longer than its source */
	const char *why;
};

static void refuse(struct reader *r, const char *why)
{
	if (!r->why)
		r->why = why;
	xmlStopParser(r->parser);
}

static void on_doctype(void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	refuse(user, "doctype");
}

static void on_instruction(void *user, const xmlChar *target, const xmlChar *data)
{
	(void)target, (void)data;
	refuse(user, "processing instruction");
}

static bool plain_name(const char *s)
{
	return strlen(s) <= XML_NAME_MAX &&
	       str_all(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
}

static void open_field(struct reader *r, const char *name)
{
	if (!plain_name(name))
		refuse(r, "field name");
	else if (pair_value(r->fields, r->n, name))
		refuse(r, "duplicate field");
	else if (r->n == XML_FIELDS_MAX)
		refuse(r, "too many fields");
	else
		r->fields[r->n++] = (struct pair){ arena_strdup(r->arena, name), r->text };
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespaces_n,
		     const xmlChar **namespaces, int attributes_n, int defaulted_n, const xmlChar **attributes)
{
	struct reader *r = user;
	const char *name = (const char *)local;

	(void)uri, (void)namespaces, (void)defaulted_n, (void)attributes;
	if (prefix || namespaces_n || attributes_n)
		refuse(r, "attribute or namespace");
	else if (r->depth == IN_FIELD)
		refuse(r, "nested field");
	else if (r->depth == IN_ROOT)
		open_field(r, name);
	else if (!str_eq(name, r->root))
		refuse(r, "root");
	r->depth++;
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct reader *r = user;

	(void)local, (void)prefix, (void)uri;
	if (r->depth-- == IN_FIELD)
		*r->text++ = '\0';
}

static void on_text(void *user, const xmlChar *s, int len)
{
	struct reader *r = user;

	if (r->depth == IN_FIELD)
		r->text = (char *)memcpy(r->text, s, (size_t)len) + len;
	else if (!xml_all_space((const char *)s, (size_t)len))
		refuse(r, "text between fields");
}

static const xmlSAXHandler events = {
	.initialized = XML_SAX2_MAGIC,
	.internalSubset = on_doctype,
	.processingInstruction = on_instruction,
	.startElementNs = on_start,
	.endElementNs = on_end,
	.characters = on_text,
	.ignorableWhitespace = on_text,
	.cdataBlock = on_text,
};

static void parse(struct reader *r, const char *body, size_t n)
{
	r->parser = xmlNewParserCtxt();
	if (!r->parser)
		abort();
	*r->parser->sax = events;
	r->parser->userData = r;
	xmlDoc *none = xmlCtxtReadMemory(r->parser, body, (int)n, NULL, NULL, XML_GUARDED);
	assert(!none);
	if (!r->parser->wellFormed || !r->parser->nsWellFormed)
		refuse(r, "not well-formed");
	xmlFreeParserCtxt(r->parser);
}

enum rc xml_flat_read(struct arena *a, const char *body, size_t n, const char *root, struct xml_flat *out)
{
	*out = (struct xml_flat){ .why = "too large" };
	if (n > XML_BODY_MAX)
		return RC_TOO_LARGE;
	if (!n)		/* its address may be NULL */
		body = "";
	out->why = xml_encoding_wrong(body, n);
	if (out->why)
		return RC_MALFORMED;
	struct reader r = { .arena = a, .root = root };
	r.fields = ARENA_ARRAY(a, struct pair, XML_FIELDS_MAX);
	r.text = arena_alloc(a, n + 1);
	parse(&r, body, n);
	out->why = r.why;
	if (r.why)
		return RC_MALFORMED;
	out->fields = r.fields;
	out->n = r.n;
	return RC_OK;
}

/* The end mark of a CDATA section cannot stand inside one: it is cut in two. */
static void write_cdata(struct out *o, const char *s)
{
	out_lit(o, "<![CDATA[");
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (!strncmp(s, "]]>", 3)) {
			out_lit(o, "]]]]><![CDATA[>");
			s += 2;
		} else if (c >= 0x20 || c == '\t' || c == '\n') {
			out_bytes(o, s, 1);
		}
	}
	out_lit(o, "]]>");
}

void xml_flat_write(struct out *o, const char *root, const struct pair *fields, size_t n)
{
	out_lit(o, "<");
	out_str(o, root);
	out_lit(o, ">");
	for (size_t i = 0; i < n; i++) {
		assert(plain_name(fields[i].name));
		out_lit(o, "<");
		out_str(o, fields[i].name);
		out_lit(o, ">");
		write_cdata(o, fields[i].value);
		out_lit(o, "</");
		out_str(o, fields[i].name);
		out_lit(o, ">");
	}
	out_lit(o, "</");
	out_str(o, root);
	out_lit(o, ">");
}
