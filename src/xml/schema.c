#include "xml/schema.h"

#include "base/str.h"
#include "xml/guard.h"
#include "xml/schema_value.h"

#define INSTANCE "http://www.w3.org/2001/XMLSchema-instance"

/* Where one is in an element: the part of its type that the last element in it was, and how many of that there were. */
struct frame {
	const struct schema_type *type;
	size_t part, times;
	size_t path_n;			/* length of its path */
};

struct walk {
	struct arena *a;
	const struct schema *const *any, *schema;
	const struct schema_events *e;
	void *ctx;
	struct frame frames[XML_DEPTH_MAX + 1];
	size_t depth, unread;		/* elements in each other that are read; below them, that are not */
	char path[SCHEMA_PATH_MAX], *text;
	size_t text_n;
	long line;
	struct schema_fault *fault;
};

static bool refuse(struct walk *w, const char *why)
{
	*w->fault = (struct schema_fault){ why, arena_strdup(w->a, w->path), w->line };
	return false;
}

static const struct schema_type *type_of(const struct walk *w, size_t row) { return &w->schema->types[row]; }
static bool holds_elements(const struct schema_type *t) { return t->kind <= SCHEMA_UNREAD; }
static bool wildcard(const struct schema_type *t) { return t->kind == SCHEMA_OTHER || t->kind == SCHEMA_UNREAD; }
static bool enough(const struct schema_part *p, size_t times) { return times >= p->least; }

/* The part that an element of that name is, NULL when it may not stand here. */
static const struct schema_part *find_part(struct walk *w, struct frame *f, const char *name)
{
	const struct schema_part *parts = w->schema->parts + f->type->first;
	bool choice = f->type->kind == SCHEMA_CHOICE;

	for (size_t i = f->part; i < f->type->n; i++) {
		size_t times = i == f->part ? f->times : 0;
		if (str_eq(parts[i].name, name)) {
			if (parts[i].most != SCHEMA_UNBOUNDED && times >= parts[i].most)
				return NULL;
			*f = (struct frame){ f->type, i, times + 1, f->path_n };
			return &parts[i];
		}
		if (choice ? times > 0 : !enough(&parts[i], times))
			return NULL;
	}
	return NULL;
}

/* All that must be in an element was there. */
static bool complete(const struct walk *w, const struct frame *f)
{
	const struct schema_part *parts = w->schema->parts + f->type->first;

	if (wildcard(f->type))
		return f->times >= f->type->least;
	if (f->type->kind == SCHEMA_CHOICE)
		return f->times && enough(&parts[f->part], f->times);
	for (size_t i = f->part; i < f->type->n; i++)
		if (!enough(&parts[i], i == f->part ? f->times : 0))
			return false;
	return true;
}

static bool schema_places_only(const struct xml_attribute *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!str_eq(at[i].ns, INSTANCE) || (!str_eq(at[i].name, "schemaLocation") && !str_eq(at[i].name, "noNamespaceSchemaLocation")))
			return false;
	return true;
}

static bool currency(struct walk *w, const struct schema_type *t, const char *value)
{
	size_t n = strlen(w->path);

	memcpy(w->path + n, "@Ccy", sizeof "@Ccy");
	const char *why = schema_value_wrong(w->schema, type_of(w, t->currency), value);
	bool more = why ? refuse(w, why) : w->e->value(w->ctx, w->path, value);
	w->path[n] = '\0';
	return more;
}

static bool attributes(struct walk *w, const struct schema_type *t, const struct xml_attribute *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (t->currency && !*at[i].ns && str_eq(at[i].name, "Ccy"))
			return (schema_places_only(at, i) && schema_places_only(at + i + 1, n - i - 1)) ? currency(w, t, at[i].value)
												       : refuse(w, "an attribute that may not stand here");
	if (t->currency)
		return refuse(w, "no currency");
	return schema_places_only(at, n) || refuse(w, "an attribute that may not stand here");
}

static bool enter(struct walk *w, const struct schema_type *t, const char *name)
{
	struct frame *f = &w->frames[w->depth];
	size_t from = w->depth ? f[-1].path_n : 0, n = w->depth ? strlen(name) : 0;

	if (from + n + sizeof "/@Ccy" > sizeof w->path)
		return refuse(w, "too deep");
	if (from)
		w->path[from++] = '/';
	memcpy(w->path + from, name, n);
	w->path[from + n] = '\0';
	*f = (struct frame){ .type = t, .path_n = from + n };
	w->depth++;
	w->text_n = 0;
	return true;
}

