#include "app/apply.h"

#include "app/api.h"
#include "app/bank.h"
#include "app/coupon.h"
#include "app/delivery.h"
#include "app/message.h"
#include "app/payment.h"
#include "app/resource.h"
#include "app/sales.h"
#include "app/voucher.h"
#include "base/time.h"
#include "q_outbox.h"
#include "q_payment.h"
#include "q_product.h"
#include "q_refund.h"
#include "q_resource.h"

/* Bound parts know what they belong to (CAT-8); what is attached stands alone. */
static uint64_t main_of(const struct q_order_delivery *lines, size_t n, const struct q_order_delivery *l)
{
	for (size_t i = 0; l->bound && i < n; i++)
		if (lines[i].line == l->main_line)
			return lines[i].resource_id;
	return 0;
}

/* Parts come with their main line, an image when its server runs. */
static enum rc start(struct work *w, const struct q_order_delivery *l)
{
	if (l->main_line || (l->host_id && l->host_state != RESOURCE_IN_USE))
		return RC_OK;
	if (l->delivery != DELIVERY_AUTOMATIC)
		return resource_open(w, l->resource_id, l->delivery);
	work_outbox(w, OUTBOX_PROVISION, l->resource_id, provision_action_enum.names[PROVISION_CREATE]);
	return RC_OK;
}

/* The parts of a line are delivered with it (CAT-8). */
static enum rc supervise(struct work *w, const struct order_now *o, const struct q_order_delivery *l)
{
	if (l->main_line)
		return RC_OK;
	return delivery_open(w, &(struct delivery_of){
		.buyer = l->buyer_id, .provider = l->provider_id, .order = o->id, .resource = l->resource_id, .product = l->product_id, .order_number = l->number,
		.product_name = l->product_name, .plan_name = l->plan_name, .mode = l->delivery, .supervised = l->supervised, .requirement = l->requirement,
	});
}

/* Each line becomes a resource under the id that it was given when it was ordered (DEL-1). */
static enum rc provision_new(struct work *w, const struct order_now *o, const struct q_order_delivery *lines, size_t n)
{
	struct q_resource_insert_in *rows = ARENA_ARRAY(w->cx->a, struct q_resource_insert_in, n);

	for (size_t i = 0; i < n; i++) {
		const struct q_order_delivery *l = &lines[i];
		rows[i] = (struct q_resource_insert_in){
			.id = l->resource_id, .buyer = l->buyer_id, .delivery = l->main_line ? DELIVERY_NONE : l->delivery, .order = o->id, .order_number = l->number,
			.order_line = l->line, .product = l->product_id, .plan = l->plan_id, .provider = l->provider_id, .name = *l->name ? l->name : l->product_name,
			.product_name = l->product_name, .plan_name = l->plan_name, .quantity = l->quantity, .unit = l->unit, .now = w->cx->now,
			.main = main_of(lines, n, l), .host = l->host_id, .trial = l->trial, .options = l->options,
		};
		work_audit(w, (struct event){ .kind = OBJECT_RESOURCE, .object = l->resource_id, .org = l->buyer_id, .name = "create", .to = resource_state_enum.names[RESOURCE_PROVISIONING] });
		TRY(resource_tags_put(w, l->buyer_id, l->resource_id, l->tags));
	}
	TRY(q_resource_insert(w->tx, rows, n));
	for (size_t i = 0; i < n; i++) {
		TRY(supervise(w, o, &lines[i]));
		TRY(start(w, &lines[i]));
	}
	return RC_OK;
}

/* What is bought comes to be; what was there is changed (CAT-5). */
static enum rc provision(struct work *w, const struct order_now *o)
{
	struct q_order_delivery *lines;
	size_t n;

	TRY(q_order_delivery(w->tx, w->cx->a, &(struct q_order_delivery_in){ .order = o->id }, &lines, &n));
	if (o->kind == ORDER_KIND_PURCHASE)
		return provision_new(w, o, lines, n);
	for (size_t i = 0; i < n; i++) {
		if (lines[i].delivery == DELIVERY_AUTOMATIC)
			work_outbox(w, OUTBOX_PROVISION, lines[i].resource_id, provision_action_enum.names[PROVISION_MODIFY]);
		else
			TRY(resource_changed(w, lines[i].resource_id, NULL));
	}
	return RC_OK;
}

