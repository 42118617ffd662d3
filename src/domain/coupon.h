#ifndef DOMAIN_COUPON_H
#define DOMAIN_COUPON_H
#include "domain/price.h"

/* Coupons (ORD-14, ORD-15): what a provider may offer, and when what a buyer claimed of it counts.  Instants that end
 * something are its last second. */

enum { COUPON_NAME_MAX = 40, COUPON_PERCENT_MAX = 99, COUPON_DAYS_MAX = 3650 };
enum { COUPON_TOTAL_MAX = 1000000, COUPON_PER_BUYER_MAX = 100, COUPON_PRODUCTS_MAX = 200 };

/* The last second of a day, and of the day so many days after an instant. */
struct instant coupon_day_end(struct date d);
struct instant coupon_days_end(struct instant claimed, uint64_t days);

/* A claim as its buyer sees it: what is stored, or expired when its validity is over. */
enum claim_state claim_state_at(enum claim_state stored, struct instant valid_to, struct instant now);

/* Why a claim is not for an order of this kind now, whatever the order's sum: 0 = nothing stands against it. */
struct coupon_held {
	enum claim_state state;
	enum coupon_use used_for;
	struct instant valid_from, valid_to;
};
enum coupon_obstacle coupon_obstacle(const struct coupon_held *h, enum order_kind kind, struct instant now);

/* What it takes off, as the price function wants it. */
struct price_coupon coupon_strength(enum coupon_kind kind, uint64_t percent, struct money amount, struct money minimum);

/* What a provider fills in; the last days count whole. */
struct coupon_terms {
	const char *name;
	enum coupon_kind kind;
	enum coupon_scope scope;
	enum coupon_use used_for;
	enum coupon_life life;
	int64_t percent, valid_days, total, per_buyer;
	struct money amount, minimum;
	const uint64_t *products;
	size_t products_n;
	struct date claim_from, claim_to, valid_from, valid_to;
};
struct coupon_wrong { const char *field, *error; };	/* error: a message key */
enum { COUPON_WRONG_MAX = 8 };
/* What is wrong with a draft, or with a coupon that is to be published today: how many, none when it is good. */
size_t coupon_check(const struct coupon_terms *t, struct date today, struct coupon_wrong wrong[COUPON_WRONG_MAX]);
#endif
