#ifndef APP_ORDER_H
#define APP_ORDER_H
#include "app/work.h"
#include "domain/price.h"
#include "q_coupon.h"
#include "q_product.h"

/* Placing, cancelling and expiring orders.  Their states are changed in apply.c. */

/* What the buyer chose, as the checkout's form gives it. */
struct order_choice {
	uint64_t plan;
	int64_t quantity, duration;
	enum time_unit duration_unit;		/* none for one-off and free plans */
	const char *options;			/* "code=choice,code=choice" or "" */
	uint64_t coupon;			/* a claim of the buyer's; 0 = none */
	bool best_coupon;			/* the one that saves most, whatever `coupon` says (ORD-12) */
};

/* What the buyer claimed for the product: what it takes off, or why it is not for this order (ORD-12). */
struct order_coupon {
	const struct q_coupon_held_list *held;
	uint64_t claim;
	struct money saves;			/* 0 when it is not for this order */
	enum coupon_obstacle why_not;		/* 0 = usable */
};

/* Everything the review page shows: the choice priced by the one price function (CAT-4). */
struct order_quote {
	struct q_plan_for_sale sale;
	struct q_plan_price_list *prices;
	struct q_choice_list *choices;
	size_t prices_n, choices_n;
	struct price price;			/* valid when error is NULL */
	struct order_coupon *coupons;		/* of this product: usable ones first, the best on top */
	size_t coupons_n, coupons_usable;
	const struct order_coupon *coupon;	/* the one that is in the price; NULL = none */
	const char *error_field, *error;	/* message key of what is wrong with the choice, and its field */
};
/* RC_NOT_FOUND: no such plan, or it is not for sale.  A bad choice is RC_OK with error set. */
MUST_USE enum rc order_quote(struct cx *cx, const struct order_choice *c, struct order_quote *q);

/* Every line of a price, as an order keeps it (CAT-4). */
const char *order_price_json(struct arena *a, const struct price *p);

struct order_place_in {
	struct order_choice choice;
	struct money seen;			/* the payable the buyer saw (CAT-4): another price is not charged */
	const char *contact, *memo;
	bool agreed;				/* both agreements ticked, in the versions that were shown (ORD-10) */
	uint64_t product_agreement, platform_agreement;
};
struct order_placed {
	const char *number;
	bool price_changed;			/* nothing was placed: show the review page again with the new price */
	const char *error_field, *error;	/* nothing was placed: a message key */
};
/* One order however often it is submitted under one key (ORD-11).  outcome.location is its payment page, or its own page when
 * there is nothing to pay. */
MUST_USE enum rc order_place(struct cx *cx, const struct order_place_in *in, struct order_placed *placed, struct outcome *out);

/* RC_NOT_FOUND: not the buyer's; RC_CONFLICT: no longer unpaid. */
MUST_USE enum rc order_cancel(struct cx *cx, const char *number, const char *why, struct outcome *out);
/* The job: cancels an order whose deadline is over (ORD-6); RC_CONFLICT when it is paid meanwhile. */
MUST_USE enum rc order_expire(struct cx *cx, uint64_t buyer, uint64_t id);
#endif
