#include "app/resource.h"

#include <assert.h>

#include "app/api.h"
#include "app/apply.h"
#include "app/integration.h"
#include "app/refund.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
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

enum rc resource_fields_replace(struct work *w, uint64_t id, const struct resource_delivered *d)
{
	uint64_t n;

	TRY(q_resource_field_clear(w->tx, &(struct q_resource_field_clear_in){ .resource = id }, &n));
	return store_fields(w, id, d);
}

/* A period begins when it is delivered, when it was paid where people deliver, or on the later day that the buyer chose (NUM-4, CAT-7). */
static enum rc deliver(struct work *w, struct resource_now *now, enum actor_kind who, const struct resource_delivered *d, struct instant begin)
{
	struct q_resource_provision p;
	struct resource_learnt learnt = { .sign_id = d->sign_id, .begin_at = begin };

	TRY(q_resource_provision(tx_db(w->tx), w->cx->a, &(struct q_resource_provision_in){ .id = now->id }, &p));
	if (p.begin_on.days && date_begin(p.begin_on).us > w->cx->now.us)
		learnt.begin_at = date_begin(p.begin_on);
	if (p.duration_unit) {
		learnt.anchor_day = (uint64_t)period_anchor(learnt.begin_at);
		learnt.end_at = period_end(learnt.begin_at, (int)learnt.anchor_day, (int64_t)p.duration, p.duration_unit, p.period_end);
	}
	TRY(apply_resource(w, now, RESOURCE_EV_DELIVER, who, &learnt, NULL));
	if (p.api)
		TRY(api_grant(w, now->id, learnt.begin_at, learnt.end_at));
	return store_fields(w, now->id, d);
}

/* How a line ends: with what was delivered, failed for a reason, or open for people to deliver. */
struct result {
	enum line_state to;
	const struct resource_delivered *delivered;
	const char *why;
	enum actor_kind who;
};

/* What was paid for what failed goes back at once (REF-13). */
static enum rc end_line(struct work *w, const struct order_now *o, const struct q_resource_part_list *l, const struct result *res)
{
	struct resource_now now = { .id = l->id, .buyer = l->buyer_id, .order = l->order_id, .line = l->order_line, .state = l->state };
	uint64_t n;

	TRY(q_order_line_move(w->tx, &(struct q_order_line_move_in){ .order = l->order_id, .line = l->order_line, .state = res->to }, &n));
	if (n != 1)
		return RC_CONFLICT;
	if (res->delivered)
		return deliver(w, &now, res->who, res->delivered, w->cx->now);
	if (res->to != LINE_FAILED)
		return RC_OK;
	TRY(apply_resource(w, &now, RESOURCE_EV_FAIL, res->who, &(struct resource_learnt){ 0 }, res->why));
	return l->line_amount.fen ? refund_at_once(w, o, l->line_amount, l->id, res->why) : RC_OK;
}

static enum rc lock_order(struct work *w, uint64_t buyer, uint64_t id, struct order_now *now)
{
	struct q_order_lock_id o;

	TRY(q_order_lock_id(w->tx, w->cx->a, &(struct q_order_lock_id_in){ .buyer = buyer, .id = id }, &o));
	*now = ORDER_NOW(&o);
	return RC_OK;
}

/* The order goes on when none of its lines is waiting any more. */
static enum rc settle(struct work *w, struct order_now *o, const char *why)
{
	enum rc rc = apply_order(w, o, ORDER_EV_SETTLE, ACTOR_SYSTEM, o->paid, why);

	return rc == RC_CONFLICT ? RC_OK : rc;
}

static enum rc end_resource(struct work *w, uint64_t id, const struct result *res);

/* Images begin when their server runs, and fail with it (CAT-6). */
static enum rc tell_guests(struct work *w, uint64_t host, const struct result *res)
{
	struct q_resource_guest_list *rows;
	size_t n;

	TRY(q_resource_guest_list(w->tx, w->cx->a, &(struct q_resource_guest_list_in){ .host = host }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (res->to == LINE_FAILED)
			TRY(end_resource(w, rows[i].id, res));
		else if (rows[i].delivery == DELIVERY_AUTOMATIC)
			work_outbox(w, OUTBOX_PROVISION, rows[i].id, provision_action_enum.names[PROVISION_CREATE]);
		else
			TRY(resource_open(w, rows[i].id, rows[i].delivery));
	}
	return RC_OK;
}

/* A line ends with its parts (CAT-8). */
static enum rc end_resource(struct work *w, uint64_t id, const struct result *res)
{
	static const struct resource_delivered plain;
	struct result parts_end = *res;
	struct q_resource_lock r;
	struct q_resource_part_list *parts;
	struct order_now o;
	size_t n;

