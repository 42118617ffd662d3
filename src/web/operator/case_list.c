/* The finance desk: money that needs a person (MON-7), and what was found about it. */
#include <inttypes.h>

#include "base/time.h"
#include "q_case.h"
#include "view/case.h"
#include "web/operator/finance.h"

static enum msg explain(enum case_kind k)
{
	switch (k) {
	case CASE_LATE:           return MSG_case_list_late;
	case CASE_SECOND_PAYMENT: return MSG_case_list_second_payment;
	case CASE_MISMATCH:       return MSG_case_list_mismatch;
	case CASE_UNKNOWN_NUMBER: return MSG_case_list_unknown_number;
	case CASE_FROZEN_BUYER:   return MSG_case_list_frozen_buyer;
	case CASE_UNMATCHED:      return MSG_case_list_unmatched;
	case CASE_FRACTION:       return MSG_case_list_fraction;
	case CASE_CURRENCY:       return MSG_case_list_currency;
	case CASE_REVERSAL:       return MSG_case_list_reversal;
	case CASE_DEBIT:          return MSG_case_list_debit;
	case CASE_REFUND_FAILED:  return MSG_case_list_refund_failed;
	case CASE_DIFFERENCE:     return MSG_case_list_difference;
	}
	return MSG_NONE;
}

struct case_list_in { const char *q; enum case_state state; enum case_kind kind; enum payment_channel channel; int64_t days; LIST_MEMBERS };
FORM(case_list_form, struct case_list_in,
	TEXT(struct case_list_in, q, .max = 64, .optional = true),
	ENUM(struct case_list_in, state, case_state, .optional = true),
	ENUM(struct case_list_in, kind, case_kind, .optional = true),
	ENUM(struct case_list_in, channel, payment_channel, .optional = true),
	INT(struct case_list_in, days, .max = 3650, .optional = true),
	LIST_ROWS(struct case_list_in))

static enum rc find(struct cx *cx, const struct case_list_in *in, struct view_case_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_case_list_in ask = {
		.state = m->state, .kind = in->kind, .channel = in->channel, .q = in->q, .before = UINT64_MAX, .limit = (int32_t)limit + 1,
		.older = in->days ? instant_add(cx->now, -in->days * DAY_US) : (struct instant){ 0 },
	};
	struct q_case_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_case_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_case_item *items = ARENA_ARRAY(cx->a, struct view_case_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = (struct view_case_item){
			.id = arena_printf(cx->a, "%" PRIu64, r[i].id), .kind = r[i].kind, .state = r[i].state, .channel = r[i].channel,
			.transaction_id = r[i].transaction_id, .payment_number = r[i].payment_number, .org_name = r[i].org_name,
			.amount = r[i].amount, .settlement = r[i].settlement, .created_at = r[i].created_at, .tone = tone_case(r[i].state),
			.explained = explain(r[i].kind),
		};
	m->items = items;
	return RC_OK;
}

/* What is searched for is found whatever became of it. */
enum rc case_list(struct cx *cx, struct web *w)
{
	const struct case_list_in *in = w->in;
	struct view_empty empty = { web_text(w, MSG_case_list_empty), web_text(w, MSG_case_list_empty_hint), NULL };
	struct view_case_list m = { .state = in->state || in->q ? in->state : CASE_OPEN, .empty = &empty };
	struct view_field fields[] = {
		list_search(w, "q", MSG_case_list_q, MSG_case_list_q_hint), list_choice(w, "kind", MSG_case_list_kind, &case_kind_enum, case_kind_msg, (int)in->kind),
		list_choice(w, "channel", MSG_payment_channel, &payment_channel_enum, payment_channel_msg, (int)in->channel),
		web_field(w, &case_list_form, "days", MSG_case_list_days, NULL),
	};

	fields[3].inputmode = "numeric";
	TRY(find(cx, in, &m));
	m.tabs = LIST_TABS(w, "state", MSG_order_list_state, MSG_NONE, case_state, m.state);
	m.filter = list_filter(w, fields, sizeof fields / sizeof *fields);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_case_list_title;
	CRUMBS(w, web_text(w, MSG_case_list_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_case_list, json_case_list, &m);
}
