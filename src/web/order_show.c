#include "web/order_show.h"

#include <inttypes.h>

#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "q_audit.h"
#include "q_voucher.h"
#include "view/phrase.h"

enum { RECORDS_SHOWN = 3 };

static const char *id_text(struct cx *cx, uint64_t id) { return id ? arena_printf(cx->a, "%" PRIu64, id) : NULL; }

/* -- its rows ------------------------------------------------------------------------------------------------------ */

static enum rc add_lines(struct cx *cx, uint64_t order, struct view_order_show *m, size_t *failed)
{
	struct q_order_line_list *r;

	TRY(q_order_line_list(cx->db, cx->a, &(struct q_order_line_list_in){ .order = order }, &r, &m->lines_n));
	struct view_order_line *lines = ARENA_ARRAY(cx->a, struct view_order_line, m->lines_n);
	for (size_t i = 0; i < m->lines_n; i++) {
		lines[i] = (struct view_order_line){
			.line = r[i].line, .state = r[i].state, .quantity = r[i].quantity, .main_line = r[i].main_line, .bound = r[i].bound,
			.name = r[i].name, .amount = r[i].amount, .host = id_text(cx, r[i].host_id), .host_name = r[i].host_name,
			.resource = id_text(cx, r[i].resource_id), .resource_name = r[i].resource_name, .resource_state = r[i].resource_state,
			.begin_at = r[i].begin_at, .end_at = r[i].end_at, .tone = tone_resource(r[i].resource_state),
		};
		*failed += r[i].state == LINE_FAILED;
	}
	m->lines = lines;
	return RC_OK;
}

static const char *part_href(struct cx *cx, const struct q_order_paid_parts *r)
{
	switch (r->source) {
	case PAID_CASH:
	case PAID_GIFT:    return arena_printf(cx->a, "/console/payments/%s", r->payment_number);
	case PAID_VOUCHER:
	case PAID_CARD:    return arena_printf(cx->a, "/console/vouchers/%s", r->holding);
	}
	return NULL;
}

static enum rc add_parts(struct cx *cx, uint64_t order, struct view_order_show *m)
{
	struct money *const sum[] = { [PAID_CASH] = &m->cash, [PAID_GIFT] = &m->gift, [PAID_VOUCHER] = &m->voucher, [PAID_CARD] = &m->card };
	struct q_order_paid_parts *r;

	TRY(q_order_paid_parts(cx->db, cx->a, &(struct q_order_paid_parts_in){ .order = order }, &r, &m->parts_n));
	struct view_order_part *parts = ARENA_ARRAY(cx->a, struct view_order_part, m->parts_n);
	for (size_t i = 0; i < m->parts_n; i++) {
		parts[i] = (struct view_order_part){
			.source = r[i].source, .channel = r[i].channel, .number = r[i].holding ? r[i].holding : r[i].payment_number,
			.amount = r[i].amount, .returned = r[i].returned, .paid_at = r[i].paid_at, .href = part_href(cx, &r[i]),
		};
		*sum[r[i].source] = money_add(*sum[r[i].source], r[i].amount);
	}
	m->parts = parts;
	return RC_OK;
}

static enum rc add_payments(struct cx *cx, uint64_t order, struct view_order_show *m)
{
	struct q_order_payment_list *r;

	TRY(q_order_payment_list(cx->db, cx->a, &(struct q_order_payment_list_in){ .order = order }, &r, &m->payments_n));
	struct view_order_payment *p = ARENA_ARRAY(cx->a, struct view_order_payment, m->payments_n);
	for (size_t i = 0; i < m->payments_n; i++)
		p[i] = (struct view_order_payment){
			.number = r[i].number, .channel = r[i].channel, .state = r[i].state, .amount = r[i].amount, .created_at = r[i].created_at,
			.paid_at = r[i].paid_at, .transaction_id = r[i].transaction_id, .tone = tone_payment(r[i].state),
		};
	m->payments = p;
	return RC_OK;
}

