#include "domain/coupon.h"

#include <assert.h>

#include "base/time.h"

struct instant coupon_day_end(struct date d)
{
	return instant_add(date_begin((struct date){ d.days + 1 }), -SECOND_US);
}

struct instant coupon_days_end(struct instant claimed, uint64_t days)
{
	return coupon_day_end((struct date){ date_of(claimed).days + (int32_t)days });
}

enum claim_state claim_state_at(enum claim_state stored, struct instant valid_to, struct instant now)
{
	return stored == CLAIM_USABLE && valid_to.us < now.us ? CLAIM_EXPIRED : stored;
}

/* A trial that becomes a paid plan is bought for the first time; a change is neither a purchase nor a renewal. */
static enum coupon_obstacle wrong_kind(enum coupon_use used_for, enum order_kind kind)
{
	bool buys = kind == ORDER_KIND_PURCHASE || kind == ORDER_KIND_CONVERSION, renews = kind == ORDER_KIND_RENEWAL;

	if ((buys && used_for != COUPON_FOR_RENEWAL) || (renews && used_for != COUPON_FOR_PURCHASE))
		return 0;
	return used_for == COUPON_FOR_RENEWAL ? COUPON_ONLY_RENEWAL : COUPON_ONLY_PURCHASE;
}

enum coupon_obstacle coupon_obstacle(const struct coupon_held *h, enum order_kind kind, struct instant now)
{
	switch (claim_state_at(h->state, h->valid_to, now)) {
	case CLAIM_LOCKED:
		return COUPON_LOCKED;
	case CLAIM_USED:
	case CLAIM_EXPIRED:
		return COUPON_GONE;
	case CLAIM_USABLE:
		break;
	}
	return h->valid_from.us > now.us ? COUPON_NOT_YET : wrong_kind(h->used_for, kind);
}

struct price_coupon coupon_strength(enum coupon_kind kind, uint64_t percent, struct money amount, struct money minimum)
{
	return (struct price_coupon){ .kind = kind, .per_mille = (int64_t)percent * 10, .amount = amount,
		.minimum = minimum };
}

/* -- what may be offered (ORD-14) ---------------------------------------------------------------------------------- */

struct checking {
	const struct coupon_terms *t;
	struct coupon_wrong *wrong;
	size_t n;
};

static void must(struct checking *c, bool holds, const char *field, const char *error)
{
	assert(c->n < COUPON_WRONG_MAX);
	if (!holds)
		c->wrong[c->n++] = (struct coupon_wrong){ field, error };
}

static void check_strength(struct checking *c)
{
	const struct coupon_terms *t = c->t;

	if (t->kind == COUPON_PERCENT)
		must(c, t->percent >= 1 && t->percent <= COUPON_PERCENT_MAX, "percent", "coupon_edit.percent_wrong");
	else if (t->amount.fen < 1)
		must(c, false, "amount", "coupon_edit.amount_missing");
	else
		must(c, !t->minimum.fen || t->amount.fen <= t->minimum.fen, "amount", "coupon_edit.amount_over");
}

/* It must be claimable some day, and usable on each day on which it can be claimed. */
static void check_times(struct checking *c, struct date today)
{
	const struct coupon_terms *t = c->t;

	if (t->claim_to.days < t->claim_from.days)
		must(c, false, "claim_to", "coupon_edit.dates_reversed");
	else
		must(c, t->claim_to.days >= today.days, "claim_to", "coupon_edit.date_past");
	if (t->life == COUPON_AFTER_CLAIM) {
		must(c, t->valid_days >= 1 && t->valid_days <= COUPON_DAYS_MAX, "valid_days",
			"coupon_edit.days_missing");
		return;
	}
	must(c, t->valid_from.days, "valid_from", "coupon_edit.date_missing");
	must(c, t->valid_to.days, "valid_to", "coupon_edit.date_missing");
	if (!t->valid_from.days || !t->valid_to.days)
		return;
	must(c, t->valid_from.days >= t->claim_from.days, "valid_from", "coupon_edit.valid_before_claim");
	if (t->valid_to.days < t->valid_from.days)
		must(c, false, "valid_to", "coupon_edit.dates_reversed");
	else
		must(c, t->valid_to.days >= t->claim_to.days, "valid_to", "coupon_edit.valid_ends_early");
}

size_t coupon_check(const struct coupon_terms *t, struct date today, struct coupon_wrong wrong[COUPON_WRONG_MAX])
{
	struct checking c = { .t = t, .wrong = wrong };

	check_strength(&c);
	must(&c, t->scope == COUPON_OF_PROVIDER || t->products_n, "products", "coupon_edit.products_missing");
	check_times(&c, today);
	must(&c, t->per_buyer <= t->total, "per_buyer", "coupon_edit.per_buyer_over");
	return c.n;
}
