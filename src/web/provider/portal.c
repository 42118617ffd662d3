/* The first page of the provider's portal. */
#include "q_product.h"
#include "view/overview.h"
#include "web/provider/order.h"

enum { LATEST = 5 };

enum rc portal_show(struct cx *cx, struct web *w)
{
	struct q_product_tally tally;
	struct q_order_list_provider *rows;
	struct q_order_list_provider_in ask = { .provider = cx->actor.org, .to_id = UINT64_MAX, .limit = LATEST };
	struct view_empty empty = { web_text(w, MSG_portal_empty), web_text(w, MSG_portal_empty_hint), NULL };
	struct view_order_table table = { .caption = MSG_console_latest, .buyers = true };

	TRY(q_product_tally(cx->db, cx->a, &(struct q_product_tally_in){ .provider = cx->actor.org }, &tally));
	const struct view_stat stats[] = {
		{ "listed", MSG_portal_listed, tally.listed, "/provider", MSG_portal_listed_hint },
		{ "deals", MSG_portal_deals, tally.deals, "/provider/orders", MSG_portal_deals_hint },
	};
	struct view_overview m = { .stats = stats, .stats_n = 2, .table = &table, .orders_href = "/provider/orders", .empty = &empty };
	TRY(q_order_list_provider(cx->db, cx->a, &ask, &rows, &m.orders_n));
	table.items = m.orders = portal_order_items(cx, rows, m.orders_n);
	table.items_n = m.orders_n;
	w->page.title = MSG_portal_title;
	CRUMBS(w, web_text(w, MSG_nav_overview), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_overview, json_overview, &m);
}
