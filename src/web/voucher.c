#include "web/voucher.h"

#include "base/id.h"
#include "base/str.h"

/* The next of the words with commas between; NULL at the end. */
static const char *next(struct arena *a, const char **list)
{
	size_t n = strcspn(*list, ",");
	const char *word = n ? arena_dup(a, *list, n) : NULL;

	*list += n + ((*list)[n] == ',');
	return word;
}

static const char *category_named(struct cx *cx, const struct category *c, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(c[i].code, code))
			return category_name(cx, &c[i]);
	return code;
}

enum rc voucher_scope_text(struct cx *cx, const char *categories, const char *products, const char **text)
{
	const struct category *c;
	size_t n, count = 0;

	TRY(category_all(cx, &c, &n));
	*text = "";
	for (const char *s = categories, *code; (code = next(cx->a, &s)); )
		*text = arena_printf(cx->a, "%s%s%s", *text, **text ? " · " : "", category_named(cx, c, n, code));
	for (const char *s = products; next(cx->a, &s); )
		count++;
	if (count)
		*text = arena_printf(cx->a, "%s%s%s", *text, **text ? " · " : "",
			MSG_FILL(cx->a, cx->lang, MSG_voucher_products, { "n", arena_printf(cx->a, "%zu", count) }));
	if (!**text)
		*text = msg_text(cx->lang, MSG_voucher_all_products);
	return RC_OK;
}

enum { FOR_MAX = 60 };

static enum rc add_scope(struct cx *cx, const struct q_voucher_show *v, struct view_voucher_show *m)
{
	struct view_voucher_for *f = ARENA_ARRAY(cx->a, struct view_voucher_for, FOR_MAX);
	const struct category *c;
	struct q_voucher_product_name_in in;
	struct q_voucher_product_name *p;
	size_t categories, n;

	TRY(category_all(cx, &c, &categories));
	for (const char *s = v->categories, *code; m->scope_n < FOR_MAX && (code = next(cx->a, &s)); )
		f[m->scope_n++] = (struct view_voucher_for){ category_named(cx, c, categories, code),
			arena_printf(cx->a, "/products?category=%s", code) };
	for (const char *s = v->products, *id; m->scope_n < FOR_MAX && (id = next(cx->a, &s)); ) {
		if (!str_u64(id, &in.id))
			continue;
		TRY(q_voucher_product_name(cx->db, cx->a, &in, &p, &n));
		if (n)
			f[m->scope_n++] = (struct view_voucher_for){
				p->name, arena_printf(cx->a, "/products/%s", p->slug),
			};
	}
	m->scope = f;
	return RC_OK;
}

static enum rc add_entries(struct cx *cx, uint64_t voucher, struct view_voucher_show *m)
{
	struct q_voucher_entry_list *r;

	TRY(q_voucher_entry_list(cx->db, cx->a, &(struct q_voucher_entry_list_in){ .voucher = voucher }, &r,
		&m->entries_n));
	struct view_voucher_entry *e = ARENA_ARRAY(cx->a, struct view_voucher_entry, m->entries_n);
	for (size_t i = 0; i < m->entries_n; i++)
		e[i] = (struct view_voucher_entry){ id_instant(r[i].id), r[i].kind, r[i].amount, r[i].order_number,
			r[i].payment_number };
	m->entries = e;
	return RC_OK;
}

enum rc voucher_page(struct cx *cx, const char *number, uint64_t org, struct view_voucher_show *m)
{
	struct q_voucher_show v;
	struct view_voucher_item *item = ARENA_NEW(cx->a, struct view_voucher_item);

	TRY(q_voucher_show(cx->db, cx->a, &(struct q_voucher_show_in){ .number = number, .org = org }, &v));
	*item = VOUCHER_ITEM_OF(cx, &v);
	item->org_name = v.org_name;
	item->minimum = v.minimum;
	item->reusable = v.reusable;
	item->tone = tone_voucher(item->state);
	TRY(voucher_scope_text(cx, v.categories, v.products, &item->scope));
	m->voucher = item;
	TRY(add_scope(cx, &v, m));
	return add_entries(cx, v.id, m);
}