static enum rc count_lines(struct work *w, const struct order_now *o, struct order_facts *f)
{
	struct q_order_line_count c;

	TRY(q_order_line_count(w->tx, w->cx->a, &(struct q_order_line_count_in){ .order = o->id }, &c));
	f->lines = (int)c.lines;
	f->failed = (int)c.failed;
	f->delivered = (int)(c.lines - c.failed - c.waiting);
	return RC_OK;
}

static enum rc move_order(struct work *w, struct order_now *o, const struct order_facts *f, const struct move *m)
{
	bool closed = m->to == ORDER_COMPLETED || m->to == ORDER_CANCELLED, pays = o->state == ORDER_TO_PAY && m->to == ORDER_PROCESSING;
	struct q_order_move_in in = {
		.buyer = o->buyer, .id = o->id, .from_state = o->state, .to_state = m->to, .paid = f->moved,
		.paid_at = pays ? w->cx->now : (struct instant){ 0 }, .closed_at = closed ? w->cx->now : (struct instant){ 0 },
	};
	uint64_t n;

	if (m->effects & FX_DEADLINE)
		in.deadline_at = order_deadline(m->to, w->cx->now, (int)w->cx->conf->platform_order_hours);
	TRY(q_order_move(w->tx, &in, &n));
	return n == 1 ? RC_OK : RC_CONFLICT;
}

/* Everything that it held is free again (ORD-6). */
static enum rc give_back(struct work *w, const struct order_now *o)
{
	uint64_t n;

	TRY(q_trial_give_back(w->tx, &(struct q_trial_give_back_in){ .buyer = o->buyer, .product = o->product, .order = o->id }, &n));
	TRY(coupon_free(w, o));
	return q_plan_give_back(w->tx, &(struct q_plan_give_back_in){ .product = o->product, .plan = o->plan, .quantity = o->quantity }, &n);
}

/* The money is back: what the order had made ends, unless it has ended before (REF-4). */
static enum rc end_resources(struct work *w, const struct order_now *o)
{
	struct q_refund_resource *r;
	size_t n;

	TRY(q_refund_resource(w->tx, w->cx->a, &(struct q_refund_resource_in){ .order = o->id }, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct resource_now now = { .id = r[i].id, .buyer = r[i].buyer_id, .order = r[i].order_id, .line = r[i].order_line, .state = r[i].state, .delivery = r[i].delivery };
		TRY(apply_resource(w, &now, RESOURCE_EV_REFUND, ACTOR_SYSTEM, &(struct resource_learnt){ 0 }, NULL));
	}
	return RC_OK;
}

static enum rc order_effects(struct work *w, const struct order_now *o, enum order_event ev, const struct move *m)
{
	uint64_t n;

	message_order(w, o, ev, m);
	TRY(sales_note(w, o, ev, m));
	if (m->effects & FX_CLOSE_PAYMENTS)
		TRY(payment_close_of_order(w, o->id));
	if (m->effects & (FX_RELEASE_HOLDS | FX_RETURN_COUPON))
		TRY(give_back(w, o));
	if (m->effects & FX_USE_HOLDS)
		TRY(coupon_use(w, o));
	if (m->effects & FX_PROVISION)
		TRY(provision(w, o));
	if (m->effects & FX_END_RESOURCE)
		TRY(end_resources(w, o));
	if (m->to == ORDER_COMPLETED && o->kind == ORDER_KIND_PURCHASE)
		TRY(q_product_deal(w->tx, &(struct q_product_deal_in){ .product = o->product }, &n));
	return RC_OK;
}

static struct order_facts facts_of(const struct work *w, const struct order_now *o, struct money moved)
{
	return (struct order_facts){
		.kind = o->kind, .billing = o->billing, .for_customer = o->for_customer, .review = o->review, .together = o->together,
		.payable = o->payable, .moved = moved, .now = w->cx->now, .deadline = o->deadline,
	};
}

enum rc apply_order(struct work *w, struct order_now *o, enum order_event ev, enum actor_kind who, struct money moved, const char *why)
{
	struct order_facts f = facts_of(w, o, moved);
	struct move m;

