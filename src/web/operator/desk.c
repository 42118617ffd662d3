/* The operator's desk: its first page, all orders, and money that needs a person (MON-7). */
#include <inttypes.h>

#include "q_order.h"
#include "q_payment.h"
#include "view/case.h"
#include "view/overview.h"
#include "view/phrase.h"
#include "web/list.h"

enum { LATEST = 10 };

static const struct view_order_row *rows_of(struct cx *cx, const struct q_order_list_operator *r, size_t n)
{
	struct view_order_row *m = ARENA_ARRAY(cx->a, struct view_order_row, n);

	for (size_t i = 0; i < n; i++)
		m[i] = (struct view_order_row){
			.number = r[i].number, .kind = r[i].kind, .state = r[i].state,
			.product_name = r[i].product_name, .plan_name = r[i].plan_name, .buyer_name = r[i].buyer_name,
			.provider_name = r[i].provider_name, .payable = r[i].payable, .created_at = r[i].created_at,
			.summary = r[i].plan_name, .tone = tone_order(r[i].state),
		};
	return m;
}

/* What waits, for those who may deal with it. */
static enum rc add_stats(struct cx *cx, struct view_desk *m)
{
	struct view_stat *s = ARENA_NEW(cx->a, struct view_stat);
	struct q_finance_case_tally tally;

	if (!permit_allows(PERM_DESK_FINANCE, (enum org_kind)cx->actor.org_kind, cx->actor.roles))
		return RC_OK;
	TRY(q_finance_case_tally(cx->db, cx->a, &(struct q_finance_case_tally_in){ .state = CASE_OPEN }, &tally));
	*s = (struct view_stat){ "cases", MSG_desk_cases, tally.cases, "/ops/finance/cases", MSG_desk_cases_hint };
	m->stats = s;
	m->stats_n = 1;
	return RC_OK;
}

enum rc desk_show(struct cx *cx, struct web *w)
{
	struct q_order_list_operator *rows;
	struct view_empty empty = { web_text(w, MSG_list_none), NULL, NULL };
	struct view_desk m = { .empty = &empty };

	TRY(add_stats(cx, &m));
	TRY(q_order_list_operator(cx->db, cx->a, &(struct q_order_list_operator_in){ .before = UINT64_MAX,
		.limit = LATEST }, &rows, &m.orders_n));
	m.orders = rows_of(cx, rows, m.orders_n);
	w->page.title = MSG_desk_title;
	CRUMBS(w, web_text(w, MSG_nav_overview), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_overview, json_desk, &m);
}

struct desk_orders_in { const char *q; LIST_MEMBERS };
FORM(desk_orders_form, struct desk_orders_in,
	TEXT(struct desk_orders_in, q, .max = 20, .optional = true),
	LIST_ROWS(struct desk_orders_in))

enum rc desk_orders(struct cx *cx, struct web *w)
{
	const struct desk_orders_in *in = w->in;
	size_t limit = list_limit(in->limit);
	struct q_order_list_operator_in ask = { .before = UINT64_MAX, .number = in->q && *in->q ? in->q : NULL,
		.limit = (int32_t)limit + 1 };
	struct q_order_list_operator *rows;
	struct view_field q = web_field(w, &desk_orders_form, "q", MSG_order_row_q, NULL);
	struct view_empty empty = { web_text(w, MSG_list_none), web_text(w, MSG_list_none_hint), NULL };
	struct view_order_rows m = { .empty = &empty };

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_order_list_operator(cx->db, cx->a, &ask, &rows, &m.items_n));
	if (list_more(&m.items_n, limit))
		m.next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	m.items = rows_of(cx, rows, m.items_n);
	q.type = "search";
	m.filter = list_filter(w, &q, 1);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_desk_orders;
	CRUMBS(w, web_text(w, MSG_desk_orders), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_order_list, json_order_rows, &m);
}

static enum msg explain(enum case_kind k)
{
	switch (k) {
	case CASE_LATE:           return MSG_case_list_late;
	case CASE_SECOND_PAYMENT: return MSG_case_list_second_payment;
	case CASE_MISMATCH:       return MSG_case_list_mismatch;
	case CASE_UNKNOWN_NUMBER: return MSG_case_list_unknown_number;
	case CASE_FROZEN_BUYER:   return MSG_case_list_frozen_buyer;
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