/* How much of it goes the way it came; the rest is in the balance, or with vouchers and cards. */
static const char *way_of(struct cx *cx, const struct q_order_refund_list *r)
{
	char amount[MONEY_TEXT];

	if (!r->refund_state)
		return NULL;
	return MSG_FILL(cx->a, cx->lang, MSG_refund_way, { "amount", money_text((struct money){ r->origin }, true, amount) },
		{ "channel", msg_text(cx->lang, (enum msg)payment_channel_msg[r->channel]) });
}

/* The orders by which money went back. */
static enum rc add_refunds(struct cx *cx, uint64_t order, struct view_order_show *m)
{
	struct q_order_refund_list *r;

	TRY(q_order_refund_list(cx->db, cx->a, &(struct q_order_refund_list_in){ .order = order }, &r, &m->refunds_n));
	struct view_order_refund *v = ARENA_ARRAY(cx->a, struct view_order_refund, m->refunds_n);
	for (size_t i = 0; i < m->refunds_n; i++) {
		v[i] = (struct view_order_refund){
			.number = r[i].number, .state = r[i].state, .amount = r[i].amount, .created_at = r[i].created_at,
			.closed_at = r[i].closed_at, .origin = { r[i].origin }, .channel = r[i].channel,
			.refund_state = r[i].refund_state, .refund_number = r[i].refund_number, .way = way_of(cx, &r[i]), .tone = tone_order(r[i].state),
		};
		m->refunding |= !machine_final(&order_machine, (int)r[i].state);
	}
	m->refunds = v;
	return RC_OK;
}

enum rc order_records(struct cx *cx, const struct q_order_record_list_in *ask, const struct view_order_record **rows, size_t *n,
		uint64_t last[2])
{
	struct q_order_record_list *r;
	size_t limit = (size_t)ask->limit - 1, found;

	TRY(q_order_record_list(cx->db, cx->a, ask, &r, &found));
	bool more = list_more(&found, limit);
	struct view_order_record *v = ARENA_ARRAY(cx->a, struct view_order_record, found);
	for (size_t i = 0; i < found; i++)
		v[i] = (struct view_order_record){
			.at = id_instant(r[i].id), .kind = r[i].kind, .number = r[i].number, .order_kind = r[i].order_kind,
			.account = r[i].account, .amount = r[i].amount, .given = r[i].amount.fen > 0,
		};
	last[0] = more ? r[found - 1].id : 0;
	last[1] = more ? r[found - 1].line : 0;
	*rows = v;
	*n = found;
	return RC_OK;
}

/* -- what happened ------------------------------------------------------------------------------------------------- */

static enum order_state state_named(const char *name)
{
	return name ? (enum order_state)enum_of(&order_state_enum, name, strlen(name)) : 0;
}

static enum order_event event_named(const char *name) { return (enum order_event)enum_of(&order_event_enum, name, strlen(name)); }

/* What may happen to an order besides its moves. */
static const struct { const char *event; enum msg title; bool own; } others[] = {
	{ "hide", MSG_order_show_hidden, true },	/* what the buyer does with their own list */
	{ "restore", MSG_order_show_restored, true },
	{ "reprice", MSG_order_show_repriced, false },
};

static bool own(const char *event)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_eq(event, others[i].event))
			return others[i].own;
	return false;
}

/* What happened, in words: the order's rows of the audit log (ORD-2). */
static const char *moment_title(struct cx *cx, const struct view_order_event *e)
{
	if (!e->from && e->to)
		return msg_text(cx->lang, MSG_order_show_placed);
	if (e->to)
		return MSG_FILL(cx->a, cx->lang, MSG_order_show_changed,
			{ "state", msg_text(cx->lang, (enum msg)order_state_msg[e->to]) });
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_eq(e->event, others[i].event))
			return msg_text(cx->lang, others[i].title);
	return e->event;
}

