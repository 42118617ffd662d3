/* xsdgen: XML schemas of ISO 20022 messages into the tables of src/xml/schema_table.h.
 *
 *	xsdgen file.xsd...	xml_schema.c: struct schema schema_<two first words of the file's name>
 *
 * It knows the part of XML Schema that these messages use: named types; sequences and choices of elements; text with facets; amounts
 * with the attribute Ccy; one wildcard.  Anything else stops the build with file and line. */
#include <ctype.h>
#include <libxml/parser.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TYPES = 1000, PARTS = 4000, VALUES = 2000, UNBOUNDED = 65535 };

struct part { char *name, *type; int least, most; };
struct type {
	char *name, *base, *pattern, *currency;
	const char *kind;
	int first, n, least, most, digits, places, not_negative, line;
};
static struct type types[TYPES];
static struct part parts[PARTS];
static char *values[VALUES];
static int types_n, parts_n, values_n;
static const char *file;

static void fail(const xmlNode *n, const char *fmt, ...) __attribute__((format(printf, 2, 3), noreturn));
static void fail(const xmlNode *n, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%ld: ", file, n ? xmlGetLineNo(n) : 0);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static bool is(const xmlNode *n, const char *name) { return !strcmp((const char *)n->name, name); }

static const xmlNode *element(const xmlNode *n)
{
	while (n && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return n;
}

/* The only element in it. */
static const xmlNode *only(const xmlNode *n)
{
	const xmlNode *in = element(n->children);

	if (!in || element(in->next))
		fail(n, "one element is expected here");
	return in;
}

static char *attribute(const xmlNode *n, const char *name)
{
	return (char *)xmlGetNoNsProp(n, (const xmlChar *)name);
}

static char *needed(const xmlNode *n, const char *name)
{
	char *v = attribute(n, name);

	if (!v)
		fail(n, "<%s> without %s", (const char *)n->name, name);
	return v;
}

static int number(const xmlNode *n, const char *name, int or)
{
	char *v = attribute(n, name), *end;

	if (!v)
		return or;
	if (!strcmp(v, "unbounded"))
		return UNBOUNDED;
	long i = strtol(v, &end, 10);
	if (*end || i < 0 || i >= UNBOUNDED)
		fail(n, "%s=\"%s\"", name, v);
	return (int)i;
}

/* The attributes of an element are among these (names separated by spaces). */
static void knows(const xmlNode *n, const char *names)
{
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		const char *at = strstr(names, (const char *)a->name);
		if (!at)
			fail(n, "attribute %s", (const char *)a->name);
	}
}

static void read_parts(struct type *t, const xmlNode *group)
{
	knows(group, "");
	t->first = parts_n;
	for (const xmlNode *n = element(group->children); n; n = element(n->next)) {
		if (!is(n, "element") || parts_n == PARTS)
			fail(n, "<%s> in a group of elements", (const char *)n->name);
		knows(n, "name type minOccurs maxOccurs");
		parts[parts_n++] = (struct part){ needed(n, "name"), needed(n, "type"), number(n, "minOccurs", 1), number(n, "maxOccurs", 1) };
	}
	t->n = parts_n - t->first;
	if (!t->n)
		fail(group, "an empty group");
}

static void read_wildcard(struct type *t, const xmlNode *n)
{
	knows(n, "namespace processContents minOccurs maxOccurs");
	t->kind = strcmp(needed(n, "processContents"), "skip") ? "OTHER" : "UNREAD";
	t->least = number(n, "minOccurs", 1);
	t->most = number(n, "maxOccurs", 1);
}

static void read_amount(struct type *t, const xmlNode *content)
{
	const xmlNode *extension = only(content), *at = only(extension);

	if (!is(extension, "extension") || !is(at, "attribute") || strcmp(needed(at, "name"), "Ccy") || strcmp(needed(at, "use"), "required"))
		fail(content, "a simple content that is no amount");
	t->base = needed(extension, "base");
	t->currency = needed(at, "type");
}

static void read_complex(struct type *t, const xmlNode *n)
{
	const xmlNode *in = only(n), *first = element(in->children);

	if (is(in, "simpleContent")) {
		read_amount(t, in);
	} else if (is(in, "sequence") && first && is(first, "any")) {
		read_wildcard(t, only(in));
	} else if (is(in, "sequence") || is(in, "choice")) {
		t->kind = is(in, "sequence") ? "SEQUENCE" : "CHOICE";
		read_parts(t, in);
	} else {
		fail(in, "<%s> in a type", (const char *)in->name);
	}
}

static void read_facet(struct type *t, const xmlNode *n)
{
	if (is(n, "enumeration") && values_n < VALUES) {
		values[values_n++] = needed(n, "value");
		t->n++;
	} else if (is(n, "pattern") && !t->pattern) {
		t->pattern = needed(n, "value");
	} else if (is(n, "minLength")) {
		t->least = number(n, "value", 0);
	} else if (is(n, "maxLength")) {
		t->most = number(n, "value", 0);
	} else if (is(n, "totalDigits")) {
		t->digits = number(n, "value", 0);
	} else if (is(n, "fractionDigits")) {
		t->places = number(n, "value", 0);
	} else if (is(n, "minInclusive") && !strcmp(needed(n, "value"), "0")) {
		t->not_negative = 1;
	} else {
		fail(n, "facet <%s>", (const char *)n->name);
	}
}

static void read_simple(struct type *t, const xmlNode *n)
{
	static const char *const kinds[][2] = {
		{ "xs:string", "STRING" },	  { "xs:decimal", "DECIMAL" },	      { "xs:date", "DATE" },
		{ "xs:dateTime", "DATE_TIME" }, { "xs:gYearMonth", "YEAR_MONTH" }, { "xs:boolean", "BOOLEAN" },
	};
	const xmlNode *in = only(n);
	char *base = needed(in, "base");

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(base, kinds[i][0]))
			t->kind = kinds[i][1];
	if (!is(in, "restriction") || !t->kind)
		fail(in, "restriction of %s", base);
	t->first = values_n;
	t->most = UNBOUNDED;
	for (const xmlNode *f = element(in->children); f; f = element(f->next))
		read_facet(t, f);
}

