/* The page of an order: ORD-18, ORD-19. */
#include <inttypes.h>

#include "base/id.h"
#include "q_audit.h"
#include "view/phrase.h"
#include "web/buyer/order.h"
#include "web/list.h"

static enum msg explain(enum order_state s, enum order_kind kind, size_t failed)
{
	switch (s) {
	case ORDER_TO_CONFIRM: return MSG_order_show_to_confirm;
	case ORDER_IN_REVIEW:  return MSG_order_show_in_review;
	case ORDER_TO_PAY:     return MSG_order_show_to_pay;
	case ORDER_PROCESSING: return failed ? MSG_order_show_some_failed : MSG_order_show_processing;
	case ORDER_REFUNDING:  return MSG_order_show_refunding;
	case ORDER_COMPLETED:
		return kind == ORDER_KIND_UNSUBSCRIBE ? MSG_order_show_unsubscribes : MSG_order_show_completed;
	case ORDER_CANCELLED:  return failed ? MSG_order_show_cancelled_failed : MSG_order_show_cancelled;
	}
	return MSG_NONE;
}

static enum rc add_lines(struct cx *cx, uint64_t order, struct view_order_show *m, size_t *failed)
{
	struct q_order_line_list *rows;

	TRY(q_order_line_list(cx->db, cx->a, &(struct q_order_line_list_in){ .order = order }, &rows, &m->lines_n));
	struct view_order_line *lines = ARENA_ARRAY(cx->a, struct view_order_line, m->lines_n);
	for (size_t i = 0; i < m->lines_n; i++) {
		const struct q_order_line_list *r = &rows[i];
		lines[i] = (struct view_order_line){
			.line = r->line, .state = r->state, .amount = r->amount, .resource_name = r->resource_name,
			.resource_state = r->resource_state,
			.resource = r->resource_state ? arena_printf(cx->a, "%" PRIu64, r->resource_id) : NULL,
			.begin_at = r->begin_at, .end_at = r->end_at, .tone = tone_resource(r->resource_state),
		};
		*failed += r->state == LINE_FAILED;
	}
	m->lines = lines;
	return RC_OK;
}

static enum rc add_payments(struct cx *cx, uint64_t order, struct view_order_show *m)
{
	struct q_order_payment_list *rows;

	TRY(q_order_payment_list(cx->db, cx->a, &(struct q_order_payment_list_in){ .order = order }, &rows,
		&m->payments_n));
	struct view_order_payment *p = ARENA_ARRAY(cx->a, struct view_order_payment, m->payments_n);
	for (size_t i = 0; i < m->payments_n; i++)
		p[i] = (struct view_order_payment){
			.number = rows[i].number, .channel = rows[i].channel, .state = rows[i].state,
			.amount = rows[i].amount, .created_at = rows[i].created_at, .paid_at = rows[i].paid_at,
			.transaction_id = rows[i].transaction_id, .tone = tone_payment(rows[i].state),
		};
	m->payments = p;
	return RC_OK;
}

/* The orders by which money went back. */
static enum rc add_refunds(struct cx *cx, uint64_t order, struct view_order_show *m)
{
	struct q_order_refund_list *rows;

	TRY(q_order_refund_list(cx->db, cx->a, &(struct q_order_refund_list_in){ .order = order }, &rows,
		&m->refunds_n));
	struct view_order_refund *r = ARENA_ARRAY(cx->a, struct view_order_refund, m->refunds_n);
	for (size_t i = 0; i < m->refunds_n; i++)
		r[i] = (struct view_order_refund){
			.number = rows[i].number, .state = rows[i].state, .amount = rows[i].amount, .created_at = rows[i].created_at,
			.closed_at = rows[i].closed_at, .tone = tone_order(rows[i].state),
		};
	m->refunds = r;
	return RC_OK;
}

static enum order_state state_named(const char *name)
{
	return name ? (enum order_state)enum_of(&order_state_enum, name, strlen(name)) : 0;
}

/* What happened, in words: the order's rows of the audit log (ORD-2). */
static const char *moment_title(struct cx *cx, const struct view_order_event *e)
{
	if (!e->from && e->to)
		return msg_text(cx->lang, MSG_order_show_placed);
	if (e->to)
		return MSG_FILL(cx->a, cx->lang, MSG_order_show_changed,
			{ "state", msg_text(cx->lang, (enum msg)order_state_msg[e->to]) });
	return e->event;
}

