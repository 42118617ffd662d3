/* The operator's desk: its first page, and money that needs a person (MON-7). */
#include <inttypes.h>

#include "q_desk.h"
#include "q_payment.h"
#include "view/case.h"
#include "view/overview.h"
#include "web/operator/order.h"

enum { LATEST = 10 };

/* What waits, for those who may deal with it. */
static enum rc add_stats(struct cx *cx, struct view_overview *m)
{
	struct q_desk_waiting d;

	TRY(q_desk_waiting(cx->db, cx->a, &d));
	const struct { enum perm perm; struct view_stat stat; } all[] = {
		{ PERM_ORDER_REVIEW, { "orders", MSG_review_title, d.orders, "/ops/reviews", MSG_desk_orders_hint } },
		{ PERM_PRODUCT_REVIEW, { "products", MSG_product_review_title, d.products, "/ops/products", MSG_desk_products_hint } },
		{ PERM_DESK_FINANCE, { "cases", MSG_desk_cases, d.cases, "/ops/finance/cases", MSG_desk_cases_hint } },
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

	TRY(add_stats(cx, &m));
	TRY(q_order_list_operator(cx->db, cx->a, &(struct q_order_list_operator_in){ .to_id = UINT64_MAX,
		.limit = LATEST }, &rows, &m.orders_n));
	table.items = m.orders = desk_order_items(cx, rows, m.orders_n);
	table.items_n = m.orders_n;
	w->page.title = MSG_desk_title;
	CRUMBS(w, web_text(w, MSG_nav_overview), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_overview, json_overview, &m);
}

static enum msg explain(enum case_kind k)
{
	switch (k) {
	case CASE_LATE:           return MSG_case_list_late;
	case CASE_SECOND_PAYMENT: return MSG_case_list_second_payment;
	case CASE_MISMATCH:       return MSG_case_list_mismatch;
	case CASE_UNKNOWN_NUMBER: return MSG_case_list_unknown_number;
	case CASE_FROZEN_BUYER:   return MSG_case_list_frozen_buyer;
	case CASE_UNMATCHED:       return MSG_case_list_unmatched;
	case CASE_FRACTION:        return MSG_case_list_fraction;
	case CASE_CURRENCY:        return MSG_case_list_currency;
	case CASE_REVERSAL:        return MSG_case_list_reversal;
	case CASE_DEBIT:           return MSG_case_list_debit;
	case CASE_REFUND_FAILED:   return MSG_case_list_refund_failed;
	case CASE_DIFFERENCE:      return MSG_case_list_difference;
	}
	return MSG_NONE;
}

struct case_list_in { enum case_state state; LIST_MEMBERS };
FORM(case_list_form, struct case_list_in,
	ENUM(struct case_list_in, state, case_state, .optional = true),
	LIST_ROWS(struct case_list_in))

static enum rc find_cases(struct cx *cx, const struct case_list_in *in, struct view_case_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_finance_case_list_in ask = { .state = m->state, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_finance_case_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_finance_case_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_case_item *items = ARENA_ARRAY(cx->a, struct view_case_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = (struct view_case_item){
			.id = arena_printf(cx->a, "%" PRIu64, r[i].id), .kind = r[i].kind, .channel = r[i].channel,
			.transaction_id = r[i].transaction_id, .payment_number = r[i].payment_number,
			.org_name = r[i].org_name, .amount = r[i].amount, .created_at = r[i].created_at,
			.explained = explain(r[i].kind),
		};
	m->items = items;
	return RC_OK;
}

enum rc case_list(struct cx *cx, struct web *w)
{
	const struct case_list_in *in = w->in;
	struct view_empty empty = { web_text(w, MSG_case_list_empty), web_text(w, MSG_case_list_empty_hint), NULL };
	struct view_case_list m = { .state = in->state ? in->state : CASE_OPEN, .empty = &empty };
	struct view_tab tabs[case_state_n];
	struct view_tabs bar = { web_text(w, MSG_order_list_state), tabs, case_state_n };

	TRY(find_cases(cx, in, &m));
	for (int i = 1; i <= case_state_n; i++)
		tabs[i - 1] = list_tab(w, "state", case_state_enum.names[i], web_text(w, (enum msg)case_state_msg[i]),
			i == (int)m.state);
	m.tabs = &bar;
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_case_list_title;
	CRUMBS(w, web_text(w, MSG_case_list_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_case_list, json_case_list, &m);
}
