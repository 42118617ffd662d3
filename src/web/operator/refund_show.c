/* One refund through a channel: what it moves, what the channel was told and answered, and what finance can do about it (REF-1). */
#include <inttypes.h>

#include "app/refund.h"
#include "base/id.h"
#include "q_refund.h"
#include "view/phrase.h"
#include "view/refund.h"
#include "web/history.h"
#include "web/operator/refund.h"

FORM(refund_decline_form, struct refund_decline_in,
	TEXT(struct refund_decline_in, why, .max = 200))

static const char *id_text(struct cx *cx, uint64_t id) { return id ? arena_printf(cx->a, "%" PRIu64, id) : NULL; }

static enum rc add_orders(struct cx *cx, uint64_t id, struct view_refund_show *m)
{
	struct q_refund_order_list *r;

	TRY(q_refund_order_list(cx->db, cx->a, &(struct q_refund_order_list_in){ .refund = id }, &r, &m->orders_n));
	struct view_refund_order *v = ARENA_ARRAY(cx->a, struct view_refund_order, m->orders_n);
	for (size_t i = 0; i < m->orders_n; i++)
		v[i] = (struct view_refund_order){ r[i].number, r[i].state, r[i].refunds_number, r[i].amount, r[i].origin, tone_order(r[i].state) };
	m->orders = v;
	return RC_OK;
}

static enum rc add_postings(struct cx *cx, const struct q_refund_show *r, struct view_refund_show *m)
{
	struct q_refund_posting_list_in in = { .refund = r->id, .out_journal = r->out_journal, .end_journal = r->end_journal };
	struct view_booked *booked = ARENA_NEW(cx->a, struct view_booked);
	struct q_refund_posting_list *p;

	TRY(q_refund_posting_list(cx->db, cx->a, &in, &p, &booked->items_n));
	struct view_posting *v = ARENA_ARRAY(cx->a, struct view_posting, booked->items_n);
	for (size_t i = 0; i < booked->items_n; i++)
		v[i] = (struct view_posting){ p[i].kind, p[i].account, p[i].owner_name, p[i].amount, p[i].at };
	booked->items = v;
	m->booked = booked;
	return RC_OK;
}

static enum rc add_calls(struct cx *cx, uint64_t id, struct view_refund_show *m)
{
	struct q_refund_try_list *r;

	TRY(q_refund_try_list(cx->db, cx->a, &(struct q_refund_try_list_in){ .refund = id }, &r, &m->calls_n));
	struct view_refund_try *v = ARENA_ARRAY(cx->a, struct view_refund_try, m->calls_n);
	for (size_t i = 0; i < m->calls_n; i++)
		v[i] = (struct view_refund_try){ (int64_t)r[i].try, r[i].step, r[i].begun_at, (int64_t)r[i].took_ms, r[i].answer };
	m->calls = v;
	return RC_OK;
}

static enum msg explain(enum refund_state s)
{
	switch (s) {
	case REFUND_WAITING: return MSG_refund_is_waiting;
	case REFUND_UNKNOWN: return MSG_refund_is_unknown;
	case REFUND_SENT:    return MSG_refund_is_sent;
	case REFUND_STOPPED: return MSG_refund_is_stopped;
	case REFUND_DONE:    return MSG_refund_is_done;
	case REFUND_REFUSED: return MSG_refund_is_refused;
	}
	return MSG_NONE;
}

/* The buttons are what the machine would do. */
static void add_buttons(struct web *w, const struct q_refund_show *r, struct view_refund_show *m)
{
	struct cx *cx = w->cx;
	uint32_t set = machine_offered(&refund_machine, (int)r->state, UINT32_MAX, (enum org_kind)cx->actor.org_kind, cx->actor.roles);

	m->may_ask = r->next_at.us && finance_may(cx, PERM_REFUND_FINANCE);
	m->may_stop = set_has(set, REFUND_EV_STOP);
	m->own = r->stopped_by == cx->actor.person;
	m->may_decide = set_has(set, REFUND_EV_GIVE_UP);
	m->stop = web_keep(w, web_field(w, &refund_decline_form, "why", MSG_refund_stop_why, NULL));
}

static const char *event_title(struct cx *cx, const struct q_audit_latest *e)
{
	int event = enum_of(&refund_event_enum, e->event, strlen(e->event));

	return event ? msg_text(cx->lang, (enum msg)refund_event_msg[event]) : NULL;
}

enum rc refund_show(struct cx *cx, struct web *w)
{
	struct q_refund_show r;

	TRY(q_refund_show(cx->db, cx->a, &(struct q_refund_show_in){ .number = web_param(w, "number") }, &r));
	struct view_refund_item item = {
		.number = r.number, .state = r.state, .channel = r.channel, .cause = r.cause, .amount = r.amount, .org_name = r.org_name,
		.payment_number = r.payment_number, .tries = (int64_t)r.tries, .created_at = id_instant(r.id), .next_at = r.next_at,
		.done_at = r.done_at, .tone = tone_refund(r.state),
	};
	struct view_refund_show m = {
		.item = &item, .org = id_text(cx, r.org_id), .case_id = r.cause == REFUND_OF_CASE ? id_text(cx, r.cause_id) : NULL, .paid = r.paid,
		.transaction_id = r.transaction_id, .refund_id = r.refund_id, .why = r.why, .answer = r.answer, .stopped_name = r.stopped_name,
		.explained = explain(r.state),
	};
	TRY(add_orders(cx, r.id, &m));
	TRY(add_postings(cx, &r, &m));
	TRY(add_calls(cx, r.id, &m));
	TRY(history_of(cx, r.id, event_title, &m.history));
	add_buttons(w, &r, &m);
	w->page.title = MSG_refund_one;
	w->page.name = r.number;
	CRUMBS(w, r.number, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_refund_title), "/ops/finance/refunds" });
	return web_show(w, tpl_operator_refund_show, json_refund_show, &m);
}

/* -- what finance can do ------------------------------------------------------------------------------------------ */

enum rc refund_ask_do(struct cx *cx, struct web *w)
{
	const char *number = web_param(w, "number");

	TRY(refund_hint(cx, number));
	return web_see(w, arena_printf(cx->a, "/ops/finance/refunds/%s", number));
}

enum rc refund_stop_do(struct cx *cx, struct web *w)
{
	const struct refund_decline_in *in = w->in;
	struct outcome out;

	return finance_decided(w, refund_stop(cx, web_param(w, "number"), in->why, &out), &out);
}

enum rc refund_resume_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	return finance_decided(w, refund_resume(cx, web_param(w, "number"), &out), &out);
}

enum rc refund_give_up_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	enum rc rc = refund_give_up(cx, web_param(w, "number"), &out);

	return rc == RC_BUSY ? web_refuse(w, NULL, MSG_refund_no_answer) : finance_decided(w, rc, &out);
}
