/* The operator's desk: its first page. */
#include "q_desk.h"
#include "view/overview.h"
#include "web/nav.h"
#include "web/operator/order.h"

enum { LATEST = 10 };

/* What waits, for those who may deal with it. */
static enum rc add_stats(struct cx *cx, struct web *w, struct view_overview *m)
{
	const struct q_desk_waiting *d;

	TRY(nav_waiting(w, &d));
	const struct { enum perm perm; struct view_stat stat; } all[] = {
		{ PERM_ORDER_REVIEW, { "orders", MSG_review_title, d->orders, "/ops/reviews", MSG_desk_orders_hint } },
		{ PERM_PRODUCT_REVIEW, { "products", MSG_product_review_title, d->products, "/ops/products", MSG_desk_products_hint } },
		{ PERM_DESK_FINANCE, { "cases", MSG_desk_cases, d->cases, "/ops/finance/cases", MSG_desk_cases_hint } },
		{ PERM_DELIVERY_MEDIATE, { "appeals", MSG_desk_appeals, d->appeals, "/ops/appeals", MSG_desk_appeals_hint } },
	};
	struct view_stat *s = ARENA_ARRAY(cx->a, struct view_stat, sizeof all / sizeof *all);

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (permit_allows(all[i].perm, (enum org_kind)cx->actor.org_kind, cx->actor.roles))
			s[m->stats_n++] = all[i].stat;
	m->stats = s;
	return RC_OK;
}

enum rc desk_show(struct cx *cx, struct web *w)
{
	struct q_order_list_operator *rows;
	struct view_empty empty = { web_text(w, MSG_list_none), NULL, NULL };
	struct view_order_table table = { .caption = MSG_console_latest, .buyers = true };
	struct view_overview m = { .table = &table, .orders_href = "/ops/orders", .empty = &empty };

	TRY(add_stats(cx, w, &m));
	TRY(q_order_list_operator(cx->db, cx->a, &(struct q_order_list_operator_in){ .to_id = UINT64_MAX,
		.limit = LATEST }, &rows, &m.orders_n));
	table.items = m.orders = desk_order_items(cx, rows, m.orders_n);
	table.items_n = m.orders_n;
	w->page.title = MSG_desk_title;
	CRUMBS(w, web_text(w, MSG_nav_overview), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_overview, json_overview, &m);
}
