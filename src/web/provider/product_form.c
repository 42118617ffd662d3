#include "web/provider/product_form.h"

#include <inttypes.h>

#include "base/money.h"
#include "base/str.h"
#include "web/changes.h"
#include "web/list.h"

enum { ROWS_SEEN = 100 };	/* numbers of rows that are looked at: rows above the most are told, not lost in silence */

/* ---- the rows of a form, from those of the document ---- */

static enum form_type type_of(const struct doc_field *f)
{
	switch (f->type) {
	case DOC_LINES:     return FORM_LINES;
	case DOC_I64:       return FORM_INT;
	case DOC_MONEY:     return FORM_MONEY;
	case DOC_PER_MILLE: return FORM_PERCENT;
	case DOC_BOOL:      return FORM_CHECK;
	case DOC_ENUM:      return FORM_ENUM;
	default:            return FORM_TEXT;
	}
}

static struct form_row row_of(struct arena *a, const struct doc_field *f, const char *prefix)
{
	bool limits = f->type != DOC_ENUM && f->type != DOC_BOOL;

	return (struct form_row){
		.name = arena_printf(a, "%s%s", prefix, f->name), .type = type_of(f), .off = f->off, .min = limits && !doc_is_text(f) ? f->least : 0,
		.max = limits ? f->most : 0, .optional = true, .def = f->def,
	};
}

static bool is_value(const struct doc_field *f) { return f->type != DOC_LIST && f->type != DOC_ID; }

/* names NULL: all of them. */
static bool wanted(const char *const *names, const char *name)
{
	for (; names && *names; names++)
		if (str_eq(*names, name))
			return true;
	return !names;
}

static const struct form *form_of(struct arena *a, const struct doc_record *r, const char *prefix, const char *const *names)
{
	struct form *to = ARENA_NEW(a, struct form);
	struct form_row *rows = ARENA_ARRAY(a, struct form_row, r->n);

	*to = (struct form){ r->name, rows, 0, r->size };
	for (const struct doc_field *f = r->fields; f < r->fields + r->n; f++)
		if (is_value(f) && wanted(names, f->name))
			rows[to->n++] = row_of(a, f, prefix);
	return to;
}

/* ---- taking what was sent ---- */

static void take_values(struct web *w, const struct doc_record *r, void *row, const char *prefix, const char *const *names)
{
	static const size_t size[] = {
		[DOC_I64] = sizeof(int64_t), [DOC_MONEY] = sizeof(struct money), [DOC_PER_MILLE] = sizeof(int64_t), [DOC_BOOL] = sizeof(bool), [DOC_ENUM] = sizeof(int),
	};
	const void *got = form_read(form_of(w->cx->a, r, prefix, names), w->cx->a, &w->input, &w->errors);

	for (const struct doc_field *f = r->fields; f < r->fields + r->n; f++) {
		if (!is_value(f) || !wanted(names, f->name))
			continue;
		if (doc_is_text(f))
			*(const char **)doc_at(f, row) = doc_text(f, got) ? doc_text(f, got) : "";
		else
			memcpy(doc_at(f, row), doc_at(f, got), size[f->type]);
	}
}

/* The number of the row that a field belongs to, and the rest of its name; -1: of no row of this list. */
static int row_number(const char *name, const char *list, const char **rest)
{
	size_t n = strlen(list);
	int v = 0;

	if (strncmp(name, list, n) || name[n] != '.' || name[n + 1] < '0' || name[n + 1] > '9')
		return -1;
	for (name += n + 1; *name >= '0' && *name <= '9' && v < ROWS_SEEN; name++)
		v = v * 10 + *name - '0';
	*rest = name;
	return *name == '.' && v < ROWS_SEEN ? v : -1;
}