/* A provider learns that it was the buyer, not which of their people. */
static const char *who_of(struct cx *cx, const struct q_audit_history *r, uint64_t buyer, enum order_sight sight)
{
	if (sight == SEEN_BY_PROVIDER && r->actor_org == buyer)
		return msg_text(cx->lang, MSG_order_row_buyer);
	return phrase_actor(cx->lang, r->actor_name);
}

static enum rc add_history(struct cx *cx, const struct q_order_show *o, enum order_sight sight, struct view_order_show *m)
{
	struct q_audit_history *r;
	size_t n, k = 0;

	TRY(q_audit_history(cx->db, cx->a, &(struct q_audit_history_in){ .object = o->id }, &r, &n));
	struct view_order_event *e = ARENA_ARRAY(cx->a, struct view_order_event, n);
	struct view_moment *t = ARENA_ARRAY(cx->a, struct view_moment, n);
	struct view_timeline *timeline = ARENA_NEW(cx->a, struct view_timeline);
	for (size_t i = 0; i < n; i++) {
		const char *who = who_of(cx, &r[i], o->buyer_id, sight);
		if (sight == SEEN_BY_PROVIDER && own(r[i].event))
			continue;
		if (str_eq(r[i].event, "reprice"))
			m->repriced = r[i].why;
		e[k] = (struct view_order_event){
			.at = id_instant(r[i].id), .event = r[i].event, .from = state_named(r[i].from_state), .to = state_named(r[i].to_state),
			.why = phrase_why(cx->lang, r[i].why), .who = sight == SEEN_BY_PROVIDER ? who : r[i].actor_name,
		};
		t[n - 1 - k] = (struct view_moment){ .at = e[k].at, .title = moment_title(cx, &e[k]), .who = who, .note = e[k].why };
		k++;
	}
	if (k)
		t[n - k].current = true;
	*timeline = (struct view_timeline){ t + n - k, k };
	m->history = e;
	m->history_n = k;
	m->timeline = timeline;
	m->by_manager = n && r[0].actor_org && r[0].actor_org != o->buyer_id;
	return RC_OK;
}

/* -- what it means ------------------------------------------------------------------------------------------------- */

static enum msg explain_cancelled(const struct view_order_show *m, size_t failed)
{
	enum order_event last = m->history_n ? event_named(m->history[m->history_n - 1].event) : 0;

	if (failed)
		return MSG_order_show_cancelled_failed;
	if (m->kind == ORDER_KIND_UNSUBSCRIBE)
		return MSG_order_show_unsubscribe_cancelled;
	return last == ORDER_EV_LAPSE ? MSG_order_show_lapsed : last == ORDER_EV_REFUSE ? MSG_order_show_refused : MSG_order_show_cancelled;
}

static enum msg explain_completed(const struct view_order_show *m, size_t failed)
{
	if (m->kind == ORDER_KIND_UNSUBSCRIBE)
		return MSG_order_show_unsubscribed;
	return failed ? MSG_order_show_completed_failed : MSG_order_show_completed;
}

/* ORD-19: what is still being created is told from what has failed. */
static enum msg explain(const struct view_order_show *m, size_t failed, struct instant now)
{
	const struct order_facts f = { .kind = m->kind, .payable = m->payable, .now = now, .failed = (int)failed };

	switch (m->state) {
	case ORDER_TO_CONFIRM: return MSG_order_show_to_confirm;
	case ORDER_IN_REVIEW:  return m->kind == ORDER_KIND_UNSUBSCRIBE ? MSG_order_show_refund_in_review : MSG_order_show_in_review;
	case ORDER_TO_PAY:     return MSG_order_show_to_pay;
	case ORDER_PROCESSING:
		switch (order_next(m->state, &f, m->paid_at.us ? m->paid_at : m->created_at).hint) {
		case ORDER_HINT_SOME_FAILED: return MSG_order_show_some_failed;
		case ORDER_HINT_DELAYED:     return MSG_order_show_delayed;
		default:                     return MSG_order_show_processing;
		}
	case ORDER_REFUNDING:  return MSG_order_show_refunding;
	case ORDER_COMPLETED:  return explain_completed(m, failed);
	case ORDER_CANCELLED:  return explain_cancelled(m, failed);
	}
	return MSG_NONE;
}

