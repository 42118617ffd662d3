/* The first page of the buyer's console. */
#include "base/id.h"
#include "base/time.h"
#include "view/overview.h"
#include "web/buyer/order.h"
#include "web/buyer/transaction.h"
#include "web/list.h"

enum { LATEST = 5, LATEST_DAYS = 366 };

enum rc console_show(struct cx *cx, struct web *w)
{
	const struct q_session_by_token *s = w->session;
	const struct view_stat stats[] = {
		{ "to_pay", MSG_console_to_pay, s->to_pay, "/console/orders/to-pay", MSG_console_to_pay_hint },
		{ "processing", MSG_console_processing, s->processing, "/console/orders?state=processing",
		MSG_console_processing_hint },
		{ "resources", MSG_console_resources, s->resources, "/console/resources", MSG_console_resources_hint },
		{ "completed", MSG_console_completed, s->completed, "/console/orders?state=completed",
		MSG_console_completed_hint },
	};
	struct q_order_list_in ask = {
		.buyer = cx->actor.org, .from_id = id_floor(instant_add(cx->now, -LATEST_DAYS * DAY_US)),
		.to_id = UINT64_MAX, .limit = LATEST,
	};
	struct view_link shop = { .label = web_text(w, MSG_list_shop), .href = "/products", .primary = true };
	struct view_empty empty = { web_text(w, MSG_order_list_empty), web_text(w, MSG_order_list_empty_hint), &shop };
	struct view_order_table table = { .caption = MSG_console_latest, .acts = true };
	struct view_overview m = { .stats = stats, .stats_n = sizeof stats / sizeof *stats, .table = &table,
		.orders_href = "/console/orders", .shop = true, .empty = &empty };
	struct q_order_list *rows;
	struct view_balance balance;

	TRY(balance_of(cx, cx->actor.org, &balance));
	m.balance = s->payer_org ? NULL : &balance;
	TRY(q_order_list(cx->db, cx->a, &ask, &rows, &m.orders_n));
	table.items = m.orders = order_items(cx, rows, m.orders_n, false);
	table.items_n = m.orders_n;
	w->page.title = MSG_console_title;
	CRUMBS(w, web_text(w, MSG_console_title), { web_text(w, MSG_nav_buyer), "/console" });
	return web_show(w, tpl_buyer_console, json_overview, &m);
}