	if (ev == ORDER_EV_SETTLE)
		TRY(count_lines(w, o, &f));
	TRY(order_step(o->state, ev, who, &f, &m));
	TRY(move_order(w, o, &f, &m));
	TRY(work_count_order(w, o->buyer, o->state, m.to));
	work_audit(w, (struct event){
		.kind = OBJECT_ORDER, .object = o->id, .org = o->buyer, .name = order_event_enum.names[ev],
		.from = order_state_enum.names[o->state], .to = order_state_enum.names[m.to], .why = why,
	});
	o->state = m.to;
	o->paid = moved;
	return order_effects(w, o, ev, &m);
}

enum rc apply_order_begin(struct work *w, struct order_now *o, enum actor_kind who, struct move *m)
{
	struct order_facts f = facts_of(w, o, o->paid);

	TRY(order_step(0, ORDER_EV_PLACE, who, &f, m));
	o->state = m->to;
	if (m->effects & FX_DEADLINE)
		o->deadline = order_deadline(m->to, w->cx->now, (int)w->cx->conf->platform_order_hours);
	return RC_OK;
}

enum rc apply_order_begun(struct work *w, struct order_now *o, const struct move *m, const char *why)
{
	TRY(work_count_order(w, o->buyer, 0, o->state));
	work_audit(w, (struct event){
		.kind = OBJECT_ORDER, .object = o->id, .org = o->buyer, .name = order_event_enum.names[ORDER_EV_PLACE], .to = order_state_enum.names[o->state], .why = why,
	});
	return order_effects(w, o, ORDER_EV_PLACE, m);
}

/* The next question to the channel: while the payment can still succeed. */
static struct instant query_at(struct work *w, const struct payment_now *p, const struct move *m)
{
	if (m->effects & PAYMENT_FX_ASK)
		return payment_query_at(p, w->cx->now);
	return (struct instant){ 0 };
}

enum rc apply_payment(struct work *w, struct payment_now *p, enum payment_event ev, enum actor_kind who, const struct payment_learnt *l, const char *why)
{
	struct payment_facts f = { .amount = p->amount, .received = l->received, .now = w->cx->now, .deadline = p->deadline };
	struct move m;
	uint64_t n;

	TRY(payment_step(p->state, ev, who, &f, &m));
	struct q_payment_move_in in = {
		.id = p->id, .from_state = p->state, .to_state = m.to, .code_url = l->code_url, .transaction_id = l->transaction_id,
		.paid_at = l->paid_at, .query_at = query_at(w, p, &m), .queries = p->queries,
	};
	TRY(q_payment_move(w->tx, &in, &n));
	if (n != 1)
		return RC_CONFLICT;
	work_audit(w, (struct event){
		.kind = OBJECT_PAYMENT, .object = p->id, .org = p->org, .name = payment_event_enum.names[ev],
		.from = payment_state_enum.names[p->state], .to = payment_state_enum.names[m.to], .why = why,
	});
	if (m.effects & PAYMENT_FX_CLOSE)
		work_outbox(w, OUTBOX_CHANNEL_CLOSE, p->id, "close");
	if (m.effects & PAYMENT_FX_RELEASE)
		TRY(voucher_release(w, p->id));
	if (m.effects & PAYMENT_FX_RELEASE && p->channel == CHANNEL_B2B)
		TRY(bank_extension_ends(w, p->id));
	p->state = m.to;
	return RC_OK;
}

/* Who stopped it is known as long as it is stopped (four eyes). */
enum rc apply_refund(struct work *w, struct refund_now *r, enum refund_event ev, enum actor_kind who, const struct refund_learnt *l, struct move *m)
{
	struct refund_facts f = { .amount = r->amount, .said = l->said, .absent = l->absent };
	uint64_t n;

