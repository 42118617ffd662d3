/* Taking money out: MON-12, ACC-4, ACC-15. */
#include "app/withdrawal.h"

#include <inttypes.h>

#include "web/withdrawal.h"

static bool may(const struct cx *cx) { return permit_allows(PERM_WITHDRAW, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }

struct withdrawal_list_in { LIST_MEMBERS };
FORM(withdrawal_list_form, struct withdrawal_list_in, LIST_ROWS(struct withdrawal_list_in))
struct withdrawal_in { struct money amount; struct ids payee; };
FORM(withdrawal_form, struct withdrawal_in,
	MONEY(struct withdrawal_in, amount, .min = 1),
	IDS(struct withdrawal_in, payee, .max = 1))

/* -- the page ----------------------------------------------------------------------------------------------------- */

static enum rc find(struct cx *cx, const struct withdrawal_list_in *in, struct view_withdrawal_list *m)
{
	size_t limit = list_limit(in ? in->limit : 0);
	struct q_withdrawal_list_in ask = { .org = cx->actor.org, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_withdrawal_list *r;

	TRY(cursor_read(in ? in->after : NULL, &ask.before, 1));
	TRY(q_withdrawal_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_withdrawal_item *v = ARENA_ARRAY(cx->a, struct view_withdrawal_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = WITHDRAWAL_ITEM_OF(&r[i]);
	m->items = v;
	return RC_OK;
}

static enum rc add_sums(struct cx *cx, struct view_withdrawal_list *m)
{
	struct withdrawable can;

	TRY(withdrawal_look(cx->db, cx->a, cx->now, cx->actor.org, &can));
	struct view_withdrawal_way *v = ARENA_ARRAY(cx->a, struct view_withdrawal_way, can.n);
	for (size_t i = 0; i < can.n; i++)
		v[i] = (struct view_withdrawal_way){ can.ways[i].number, can.ways[i].channel, can.ways[i].room, can.ways[i].paid_at };
	m->ways = v;
	m->ways_n = can.n;
	m->cash = can.cash;
	m->frozen = can.frozen;
	m->arrears = can.arrears;
	m->gift = can.gift;
	m->total = can.total;
	m->origin = can.origin;
	m->by_bank = can.by_bank;
	return withdrawal_days(cx, cx->now, &m->bank_days);
}

static enum rc add_payees(struct cx *cx, struct web *w, struct view_withdrawal_list *m)
{
	struct view_field f = web_field(w, &withdrawal_form, "payee", MSG_withdrawal_payee, NULL);
	struct q_payee_list *r;
	size_t n;

	TRY(q_payee_list(cx->db, cx->a, &(struct q_payee_list_in){ cx->actor.org }, &r, &n));
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, n);
	for (size_t i = 0; i < n; i++) {
		const char *id = arena_printf(cx->a, "%" PRIu64, r[i].id);
		o[i] = (struct view_field_option){
			.value = id, .chosen = *f.value ? !strcmp(f.value, id) : r[i].is_default,
			.label = arena_printf(cx->a, "%s %s · %s", msg_text(cx->lang, (enum msg)bank_code_msg[r[i].bank]), r[i].account, r[i].name),
		};
	}
	f.control = FIELD_SELECT;
	f.options = o;
	f.options_n = n;
	f.hint = web_text(w, MSG_withdrawal_payee_hint);
	m->payees = n;
	m->payee = web_keep(w, f);
	return RC_OK;
}

enum rc withdrawal_list(struct cx *cx, struct web *w)
{
	const struct withdrawal_list_in *in = w->req->method == METHOD_POST ? NULL : w->in;
	struct view_empty empty = { web_text(w, MSG_withdrawal_none), web_text(w, MSG_withdrawal_none_hint), NULL };
	struct view_withdrawal_list m = { .may_ask = may(cx), .empty = &empty };

	TRY(add_sums(cx, &m));
	TRY(find(cx, in, &m));
	TRY(add_payees(cx, w, &m));
	m.amount = web_keep(w, web_field(w, &withdrawal_form, "amount", MSG_withdrawal_amount, NULL));
	if (w->session->freeze_kind == FREEZE_POLICE)
		m.stopped = web_text(w, MSG_withdrawal_police);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_withdrawal_title;
	CRUMBS(w, web_text(w, MSG_withdrawal_title), { web_text(w, MSG_nav_money), "/console/billing/balance" });
	return web_show(w, tpl_buyer_withdrawal_list, json_withdrawal_list, &m);
}

enum rc withdrawal_request_do(struct cx *cx, struct web *w)
{
	const struct withdrawal_in *in = w->in;
	struct withdrawal_refusal why = { 0 };
	struct outcome out;
	enum rc rc = withdrawal_request(cx, &(struct withdrawal_wish){ in->amount, in->payee.n ? in->payee.v[0] : 0 }, &why, &out);

	if (rc == RC_INVALID && why.error) {
		form_refuse(&w->errors, why.field, msg_of(why.error), why.limit.fen);
		return RC_INVALID;
	}
	TRY(rc);
	return web_done(w, &out);
}

/* -- one ---------------------------------------------------------------------------------------------------------- */

enum rc withdrawal_show(struct cx *cx, struct web *w)
{
	struct view_withdrawal_show m;

	TRY(withdrawal_view(cx, w, cx->actor.org, &m));
	m.may_cancel = m.state == WITHDRAWAL_REQUESTED && may(cx);
	CRUMBS(w, m.number, { web_text(w, MSG_nav_money), "/console/billing/balance" }, { web_text(w, MSG_withdrawal_title), "/console/withdrawals" });
	return web_show(w, tpl_buyer_withdrawal_show, json_withdrawal_show, &m);
}

enum rc withdrawal_cancel_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	enum rc rc = withdrawal_cancel(cx, web_param(w, "number"), &out);

	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_withdrawal_decided);
	TRY(rc);
	return web_done(w, &out);
}