	TRY(q_resource_lock(w->tx, w->cx->a, &(struct q_resource_lock_in){ .id = id }, &r));
	TRY(lock_order(w, r.buyer_id, r.order_id, &o));
	TRY(q_resource_part_list(w->tx, w->cx->a, &(struct q_resource_part_list_in){ .order = r.order_id, .main_line = r.order_line }, &parts, &n));
	struct q_resource_part_list main = { .id = id, .buyer_id = r.buyer_id, .order_id = r.order_id, .order_line = r.order_line, .state = r.state, .line_amount = r.line_amount };
	TRY(end_line(w, &o, &main, res));
	if (res->delivered)
		parts_end.delivered = &plain;
	for (size_t i = 0; i < n; i++)
		TRY(end_line(w, &o, &parts[i], &parts_end));
	TRY(settle(w, &o, res->why));
	return tell_guests(w, id, res);
}

static enum rc end_outbox(struct work *w, const struct ending *e)
{
	uint64_t n;

	TRY(q_outbox_done(w->tx, &(struct q_outbox_done_in){ .id = e->outbox, .state = e->delivered ? OUTBOX_DONE : OUTBOX_FAILED, .now = w->cx->now }, &n));
	return n && !e->delivered ? integration_failed(w, e->outbox, e->id, e->why) : RC_OK;
}

static enum rc end(struct work *w, void *arg)
{
	const struct ending *e = arg;
	struct result res = { e->delivered ? LINE_DELIVERED : LINE_FAILED, e->delivered, e->why, ACTOR_PROVIDER_SYSTEM };

	TRY(end_resource(w, e->id, &res));
	return end_outbox(w, e);
}

enum rc resource_open(struct work *w, uint64_t id, enum delivery_mode delivery)
{
	static const struct resource_delivered plain;
	struct result res = { LINE_DELIVERED, delivery == DELIVERY_NONE ? &plain : NULL, NULL, ACTOR_SYSTEM };

	return end_resource(w, id, &res);
}

enum rc resource_deliver(struct cx *cx, uint64_t id, uint64_t outbox, const struct resource_delivered *d)
{
	return work_do(cx, end, &(struct ending){ .id = id, .outbox = outbox, .delivered = d }, NULL);
}

enum rc resource_fail(struct cx *cx, uint64_t id, uint64_t outbox, const char *why)
{
	return work_do(cx, end, &(struct ending){ .id = id, .outbox = outbox, .why = why }, NULL);
}

static enum rc hand_over(struct work *w, struct resource_now now, enum actor_kind who, struct instant begin)
{
	static const struct resource_delivered plain;

	return now.state == RESOURCE_PROVISIONING ? deliver(w, &now, who, &plain, begin) : RC_OK;
}

enum rc resource_handed_over(struct work *w, uint64_t id, enum actor_kind who)
{
	struct result res = { .to = LINE_DELIVERED };
	struct q_resource_hand r;
	struct q_resource_bound_list *parts;
	size_t n;

	TRY(q_resource_hand(w->tx, w->cx->a, &(struct q_resource_hand_in){ .id = id }, &r));
	if (r.state == RESOURCE_IN_USE || r.state == RESOURCE_EXPIRED)
		return RC_OK;
	struct instant begin = r.paid_at.us ? r.paid_at : w->cx->now;
	struct resource_now now = { .id = id, .buyer = r.buyer_id, .order = r.order_id, .line = r.order_line, .state = r.state, .delivery = r.delivery };
	if (r.state != RESOURCE_PROVISIONING)
		return RC_CONFLICT;
	TRY(hand_over(w, now, who, begin));
	TRY(q_resource_bound_list(w->tx, w->cx->a, &(struct q_resource_bound_list_in){ .main = id }, &parts, &n));
	for (size_t i = 0; i < n; i++) {
		struct resource_now part = now;
		part.id = parts[i].id;
		part.line = parts[i].order_line;
		part.state = parts[i].state;
		TRY(hand_over(w, part, who, begin));
	}
	return tell_guests(w, id, &res);
}

enum rc resource_field_open(struct cx *cx, uint64_t id, uint64_t position, struct bytes sealed, const char **value)
{
	struct seal_key key;
	struct bytes open;

	TRY(seal_key_from(cx->conf->platform_secret, &key));
	if (seal_open(cx->a, &key, seal_use(cx->a, id, position), sealed, &open) != RC_OK) {
		log_event('E', "unsealable", LOG_INT("resource", id), LOG_INT("position", position));
		return RC_INTERNAL;
	}
	*value = open.p;
	return RC_OK;
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

	TRY(q_resource_field_sealed(cx->db, cx->a, &(struct q_resource_field_sealed_in){ .buyer = cx->actor.org, .id = id, .position = position }, &f));
	TRY(work_do(cx, note_reveal, &id, NULL));
	return resource_field_open(cx, id, position, f.sealed, value);
}