	TRY(refund_step(r->state, ev, who, &f, m));
	struct q_refund_move_in in = { .id = r->id, .from_state = r->state, .to_state = m->to, .refund_id = l->refund_id, .answer = l->answer };
	if (m->effects & REFUND_FX_GO)
		in.next_at = instant_add(w->cx->now, ev == REFUND_EV_RESUME ? 0 : refund_pause((int)r->tries));
	else if (m->to == REFUND_STOPPED)
		in.stopped_by = w->cx->actor.person, in.stopped_name = w->cx->actor.name;
	else
		in.done_at = w->cx->now;
	TRY(q_refund_move(w->tx, &in, &n));
	if (n != 1)
		return RC_CONFLICT;
	work_audit(w, (struct event){
		.kind = OBJECT_REFUND, .object = r->id, .org = r->org, .name = refund_event_enum.names[ev],
		.from = refund_state_enum.names[r->state], .to = refund_state_enum.names[m->to], .why = l->answer,
	});
	r->state = m->to;
	return RC_OK;
}

/* Resources in use are counted for their buyer. */
static enum rc count_in_use(struct work *w, uint64_t buyer, enum resource_state from, enum resource_state to)
{
	int by = (to == RESOURCE_IN_USE) - (from == RESOURCE_IN_USE);

	return by ? work_count_resource(w, buyer, by) : RC_OK;
}

/* SUB-3: the provider's system hears of it as it did of the creation, and after it. */
static void tell_provider(struct work *w, const struct resource_now *r, const struct move *m)
{
	enum provision_action action = m->effects & RESOURCE_FX_DESTROY ? PROVISION_DESTROY : m->effects & RESOURCE_FX_EXPIRE ? PROVISION_EXPIRE : 0;

	if (action && r->delivery == DELIVERY_AUTOMATIC)
		work_outbox(w, OUTBOX_PROVISION, r->id, provision_action_enum.names[action]);
}

/* Bound parts end, or go on, with what they belong to (CAT-8). */
static enum rc move_bound(struct work *w, const struct resource_now *main, enum resource_event ev, enum actor_kind who, const char *why)
{
	struct q_resource_bound_list *rows;
	size_t n;

	TRY(q_resource_bound_list(w->tx, w->cx->a, &(struct q_resource_bound_list_in){ .main = main->id }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct resource_now part = *main;
		part.id = rows[i].id;
		part.line = rows[i].order_line;
		part.state = rows[i].state;
		part.delivery = DELIVERY_NONE;
		enum rc rc = apply_resource(w, &part, ev, who, &(struct resource_learnt){ 0 }, why);
		if (rc != RC_OK && rc != RC_CONFLICT)	/* it is there already */
			return rc;
	}
	return RC_OK;
}

enum rc apply_resource(struct work *w, struct resource_now *r, enum resource_event ev, enum actor_kind who, const struct resource_learnt *l, const char *why)
{
	struct resource_facts f = {
		.now = w->cx->now, .freeze = r->freeze, .order_running = r->ordered, .refunding = r->refunding, .ends_at = r->ends_at, .grace_ends_at = r->grace_ends_at,
	};
	struct move m;
	uint64_t n;

	TRY(resource_step(r->state, ev, who, &f, &m));
	struct q_resource_move_in in = {
		.buyer = r->buyer, .id = r->id, .from_state = r->state, .to_state = m.to, .sign_id = l->sign_id, .anchor_day = l->anchor_day,
		.begin_at = l->begin_at, .end_at = l->end_at,
	};
	TRY(q_resource_move(w->tx, &in, &n));
	if (n != 1)
		return RC_CONFLICT;
	TRY(count_in_use(w, r->buyer, r->state, m.to));
	work_audit(w, (struct event){
		.kind = OBJECT_RESOURCE, .object = r->id, .org = r->buyer, .name = resource_event_enum.names[ev],
		.from = resource_state_enum.names[r->state], .to = resource_state_enum.names[m.to], .why = why,
	});
	r->state = m.to;
	tell_provider(w, r, &m);
	if (m.effects & RESOURCE_FX_DESTROY)
		TRY(api_close(w, r->id));
	if (m.to == RESOURCE_FAILED || m.to == RESOURCE_REFUNDED || m.to == RESOURCE_RELEASED)
		TRY(delivery_resource_ended(w, r->id, why));
	return ev == RESOURCE_EV_DELIVER || ev == RESOURCE_EV_FAIL ? RC_OK : move_bound(w, r, ev, who, why);
}