static bool open_root(struct walk *w, const char *ns, const char *name)
{
	for (; *w->any && !w->schema; w->any++)
		if (str_eq((*w->any)->ns, ns))
			w->schema = *w->any;
	if (!w->schema || !str_eq(name, "Document"))
		return refuse(w, "not a message that is read here (namespace or root)");
	return enter(w, type_of(w, w->schema->document), "");
}

/* Nothing is told of what stands below a wildcard. */
static bool open_unread(struct walk *w, struct frame *f, const char *ns, const struct xml_attribute *at, size_t n)
{
	if (!w->unread++ && f->times++ >= f->type->most)
		return refuse(w, "more elements than there may be");
	if (f->type->kind == SCHEMA_UNREAD)
		return true;
	for (size_t i = 0; i < n; i++)
		if (str_eq(at[i].ns, INSTANCE) && !schema_places_only(at + i, 1))
			return refuse(w, "an attribute that may not stand here");
	return !str_eq(ns, w->schema->ns) || refuse(w, "an element of the message itself in additional data");
}

static bool on_open(void *ctx, const char *ns, const char *name, const struct xml_attribute *at, size_t at_n, long line)
{
	struct walk *w = ctx;
	struct frame *f = w->depth ? &w->frames[w->depth - 1] : NULL;
	const struct schema_part *p;

	w->line = line;
	if (f && wildcard(f->type))
		return open_unread(w, f, ns, at, at_n);
	if (!f && !open_root(w, ns, name))
		return false;
	if (f) {
		p = holds_elements(f->type) && str_eq(ns, w->schema->ns) ? find_part(w, f, name) : NULL;
		if (!p)
			return refuse(w, arena_printf(w->a, "%s may not stand here", name));
		if (!enter(w, type_of(w, p->type), p->name))
			return false;
	}
	f = &w->frames[w->depth - 1];
	return attributes(w, f->type, at, at_n) && (!holds_elements(f->type) || !w->e->open || w->e->open(w->ctx, w->path));
}

static bool on_text(void *ctx, const char *s, size_t n)
{
	struct walk *w = ctx;
	const struct frame *f = &w->frames[w->depth - 1];

	if (w->unread)
		return true;
	if (holds_elements(f->type))
		return xml_all_space(s, n) || refuse(w, "text between elements");
	if (n > SCHEMA_TEXT_MAX - w->text_n)
		return refuse(w, "too long");
	memcpy(w->text + w->text_n, s, n);
	w->text_n += n;
	return true;
}

static bool value(struct walk *w, const struct schema_type *t)
{
	const char *text = w->text, *why;

	w->text[w->text_n] = '\0';
	if (t->kind != SCHEMA_STRING)
		text = schema_token(w->text);
	why = schema_value_wrong(w->schema, t, text);
	return why ? refuse(w, why) : w->e->value(w->ctx, w->path, text);
}

static bool on_close(void *ctx)
{
	struct walk *w = ctx;
	const struct frame *f = &w->frames[w->depth - 1];
	bool more;

	if (w->unread) {
		w->unread--;
		return true;
	}
	if (!holds_elements(f->type))
		more = value(w, f->type);
	else if (!complete(w, f))
		more = refuse(w, "something that must be in it is missing");
	else
		more = !w->e->close || w->e->close(w->ctx, w->path);
	w->depth--;
	w->path[w->depth ? f[-1].path_n : 0] = '\0';
	return more;
}

static bool no_value(void *ctx, const char *path, const char *text)
{
	(void)ctx, (void)path, (void)text;
	return true;
}

enum rc schema_read(struct arena *a, const struct schema_source *from, const struct schema *const *any, const struct schema_events *e,
		    void *ctx, const struct schema **which, struct schema_fault *fault)
{
	static const struct xml_events events = { on_open, on_text, on_close };
	static const struct schema_events nobody = { .value = no_value };
	struct walk w = { .a = a, .any = any, .e = e ? e : &nobody, .ctx = ctx, .fault = fault };
	struct xml_fault xml = { 0 };
	enum rc rc = RC_OK;

	*fault = (struct schema_fault){ .path = "" };
	w.text = arena_alloc(a, SCHEMA_TEXT_MAX + 1);
	if (from->tree)
		xml_tree_tell(from->tree, &events, &w);
	else
		rc = xml_stream(from->body, &events, &w, &xml);
	if (rc != RC_OK)
		*fault = (struct schema_fault){ xml.why, "", xml.line };
	else if (fault->why)
		rc = RC_INVALID;
	*which = rc == RC_OK ? w.schema : NULL;
	return rc;
}

const char *schema_name(const struct schema *s) { return s->name; }