/* Rows in which nothing stands are left out and the others renumbered, so that a row's number is its place in the document. */
static size_t compact(struct web *w, const char *list)
{
	const char *drop = input_text(&w->input, "drop", INPUT_NAME_MAX), *rest;
	int place[ROWS_SEEN], at;
	bool used[ROWS_SEEN] = { false };
	size_t n = 0;

	for (size_t i = 0; i < w->input.n; i++) {
		const struct input_field *f = &w->input.f[i];
		at = row_number(f->name, list, &rest);
		bool dropped = at >= 0 && drop && str_eq(drop, arena_printf(w->cx->a, "%s.%d", list, at));
		if (at >= 0 && !dropped && *str_trim(w->cx->a, f->value))
			used[at] = true;
	}
	for (int i = 0; i < ROWS_SEEN; i++)
		place[i] = used[i] ? (int)n++ : -1;
	for (size_t i = 0; i < w->input.n; i++) {
		struct input_field *f = &w->input.f[i];
		at = row_number(f->name, list, &rest);
		if (at >= 0)
			f->name = place[at] < 0 ? "-" : arena_printf(w->cx->a, "%s.%d%s", list, place[at], rest);
	}
	return n;
}

static void take_list(struct web *w, const struct doc_field *f, void *row)
{
	const struct doc_record *of = f->of();
	size_t n = compact(w, f->name);

	if (n > (size_t)f->most) {
		form_refuse(&w->errors, f->name, MSG_field_too_many, f->most);
		n = (size_t)f->most;
	}
	char *rows = arena_array(w->cx->a, n, of->size);
	for (size_t i = 0; i < n; i++) {
		doc_blank(of, rows + i * of->size);
		take_values(w, of, rows + i * of->size, arena_printf(w->cx->a, "%s.%zu.", f->name, i), NULL);
	}
	doc_set_rows(f, row, rows, n);
}

void doc_form_take(struct web *w, const struct doc_form *f)
{
	take_values(w, f->of, f->row, "", f->fields);
	for (const struct doc_field *l = f->of->fields; l < f->of->fields + f->of->n; l++)
		if (l->type == DOC_LIST && f->fields && wanted(f->fields, l->name))
			take_list(w, l, f->row);
}

static bool refused(const struct web *w, const char *field)
{
	for (size_t i = 0; i < w->errors.n; i++)
		if (w->errors.e[i].field && str_eq(w->errors.e[i].field, field))
			return true;
	return false;
}

void doc_form_refuse(struct web *w, const struct doc_form *f, const struct doc_problems *p)
{
	size_t n = strlen(f->at);

	for (const struct doc_problem *x = p->p; x < p->p + p->n; x++) {
		if (x->missing || strncmp(x->at, f->at, n))
			continue;
		const char *field = x->at + n, *name = arena_dup(w->cx->a, field, strcspn(field, "."));
		if (wanted(f->fields, name) && !refused(w, field))
			form_refuse(&w->errors, field, msg_of(x->wrong), x->limit);
	}
}

/* ---- showing ---- */

/* As it is typed. */
static const char *typed_text(struct arena *a, const struct doc_field *f, const void *row)
{
	char amount[MONEY_TEXT];

	if (doc_is_text(f))
		return doc_text(f, row);
	int64_t v = doc_number(f, row), u = v < 0 ? -v : v;
	switch (f->type) {
	case DOC_MONEY:     return arena_strdup(a, money_text(fen(v), false, amount));
	case DOC_PER_MILLE: return arena_printf(a, u % 10 ? "%s%" PRIi64 ".%" PRIi64 : "%s%" PRIi64, v < 0 ? "-" : "", u / 10, u % 10);
	case DOC_BOOL:      return v ? "1" : "";
	default:            return arena_printf(a, "%" PRIi64, v);
	}
}

/* row NULL: an empty one, to be filled in. */
static struct view_field field_of(struct web *w, const struct form *form, const struct doc_field *f, const char *prefix, const void *row)
{
	const char *name = arena_printf(w->cx->a, "%s%s", prefix, f->name);
	enum msg label = msg_of(f->label);

