/* What the zones below a paying account ordered, as it sees them (ACC-4): what is completed or cancelled, to look at only. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/str.h"
#include "web/export.h"
#include "web/order_show.h"

enum { EXPORT_MAX = 200000, EXPORT_PIECE = 500, FIELDS = 2 };

struct zone_order_in {
	const char *q;
	int64_t zone;
	enum order_state state;
	RANGE_MEMBERS
	LIST_MEMBERS
};
FORM(zone_order_form, struct zone_order_in,
	TEXT(struct zone_order_in, q, .max = 20, .optional = true, .check = order_number_wrong),
	INT(struct zone_order_in, zone, .max = INT64_MAX, .optional = true),
	ENUM(struct zone_order_in, state, order_state, .optional = true),
	RANGE_ROWS(struct zone_order_in),
	LIST_ROWS(struct zone_order_in))

static const enum order_state seen[] = { ORDER_COMPLETED, ORDER_CANCELLED };
enum { SEEN = sizeof seen / sizeof *seen };

static int newer(const void *a, const void *b)
{
	const struct q_order_list_zone *x = a, *y = b;

	return (x->id < y->id) - (x->id > y->id);
}

/* Of each state that is wanted the newest. */
static enum rc find(struct cx *cx, const struct zone_order_in *in, struct id_range ids, size_t limit, struct q_order_list_zone **rows, size_t *n)
{
	struct q_order_list_zone_in ask = { .payer = cx->actor.org, .zone = (uint64_t)in->zone, .from_id = ids.from, .to_id = ids.to, .limit = (int32_t)limit };
	struct q_order_list_zone *all = ARENA_ARRAY(cx->a, struct q_order_list_zone, SEEN * limit), *some;
	size_t found;

	*n = 0;
	for (size_t i = 0; i < SEEN; i++) {
		if (in->state && in->state != seen[i])
			continue;
		ask.state = seen[i];
		TRY(q_order_list_zone(cx->db, cx->a, &ask, &some, &found));
		memcpy(all + *n, some, found * sizeof *some);
		*n += found;
	}
	qsort(all, *n, sizeof *all, newer);
	*n = *n < limit ? *n : limit;
	*rows = all;
	return RC_OK;
}

/* -- the list ------------------------------------------------------------------------------------------------------ */

static enum rc zones_of(struct cx *cx, struct web *w, uint64_t chosen, struct view_field *f)
{
	struct q_order_list_zones *z;
	size_t n;

	TRY(q_order_list_zones(cx->db, cx->a, &(struct q_order_list_zones_in){ cx->actor.org }, &z, &n));
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, n + 1);
	o[0] = (struct view_field_option){ .value = "", .label = web_text(w, MSG_list_all), .chosen = !chosen };
	for (size_t i = 0; i < n; i++)
		o[i + 1] = (struct view_field_option){ .value = arena_printf(cx->a, "%" PRIu64, z[i].id), .label = z[i].name, .chosen = z[i].id == chosen };
	*f = web_field(w, &zone_order_form, "zone", MSG_bill_column_buyer, NULL);
	f->control = FIELD_SELECT;
	f->options = o;
	f->options_n = n + 1;
	return RC_OK;
}

static const struct view_tabs *tabs_of(struct cx *cx, const struct web *w, enum order_state chosen)
{
	struct view_tabs *tabs = ARENA_NEW(cx->a, struct view_tabs);
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, SEEN + 1);

	t[0] = list_tab(w, "state", NULL, web_text(w, MSG_list_all), !chosen);
	for (size_t i = 0; i < SEEN; i++)
		t[i + 1] = list_tab(w, "state", order_state_enum.names[seen[i]], web_text(w, (enum msg)order_state_msg[seen[i]]), chosen == seen[i]);
	*tabs = (struct view_tabs){ .label = web_text(w, MSG_order_list_state), .items = t, .items_n = SEEN + 1 };
	return tabs;
}

