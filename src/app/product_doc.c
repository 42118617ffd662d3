#include "app/product_doc.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>

#include "base/str.h"

#define RECORD(r, keys_) \
	const struct doc_record *doc_##r(void) \
	{ \
		enum { KEYS = keys_ }; \
		typedef struct doc_##r S; \
		static const struct doc_field fields[] = {
#define F(t, m, least_, most_, l) { .name = #m, .label = l, .type = DOC_##t, .off = offsetof(S, m), .least = least_, .most = most_ },
#define E(e, m, least_, l) { .name = #m, .label = l, .type = DOC_ENUM, .off = offsetof(S, m), .least = least_, .most = e##_n, .def = &e##_enum },
#define L(r, m, most_, l) { .name = #m, .label = l, .type = DOC_LIST, .off = offsetof(S, m), .n_off = offsetof(S, m##_n), .most = most_, .of = doc_##r },
#define END(r) \
		}; \
		static const struct doc_record record = { #r, fields, sizeof fields / sizeof *fields, sizeof(S), KEYS }; \
		return &record; \
	}
#include "app/product_doc.def"

const struct doc_field *doc_find(const struct doc_record *r, const char *name)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->fields[i].name, name))
			return &r->fields[i];
	assert(!"the record has no such field");
	return NULL;
}

int64_t doc_number(const struct doc_field *f, const void *row)
{
	const void *at = doc_at(f, row);

	switch (f->type) {
	case DOC_MONEY: return ((const struct money *)at)->fen;
	case DOC_BOOL:  return *(const bool *)at;
	case DOC_ID:    return (int64_t)*(const uint64_t *)at;
	case DOC_ENUM:  return *(const int *)at;
	case DOC_I64:
	case DOC_PER_MILLE: return *(const int64_t *)at;
	default: assert(!"not a number");
	}
	return 0;
}

static void set_number(const struct doc_field *f, void *row, int64_t v)
{
	void *at = doc_at(f, row);

	switch (f->type) {
	case DOC_MONEY: *(struct money *)at = fen(v); break;
	case DOC_BOOL:  *(bool *)at = v; break;
	case DOC_ID:    *(uint64_t *)at = (uint64_t)v; break;
	case DOC_ENUM:  *(int *)at = (int)v; break;
	default:        *(int64_t *)at = v; break;
	}
}

char *doc_rows(const struct doc_field *f, const void *row, size_t *n)
{
	*n = *(const size_t *)((const char *)row + f->n_off);
	return *(char **)doc_at(f, row);
}

void doc_set_rows(const struct doc_field *f, void *row, void *rows, size_t n)
{
	*(void **)doc_at(f, row) = rows;
	*(size_t *)((char *)row + f->n_off) = n;
}

void doc_blank(const struct doc_record *r, void *row)
{
	memset(row, 0, r->size);
	for (const struct doc_field *f = r->fields; f < r->fields + r->n; f++)
		if (doc_is_text(f))
			*(const char **)doc_at(f, row) = "";
}

static const char *plain(struct arena *a, const struct doc_field *f, const void *row)
{
	if (doc_is_text(f))
		return doc_text(f, row);
	if (f->type == DOC_ENUM)
		return enum_name(f->def, (int)doc_number(f, row));
	return arena_printf(a, "%" PRIi64, doc_number(f, row));
}

const char *doc_title(struct arena *a, const struct doc_record *r, const void *row)
{
	const char *title = "";

	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->fields[i].name, "name"))
			return doc_text(&r->fields[i], row);
	for (size_t i = 0; i < r->keys; i++)
		title = arena_printf(a, "%s%s%s", title, i ? " " : "", plain(a, &r->fields[i], row));
	return title;
}

/* ---- reading ---- */

static enum rc read_record(struct arena *a, const struct doc_record *r, const json_t *o, void *row);

static enum rc read_list(struct arena *a, const struct doc_field *f, const json_t *v, void *row)
{
	const struct doc_record *of = f->of();
	size_t n = json_array_size(v);

	if (!json_is_array(v) || n > (size_t)f->most)
		return RC_MALFORMED;
	char *rows = arena_array(a, n, of->size);
	for (size_t i = 0; i < n; i++)
		TRY(read_record(a, of, json_array_get(v, i), rows + i * of->size));
	doc_set_rows(f, row, rows, n);
	return RC_OK;
}

