#include "app/api.h"
#include "app/apply.h"
#include "app/integration.h"
#include "app/refund.h"
#include "app/resource.h"
#include "domain/period.h"

/* Orders about a resource that is there: a trial becomes a paid plan (CAT-5). */

struct change {
	uint64_t id, outbox;
	const struct resource_delivered *delivered;	/* NULL: refused */
	const char *why;
};

struct instant resource_change_end(const struct q_resource_change *c, struct instant now)
{
	if (!c->duration_unit)
		return (struct instant){ 0 };
	return period_end(now, period_anchor(now), (int64_t)c->duration, c->duration_unit, c->period_end);
}

struct changing {
	struct q_resource_change c;
	struct resource_now now;
	struct order_now order;
};

static enum rc lock(struct work *w, uint64_t id, struct changing *x)
{
	struct q_resource_term r;
	struct q_order_lock_id o;

	TRY(q_resource_term(w->tx, w->cx->a, &(struct q_resource_term_in){ .id = id }, &r));
	enum rc rc = q_resource_change(tx_db(w->tx), w->cx->a, &(struct q_resource_change_in){ .id = id }, &x->c);
	TRY(rc == RC_NOT_FOUND ? RC_CONFLICT : rc);	/* it was carried out before */
	TRY(q_order_lock_id(w->tx, w->cx->a, &(struct q_order_lock_id_in){ .buyer = r.buyer_id, .id = x->c.order_id }, &o));
	x->now = (struct resource_now){ .id = id, .buyer = r.buyer_id, .order = r.order_id, .line = r.order_line, .state = r.state, .delivery = r.delivery, .freeze = r.freeze };
	x->order = ORDER_NOW(&o);
	return RC_OK;
}

static enum rc settle(struct work *w, struct changing *x, enum line_state to, const char *why)
{
	uint64_t n;

	TRY(q_order_line_move(w->tx, &(struct q_order_line_move_in){ .order = x->order.id, .line = 1, .state = to }, &n));
	return n == 1 ? apply_order(w, &x->order, ORDER_EV_SETTLE, ACTOR_SYSTEM, x->order.paid, why) : RC_CONFLICT;
}

enum rc resource_changed(struct work *w, uint64_t id, const struct resource_delivered *d)
{
	struct changing x;
	uint64_t n;

	TRY(lock(w, id, &x));
	struct resource_learnt learnt = { .begin_at = w->cx->now, .anchor_day = (uint64_t)period_anchor(w->cx->now), .end_at = resource_change_end(&x.c, w->cx->now) };
	TRY(apply_resource(w, &x.now, RESOURCE_EV_CONVERT, ACTOR_SYSTEM, &learnt, NULL));
	TRY(q_resource_convert(w->tx, &(struct q_resource_convert_in){ .buyer = x.now.buyer, .id = id, .order = x.order.id }, &n));
	TRY(api_close(w, id));
	TRY(api_grant(w, id, learnt.begin_at, learnt.end_at));
	if (d && d->fields_n)
		TRY(resource_fields_replace(w, id, d));
	return settle(w, &x, LINE_DELIVERED, NULL);
}

static enum rc refuse(struct work *w, const struct change *e)
{
	struct changing x;

	TRY(lock(w, e->id, &x));
	if (x.order.payable.fen)
		TRY(refund_at_once(w, &x.order, x.order.payable, e->id, e->why));
	return settle(w, &x, LINE_FAILED, e->why);
}

static enum rc end(struct work *w, void *arg)
{
	const struct change *e = arg;
	uint64_t n;

	TRY(e->delivered ? resource_changed(w, e->id, e->delivered) : refuse(w, e));
	TRY(q_outbox_done(w->tx, &(struct q_outbox_done_in){ .id = e->outbox, .state = e->delivered ? OUTBOX_DONE : OUTBOX_FAILED, .now = w->cx->now }, &n));
	return n && !e->delivered ? integration_failed(w, e->outbox, e->id, e->why) : RC_OK;
}

enum rc resource_change_done(struct cx *cx, uint64_t id, uint64_t outbox, const struct resource_delivered *d)
{
	return work_do(cx, end, &(struct change){ .id = id, .outbox = outbox, .delivered = d }, NULL);
}

enum rc resource_change_failed(struct cx *cx, uint64_t id, uint64_t outbox, const char *why)
{
	return work_do(cx, end, &(struct change){ .id = id, .outbox = outbox, .why = why }, NULL);
}
