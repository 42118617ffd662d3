#ifndef APP_ORDER_H
#define APP_ORDER_H
#include "app/apply.h"
#include "domain/price.h"
#include "q_coupon.h"
#include "q_product.h"

/* Placing orders and moving them.  Their states are changed in apply.c. */

/* What the buyer chose, as the checkout's form gives it. */
struct order_choice {
	uint64_t buyer;				/* for whom; 0 = the actor's own organisation */
	enum order_kind kind;			/* 0 = purchase */
	uint64_t plan;
	int64_t quantity, duration;
	enum time_unit duration_unit;		/* none for one-off and free plans */
	const char *options;			/* "code=choice,code=choice" or "" */
	uint64_t coupon;			/* a claim of the buyer's; 0 = none */
	bool best_coupon;			/* the one that saves most, whatever `coupon` says (ORD-12) */
	const uint64_t *taken;			/* claims that other items of the same checkout name */
	size_t taken_n;
};

/* What the buyer claimed for the product: what it takes off, or why it is not for this order (ORD-12). */
struct order_coupon {
	const struct q_coupon_held_list *held;
	uint64_t claim, same;			/* same: how many claims of this coupon it stands for */
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
	size_t coupons_n, coupons_held, coupons_usable;	/* n: different ones; the others count claims */
	const struct order_coupon *coupon;	/* the one that is in the price; NULL = none */
	const char *error_field, *error;	/* message key of what is wrong with the choice, and its field */
};
/* RC_NOT_FOUND: no such plan.  A bad choice, or a plan that is not for sale (any more), is RC_OK with error set. */
MUST_USE enum rc order_quote(struct cx *cx, const struct order_choice *c, struct order_quote *q);

/* Every line of a price, as an order keeps it (CAT-4). */
const char *order_price_json(struct arena *a, const struct price *p);

/* One thing that is bought. */
struct order_item {
	struct order_choice choice;
	struct money seen;		/* the payable the buyer saw (CAT-4): another price is not charged */
	uint64_t product_agreement;	/* the version that was ticked (ORD-10) */
	const char *name, *tags;	/* of its resources (CAT-14): NULL = the product's name; "key=value" a line each */
	struct date begin_on;		/* first day of a package (CAT-7); 0 = at once */
	uint64_t base;			/* conversion: the trial resource (CAT-5) */
	uint64_t host;			/* an image: the buyer's server it runs on (CAT-6) … */
	size_t host_item;		/* … or the item of this checkout, counted from 1, that is the server */
	const char *quotation;		/* its number: this choice at its price, once (ORD-20); NULL = none */
};
enum { ORDER_ITEMS_MAX = 30, ORDER_LINES_MAX = 100 };	/* ORD-5; resources and their parts of one order */
struct order_place_in {
	const struct order_item *items;
	size_t items_n;			/* 1 … ORDER_ITEMS_MAX; more than one is a combined order (ORD-5) */
	uint64_t buyer;			/* for whom an account manager orders (ORD-9): it waits for their word; 0 = the actor's own organisation */
	const char *contact, *memo;
	bool agreed;			/* all agreements ticked, in the versions that were shown (ORD-10) */
	uint64_t platform_agreement;
};
struct order_placed {
	const char *number;		/* of the first order */
	size_t item;			/* which item is wrong, from 0 */
	bool price_changed;		/* nothing was placed: show the review page again with the new price */
	const char *error_field, *error;	/* nothing was placed: a message key */
};
/* One result however often it is submitted under one key (ORD-11).  outcome.location is where to go on: the payment page, else the
 * order's page. */
MUST_USE enum rc order_place(struct cx *cx, const struct order_place_in *in, struct order_placed *placed, struct outcome *out);

/* An order, and with it the others of its combined order (ORD-5), locked in order of id. */
struct order_group {
	struct order_now *orders;
	size_t n;
	bool priced;			/* something is to be paid for one of them */
};
/* buyer: whose it must be; 0 = anybody's, for the platform's people and jobs.  RC_NOT_FOUND. */
MUST_USE enum rc order_lock_group(struct work *w, uint64_t buyer, const char *number, struct order_group *g);
/* One event for all of them that are not closed yet.  RC_CONFLICT: it cannot happen to one of them (any more), or all are closed. */
MUST_USE enum rc order_group_move(struct work *w, struct order_group *g, enum order_event ev, enum actor_kind who, const char *why);

/* The buyer's word, for the whole combined order.  RC_NOT_FOUND: not the buyer's; RC_CONFLICT: somebody was faster.
 * confirm: what an account manager ordered (ORD-9), declined by a cancel. */
MUST_USE enum rc order_cancel(struct cx *cx, const char *number, const char *why, struct outcome *out);
MUST_USE enum rc order_confirm(struct cx *cx, const char *number, struct outcome *out);
/* The approver's (ORD-8).  `why` is told to the buyer. */
MUST_USE enum rc order_approve(struct cx *cx, const char *number, const char *why, struct outcome *out);
MUST_USE enum rc order_refuse(struct cx *cx, const char *number, const char *why, struct outcome *out);
/* The job: cancels what was not confirmed, reviewed or paid in time (ORD-6); RC_CONFLICT when somebody was faster. */
MUST_USE enum rc order_expire(struct cx *cx, const char *number);
#endif
