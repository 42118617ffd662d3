/* The provider's portal: its first page and the orders of its products. */
#include "q_order.h"
#include "q_product.h"
#include "view/overview.h"
#include "view/phrase.h"
#include "web/list.h"

enum { LATEST = 5 };

static const struct view_order_row *rows_of(struct cx *cx, const struct web *w, const struct q_order_list_provider *r,
		size_t n)
{
	struct view_order_row *m = ARENA_ARRAY(cx->a, struct view_order_row, n);

	for (size_t i = 0; i < n; i++) {
		struct phrase_plan p = { r[i].plan_name, r[i].unit, r[i].quantity, (int64_t)r[i].duration,
			r[i].duration_unit };
		m[i] = (struct view_order_row){
			.number = r[i].number, .kind = r[i].kind, .state = r[i].state,
			.product_name = r[i].product_name, .plan_name = r[i].plan_name, .buyer_name = r[i].buyer_name,
			.provider_name = w->session->org_name, .payable = r[i].payable, .created_at = r[i].created_at,
			.summary = phrase_plan(cx->a, cx->lang, &p), .tone = tone_order(r[i].state),
		};
	}
	return m;
}

enum rc portal_show(struct cx *cx, struct web *w)
{
	struct q_product_tally tally;
	struct q_order_list_provider *rows;
	struct q_order_list_provider_in ask = { .provider = cx->actor.org, .before = UINT64_MAX, .limit = LATEST };
	struct view_empty empty = { web_text(w, MSG_portal_empty), web_text(w, MSG_portal_empty_hint), NULL };

	TRY(q_product_tally(cx->db, cx->a, &(struct q_product_tally_in){ .provider = cx->actor.org }, &tally));
	const struct view_stat stats[] = {
		{ "listed", MSG_portal_listed, tally.listed, "/provider", MSG_portal_listed_hint },
		{ "deals", MSG_portal_deals, tally.deals, "/provider/orders", MSG_portal_deals_hint },
	};
	struct view_desk m = { .stats = stats, .stats_n = 2, .empty = &empty };
	TRY(q_order_list_provider(cx->db, cx->a, &ask, &rows, &m.orders_n));
	m.orders = rows_of(cx, w, rows, m.orders_n);
	w->page.title = MSG_portal_title;
	CRUMBS(w, web_text(w, MSG_nav_overview), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_overview, json_desk, &m);
}

struct portal_orders_in { LIST_MEMBERS };
FORM(portal_orders_form, struct portal_orders_in, LIST_ROWS(struct portal_orders_in))

enum rc portal_orders(struct cx *cx, struct web *w)
{
	const struct portal_orders_in *in = w->in;
	size_t limit = list_limit(in->limit);
	struct q_order_list_provider_in ask = { .provider = cx->actor.org, .before = UINT64_MAX,
		.limit = (int32_t)limit + 1 };
	struct q_order_list_provider *rows;
	struct view_empty empty = { web_text(w, MSG_portal_empty), web_text(w, MSG_portal_empty_hint), NULL };
	struct view_order_rows m = { .empty = &empty };

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_order_list_provider(cx->db, cx->a, &ask, &rows, &m.items_n));
	if (list_more(&m.items_n, limit))
		m.next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	m.items = rows_of(cx, w, rows, m.items_n);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_portal_orders;
	CRUMBS(w, web_text(w, MSG_portal_orders), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_order_list, json_order_rows, &m);
}