static enum rc add_history(struct cx *cx, uint64_t order, struct view_order_show *m)
{
	struct q_audit_history *rows;
	size_t n;

	TRY(q_audit_history(cx->db, cx->a, &(struct q_audit_history_in){ .object = order }, &rows, &n));
	struct view_order_event *e = ARENA_ARRAY(cx->a, struct view_order_event, n);
	struct view_moment *t = ARENA_ARRAY(cx->a, struct view_moment, n);
	struct view_timeline *timeline = ARENA_NEW(cx->a, struct view_timeline);
	for (size_t i = 0; i < n; i++) {
		e[i] = (struct view_order_event){
			.at = id_instant(rows[i].id), .event = rows[i].event, .from = state_named(rows[i].from_state),
			.to = state_named(rows[i].to_state), .why = rows[i].why, .who = rows[i].actor_name,
		};
		t[n - 1 - i] = (struct view_moment){
			.at = e[i].at, .title = moment_title(cx, &e[i]), .who = phrase_actor(cx->lang, e[i].who),
			.note = e[i].why, .current = i == n - 1,
		};
	}
	*timeline = (struct view_timeline){ t, n };
	m->history = e;
	m->history_n = n;
	m->timeline = timeline;
	return RC_OK;
}

static struct view_order_show show_of(struct cx *cx, const struct q_order_show *o)
{
	struct view_order_show m = {
		.number = o->number, .kind = o->kind, .state = o->state, .billing_mode = o->billing_mode,
		.product_name = o->product_name, .slug = o->slug, .plan_name = o->plan_name,
		.options = order_options(cx->a, o->plan), .provider_name = o->provider_name,
		.provider_phone = o->provider_phone, .provider_email = o->provider_email, .quantity = o->quantity,
		.unit = o->unit, .duration = o->duration, .duration_unit = o->duration_unit,
		.list_total = o->list_total, .payable = o->payable, .paid = o->paid, .created_at = o->created_at,
		.deadline_at = o->deadline_at, .paid_at = o->paid_at, .closed_at = o->closed_at,
		.creator_name = o->creator_name, .payer_name = o->payer_name, .contact = o->contact, .memo = o->memo,
		.product_agreement = o->product_agreement, .platform_agreement = o->platform_agreement,
		.tone = tone_order(o->state),
		.duration_text = phrase_duration(cx->a, cx->lang, (int64_t)o->duration, o->duration_unit),
		.poll = o->state == ORDER_PROCESSING,
	};

	if (o->state == ORDER_TO_PAY)
		m.left = phrase_left(cx->a, cx->lang, cx->now, o->deadline_at);
	m.price = order_price_rows(cx, o->price, &m.price_n);
	m.actions = order_actions(cx, &(struct order_buttons){ o->kind, o->state, o->payable, o->number, false, o->hidden },
		&m.actions_n);
	return m;
}

static enum rc order_of(struct cx *cx, const struct web *w, struct q_order_show *o)
{
	return q_order_show(cx->db, cx->a, &(struct q_order_show_in){ .buyer = cx->actor.org,
		.number = web_param(w, "number") }, o);
}

enum rc order_show(struct cx *cx, struct web *w)
{
	struct q_order_show o;
	size_t failed = 0;

	TRY(order_of(cx, w, &o));
	struct view_order_show m = show_of(cx, &o);
	TRY(add_lines(cx, o.id, &m, &failed));
	TRY(add_payments(cx, o.id, &m));
	if (o.kind != ORDER_KIND_UNSUBSCRIBE && o.paid.fen)
		TRY(add_refunds(cx, o.id, &m));
	TRY(add_history(cx, o.id, &m));
	m.explained = explain(o.state, o.kind, failed);
	w->page.title = MSG_order_show_title;
	w->page.name = o.number;
	CRUMBS(w, o.number, { web_text(w, MSG_nav_buyer), "/console" },
		{ web_text(w, MSG_order_list_title), "/console/orders" });
	return web_show(w, tpl_buyer_order_show, json_order_show, &m);
}
