#include "app/coupon.h"

#include "base/id.h"
#include "domain/coupon.h"
#include "q_coupon.h"

struct claiming {
	uint64_t coupon;
	const char **error;
};

static enum rc refuse(const struct claiming *c, const char *why)
{
	*c->error = why;
	return RC_INVALID;
}

/* Nothing was taken: the first thing that stands against it. */
static enum rc explain(const struct claiming *c, const struct q_coupon_for_claim *r, struct instant now)
{
	if (r->state == COUPON_DRAFT)
		return RC_NOT_FOUND;
	if (r->state == COUPON_STOPPED || r->claim_to.us < now.us)
		return refuse(c, "coupon.claim_over");
	return refuse(c, r->claim_from.us > now.us ? "coupon.claim_not_yet" : "coupon.none_left");
}

/* The coupon's row is locked from the first statement on, so that the claims of one coupon come one after the other. */
static enum rc claim(struct work *w, void *arg)
{
	const struct claiming *c = arg;
	struct instant now = w->cx->now;
	struct q_coupon_for_claim r;
	uint64_t taken, n;

	TRY(q_coupon_take(w->tx, &(struct q_coupon_take_in){ .id = c->coupon, .now = now }, &taken));
	TRY(q_coupon_for_claim(tx_db(w->tx), w->cx->a,
		&(struct q_coupon_for_claim_in){ .id = c->coupon, .buyer = w->cx->actor.org }, &r));
	if (!taken)
		return explain(c, &r, now);
	if (r.mine >= (int64_t)r.per_buyer)
		return refuse(c, "coupon.claimed_enough");
	struct q_coupon_claim_insert_in in = {
		.buyer = w->cx->actor.org, .id = id_new(now), .number = number_new(w->cx->a, now), .coupon = c->coupon,
		.provider = r.provider_id, .nth = (uint64_t)r.mine + 1, .now = now,
		.valid_from = r.valid_days ? now : r.valid_from,
		.valid_to = r.valid_days ? coupon_days_end(now, r.valid_days) : r.valid_to,
	};
	enum rc rc = q_coupon_claim_insert(w->tx, &in, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	work_audit(w, (struct event){ .kind = OBJECT_COUPON, .object = in.id, .org = in.buyer, .name = "claim",
		.to = claim_state_enum.names[CLAIM_USABLE] });
	w->out = (struct outcome){ 201, "/console/coupons", arena_printf(w->cx->a, "{\"number\":\"%s\"}", in.number) };
	return RC_OK;
}

enum rc coupon_claim(struct cx *cx, uint64_t coupon, const char **error, struct outcome *out)
{
	return work_do(cx, claim, &(struct claiming){ coupon, error }, out);
}

static void tell(struct work *w, const struct order_now *o, const char *event, enum claim_state to)
{
	work_audit(w, (struct event){ .kind = OBJECT_COUPON, .object = o->coupon, .org = o->buyer, .name = event,
		.to = claim_state_enum.names[to], .why = o->number });
}

enum rc coupon_hold(struct work *w, const struct order_now *o, struct money saves)
{
	uint64_t n;

	if (!o->coupon)
		return RC_OK;
	TRY(q_coupon_hold(w->tx, &(struct q_coupon_hold_in){ .buyer = o->buyer, .id = o->coupon, .order = o->id,
		.saved = saves, .now = w->cx->now }, &n));
	tell(w, o, "hold", CLAIM_LOCKED);
	return n == 1 ? RC_OK : RC_CONFLICT;
}

enum rc coupon_use(struct work *w, const struct order_now *o)
{
	uint64_t n;

	if (!o->coupon)
		return RC_OK;
	TRY(q_coupon_use(w->tx, &(struct q_coupon_use_in){ .buyer = o->buyer, .id = o->coupon, .order = o->id }, &n));
	tell(w, o, "use", CLAIM_USED);
	return n == 1 ? RC_OK : RC_INTERNAL;
}

enum rc coupon_free(struct work *w, const struct order_now *o)
{
	uint64_t n;

	if (!o->coupon)
		return RC_OK;
	TRY(q_coupon_free(w->tx, &(struct q_coupon_free_in){ .buyer = o->buyer, .id = o->coupon, .order = o->id }, &n));
	tell(w, o, "free", CLAIM_USABLE);
	return n == 1 ? RC_OK : RC_INTERNAL;
}
