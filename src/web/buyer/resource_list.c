/* The list of purchased products and services: SUB-1, SUB-2. */
#include <inttypes.h>

#include "base/id.h"
#include "base/str.h"
#include "base/time.h"
#include "q_resource.h"
#include "view/phrase.h"
#include "web/buyer/resource.h"
#include "web/range.h"

struct resource_list_in {
	const char *q;
	enum resource_state state;
	enum delivery_mode delivery;
	enum date_range range;
	struct date from, to;
	enum expiry_range expiry;
	LIST_MEMBERS
};
FORM(resource_list_form, struct resource_list_in,
	TEXT(struct resource_list_in, q, .max = 80, .optional = true),
	ENUM(struct resource_list_in, state, resource_state, .optional = true),
	ENUM(struct resource_list_in, delivery, delivery_mode, .optional = true),
	ENUM(struct resource_list_in, range, date_range, .optional = true),
	DATE(struct resource_list_in, from, .optional = true),
	DATE(struct resource_list_in, to, .optional = true),
	ENUM(struct resource_list_in, expiry, expiry_range, .optional = true),
	LIST_ROWS(struct resource_list_in))

static struct view_resource_item item_of(const struct web *w, const struct q_resource_list *r)
{
	struct cx *cx = w->cx;
	struct resource_buttons b = RESOURCE_BUTTONS(r);
	struct phrase_plan p = { .plan = r->plan_name, .unit = r->unit, .quantity = r->quantity };
	struct view_resource_item m = {
		.id = arena_printf(cx->a, "%" PRIu64, r->id), .state = r->state, .delivery = r->delivery, .name = r->name,
		.product_name = r->product_name, .plan_name = r->plan_name, .quantity = r->quantity, .unit = r->unit,
		.order_number = r->order_number, .created_at = r->created_at, .begin_at = r->begin_at,
		.end_at = r->end_at, .summary = phrase_plan(cx->a, cx->lang, &p), .tone = tone_resource(r->state),
		.trial = r->trial, .not_yet = r->begin_at.us > cx->now.us, .open_order = r->open_order, .refunding = r->refunding,
	};

	m.tags = resource_tags(cx->a, r->tags, &m.tags_n);
	m.actions = resource_buttons(w, &b, &m.actions_n);
	return m;
}

static const struct view_tabs *tabs_of(const struct web *w, enum resource_state chosen)
{
	int64_t counts[resource_state_n + 1] = { w->session->resources };

	for (int i = 1; i <= resource_state_n; i++)
		counts[i] = -1;
	return LIST_TABS_COUNTED(w, "state", MSG_order_list_state, MSG_list_all, resource_state, chosen, counts);
}

/* What is in use and ends soon, or what is past its end and not released yet. */
static void expiry_of(const struct cx *cx, enum expiry_range expiry, struct q_resource_list_in *ask)
{
	static const int64_t days[] = {
		[EXPIRY_IN_7] = 7, [EXPIRY_IN_15] = 15, [EXPIRY_IN_30] = 30, [EXPIRY_IN_60] = 60, [EXPIRY_IN_90] = 90,
	};

	if (!expiry)
		return;
	ask->ends_to = cx->now;
	if (expiry == EXPIRY_EXPIRED)
		return;
	ask->ends_from = cx->now;
	ask->ends_to = instant_add(cx->now, days[expiry] * DAY_US);
}

/* Digits may be a part of a name as well as a whole id or order number. */
static void search_of(struct cx *cx, const char *q, struct q_resource_list_in *ask)
{
	if (!q || !*q)
		return;
	ask->like = list_like(cx->a, q);
	if (!str_digits(q, 1, NUMBER_LEN))
		return;
	ask->number = q;
	if (!str_u64(q, &ask->ref))
		ask->ref = 0;
}

static enum rc find(struct cx *cx, struct web *w, const struct resource_list_in *in, struct view_resource_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_resource_list_in ask = {
		.buyer = cx->actor.org, .before = UINT64_MAX, .state = in->state, .delivery = in->delivery,
		.limit = (int32_t)limit + 1,
	};
	struct date from = in->from, to = in->to;
	struct q_resource_list *rows;

	if (in->range) {
		if (!range_days(in->range, date_of(cx->now), &from, &to))
			return list_refuse(w, "to", MSG_list_range_year);
		ask.created_from = date_begin(from);
		ask.created_to = date_begin((struct date){ to.days + 1 });
	}
	expiry_of(cx, in->expiry, &ask);
	search_of(cx, in->q, &ask);
	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_resource_list(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	struct view_resource_item *items = ARENA_ARRAY(cx->a, struct view_resource_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = item_of(w, &rows[i]);
	m->items = items;
	return RC_OK;
}

static const struct view_filter *filter_of(struct cx *cx, struct web *w, const struct resource_list_in *in)
{
	enum { FIELDS = 6 };
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, FIELDS);

	f[0] = list_search(w, "q", MSG_resource_list_q, MSG_resource_list_q_hint);
	f[1] = list_choice(w, "delivery", MSG_resource_list_delivery, &delivery_mode_enum, delivery_mode_msg,
		(int)in->delivery);
	f[2] = list_choice(w, "expiry", MSG_resource_list_expires, &expiry_range_enum, expiry_range_msg,
		(int)in->expiry);
	f[3] = list_choice(w, "range", MSG_resource_list_created, &date_range_enum, date_range_msg, (int)in->range);
	f[4] = web_field(w, &resource_list_form, "from", MSG_list_from, NULL);
	f[5] = web_field(w, &resource_list_form, "to", MSG_list_to, NULL);
	return list_filter(w, f, FIELDS);
}

enum rc resource_list(struct cx *cx, struct web *w)
{
	const struct resource_list_in *in = w->in;
	struct resource_list_in own = *in;
	struct view_resource_list m = { 0 };

	own.range = range_meant(own.range, own.from, own.to);
	TRY(find(cx, w, &own, &m));
	bool filtered = own.state || own.delivery || own.range || own.expiry || (own.q && *own.q);
	m.tabs = tabs_of(w, own.state);
	m.filter = filter_of(cx, w, &own);
	m.empty = list_empty(w, filtered, MSG_resource_list_empty, MSG_resource_list_empty_hint,
		(struct view_link){ .label = web_text(w, MSG_resource_list_shop), .href = "/products", .primary = true });
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_resource_list_title;
	CRUMBS(w, web_text(w, MSG_resource_list_title), { web_text(w, MSG_nav_buyer), "/console" });
	return web_show(w, tpl_buyer_resource_list, json_resource_list, &m);
}
