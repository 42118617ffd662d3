#include "app/coupon_edit.h"

#include "base/id.h"
#include "base/time.h"
#include "q_coupon.h"

struct saving {
	uint64_t id;
	const struct coupon_terms *t;
	struct coupon_wrongs *wrongs;
};

static enum rc refuse(struct coupon_wrongs *wrongs, const char *field, const char *error)
{
	*wrongs = (struct coupon_wrongs){ .at = { { field, error } }, .n = 1 };
	return RC_INVALID;
}

static void tell(struct work *w, uint64_t id, const char *event, enum coupon_state from, enum coupon_state to)
{
	work_audit(w, (struct event){
		.kind = OBJECT_COUPON, .object = id, .org = w->cx->actor.org, .name = event,
		.from = from ? coupon_state_enum.names[from] : NULL, .to = to ? coupon_state_enum.names[to] : NULL,
	});
	w->out.location = arena_printf(w->cx->a, "/provider/coupons/%llu", (unsigned long long)id);
}

static enum rc put_products(struct work *w, uint64_t id, const struct saving *s)
{
	struct q_coupon_product_insert_in *rows = ARENA_ARRAY(w->cx->a, struct q_coupon_product_insert_in,
		s->t->products_n);
	struct q_coupon_product_strange strange;
	uint64_t n;

	TRY(q_coupon_product_forget(w->tx, &(struct q_coupon_product_forget_in){ id }, &n));
	if (s->t->scope == COUPON_OF_PROVIDER)
		return RC_OK;
	for (size_t i = 0; i < s->t->products_n; i++)
		rows[i] = (struct q_coupon_product_insert_in){ id, s->t->products[i] };
	enum rc rc = q_coupon_product_insert(w->tx, rows, s->t->products_n);
	if (rc == RC_DUPLICATE)
		return refuse(s->wrongs, "products", "coupon_edit.products_twice");
	TRY(rc);
	TRY(q_coupon_product_strange(tx_db(w->tx), w->cx->a,
		&(struct q_coupon_product_strange_in){ id, w->cx->actor.org }, &strange));
	return strange.n ? refuse(s->wrongs, "products", "coupon_edit.products_strange") : RC_OK;
}

/* What the other kind of coupon, or the other kind of validity, would say is left out. */
static struct q_coupon_insert_in row_of(const struct work *w, uint64_t id, const struct coupon_terms *t)
{
	bool percent = t->kind == COUPON_PERCENT, fixed = t->life == COUPON_FIXED;

	return (struct q_coupon_insert_in){
		.provider = w->cx->actor.org, .id = id, .name = t->name, .kind = t->kind,
		.percent = percent ? (uint64_t)t->percent : 0, .amount = percent ? fen(0) : t->amount,
		.minimum = t->minimum, .scope = t->scope, .used_for = t->used_for,
		.claim_from = date_begin(t->claim_from), .claim_to = coupon_day_end(t->claim_to),
		.valid_from = fixed ? date_begin(t->valid_from) : (struct instant){ 0 },
		.valid_to = fixed ? coupon_day_end(t->valid_to) : (struct instant){ 0 },
		.valid_days = fixed ? 0 : (uint64_t)t->valid_days, .total = (uint64_t)t->total,
		.per_buyer = (uint64_t)t->per_buyer, .now = w->cx->now,
	};
}

static enum rc find(struct work *w, uint64_t id, struct q_coupon_own *own)
{
	return q_coupon_own(tx_db(w->tx), w->cx->a, &(struct q_coupon_own_in){ w->cx->actor.org, id }, own);
}

static enum rc save(struct work *w, void *arg)
{
	const struct saving *s = arg;
	uint64_t id = s->id ? s->id : id_new(w->cx->now), n;
	struct q_coupon_insert_in r = row_of(w, id, s->t);
	struct q_coupon_own own;
	struct q_coupon_update_in change = {
		r.provider, r.id, r.name, r.kind, r.percent, r.amount, r.minimum, r.scope, r.used_for, r.claim_from,
			r.claim_to, r.valid_from, r.valid_to,
		r.valid_days, r.total, r.per_buyer,
	};

	*s->wrongs = (struct coupon_wrongs){ 0 };
	TRY(s->id ? q_coupon_update(w->tx, &change, &n) : q_coupon_insert(w->tx, &r, &n));
	if (!n) {
		TRY(find(w, id, &own));
		return RC_CONFLICT;
	}
	TRY(put_products(w, id, s));
	tell(w, id, s->id ? "edit" : "create", 0, COUPON_DRAFT);
	w->out.status = s->id ? 200 : 201;
	return RC_OK;
}

enum rc coupon_save(struct cx *cx, uint64_t id, const struct coupon_terms *t, struct coupon_wrongs *wrongs,
		struct outcome *out)
{
	wrongs->n = coupon_check(t, date_of(cx->now), wrongs->at);
	if (wrongs->n)
		return RC_INVALID;
	return work_do(cx, save, &(struct saving){ id, t, wrongs }, out);
}

/* The row's state decides; who comes too late is told whether there is such a coupon at all. */
static enum rc moved(struct work *w, uint64_t id, uint64_t n)
{
	struct q_coupon_own own;

	if (n)
		return RC_OK;
	TRY(find(w, id, &own));
	return RC_CONFLICT;
}

static enum rc publish(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	struct q_coupon_own own;
	uint64_t n;

	TRY(q_coupon_publish(w->tx, &(struct q_coupon_publish_in){ w->cx->actor.org, *id, w->cx->now }, &n));
	TRY(moved(w, *id, n));
	TRY(find(w, *id, &own));
	if (own.claim_to.us < w->cx->now.us)
		return RC_INVALID;
	tell(w, *id, "publish", COUPON_DRAFT, COUPON_PUBLISHED);
	return RC_OK;
}

static enum rc stop(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	uint64_t n;

	TRY(q_coupon_stop(w->tx, &(struct q_coupon_stop_in){ w->cx->actor.org, *id }, &n));
	TRY(moved(w, *id, n));
	tell(w, *id, "stop", COUPON_PUBLISHED, COUPON_STOPPED);
	return RC_OK;
}

static enum rc drop(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	uint64_t n;

	TRY(q_coupon_delete(w->tx, &(struct q_coupon_delete_in){ w->cx->actor.org, *id }, &n));
	TRY(moved(w, *id, n));
	TRY(q_coupon_product_forget(w->tx, &(struct q_coupon_product_forget_in){ *id }, &n));
	tell(w, *id, "delete", COUPON_DRAFT, 0);
	w->out.location = "/provider/coupons";
	return RC_OK;
}

enum rc coupon_publish(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, publish, &id, out); }
enum rc coupon_stop(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, stop, &id, out); }
enum rc coupon_delete(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, drop, &id, out); }
