#include "app/work.h"

#include <assert.h>

#include "app/bill.h"
#include "app/ledger.h"
#include "base/id.h"
#include "base/log.h"
#include "q_idempotency.h"

enum { TRIES = 3, ROWS_FIRST = 64 };	/* a power of two: lists double there */

struct doing {
	struct cx *cx;
	use_fn *fn;
	void *arg;
	struct outcome out;
	bool again;
};

static bool keyed(const struct cx *cx) { return cx->key && cx->actor.person; }

static enum rc key_reserve(struct work *w)
{
	struct q_idempotency_insert_in in = {
		.scope = w->cx->actor.person, .key = w->cx->key, .body_hash = { w->cx->body_hash, sizeof w->cx->body_hash }, .now = w->cx->now,
	};
	uint64_t n;

	return keyed(w->cx) ? q_idempotency_insert(w->tx, &in, &n) : RC_OK;
}

static enum rc key_answer(struct work *w)
{
	struct q_idempotency_answer_in in = {
		.scope = w->cx->actor.person, .key = w->cx->key, .status = (uint64_t)w->out.status, .location = w->out.location, .body = w->out.body,
	};
	uint64_t n;

	if (!keyed(w->cx))
		return RC_OK;
	assert(strlen(w->out.location) <= OUTCOME_LOCATION_MAX);
	return q_idempotency_answer(w->tx, &in, &n);
}

static enum rc flush_counter(struct work *w)
{
	uint64_t n;
	struct q_org_counter_move_in in = w->counter;

	w->counter = (struct q_org_counter_move_in){ 0 };
	if (!in.org)
		return RC_OK;
	TRY(q_org_counter_move(w->tx, &in, &n));
	return n == 1 ? RC_OK : RC_INTERNAL;
}

static enum rc flush(struct work *w)
{
	TRY(flush_counter(w));
	TRY(ledger_flush(w));
	TRY(bill_flush(w));
	if (w->outbox_n)
		TRY(q_outbox_insert(w->tx, w->outbox, w->outbox_n));
	if (w->audit_n)
		TRY(q_audit_insert(w->tx, w->audit, w->audit_n));
	return key_answer(w);
}

static struct work *work_new(struct cx *cx, struct tx *tx)
{
	struct work *w = ARENA_NEW(cx->a, struct work);

	*w = (struct work){ .cx = cx, .tx = tx, .out = { 200, "", NULL } };
	return w;
}

/* The first statement says whether this was done before; nothing else may answer RC_DUPLICATE as such. */
static enum rc once(struct tx *tx, void *arg)
{
	struct doing *d = arg;
	struct work *w = work_new(d->cx, tx);

	TRY(key_reserve(w));
	enum rc rc = d->fn(w, d->arg);
	if (rc == RC_OK)
		rc = flush(w);
	d->out = w->out;
	d->again = w->again;
	return rc == RC_DUPLICATE ? RC_CONFLICT : rc;
}

/* The answer that was given under this key. */
static enum rc answer_again(struct cx *cx, struct outcome *out)
{
	struct q_idempotency_show_in in = { .scope = cx->actor.person, .key = cx->key };
	struct q_idempotency_show row;

	TRY(q_idempotency_show(cx->db, cx->a, &in, &row));
	if (row.body_hash.n != sizeof cx->body_hash || memcmp(row.body_hash.p, cx->body_hash, sizeof cx->body_hash))
		return RC_KEY_REUSED;
	*out = (struct outcome){ (int)row.status, row.location, row.body };
	return RC_OK;
}

enum rc work_do(struct cx *cx, use_fn *fn, void *arg, struct outcome *out)
{
	struct doing d = { .cx = cx, .fn = fn, .arg = arg };
	enum rc rc = RC_OK;

	/* An answer lost at COMMIT: the same transaction again, whose key tells whether it had been committed. */
	for (int i = 0; i < TRIES && (!i || rc == RC_UNCERTAIN || d.again); i++) {
		if (rc == RC_UNCERTAIN)
			log_event('E', "commit_uncertain", LOG_STR("request", cx->request_id), LOG_INT("try", i));
		d.again = false;
		rc = db_tx(cx->db, cx->a, once, &d);
		if (rc == RC_UNCERTAIN && !keyed(cx))
			return rc;
	}
	if (rc == RC_DUPLICATE)
		rc = answer_again(cx, &d.out);
	if (rc == RC_OK && out)
		*out = d.out;
	return rc;
}

enum rc work_as_channel(struct cx *cx, enum payment_channel c, use_fn *fn, void *arg)
{
	struct actor actor = cx->actor;
	const char *key = cx->key;
	enum rc rc = RC_UNCERTAIN;

	cx->actor = (struct actor){ .name = payment_channel_enum.names[c], .address = actor.address };
	cx->key = NULL;
	for (int i = 0; i < TRIES && rc == RC_UNCERTAIN; i++)
		rc = work_do(cx, fn, arg, NULL);
	cx->actor = actor;
	cx->key = key;
	return rc;
}

void *work_room(struct arena *a, void *rows, size_t n, size_t size)
{
	if (n && (n < ROWS_FIRST || n & (n - 1)))
		return rows;
	void *more = arena_array(a, n ? 2 * n : ROWS_FIRST, size);
	return n ? memcpy(more, rows, n * size) : more;
}

enum rc work_again(struct work *w)
{
	w->again = true;
	return RC_BUSY;
}

void work_audit(struct work *w, struct event e)
{
	const struct actor *by = &w->cx->actor;

	WORK_ADD(w, audit) = (struct q_audit_insert_in){
		.id = id_new(w->cx->now), .object_kind = e.kind, .object = e.object, .org = e.org, .event = e.name, .from_state = e.from, .to_state = e.to,
		.why = e.why ? e.why : "", .details = e.details, .actor = by->person, .actor_org = by->org, .actor_name = by->name,
		.address = by->address ? by->address : "", .request_id = w->cx->request_id ? w->cx->request_id : "",
	};
}

uint64_t work_outbox(struct work *w, enum outbox_kind kind, uint64_t subject, const char *action)
{
	uint64_t id = id_new(w->cx->now);

	WORK_ADD(w, outbox) = (struct q_outbox_insert_in){ .id = id, .kind = kind, .subject = subject, .action = action, .now = w->cx->now };
	return id;
}

static enum rc counter_of(struct work *w, uint64_t org)
{
	if (w->counter.org && w->counter.org != org)
		TRY(flush_counter(w));
	w->counter.org = org;
	return RC_OK;
}

static void count(struct q_org_counter_move_in *c, enum order_state s, int64_t by)
{
	switch (s) {
	case ORDER_TO_CONFIRM: c->to_confirm += by; break;
	case ORDER_IN_REVIEW:  c->in_review += by; break;
	case ORDER_TO_PAY:     c->to_pay += by; break;
	case ORDER_PROCESSING: c->processing += by; break;
	case ORDER_REFUNDING:  c->refunding += by; break;
	case ORDER_COMPLETED:  c->completed += by; break;
	case ORDER_CANCELLED:  c->cancelled += by; break;
	}
}

enum rc work_count_order(struct work *w, uint64_t org, enum order_state from, enum order_state to)
{
	TRY(counter_of(w, org));
	if (from)
		count(&w->counter, from, -1);
	count(&w->counter, to, 1);
	return RC_OK;
}

enum rc work_count_resource(struct work *w, uint64_t org, int64_t by)
{
	TRY(counter_of(w, org));
	w->counter.resources += by;
	return RC_OK;
}
