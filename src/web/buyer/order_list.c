/* My orders: ORD-17. */
#include <stdio.h>

#include "base/id.h"
#include "base/str.h"
#include "base/time.h"
#include "web/buyer/order.h"
#include "web/category.h"
#include "web/range.h"

struct order_list_in {
	const char *q;
	enum order_kind kind;
	enum order_state state;
	const char *category;
	enum payment_term term;
	enum date_range range;
	struct date from, to;
	LIST_MEMBERS
};
FORM(order_list_form, struct order_list_in,
	TEXT(struct order_list_in, q, .max = 80, .optional = true),
	ENUM(struct order_list_in, kind, order_kind, .optional = true),
	ENUM(struct order_list_in, state, order_state, .optional = true),
	TEXT(struct order_list_in, category, .max = 30, .optional = true),
	ENUM(struct order_list_in, term, payment_term, .optional = true),
	ENUM(struct order_list_in, range, date_range, .optional = true),
	DATE(struct order_list_in, from, .optional = true),
	DATE(struct order_list_in, to, .optional = true),
	LIST_ROWS(struct order_list_in))

/* A whole number names its second, so that it is found as fast among a million orders. */
static void narrow(const char *number, struct q_order_list_in *ask)
{
	struct civil c;

	if (strlen(number) != NUMBER_LEN || sscanf(number, "%4d%2d%2d%2d%2d%2d", &c.year, &c.month, &c.day, &c.hour,
					       &c.minute, &c.second) != 6)
		return;
	if (c.year < 2000 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > month_days(c.year, c.month) ||
	    c.hour > 23 || c.minute > 59 || c.second > 59)
		return;
	c.us = 0;
	uint64_t from = id_floor(civil_instant(c)), to = id_floor(instant_add(civil_instant(c), SECOND_US));
	ask->from_id = from > ask->from_id ? from : ask->from_id;
	ask->to_id = to < ask->to_id ? to : ask->to_id;
}

/* Digits are the beginning of a number, or the id of a resource or of who created it; anything else is a part of the
 * product's name. */
static void search_of(struct cx *cx, const char *q, struct q_order_list_in *ask)
{
	if (!q || !*q)
		return;
	if (str_digits(q, 1, NUMBER_LEN)) {
		ask->number = arena_printf(cx->a, "%s%%", q);
		if (!str_u64(q, &ask->ref))
			ask->ref = 0;
		narrow(q, ask);
		return;
	}
	ask->name = list_like(cx->a, q);
}

static enum rc find(struct cx *cx, struct web *w, const struct order_list_in *in, struct view_order_list *m)
{
	size_t limit = list_limit(in->limit);
	struct date from = in->from, to = in->to;
	struct q_order_list *rows;

	if (!range_days(in->range, date_of(cx->now), &from, &to))
		return list_refuse(w, "to", MSG_list_range_year);
	struct q_order_list_in ask = {
		.buyer = cx->actor.org, .from_id = id_floor(date_begin(from)),
		.to_id = id_floor(date_begin((struct date){ to.days + 1 })), .state = in->state, .kind = in->kind,
		.category = in->category && *in->category ? in->category : NULL, .term = in->term,
		.limit = (int32_t)limit + 1,
	};
	uint64_t after = ask.to_id;
	TRY(cursor_read(in->after, &after, 1));
	if (after < ask.to_id)
		ask.to_id = after;
	search_of(cx, in->q, &ask);
	TRY(q_order_list(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	struct view_order_item *items = ARENA_ARRAY(cx->a, struct view_order_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		order_item_fill(cx, &rows[i], &items[i]);
	m->items = items;
	return RC_OK;
}

/* The counts are kept with the organisation, so tabs cost no reading. */
static const struct view_tabs *tabs_of(struct cx *cx, const struct web *w, enum order_state chosen)
{
	const struct q_session_by_token *s = w->session;
	const int64_t counts[] = {
		[ORDER_TO_CONFIRM] = s->to_confirm, [ORDER_IN_REVIEW] = s->in_review, [ORDER_TO_PAY] = s->to_pay,
		[ORDER_PROCESSING] = s->processing,
		[ORDER_REFUNDING] = s->refunding, [ORDER_COMPLETED] = s->completed, [ORDER_CANCELLED] = s->cancelled,
	};
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, order_state_n + 1);
	struct view_tabs *tabs = ARENA_NEW(cx->a, struct view_tabs);
	size_t n = 1;

	t[0] = list_tab(w, "state", NULL, web_text(w, MSG_list_all), !chosen);
	t[0].counted = true;
	for (int i = 1; i <= order_state_n; i++) {
		t[0].count += counts[i];
		if (!counts[i] && i != (int)chosen &&
		    (i == ORDER_TO_CONFIRM || i == ORDER_IN_REVIEW || i == ORDER_REFUNDING))
			continue;
		t[n] = list_tab(w, "state", order_state_enum.names[i], web_text(w, (enum msg)order_state_msg[i]),
			i == (int)chosen);
		t[n].counted = true;
		t[n++].count = counts[i];
	}
	*tabs = (struct view_tabs){ web_text(w, MSG_order_list_state), t, n };
	return tabs;
}

static enum rc filter_of(struct cx *cx, struct web *w, const struct order_list_in *in, const struct view_filter **out)
{
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, 7);

	f[0] = list_search(w, "q", MSG_order_list_q, MSG_order_list_q_hint);
	f[1] = list_choice(w, "kind", MSG_order_list_order_kind, &order_kind_enum, order_kind_msg, (int)in->kind);
	TRY(category_choice(cx, w, "category", MSG_order_list_category, in->category, &f[2]));
	f[3] = list_choice(w, "term", MSG_order_list_term, &payment_term_enum, payment_term_msg, (int)in->term);
	f[4] = list_choice(w, "range", MSG_order_list_range, &date_range_enum, date_range_msg,
		in->range ? (int)in->range : RANGE_HALF_YEAR);
	f[4].options++;		/* there is always a range: no "all" */
	f[4].options_n--;
	f[5] = web_field(w, &order_list_form, "from", MSG_list_from, NULL);
	f[6] = web_field(w, &order_list_form, "to", MSG_list_to, NULL);
	*out = list_filter(w, f, 7);
	return RC_OK;
}

enum rc order_list(struct cx *cx, struct web *w)
{
	const struct order_list_in *in = w->in;
	struct order_list_in own = *in;
	struct view_order_list m = { 0 };

	own.range = range_meant(own.range, own.from, own.to);
	TRY(find(cx, w, &own, &m));
	bool filtered = own.state || own.kind || own.term || own.range || (own.category && *own.category) ||
		(own.q && *own.q);
	m.tabs = tabs_of(cx, w, own.state);
	TRY(filter_of(cx, w, &own, &m.filter));
	m.empty = list_empty(w, filtered, MSG_order_list_empty, MSG_order_list_empty_hint,
		(struct view_link){ .label = web_text(w, MSG_list_shop), .href = "/products", .primary = true });
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_order_list_title;
	CRUMBS(w, web_text(w, MSG_order_list_title), { web_text(w, MSG_nav_buyer), "/console" });
	return web_show(w, tpl_buyer_order_list, json_order_list, &m);
}