static enum rc add_rows(struct cx *cx, struct web *w, const struct zone_order_in *in, struct view_order_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_order_list_zone *r;
	struct id_range ids;

	TRY(order_range(cx, w, in->q, range_meant(in->range, in->from, in->to), in->from, in->to, &ids));
	TRY(cursor_read(in->after, &ids.to, 1));
	ids.to = w->errors.n ? ids.from : ids.to;
	TRY(find(cx, in, ids, limit + 1, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_order_item *items = ARENA_ARRAY(cx->a, struct view_order_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++) {
		items[i] = (struct view_order_item){ ORDER_ITEM_OF(&r[i]), .buyer_name = r[i].buyer_name };
		order_item_tell(cx, &items[i], "/console/zone-orders");
	}
	m->items = items;
	return RC_OK;
}

enum rc zone_order_list(struct cx *cx, struct web *w)
{
	const struct zone_order_in *in = w->in;
	enum date_range range = range_meant(in->range, in->from, in->to);
	struct view_order_table table = { .caption = MSG_zone_order_title, .buyers = true };
	struct view_order_list m = { .table = &table };
	struct view_field f[FIELDS + RANGE_FIELDS];

	TRY(add_rows(cx, w, in, &m));
	table.items = m.items;
	table.items_n = m.items_n;
	f[0] = list_search(w, "q", MSG_order_row_q, MSG_order_row_q_hint);
	TRY(zones_of(cx, w, (uint64_t)in->zone, &f[1]));
	range_fields(w, MSG_order_list_range, range, f + FIELDS);
	m.filter = list_filter(w, f, FIELDS + RANGE_FIELDS);
	m.tabs = tabs_of(cx, w, in->state);
	m.exports = export_links(w, "/console/zone-orders/export", "after", NULL);
	m.pager = list_pager(w, m.items_n, m.next);
	m.empty = list_empty(w, in->q || in->zone || in->state || range, MSG_zone_order_empty, MSG_zone_order_empty_hint,
		(struct view_link){ .label = web_text(w, MSG_bill_title), .href = "/console/billing/bills" });
	w->page.title = MSG_zone_order_title;
	CRUMBS(w, web_text(w, MSG_zone_order_title), { web_text(w, MSG_nav_money), "/console/billing/balance" });
	return web_show(w, tpl_buyer_zone_order_list, json_order_list, &m);
}

enum rc zone_order_show(struct cx *cx, struct web *w)
{
	struct q_order_show o;
	struct view_order_show m;

	TRY(q_order_show(cx->db, cx->a, &(struct q_order_show_in){ .payer = cx->actor.org, .number = web_param(w, "number") }, &o));
	if (o.state != ORDER_COMPLETED && o.state != ORDER_CANCELLED)
		return RC_NOT_FOUND;
	TRY(order_view(cx, &o, SEEN_BY_PAYER, &m));
	w->page.title = MSG_order_show_title;
	w->page.name = o.number;
	CRUMBS(w, o.number, { web_text(w, MSG_nav_money), "/console/billing/balance" }, { web_text(w, MSG_zone_order_title), "/console/zone-orders" });
	return web_show(w, tpl_buyer_order_show, json_order_show, &m);
}

/* -- as a file ----------------------------------------------------------------------------------------------------- */

struct exporting { struct zone_order_in in; struct id_range ids; };

static void row(struct export *x, struct cx *cx, const struct q_order_list_zone *r)
{
	export_digits(x, r->number);
	export_text(x, r->buyer_name);
	order_cells(x, cx, &(struct view_order_item){ ORDER_ITEM_OF(r) });
	export_instant(x, r->created_at);
	export_money(x, r->list_total);
	export_money(x, r->payable);
	export_row(x);
}

static enum rc piece(struct cx *cx, void *from, struct export *x, bool *more)
{
	struct exporting *e = from;
	struct q_order_list_zone *rows;
	size_t n;

	TRY(find(cx, &e->in, e->ids, EXPORT_PIECE + 1, &rows, &n));
	*more = list_more(&n, EXPORT_PIECE);
	for (size_t i = 0; i < n; i++)
		row(x, cx, &rows[i]);
	e->ids.to = n ? rows[n - 1].id : e->ids.from;
	return RC_OK;
}

enum rc zone_order_export(struct cx *cx, struct web *w)
{
	static const enum msg columns[] = {
		MSG_order_list_number, MSG_bill_column_buyer, MSG_order_list_order_kind, MSG_order_list_state, MSG_order_list_product, MSG_order_export_plan,
		MSG_order_list_provider, MSG_checkout_quantity, MSG_order_export_unit, MSG_checkout_duration, MSG_order_list_created, MSG_order_export_total,
		MSG_order_list_payable,
	};
	const struct zone_order_in *in = w->in;
	struct exporting *e = ARENA_NEW(cx->a, struct exporting);
	char now[TIME_TEXT];

	if (w->errors.n)
		return RC_INVALID;
	e->in = *in;
	TRY(order_range(cx, w, in->q, range_meant(in->range, in->from, in->to), in->from, in->to, &e->ids));
	if (w->errors.n)
		return RC_INVALID;
	const char *name = arena_printf(cx->a, "zone-orders-%s", instant_compact(cx->now, now));
	return web_export(cx, w, &(struct export_of){ name, columns, sizeof columns / sizeof *columns, EXPORT_MAX, piece, e });
}
