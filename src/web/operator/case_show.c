/* One case of the finance desk, and the decision about its money by two people (MON-7). */
#include <inttypes.h>

#include "app/case.h"
#include "base/id.h"
#include "base/str.h"
#include "base/time.h"
#include "q_case.h"
#include "q_voucher.h"
#include "view/case.h"
#include "view/phrase.h"
#include "web/history.h"
#include "web/operator/finance.h"

enum { RAW_SHOWN = 16384 };

struct case_propose_in { enum case_settlement how; const char *payee, *note; };
FORM(case_propose_form, struct case_propose_in,
	ENUM(struct case_propose_in, how, case_settlement),
	TEXT(struct case_propose_in, payee, .max = 80, .optional = true),
	TEXT(struct case_propose_in, note, .max = 200))
struct case_approve_in { int64_t nth; };
FORM(case_approve_form, struct case_approve_in,
	INT(struct case_approve_in, nth, .min = 1))
struct case_reject_in { int64_t nth; const char *why; };
FORM(case_reject_form, struct case_reject_in,
	INT(struct case_reject_in, nth, .min = 1),
	TEXT(struct case_reject_in, why, .max = 200))

/* -- what happened ----------------------------------------------------------------------------------------------------- */

static enum msg todo(enum case_kind k)
{
	switch (k) {
	case CASE_LATE:           return MSG_case_todo_late;
	case CASE_SECOND_PAYMENT: return MSG_case_todo_second_payment;
	case CASE_MISMATCH:       return MSG_case_todo_mismatch;
	case CASE_UNKNOWN_NUMBER: return MSG_case_todo_unknown_number;
	case CASE_FROZEN_BUYER:   return MSG_case_todo_frozen_buyer;
	case CASE_UNMATCHED:      return MSG_case_todo_unmatched;
	case CASE_FRACTION:       return MSG_case_todo_fraction;
	case CASE_CURRENCY:       return MSG_case_todo_currency;
	case CASE_REVERSAL:       return MSG_case_todo_reversal;
	case CASE_DEBIT:          return MSG_case_todo_debit;
	case CASE_REFUND_FAILED:  return MSG_case_todo_refund_failed;
	case CASE_DIFFERENCE:     return MSG_case_todo_difference;
	}
	return MSG_NONE;
}

static const char *id_text(struct cx *cx, uint64_t id) { return id ? arena_printf(cx->a, "%" PRIu64, id) : NULL; }

/* As the channel said it; what is no text is told in a word. */
static const char *raw_text(struct cx *cx, struct bytes raw)
{
	const char *p = raw.p;
	size_t n = raw.n < RAW_SHOWN ? raw.n : RAW_SHOWN;

	while (n && n < raw.n && ((unsigned char)p[n] & 0xc0) == 0x80)
		n--;
	return n && str_utf8(p, n) ? arena_dup(cx->a, p, n) : NULL;
}

/* What was booked when it came, and when it was settled: the entries of those instants with its amount. */
static enum rc add_postings(struct cx *cx, const struct q_case_show *c, struct view_case_show *m)
{
	const struct instant at[] = { c->created_at, c->settled_at };
	struct view_booked *booked = ARENA_NEW(cx->a, struct view_booked);
	struct view_posting *v = NULL;
	size_t n = 0;

	for (size_t i = 0; i < 2 && at[i].us; i++) {
		struct q_case_posting_list_in in = {
			.from = id_floor(instant_add(at[i], -SECOND_US)), .to = id_floor(instant_add(at[i], SECOND_US)), .at = at[i], .amount = c->amount,
		};
		struct q_case_posting_list *r;
		size_t r_n;
		TRY(q_case_posting_list(cx->db, cx->a, &in, &r, &r_n));
		struct view_posting *more = ARENA_ARRAY(cx->a, struct view_posting, n + r_n);
		if (n)
			memcpy(more, v, n * sizeof *v);
		for (size_t k = 0; k < r_n; k++)
			more[n++] = (struct view_posting){ r[k].kind, r[k].account, r[k].owner_name, r[k].amount, r[k].booked_at };
		v = more;
	}
	*booked = (struct view_booked){ v, n };
	m->booked = booked;
	return RC_OK;
}

static enum rc add_orders(struct cx *cx, uint64_t payment, struct view_case_show *m)
{
	struct q_case_order_list *r;