	if (f->type == DOC_ENUM)
		return web_enum(w, form, name, label, FIELD_SELECT, doc_labels(f->def), row ? (int)doc_number(f, row) : 0);
	struct view_field v = web_field(w, form, name, label, row ? typed_text(w->cx->a, f, row) : "");
	if (f->type == DOC_EMAIL)
		v.type = "email";
	if (f->type == DOC_PHONE)
		v.type = "tel";
	v.wide = f->type == DOC_LINES;
	return v;
}

static struct view_field *fields_of(struct web *w, const struct doc_record *r, const char *prefix, const char *const *names, const void *row, size_t *n)
{
	const struct form *form = form_of(w->cx->a, r, prefix, names);
	struct view_field *to = ARENA_ARRAY(w->cx->a, struct view_field, r->n);

	*n = 0;
	for (const struct doc_field *f = r->fields; f < r->fields + r->n; f++)
		if (is_value(f) && wanted(names, f->name))
			to[(*n)++] = field_of(w, form, f, prefix, row);
	return to;
}

/* What the product's own fields lack can wait until it is submitted. */
const struct view_field *doc_form_fields(struct web *w, const struct doc_form *f, size_t *n)
{
	struct view_field *to = fields_of(w, f->of, "", f->fields, f->row, n);

	for (size_t i = 0; i < *n && f->of != doc_product(); i++)
		to[i].required = to[i].control != FIELD_CHECK && doc_find(f->of, to[i].name)->least > 0;
	return to;
}

/* Of a refused form the rows that were typed, else those of the document. */
static size_t rows_to_show(const struct web *w, const struct doc_field *l, const struct doc_form *f)
{
	const char *rest;
	size_t n = 0;

	if (w->req->method != METHOD_POST) {
		doc_rows(l, f->row, &n);
		return n;
	}
	for (size_t i = 0; i < w->input.n; i++) {
		int at = row_number(w->input.f[i].name, l->name, &rest);
		if (at >= (int)n)
			n = (size_t)at + 1;
	}
	return n;
}

static struct view_edit_list list_of(struct web *w, const struct doc_field *l, const struct doc_form *f)
{
	const struct doc_record *of = l->of();
	const char *add = input_text(&w->input, "add", INPUT_NAME_MAX);
	size_t have, n = rows_to_show(w, l, f), spare = !n || (add && str_eq(add, l->name));
	const char *rows = doc_rows(l, f->row, &have);
	struct view_edit_list v = { .name = l->name, .label = msg_text(w->cx->lang, msg_of(l->label)), .rows_n = n + spare, .room = n + spare < (size_t)l->most };
	struct view_edit_row *to = ARENA_ARRAY(w->cx->a, struct view_edit_row, v.rows_n);

	for (size_t i = 0; i < v.rows_n; i++) {
		to[i].fields = fields_of(w, of, arena_printf(w->cx->a, "%s.%zu.", l->name, i), NULL, i < have ? rows + i * of->size : NULL, &to[i].fields_n);
		to[i].drop = i < n ? arena_printf(w->cx->a, "%s.%zu", l->name, i) : NULL;
		to[i].number = (int64_t)i + 1;
	}
	for (size_t i = 0; i < w->errors.n; i++)
		if (w->errors.e[i].field && str_eq(w->errors.e[i].field, l->name))
			v.error = web_text(w, w->errors.e[i].msg);
	v.rows = to;
	return v;
}

const struct view_edit_list *doc_form_lists(struct web *w, const struct doc_form *f, size_t *n)
{
	struct view_edit_list *to = ARENA_ARRAY(w->cx->a, struct view_edit_list, f->of->n);

	*n = 0;
	for (const struct doc_field *l = f->of->fields; l < f->of->fields + f->of->n; l++)
		if (l->type == DOC_LIST && f->fields && wanted(f->fields, l->name))
			to[(*n)++] = list_of(w, l, f);
	return to;
}
