#include "domain/coupon.h"

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
	return (struct price_coupon){ .kind = kind, .per_mille = (int64_t)percent * 10, .amount = amount, .minimum = minimum };
}
