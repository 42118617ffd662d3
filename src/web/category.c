#include "web/category.h"

#include <time.h>

#include "base/str.h"
#include "q_product.h"

enum { KEEP_S = 60, KEEP_SIZE = 64 << 10 };

static struct {
	struct arena a;
	const struct category *rows;
	size_t n;
	time_t until;
} kept;

static enum rc read_all(struct cx *cx, time_t now)
{
	struct q_category_list *rows;
	size_t n;

	TRY(q_category_list(cx->db, cx->a, &rows, &n));
	if (!kept.a.base)
		arena_init(&kept.a, KEEP_SIZE);
	arena_release(&kept.a, 0);
	struct category *c = ARENA_ARRAY(&kept.a, struct category, n);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct category){ arena_strdup(&kept.a, rows[i].code), arena_strdup(&kept.a, rows[i].name_zh), arena_strdup(&kept.a, rows[i].name_en) };
	kept.rows = c;
	kept.n = n;
	kept.until = now + KEEP_S;
	return RC_OK;
}

enum rc category_all(struct cx *cx, const struct category **rows, size_t *n)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	if (!kept.rows || t.tv_sec >= kept.until)
		TRY(read_all(cx, t.tv_sec));
	*rows = kept.rows;
	*n = kept.n;
	return RC_OK;
}

const char *category_label(struct cx *cx, const char *code)
{
	const struct category *rows;
	size_t n;

	if (category_all(cx, &rows, &n) != RC_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].code, code))
			return category_name(cx, &rows[i]);
	return code;
}

enum rc category_select(struct cx *cx, enum msg none, struct view_field *f)
{
	const struct category *rows;
	size_t n;

	TRY(category_all(cx, &rows, &n));
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, n + 1);
	o[0] = (struct view_field_option){ .value = "", .label = msg_text(cx->lang, none), .chosen = !*f->value };
	for (size_t i = 0; i < n; i++)
		o[i + 1] = (struct view_field_option){ .value = rows[i].code, .label = category_name(cx, &rows[i]), .chosen = str_eq(f->value, rows[i].code) };
	f->control = FIELD_SELECT;
	f->options = o;
	f->options_n = n + 1;
	return RC_OK;
}

enum rc category_field(struct cx *cx, struct web *w, const struct form *form, const char *name, enum msg label, struct view_field *f)
{
	*f = web_field(w, form, name, label, NULL);
	return category_select(cx, MSG_list_all, f);
}

enum rc category_choice(struct cx *cx, struct web *w, const char *name, enum msg label, const char *chosen, struct view_field *f)
{
	*f = web_field(w, w->found.route->form, name, label, chosen);
	return category_select(cx, MSG_list_all, f);
}
