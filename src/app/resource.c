#include "app/resource.h"

#include <assert.h>

#include "app/apply.h"
#include "app/refund.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/seal.h"
#include "domain/period.h"
#include "q_outbox.h"
#include "q_resource.h"

struct ending {
	uint64_t id, outbox;
	const struct resource_delivered *delivered;	/* NULL: failed */
	const char *why;
};

static const char *seal_use(struct arena *a, uint64_t resource, uint64_t position)
{
	return arena_printf(a, "resource_field:%llu:%llu", (unsigned long long)resource, (unsigned long long)position);
}

static enum rc store_fields(struct work *w, uint64_t id, const struct resource_delivered *d)
{
	struct q_resource_field_insert_in *rows = ARENA_ARRAY(w->cx->a, struct q_resource_field_insert_in, d->fields_n);
	struct seal_key key;

	TRY(seal_key_from(w->cx->conf->platform_secret, &key));
	for (size_t i = 0; i < d->fields_n; i++) {
		const struct resource_field *f = &d->fields[i];
		assert(strlen(f->value) <= RESOURCE_VALUE_MAX);
		rows[i] = (struct q_resource_field_insert_in){ .resource = id, .position = i + 1, .name = f->name };
		if (f->secret)
			rows[i].sealed = seal_close(w->cx->a, &key, seal_use(w->cx->a, id, i + 1), f->value, strlen(f->value));
		else
			rows[i].value = f->value;
	}
	return d->fields_n ? q_resource_field_insert(w->tx, rows, d->fields_n) : RC_OK;
}

static enum rc lock_order(struct work *w, const struct q_resource_lock *r, struct order_now *now)
{
	struct q_order_lock_id o;

	TRY(q_order_lock_id(w->tx, w->cx->a, &(struct q_order_lock_id_in){ .buyer = r->buyer_id, .id = r->order_id }, &o));
	*now = (struct order_now){
		.id = o.id, .buyer = o.buyer_id, .product = o.product_id, .plan = o.plan_id, .provider = o.provider_id, .quantity = o.quantity, .number = o.number,
		.kind = o.kind, .state = o.state, .billing = o.billing_mode, .payable = o.payable, .paid = o.paid, .deadline = o.deadline_at, .coupon = o.coupon_id,
	};
	return RC_OK;
}

/* The line is settled; the order goes on when none of its lines is waiting any more. */
static enum rc settle_order(struct work *w, const struct q_resource_lock *r, struct order_now *o, enum line_state to, const char *why)
{
	uint64_t n;

	TRY(q_order_line_move(w->tx, &(struct q_order_line_move_in){ .order = o->id, .line = r->order_line, .state = to }, &n));
	if (n != 1)
		return RC_CONFLICT;
	enum rc rc = apply_order(w, o, ORDER_EV_SETTLE, ACTOR_SYSTEM, o->paid, why);
	return rc == RC_CONFLICT ? RC_OK : rc;
}

static enum rc deliver(struct work *w, struct resource_now *now, enum actor_kind who, const struct resource_delivered *d)
{
	struct q_resource_provision p;
	struct resource_learnt learnt = { .sign_id = d->sign_id, .begin_at = w->cx->now };

	TRY(q_resource_provision(tx_db(w->tx), w->cx->a, &(struct q_resource_provision_in){ .id = now->id }, &p));
	if (p.duration_unit) {
		learnt.anchor_day = (uint64_t)period_anchor(w->cx->now);
		learnt.end_at = period_end(w->cx->now, (int)learnt.anchor_day, (int64_t)p.duration, p.duration_unit, p.period_end);
	}
	TRY(apply_resource(w, now, RESOURCE_EV_DELIVER, who, &learnt, NULL));
	return store_fields(w, now->id, d);
}

/* What was paid for it goes back at once (REF-13). */
static enum rc fail(struct work *w, struct resource_now *now, const struct q_resource_lock *r, const struct order_now *o, const char *why)
{
	TRY(apply_resource(w, now, RESOURCE_EV_FAIL, ACTOR_PROVIDER_SYSTEM, &(struct resource_learnt){ 0 }, why));
	return r->line_amount.fen ? refund_at_once(w, o, &(struct refund_of){ r->line_amount, now->id, r->payer_id }, why) : RC_OK;
}

static enum rc end(struct work *w, void *arg)
{
	const struct ending *e = arg;
	struct q_resource_lock r;
	struct order_now o;
	uint64_t n;

	TRY(q_resource_lock(w->tx, w->cx->a, &(struct q_resource_lock_in){ .id = e->id }, &r));
	TRY(lock_order(w, &r, &o));
	struct resource_now now = { .id = e->id, .buyer = r.buyer_id, .order = r.order_id, .line = r.order_line, .state = r.state };
	TRY(e->delivered ? deliver(w, &now, ACTOR_PROVIDER_SYSTEM, e->delivered) : fail(w, &now, &r, &o, e->why));
	TRY(q_outbox_done(w->tx, &(struct q_outbox_done_in){ .id = e->outbox, .state = e->delivered ? OUTBOX_DONE : OUTBOX_FAILED, .now = w->cx->now }, &n));
	return settle_order(w, &r, &o, e->delivered ? LINE_DELIVERED : LINE_FAILED, e->why);
}

enum rc resource_open(struct work *w, uint64_t id, enum delivery_mode delivery)
{
	struct q_resource_lock r;
	struct order_now o;

	TRY(q_resource_lock(w->tx, w->cx->a, &(struct q_resource_lock_in){ .id = id }, &r));
	TRY(lock_order(w, &r, &o));
	struct resource_now now = { .id = id, .buyer = r.buyer_id, .order = r.order_id, .line = r.order_line, .state = r.state };
	if (delivery == DELIVERY_NONE)
		TRY(deliver(w, &now, ACTOR_SYSTEM, &(struct resource_delivered){ 0 }));
	return settle_order(w, &r, &o, LINE_DELIVERED, NULL);
}

enum rc resource_deliver(struct cx *cx, uint64_t id, uint64_t outbox, const struct resource_delivered *d)
{
	return work_do(cx, end, &(struct ending){ .id = id, .outbox = outbox, .delivered = d }, NULL);
}

enum rc resource_fail(struct cx *cx, uint64_t id, uint64_t outbox, const char *why)
{
	return work_do(cx, end, &(struct ending){ .id = id, .outbox = outbox, .why = why }, NULL);
}

static enum rc note_reveal(struct work *w, void *arg)
{
	const uint64_t *id = arg;

	work_audit(w, (struct event){ .kind = OBJECT_RESOURCE, .object = *id, .org = w->cx->actor.org, .name = "reveal" });
	w->out.location = arena_printf(w->cx->a, "/console/resources/%llu", (unsigned long long)*id);
	return RC_OK;
}

/* The note is written first: a secret that is shown has always been noted. */
enum rc resource_reveal(struct cx *cx, uint64_t id, uint64_t position, const char **value)
{
	struct q_resource_field_sealed f;
	struct seal_key key;
	struct bytes open;

	TRY(q_resource_field_sealed(cx->db, cx->a, &(struct q_resource_field_sealed_in){ .buyer = cx->actor.org, .id = id, .position = position }, &f));
	TRY(work_do(cx, note_reveal, &id, NULL));
	TRY(seal_key_from(cx->conf->platform_secret, &key));
	if (seal_open(cx->a, &key, seal_use(cx->a, id, position), f.sealed, &open) != RC_OK) {
		log_event('E', "unsealable", LOG_INT("resource", id), LOG_INT("position", position));
		return RC_INTERNAL;
	}
	*value = open.p;
	return RC_OK;
}
