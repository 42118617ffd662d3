/* The orders of a provider's products. */
#include "web/provider/order.h"

#include <inttypes.h>

#include "base/str.h"

struct portal_orders_in {
	const char *q, *product;
	enum order_state state;
	RANGE_MEMBERS
	LIST_MEMBERS
};
FORM(portal_orders_form, struct portal_orders_in,
	TEXT(struct portal_orders_in, q, .max = 20, .optional = true, .check = order_number_wrong),
	TEXT(struct portal_orders_in, product, .max = 20, .optional = true),
	ENUM(struct portal_orders_in, state, order_state, .optional = true),
	RANGE_ROWS(struct portal_orders_in),
	LIST_ROWS(struct portal_orders_in))

const struct view_order_item *portal_order_items(struct cx *cx, const struct q_order_list_provider *r, size_t n)
{
	struct view_order_item *m = ARENA_ARRAY(cx->a, struct view_order_item, n);

	for (size_t i = 0; i < n; i++) {
		m[i] = (struct view_order_item){ ORDER_ITEM_OF(&r[i]), .buyer_name = r[i].buyer_name };
		order_item_tell(cx, &m[i], "/provider/orders");
	}
	return m;
}

static enum rc add_rows(struct cx *cx, struct web *w, const struct portal_orders_in *in, struct view_order_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_order_list_provider_in ask = { .provider = cx->actor.org, .state = in->state, .limit = (int32_t)limit + 1 };
	struct q_order_list_provider *rows;
	struct id_range ids;

	if (in->product && *in->product && (!str_u64(in->product, &ask.product) || !ask.product))
		ask.product = UINT64_MAX;	/* what is no id is no product */
	TRY(order_range(cx, w, in->q, range_meant(in->range, in->from, in->to), in->from, in->to, &ids));
	TRY(cursor_read(in->after, &ids.to, 1));
	ask.from_id = ids.from;
	ask.to_id = ids.to;
	TRY(q_order_list_provider(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	m->items = portal_order_items(cx, rows, m->items_n);
	return RC_OK;
}

static enum rc product_choice(struct cx *cx, struct web *w, const char *chosen, struct view_field *f)
{
	struct q_order_list_products *r;
	size_t n;

	TRY(q_order_list_products(cx->db, cx->a, &(struct q_order_list_products_in){ .provider = cx->actor.org }, &r, &n));
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, n + 1);
	o[0] = (struct view_field_option){ .value = "", .label = web_text(w, MSG_list_all) };
	for (size_t i = 0; i < n; i++) {
		const char *id = arena_printf(cx->a, "%" PRIu64, r[i].id);
		o[i + 1] = (struct view_field_option){ .value = id, .label = r[i].name, .chosen = chosen && str_eq(chosen, id) };
	}
	*f = web_field(w, &portal_orders_form, "product", MSG_order_list_product, NULL);
	f->control = FIELD_SELECT;
	f->options = o;
	f->options_n = n + 1;
	return RC_OK;
}

enum rc portal_orders(struct cx *cx, struct web *w)
{
	const struct portal_orders_in *in = w->in;
	struct view_order_table table = { .caption = MSG_portal_orders, .buyers = true };
	struct view_empty empty = { web_text(w, MSG_portal_empty), web_text(w, MSG_portal_empty_hint), NULL };
	struct view_order_list m = { .table = &table };
	struct view_field f[2 + RANGE_FIELDS];

	TRY(add_rows(cx, w, in, &m));
	table.items = m.items;
	table.items_n = m.items_n;
	f[0] = list_search(w, "q", MSG_order_row_q, MSG_order_row_q_hint);
	TRY(product_choice(cx, w, in->product, &f[1]));
	range_fields(w, MSG_order_list_range, range_meant(in->range, in->from, in->to), f + 2);
	m.filter = list_filter(w, f, 2 + RANGE_FIELDS);
	m.tabs = order_state_tabs(cx, w, in->state, NULL);
	m.pager = list_pager(w, m.items_n, m.next);
	m.empty = *w->req->query ? list_empty(w, true, MSG_NONE, MSG_NONE, (struct view_link){ 0 }) : &empty;
	w->page.title = MSG_portal_orders;
	CRUMBS(w, web_text(w, MSG_portal_orders), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_order_list, json_order_list, &m);
}
