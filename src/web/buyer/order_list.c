/* My orders, those to pay, and those deleted: ORD-7, ORD-17.  One list with three presets. */
#include "base/id.h"
#include "base/time.h"
#include "web/buyer/order.h"
#include "web/buyer/order_find.h"
#include "web/category.h"
#include "web/export.h"

FORM(order_list_form, struct order_list_in,
	TEXT(struct order_list_in, q, .max = 80, .optional = true),
	ENUM(struct order_list_in, kind, order_kind, .optional = true),
	ENUM(struct order_list_in, state, order_state, .optional = true),
	TEXT(struct order_list_in, category, .max = 30, .optional = true),
	ENUM(struct order_list_in, term, payment_term, .optional = true),
	RANGE_ROWS(struct order_list_in),
	TEXTS(struct order_list_in, orders, .max = LIST_LIMIT_MAX),
	CHECK(struct order_list_in, chosen),
	LIST_ROWS(struct order_list_in))

struct preset {
	enum order_state state;		/* 0: as the tabs say */
	bool deleted;
	enum msg title, empty, hint;
};

struct listing {
	struct order_list_in in;
	const struct preset *preset;
	struct id_range ids;
	struct view_order_list m;
};

static enum rc add_rows(struct cx *cx, struct web *w, struct listing *l)
{
	size_t limit = list_limit(l->in.limit);
	uint64_t before = l->ids.to;
	struct order_finder f;
	struct q_order_list *rows;

	TRY(cursor_read(l->in.after, &before, 1));
	TRY(order_find(cx, &l->in, l->ids, l->preset->deleted, &f));
	TRY(order_found(cx, &f, before, limit + 1, &rows, &l->m.items_n));
	if (list_more(&l->m.items_n, limit))
		l->m.next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	l->m.items = order_items(cx, rows, l->m.items_n, l->preset->deleted);
	if (f.crowded) {
		struct view_notice *n = ARENA_NEW(cx->a, struct view_notice);
		*n = (struct view_notice){ "warn", web_text(w, MSG_order_list_crowded), NULL };
		w->page.notice = n;
	}
	return RC_OK;
}

/* Kept with the organisation, so tabs cost no reading. */
static const int64_t *counts_of(struct cx *cx, const struct q_session_by_token *s)
{
	int64_t *n = ARENA_ARRAY(cx->a, int64_t, order_state_n + 1);

	n[ORDER_TO_CONFIRM] = s->to_confirm;
	n[ORDER_IN_REVIEW] = s->in_review;
	n[ORDER_TO_PAY] = s->to_pay;
	n[ORDER_PROCESSING] = s->processing;
	n[ORDER_REFUNDING] = s->refunding;
	n[ORDER_COMPLETED] = s->completed;
	n[ORDER_CANCELLED] = s->cancelled;
	return n;
}

static bool narrowed(const struct order_list_in *in)
{
	return in->kind || in->term || (in->category && *in->category) || (in->q && *in->q);
}

/* How many there are is known when all are on this page, or when nothing narrows the kept count: no filter, nor a range of time
 * that leaves out older or newer ones. */
static enum rc total_of(struct cx *cx, const struct listing *l, const int64_t *counts, int64_t *total)
{
	struct q_order_list_oldest_in ask = { cx->actor.org, l->in.state };
	struct q_order_list_oldest *oldest;
	bool first = !l->in.after || !*l->in.after;
	size_t n;

	*total = first && !l->m.next ? (int64_t)l->m.items_n : 0;
	if (*total || narrowed(&l->in) || l->preset->deleted || l->ids.to < id_floor(cx->now))
		return RC_OK;
	TRY(q_order_list_oldest(cx->db, cx->a, &ask, &oldest, &n));
	if (!n || oldest->id < l->ids.from)
		return RC_OK;
	for (int s = 1; s <= order_state_n; s++)
		if (!l->in.state || s == (int)l->in.state)
			*total += counts[s];
	return RC_OK;
}

