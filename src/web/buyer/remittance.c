/* Transfers that became the organisation's cash: MON-11. */
#include "app/remit.h"
#include "q_topup.h"
#include "view/topup.h"
#include "web/list.h"

struct remittance_list_in { LIST_MEMBERS };
FORM(remittance_list_form, struct remittance_list_in, LIST_ROWS(struct remittance_list_in))

static enum rc find(struct cx *cx, const struct remittance_list_in *in, struct view_remittance_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_remittance_list_in ask = { .org = cx->actor.org, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_remittance_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_remittance_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].payment_id, 1);
	struct view_remittance_item *v = ARENA_ARRAY(cx->a, struct view_remittance_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = (struct view_remittance_item){ r[i].number, r[i].bank, r[i].amount, r[i].paid_at, r[i].booked_at, r[i].payer_name, r[i].payer_account, r[i].reference };
	m->items = v;
	return RC_OK;
}

enum rc remittance_list(struct cx *cx, struct web *w)
{
	const struct view_link topup = { web_text(w, MSG_topup_transfer), "/console/topup", false, false };
	struct view_empty empty = { web_text(w, MSG_remittance_none), web_text(w, MSG_remittance_none_hint), &topup };
	struct view_remittance_list m = { .empty = &empty };

	TRY(find(cx, w->in, &m));
	TRY(remit_number_of(cx, cx->actor.org, &m.remit));
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_remittance_title;
	CRUMBS(w, web_text(w, MSG_remittance_title), { web_text(w, MSG_nav_money), "/console/billing/balance" }, { web_text(w, MSG_topup_title), "/console/topup" });
	return web_show(w, tpl_buyer_remittance_list, json_remittance_list, &m);
}