	if (!payment)
		return RC_OK;
	TRY(q_case_order_list(cx->db, cx->a, &(struct q_case_order_list_in){ payment }, &r, &m->orders_n));
	struct view_case_order *v = ARENA_ARRAY(cx->a, struct view_case_order, m->orders_n);
	for (size_t i = 0; i < m->orders_n; i++)
		v[i] = (struct view_case_order){ r[i].number, r[i].product_name, r[i].state, r[i].payable, tone_order(r[i].state) };
	m->orders = v;
	return RC_OK;
}

static const char *tone_proposal(enum case_proposal_state s)
{
	return s == CASE_PROPOSAL_APPROVED ? "ok" : s == CASE_PROPOSAL_REJECTED ? "bad" : s == CASE_PROPOSAL_WAITING ? "info" : "";
}

static enum rc add_proposals(struct cx *cx, uint64_t id, struct view_case_show *m)
{
	struct q_case_proposal_list *r;
	bool may = finance_may(cx, PERM_CASE_SETTLE);

	TRY(q_case_proposal_list(cx->db, cx->a, &(struct q_case_proposal_list_in){ id }, &r, &m->proposals_n));
	struct view_case_proposal *v = ARENA_ARRAY(cx->a, struct view_case_proposal, m->proposals_n);
	for (size_t i = 0; i < m->proposals_n; i++)
		v[i] = (struct view_case_proposal){
			.nth = (int64_t)r[i].nth, .state = r[i].state, .settlement = r[i].settlement, .org = id_text(cx, r[i].org), .org_name = r[i].org_name,
			.note = r[i].note, .proposed_name = r[i].proposed_name, .proposed_at = r[i].proposed_at, .decided_name = r[i].decided_name,
			.decided_at = r[i].decided_at, .decided_why = r[i].decided_why, .tone = tone_proposal(r[i].state),
		};
	m->proposals = v;
	m->may_propose = may && m->item->state == CASE_OPEN;
	if (m->proposals_n && r->state == CASE_PROPOSAL_WAITING) {
		m->waiting = v;
		m->may_withdraw = may && r->proposed_by == cx->actor.person;
		m->may_decide = may && !m->may_withdraw;
	}
	return RC_OK;
}

/* -- what can be done ---------------------------------------------------------------------------------------------------- */

static enum msg hint(enum case_settlement how)
{
	switch (how) {
	case SETTLE_KEEP:       return MSG_case_show_hint_keep;
	case SETTLE_PAY_ORDERS: return MSG_case_show_hint_pay_orders;
	case SETTLE_CREDIT:     return MSG_case_show_hint_credit;
	case SETTLE_SEND_BACK:  return MSG_case_show_hint_send_back;
	case SETTLE_WRITE_OFF:  return MSG_case_show_hint_write_off;
	case SETTLE_CHARGE:     return MSG_case_show_hint_charge;
	case SETTLE_NOTHING:    return MSG_case_show_hint_nothing;
	}
	return MSG_NONE;
}

/* The settlements that settlement.def has for it, each with what it does. */
static struct view_field settlements(struct web *w, const struct q_case_show *c)
{
	struct view_field f = web_enum(w, &case_propose_form, "how", MSG_case_show_how, FIELD_RADIO, case_settlement_msg, 0);
	struct view_field_option *o = ARENA_ARRAY(w->cx->a, struct view_field_option, f.options_n);
	size_t n = 0;

	for (size_t i = 0; i < f.options_n; i++) {
		enum case_settlement how = (enum case_settlement)enum_of(&case_settlement_enum, f.options[i].value, strlen(f.options[i].value));
		if (how && case_settles(c->kind, c->stands, how)) {
			o[n] = f.options[i];
			o[n++].hint = web_text(w, hint(how));
		}
	}
	f.options = o;
	f.options_n = n;
	return f;
}

static bool needs_payee(const struct q_case_show *c)
{
	return case_settles(c->kind, c->stands, SETTLE_CREDIT) || case_settles(c->kind, c->stands, SETTLE_CHARGE);
}

static void add_forms(struct web *w, const struct q_case_show *c, struct view_case_show *m)
{
	struct view_field payee = web_field(w, &case_propose_form, "payee", MSG_case_show_payee, c->org_name ? c->org_name : "");
	struct view_field note = web_field(w, &case_propose_form, "note", MSG_case_show_note, NULL);

	payee.hint = web_text(w, MSG_case_show_payee_hint);
	note.hint = web_text(w, MSG_case_show_note_hint);
	m->how = web_keep(w, settlements(w, c));
	m->payee = needs_payee(c) ? web_keep(w, payee) : NULL;
	m->note = web_keep(w, note);
	m->why = web_keep(w, web_field(w, &case_reject_form, "why", MSG_case_show_why, NULL));
}

