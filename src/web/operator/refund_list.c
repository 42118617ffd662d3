/* Refunds on their way through channels, and those that finance proposed (REF-1). */
#include <inttypes.h>

#include "base/id.h"
#include "q_refund.h"
#include "view/refund.h"
#include "web/operator/finance.h"

enum { PROPOSALS = 50 };

struct refund_list_in { const char *q; enum refund_state state; enum payment_channel channel; LIST_MEMBERS };
FORM(refund_list_form, struct refund_list_in,
	TEXT(struct refund_list_in, q, .max = 32, .optional = true),
	ENUM(struct refund_list_in, state, refund_state, .optional = true),
	ENUM(struct refund_list_in, channel, payment_channel, .optional = true),
	LIST_ROWS(struct refund_list_in))

static enum rc find(struct cx *cx, const struct refund_list_in *in, struct view_refund_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_refund_list_in ask = {
		.state = in->state, .channel = in->channel, .number = in->q, .before = UINT64_MAX, .limit = (int32_t)limit + 1,
	};
	struct q_refund_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_refund_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_refund_item *v = ARENA_ARRAY(cx->a, struct view_refund_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = (struct view_refund_item){
			.number = r[i].number, .state = r[i].state, .channel = r[i].channel, .cause = r[i].cause, .amount = r[i].amount,
			.org_name = r[i].org_name, .payment_number = r[i].payment_number, .tries = (int64_t)r[i].tries,
			.created_at = id_instant(r[i].id), .next_at = r[i].next_at, .done_at = r[i].done_at, .tone = tone_refund(r[i].state),
		};
	m->items = v;
	return RC_OK;
}

static enum rc find_proposals(struct cx *cx, struct view_refund_list *m)
{
	struct q_refund_proposal_list *r;

	TRY(q_refund_proposal_list(cx->db, cx->a, &(struct q_refund_proposal_list_in){ .limit = PROPOSALS }, &r, &m->proposals_n));
	struct view_refund_proposal *v = ARENA_ARRAY(cx->a, struct view_refund_proposal, m->proposals_n);
	for (size_t i = 0; i < m->proposals_n; i++)
		v[i] = (struct view_refund_proposal){
			.id = arena_printf(cx->a, "%" PRIu64, r[i].id), .state = r[i].state, .order = r[i].order_number,
			.product_name = r[i].product_name, .org_name = r[i].org_name, .amount = r[i].amount, .target = r[i].target,
			.why = r[i].why, .proposed_name = r[i].proposed_name, .proposed_at = id_instant(r[i].id),
		};
	m->proposals = v;
	return RC_OK;
}

enum rc refund_list(struct cx *cx, struct web *w)
{
	const struct refund_list_in *in = w->in;
	struct view_empty empty = { web_text(w, MSG_refund_none), web_text(w, MSG_refund_none_hint), NULL };
	struct view_refund_list m = { .empty = &empty, .may_propose = finance_may(cx, PERM_REFUND_FINANCE) };
	struct view_field fields[] = {
		list_search(w, "q", MSG_refund_q, MSG_refund_q_hint),
		list_choice(w, "channel", MSG_payment_channel, &payment_channel_enum, payment_channel_msg, (int)in->channel),
	};

	TRY(find(cx, in, &m));
	TRY(find_proposals(cx, &m));
	m.tabs = LIST_TABS(w, "state", MSG_order_list_state, MSG_refund_all, refund_state, in->state);
	m.filter = list_filter(w, fields, 2);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_refund_title;
	CRUMBS(w, web_text(w, MSG_refund_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_refund_list, json_refund_list, &m);
}
