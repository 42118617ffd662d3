/* All orders, for the operator's desk. */
#include "web/operator/order.h"

#include "base/str.h"

struct desk_orders_in {
	const char *q, *buyer, *provider;
	enum order_state state;
	RANGE_MEMBERS
	LIST_MEMBERS
};
FORM(desk_orders_form, struct desk_orders_in,
	TEXT(struct desk_orders_in, q, .max = 20, .optional = true, .check = order_number_wrong),
	TEXT(struct desk_orders_in, buyer, .max = 80, .optional = true),
	TEXT(struct desk_orders_in, provider, .max = 80, .optional = true),
	ENUM(struct desk_orders_in, state, order_state, .optional = true),
	RANGE_ROWS(struct desk_orders_in),
	LIST_ROWS(struct desk_orders_in))

const struct view_order_item *desk_order_items(struct cx *cx, const struct q_order_list_operator *r, size_t n)
{
	struct view_order_item *m = ARENA_ARRAY(cx->a, struct view_order_item, n);

	for (size_t i = 0; i < n; i++) {
		m[i] = (struct view_order_item){ ORDER_ITEM_OF(&r[i]), .buyer_name = r[i].buyer_name };
		order_item_tell(cx, &m[i], "/ops/orders");
	}
	return m;
}

/* An organisation by its id or the beginning of its name, which must tell it from all others. */
static enum rc org_of(struct cx *cx, struct web *w, const char *field, enum org_kind kind, const char *text, uint64_t *org)
{
	struct q_order_list_orgs *r;
	size_t n;

	if (!text || !*text)
		return RC_OK;
	struct q_order_list_orgs_in ask = { .kind = kind, .like = list_like(cx->a, text) + 1 };
	if (!str_u64(text, &ask.id))
		ask.id = 0;
	TRY(q_order_list_orgs(cx->db, cx->a, &ask, &r, &n));
	*org = n ? r[0].id : UINT64_MAX;
	if (n == 1 || (n && (r[0].id == ask.id || str_eq(r[0].name, text))))
		return RC_OK;
	return list_refuse(w, field, n ? MSG_order_list_org_several : MSG_order_list_org_none);
}

static enum rc add_rows(struct cx *cx, struct web *w, const struct desk_orders_in *in, struct view_order_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_order_list_operator_in ask = { .state = in->state, .limit = (int32_t)limit + 1 };
	struct q_order_list_operator *rows;
	struct id_range ids;

	TRY(org_of(cx, w, "buyer", ORG_BUYER, in->buyer, &ask.buyer));
	TRY(org_of(cx, w, "provider", ORG_PROVIDER, in->provider, &ask.provider));
	TRY(order_range(cx, w, in->q, range_meant(in->range, in->from, in->to), in->from, in->to, &ids));
	TRY(cursor_read(in->after, &ids.to, 1));
	ask.from_id = ids.from;
	ask.to_id = w->errors.n ? ids.from : ids.to;	/* nothing under a filter that is refused */
	TRY(q_order_list_operator(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	m->items = desk_order_items(cx, rows, m->items_n);
	return RC_OK;
}

enum rc desk_orders(struct cx *cx, struct web *w)
{
	const struct desk_orders_in *in = w->in;
	struct view_order_table table = { .caption = MSG_desk_orders, .buyers = true };
	struct view_order_list m = { .table = &table };
	struct view_field f[3 + RANGE_FIELDS];

	TRY(add_rows(cx, w, in, &m));
	table.items = m.items;
	table.items_n = m.items_n;
	f[0] = list_search(w, "q", MSG_order_row_q, MSG_order_row_q_hint);
	f[1] = list_search(w, "buyer", MSG_order_row_buyer, MSG_order_list_org_hint);
	f[2] = list_search(w, "provider", MSG_order_list_provider, MSG_order_list_org_hint);
	f[1].wide = f[2].wide = false;
	range_fields(w, MSG_order_list_range, range_meant(in->range, in->from, in->to), f + 3);
	m.filter = list_filter(w, f, 3 + RANGE_FIELDS);
	m.tabs = order_state_tabs(cx, w, in->state, NULL);
	m.pager = list_pager(w, m.items_n, m.next);
	m.empty = list_empty(w, true, MSG_list_none, MSG_list_none_hint, (struct view_link){ 0 });
	w->page.title = MSG_desk_orders;
	CRUMBS(w, web_text(w, MSG_desk_orders), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_order_list, json_order_list, &m);
}