static enum rc filter_of(struct cx *cx, struct web *w, const struct order_list_in *in, const struct view_filter **out)
{
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, 3 + RANGE_FIELDS);

	f[0] = list_search(w, "q", MSG_order_list_q, MSG_order_list_q_hint);
	f[1] = list_choice(w, "kind", MSG_order_list_order_kind, &order_kind_enum, order_kind_msg, (int)in->kind);
	TRY(category_choice(cx, w, "category", MSG_order_list_category, in->category, &f[2]));
	range_fields(w, MSG_order_list_range, in->range, f + 3);
	*out = list_filter(w, f, 3 + RANGE_FIELDS);
	return RC_OK;
}

static enum rc add_frame(struct cx *cx, struct web *w, struct listing *l)
{
	const struct preset *p = l->preset;
	struct view_order_list *m = &l->m;
	struct view_order_table *table = ARENA_NEW(cx->a, struct view_order_table);
	const int64_t *counts = counts_of(cx, w->session);
	int64_t total;

	*table = (struct view_order_table){ .items = m->items, .items_n = m->items_n, .caption = MSG_order_list_caption,
		.acts = true, .picks = true };
	m->table = table;
	m->buyer = true;
	m->all = !p->state && !p->deleted;
	m->deleted = p->deleted;
	if (!p->deleted)
		m->exports = export_links(w, "/console/orders/export", "state", enum_name(&order_state_enum, (int)l->in.state));
	m->terms = LIST_TABS(w, "term", MSG_order_list_term, MSG_order_list_all_terms, payment_term, l->in.term);
	if (m->all)
		m->tabs = order_state_tabs(cx, w, l->in.state, l->in.term ? NULL : counts);
	TRY(filter_of(cx, w, &l->in, &m->filter));
	TRY(total_of(cx, l, counts, &total));
	m->pager = list_pager_of(w, m->items_n, total, m->next);
	m->empty = list_empty(w, narrowed(&l->in) || l->in.range || (m->all && l->in.state), p->empty, p->hint,
		(struct view_link){ .label = web_text(w, MSG_list_shop), .href = "/products", .primary = true });
	return RC_OK;
}

static enum rc show(struct cx *cx, struct web *w, const struct preset *p)
{
	struct listing l = { .in = *(const struct order_list_in *)w->in, .preset = p };
	struct date from = l.in.from, to = l.in.to;

	l.in.range = range_meant(l.in.range, from, to);
	l.in.state = p->state ? p->state : l.in.state;
	if (!range_days(l.in.range, date_of(cx->now), &from, &to))
		TRY(list_refuse(w, "to", MSG_list_range_year));
	else
		l.ids = range_ids(from, to);
	TRY(add_rows(cx, w, &l));
	TRY(add_frame(cx, w, &l));
	w->page.title = p->title;
	CRUMBS(w, web_text(w, p->title), { web_text(w, MSG_nav_buyer), "/console" });
	return web_show(w, tpl_buyer_order_list, json_order_list, &l.m);
}

enum rc order_list(struct cx *cx, struct web *w)
{
	static const struct preset all = { .title = MSG_order_list_title, .empty = MSG_order_list_empty,
		.hint = MSG_order_list_empty_hint };

	return show(cx, w, &all);
}

enum rc order_to_pay_list(struct cx *cx, struct web *w)
{
	static const struct preset to_pay = { .state = ORDER_TO_PAY, .title = MSG_order_list_to_pay,
		.empty = MSG_order_list_none_to_pay, .hint = MSG_order_list_empty_hint };

	return show(cx, w, &to_pay);
}

enum rc order_deleted_list(struct cx *cx, struct web *w)
{
	static const struct preset deleted = { .deleted = true, .title = MSG_order_list_deleted,
		.empty = MSG_order_list_none_deleted, .hint = MSG_order_list_none_deleted_hint };

	return show(cx, w, &deleted);
}