static struct view_order_show show_of(struct cx *cx, const struct q_order_show *o)
{
	struct view_order_show m = {
		.number = o->number, .kind = o->kind, .state = o->state, .billing_mode = o->billing_mode, .product_name = o->product_name, .slug = o->slug,
		.plan_name = o->plan_name, .options = order_options(cx->a, o->plan), .provider_name = o->provider_name, .buyer_name = o->buyer_name,
		.quantity = o->quantity, .unit = o->unit, .duration = o->duration, .duration_unit = o->duration_unit, .begin_on = o->begin_on,
		.list_total = o->list_total, .reduced = money_sub(o->list_total, o->payable), .payable = o->payable, .paid = o->paid,
		.created_at = o->created_at, .deadline_at = o->deadline_at, .paid_at = o->paid_at, .closed_at = o->closed_at, .memo = o->memo,
		.product_agreement = o->product_agreement, .platform_agreement = o->platform_agreement, .combined = o->combined,
		.refunds_order = o->refunds, .tone = tone_order(o->state), .about = id_text(cx, o->base_id),
		.duration_text = phrase_duration(cx->a, cx->lang, (int64_t)o->duration, o->duration_unit), .poll = o->state == ORDER_PROCESSING,
	};

	if (o->state == ORDER_TO_PAY || o->state == ORDER_TO_CONFIRM || o->state == ORDER_IN_REVIEW)
		m.left = phrase_left(cx->a, cx->lang, cx->now, o->deadline_at);
	m.price = order_price_rows(cx, o->price, o->plan, &m.price_n);
	return m;
}

/* What only the buyer sees. */
static void add_private(const struct q_order_show *o, struct view_order_show *m)
{
	m->contact = o->contact;
	m->tags = o->tags;
	m->deleted = o->hidden;
	m->provider_phone = o->provider_phone;
	m->provider_email = o->provider_email;
	m->invoice = o->kind == ORDER_KIND_UNSUBSCRIBE || !o->paid.fen ? MSG_order_show_no_invoice : MSG_order_show_not_invoiced;
	m->contract = o->contract ? MSG_order_show_no_contract_yet : MSG_order_show_no_contract;
}

enum rc order_view(struct cx *cx, const struct q_order_show *o, enum order_sight sight, struct view_order_show *m)
{
	size_t failed = 0;
	uint64_t last[2];

	*m = show_of(cx, o);
	TRY(add_lines(cx, o->id, m, &failed));
	if (o->kind != ORDER_KIND_UNSUBSCRIBE && o->paid.fen)
		TRY(add_refunds(cx, o->id, m));
	if (sight != SEEN_BY_PROVIDER) {
		m->creator_name = o->creator_name;
		m->payer_name = o->payer_name;
		TRY(add_parts(cx, o->id, m));
		TRY(add_payments(cx, o->id, m));
	}
	if (sight == SEEN_BY_BUYER) {
		add_private(o, m);
		TRY(order_records(cx, &(struct q_order_record_list_in){ .order = o->id, .before = INT64_MAX, .limit = RECORDS_SHOWN + 1 },
			&m->records, &m->records_n, last));
	}
	TRY(add_history(cx, o, sight, m));
	m->buyers = sight != SEEN_BY_BUYER;
	m->base = sight == SEEN_BY_PROVIDER ? "/provider/orders" : sight == SEEN_BY_PAYER ? "/console/zone-orders" : "/console/orders";
	m->explained = explain(m, failed, cx->now);
	if (m->explained == MSG_order_show_refused)
		m->explained_why = m->history[m->history_n - 1].why;
	return RC_OK;
}