static const char *event_title(struct cx *cx, const struct q_audit_latest *e)
{
	int event = enum_of(&case_event_enum, e->event, strlen(e->event));

	return msg_text(cx->lang, event ? (enum msg)case_event_msg[event] : MSG_case_show_opened);
}

enum rc case_show(struct cx *cx, struct web *w)
{
	struct q_case_show c;

	TRY(q_case_show(cx->db, cx->a, &(struct q_case_show_in){ web_param_id(w, "id") }, &c));
	struct view_case_item item = {
		.id = id_text(cx, c.id), .kind = c.kind, .state = c.state, .channel = c.channel, .transaction_id = c.transaction_id,
		.payment_number = c.payment_number, .org_name = c.org_name, .amount = c.amount, .settlement = c.settlement,
		.created_at = c.created_at, .tone = tone_case(c.state),
	};
	struct view_case_show m = {
		.item = &item, .org = id_text(cx, c.org), .freeze = c.freeze, .expected = { c.expected }, .stands = c.stands,
		.payment_state = c.payment_state, .payment_amount = { c.payment_amount }, .payment_paid_at = c.payment_paid_at,
		.payment_transaction = c.payment_transaction, .settled_at = c.settled_at, .raw = raw_text(cx, c.raw),
		.payment_tone = c.payment_state ? tone_payment(c.payment_state) : NULL, .todo = todo(c.kind),
	};
	TRY(add_postings(cx, &c, &m));
	TRY(add_orders(cx, c.payment_id, &m));
	TRY(add_proposals(cx, c.id, &m));
	add_forms(w, &c, &m);
	TRY(history_of(cx, c.id, event_title, &m.history));
	w->page.title = (enum msg)case_kind_msg[c.kind];
	w->page.name = *c.payment_number ? c.payment_number : c.transaction_id;
	CRUMBS(w, w->page.name, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_case_list_title), "/ops/finance/cases" });
	return web_show(w, tpl_operator_case_show, json_case_show, &m);
}

/* -- changes --------------------------------------------------------------------------------------------------------------- */

/* An organisation by name or id; 0: none. */
static enum rc find_payee(struct cx *cx, const char *q, uint64_t *org)
{
	struct q_voucher_org_in in = { .name = q };
	struct q_voucher_org *r;
	size_t n = 0;

	*org = 0;
	if (!q || !*q)
		return RC_OK;
	if (!str_u64(q, &in.id))
		in.id = 0;
	TRY(q_voucher_org(cx->db, cx->a, &in, &r, &n));
	*org = n ? r->id : 0;
	return RC_OK;
}

enum rc case_propose_do(struct cx *cx, struct web *w)
{
	const struct case_propose_in *in = w->in;
	struct case_proposal p = { .id = web_param_id(w, "id"), .how = in->how, .note = in->note };
	const char *error = NULL;
	struct outcome out;

	TRY(find_payee(cx, in->payee, &p.org));
	enum rc rc = case_propose(cx, &p, &error, &out);
	if (rc == RC_INVALID && error)
		return web_refuse(w, str_eq(error, "case_show.no_org") ? "payee" : "how", msg_of(error));
	return finance_decided(w, rc, &out);
}

enum rc case_approve_do(struct cx *cx, struct web *w)
{
	const struct case_approve_in *in = w->in;
	const char *error = NULL;
	struct outcome out;
	enum rc rc = case_approve(cx, web_param_id(w, "id"), (uint64_t)in->nth, &error, &out);

	if (rc == RC_INVALID && error)
		return web_refuse(w, NULL, msg_of(error));
	return finance_decided(w, rc, &out);
}

enum rc case_reject_do(struct cx *cx, struct web *w)
{
	const struct case_reject_in *in = w->in;
	struct outcome out;

	return finance_decided(w, case_reject(cx, web_param_id(w, "id"), (uint64_t)in->nth, in->why, &out), &out);
}

enum rc case_withdraw_do(struct cx *cx, struct web *w)
{
	const struct case_approve_in *in = w->in;
	struct outcome out;

	return finance_decided(w, case_withdraw(cx, web_param_id(w, "id"), (uint64_t)in->nth, &out), &out);
}