static const struct type *find(const char *name)
{
	for (int i = 1; i < types_n; i++)
		if (!strcmp(types[i].name, name))
			return &types[i];
	fail(NULL, "no type %s", name);
}

/* An amount is its number with a currency. */
static void complete_amounts(void)
{
	for (int i = 1; i < types_n; i++)
		if (types[i].base) {
			struct type all = *find(types[i].base);
			all.name = types[i].name;
			all.currency = types[i].currency;
			types[i] = all;
		}
}

/* The type of the root. */
static const char *read_schema(const xmlNode *root)
{
	const char *document = NULL;

	types_n = 1;
	parts_n = values_n = 0;
	for (const xmlNode *n = element(root->children); n; n = element(n->next)) {
		if (is(n, "element") && !document && !strcmp(needed(n, "name"), "Document")) {
			document = needed(n, "type");
			continue;
		}
		if (types_n == TYPES)
			fail(n, "too many types");
		struct type *t = &types[types_n++];
		*t = (struct type){ .name = needed(n, "name") };
		if (is(n, "complexType"))
			read_complex(t, n);
		else if (is(n, "simpleType"))
			read_simple(t, n);
		else
			fail(n, "<%s> in a schema", (const char *)n->name);
	}
	if (!document)
		fail(root, "no element Document");
	complete_amounts();
	return document;
}

static int row_of(const char *type) { return (int)(find(type) - types); }

static void print_text(const char *s)
{
	if (!s) {
		fputs("0", stdout);
		return;
	}
	putchar('"');
	for (; *s; s++)
		printf(*s == '\\' || *s == '"' ? "\\%c" : "%c", *s);
	putchar('"');
}

static void print_tables(const char *stem)
{
	printf("\nstatic const struct schema_part %s_parts[] = {\n", stem);
	for (int i = 0; i < parts_n; i++)
		printf("\t{ \"%s\", %d, %d, %d },\n", parts[i].name, row_of(parts[i].type), parts[i].least, parts[i].most);
	printf("};\n\nstatic const char *const %s_values[] = {\n", stem);
	for (int i = 0; i < values_n; i++)
		printf("\t\"%s\",\n", values[i]);
	printf("\t\"\"\n};\n\nstatic const struct schema_type %s_types[] = {\n", stem);
	for (int i = 1; i < types_n; i++) {
		const struct type *t = &types[i];
		printf("\t[%d] = { \"%s\", SCHEMA_%s, %d, %d, %d, %d, %d, %d, %d, ", i, t->name, t->kind, t->first, t->n, t->least, t->most,
		       t->digits, t->places, t->not_negative);
		print_text(t->pattern);
		printf(", %d },\n", t->currency ? row_of(t->currency) : 0);
	}
	printf("};\n");
}

static void make(void)
{
	xmlDoc *doc = xmlReadFile(file, NULL, XML_PARSE_NONET);
	const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	char stem[9] = "", *const cut = stem + 4;

	if (!root || strlen(base) < 8)
		fail(NULL, "no schema");
	memcpy(stem, base, 8);
	*cut = '_';
	const char *document = read_schema(root);
	print_tables(stem);
	printf("\nconst struct schema schema_%s = { \"%.*s\", \"%s\", %s_types, %s_parts, %s_values, %d };\n", stem, (int)strlen(base) - 4, base,
	       needed(root, "targetNamespace"), stem, stem, stem, row_of(document));
	xmlFreeDoc(doc);
}

int main(int argc, char **argv)
{
	puts("/* Made by tools/xsdgen. */\n#include \"xml/schema.h\"\n#include \"xml/schema_table.h\"");
	for (int i = 1; i < argc; i++) {
		file = argv[i];
		make();
	}
	return fflush(stdout) || ferror(stdout);
}