static enum rc read_text(struct arena *a, const struct doc_field *f, const json_t *v, void *row)
{
	const char *s = json_string_value(v);

	if (!s || str_control(s, f->type == DOC_LINES))
		return RC_MALFORMED;
	*(const char **)doc_at(f, row) = arena_strdup(a, s);
	return RC_OK;
}

/* Enums and ids are texts in JSON: names, and numbers that no program rounds. */
static enum rc read_word(const struct doc_field *f, const char *s, void *row)
{
	uint64_t id = 0;
	int v = f->type == DOC_ENUM && s ? enum_of(f->def, s, strlen(s)) : 0;

	if (!s || (f->type == DOC_ENUM ? !v : !str_u64(s, &id) || id > INT64_MAX))
		return RC_MALFORMED;
	set_number(f, row, f->type == DOC_ENUM ? v : (int64_t)id);
	return RC_OK;
}

static enum rc read_value(struct arena *a, const struct doc_field *f, const json_t *v, void *row)
{
	if (f->type == DOC_LIST)
		return read_list(a, f, v, row);
	if (doc_is_text(f))
		return read_text(a, f, v, row);
	if (f->type == DOC_ENUM || f->type == DOC_ID)
		return read_word(f, json_string_value(v), row);
	if (f->type == DOC_BOOL ? !json_is_boolean(v) : !json_is_integer(v))
		return RC_MALFORMED;
	set_number(f, row, f->type == DOC_BOOL ? json_is_true(v) : json_integer_value(v));
	return RC_OK;
}

static enum rc read_record(struct arena *a, const struct doc_record *r, const json_t *o, void *row)
{
	if (!json_is_object(o))
		return RC_MALFORMED;
	doc_blank(r, row);
	for (const struct doc_field *f = r->fields; f < r->fields + r->n; f++) {
		const json_t *v = json_object_get(o, f->name);
		if (v && !json_is_null(v))
			TRY(read_value(a, f, v, row));
	}
	return RC_OK;
}

enum rc doc_read(struct arena *a, const char *json, size_t n, struct doc_product *out)
{
	json_t *o = json_loadb(json, n, JSON_REJECT_DUPLICATES, NULL);

	enum rc rc = read_record(a, doc_product(), o, out);
	json_decref(o);
	return rc;
}

/* ---- writing ---- */

static void write_record(struct out *o, const struct doc_record *r, const void *row)
{
	for (size_t i = 0; i < r->n; i++) {
		out_str(o, i ? "," : "{");
		out_json(o, r->fields[i].name);
		out_lit(o, ":");
		doc_write_value(o, &r->fields[i], row);
	}
	out_lit(o, "}");
}

static void write_list(struct out *o, const struct doc_field *f, const void *row)
{
	size_t n;
	const char *rows = doc_rows(f, row, &n);

	out_lit(o, "[");
	for (size_t i = 0; i < n; i++) {
		out_str(o, i ? "," : "");
		write_record(o, f->of(), rows + i * f->of()->size);
	}
	out_lit(o, "]");
}

void doc_write_value(struct out *o, const struct doc_field *f, const void *row)
{
	if (f->type == DOC_LIST)
		return write_list(o, f, row);
	if (doc_is_text(f))
		return out_json(o, doc_text(f, row));
	int64_t v = doc_number(f, row);
	if (f->type == DOC_ENUM)
		out_json(o, v ? enum_name(f->def, (int)v) : NULL);
	else if (f->type == DOC_BOOL)
		out_str(o, v ? "true" : "false");
	else if (f->type == DOC_ID)
		out_printf(o, "\"%" PRIi64 "\"", v);
	else
		out_i64(o, v);
}

const char *doc_write(struct arena *a, const struct doc_product *d)
{
	struct out o = { 0 };

	write_record(&o, doc_product(), d);
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}

const char *doc_api(struct arena *a, const struct doc_product *d)
{
	struct out o = { 0 };

	if (!d->calls_n)
		return NULL;
	out_lit(&o, "{\"calls\":");
	doc_write_value(&o, doc_find(doc_product(), "calls"), d);
	out_lit(&o, "}");
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}
