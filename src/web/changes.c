#include "web/changes.h"

#include <assert.h>
#include <inttypes.h>

#include "base/money.h"
#include "q_product_version.h"
#include "view/phrase.h"
#include "web/category.h"

const uint16_t *doc_labels(const struct enum_def *d)
{
	static const struct { const struct enum_def *def; const uint16_t *labels; } of[] = {
		{ &time_unit_enum, time_unit_msg }, { &billing_mode_enum, billing_mode_msg }, { &delivery_mode_enum, delivery_mode_msg }, { &dialect_enum, dialect_msg },
		{ &api_place_enum, api_place_msg }, { &api_method_enum, api_method_msg },
	};

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		if (of[i].def == d)
			return of[i].labels;
	assert(!"an enum without labels");
	return NULL;
}

const char *doc_row_name(struct cx *cx, const struct doc_record *r, const void *row)
{
	if (r == doc_price()) {
		const struct doc_price *p = row;
		return phrase_duration(cx->a, cx->lang, p->duration, p->unit);
	}
	if (r == doc_tier())
		return MSG_FILL(cx->a, cx->lang, MSG_changes_above, { "n", doc_title(cx->a, r, row) });
	return doc_title(cx->a, r, row);
}

static const char *names_of_rows(struct cx *cx, const struct doc_field *f, const void *row)
{
	const struct doc_record *of = f->of();
	const char *text = "";
	size_t n;
	const char *rows = doc_rows(f, row, &n);

	for (size_t i = 0; i < n; i++)
		text = arena_printf(cx->a, "%s%s%s", text, i ? msg_text(cx->lang, MSG_changes_and) : "", doc_row_name(cx, of, rows + i * of->size));
	return text;
}

static const char *per_mille(struct arena *a, int64_t v)
{
	const char *sign = v < 0 ? "-" : "";
	int64_t u = v < 0 ? -v : v;

	return u % 10 ? arena_printf(a, "%s%" PRIi64 ".%" PRIi64 "%%", sign, u / 10, u % 10) : arena_printf(a, "%s%" PRIi64 "%%", sign, u / 10);
}

const char *doc_words(struct cx *cx, const struct doc_field *f, const void *row)
{
	char amount[MONEY_TEXT];

	if (!row)
		return "";
	if (f->type == DOC_LIST)
		return names_of_rows(cx, f, row);
	if (f == doc_find(doc_product(), "category"))
		return category_label(cx, doc_text(f, row));
	if (doc_is_text(f))
		return doc_text(f, row);
	int64_t v = doc_number(f, row);
	switch (f->type) {
	case DOC_MONEY:     return arena_printf(cx->a, "¥%s", money_text(fen(v), true, amount));
	case DOC_BOOL:      return msg_text(cx->lang, v ? MSG_bool_yes : MSG_bool_no);
	case DOC_ENUM:      return v ? msg_text(cx->lang, (enum msg)doc_labels(f->def)[v]) : "";
	case DOC_PER_MILLE: return per_mille(cx->a, v);
	default:            return arena_printf(cx->a, "%" PRIi64, v);
	}
}

static const char *where(struct cx *cx, const struct doc_in *in)
{
	const char *up = in && in->up ? arena_printf(cx->a, "%s › ", where(cx, in->up)) : "";

	return in ? arena_printf(cx->a, "%s%s", up, doc_row_name(cx, in->list->of(), in->row)) : "";
}

static struct view_change change_of(struct cx *cx, const struct doc_change *c)
{
	const char *label = msg_text(cx->lang, msg_of(c->field->label));
	struct view_change v = { .field = label, .where = where(cx, c->in) };

	if (c->kind == CHANGE_ROW) {
		v.where = where(cx, c->in->up);
		v.before = c->before ? doc_row_name(cx, c->field->of(), c->before) : "";
		v.after = c->after ? doc_row_name(cx, c->field->of(), c->after) : "";
		v.came = !c->before;
		v.went = !c->after;
		return v;
	}
	if (c->kind == CHANGE_ORDER)
		v.field = MSG_FILL(cx->a, cx->lang, MSG_changes_order, { "label", label });
	v.before = doc_words(cx, c->field, c->before);
	v.after = doc_words(cx, c->field, c->after);
	return v;
}

const struct view_changes *product_changes(struct cx *cx, const struct doc_product *before, const struct doc_product *after)
{
	struct doc_change *c;
	struct view_changes *m = ARENA_NEW(cx->a, struct view_changes);
	size_t n = doc_diff(cx->a, before, after, &c);
	struct view_change *items = ARENA_ARRAY(cx->a, struct view_change, n);

	for (size_t i = 0; i < n; i++)
		items[i] = change_of(cx, &c[i]);
	*m = (struct view_changes){ items, n };
	return m;
}

enum rc product_changes_of(struct cx *cx, uint64_t product, uint64_t version, uint64_t *before, const struct view_changes **out)
{
	struct q_version_before *last;
	struct q_version_body v;
	struct doc_product was, now;
	size_t n;

	TRY(q_version_body(cx->db, cx->a, &(struct q_version_body_in){ product, version }, &v));
	TRY(q_version_before(cx->db, cx->a, &(struct q_version_before_in){ product, version }, &last, &n));
	TRY(doc_read(cx->a, v.body, strlen(v.body), &now));
	doc_blank(doc_product(), &was);
	if (n)
		TRY(doc_read(cx->a, last->body, strlen(last->body), &was));
	*before = n ? last->version : 0;
	*out = product_changes(cx, &was, &now);
	return RC_OK;
}
