#ifndef DOMAIN_PRICE_H
#define DOMAIN_PRICE_H
#include "base/money.h"
#include "domain/enums.h"

/* CAT-4: the one function that says what something costs.  Whoever shows or charges a price calls it. */

enum { PRICE_OPTIONS_MAX = 32, PRICE_LINES_MAX = PRICE_OPTIONS_MAX + 4, PRICE_QUANTITY_MAX = 1000000000, PRICE_DURATION_MAX = 100000 };

/* A plan as it is sold.  Texts are borrowed. */
struct price_duration {
	enum time_unit unit;
	int64_t n;
	struct money price;	/* of one unit over the whole duration */
};
struct price_choice {
	const char *option, *code;	/* choices of the same option stand together */
	struct money adds;		/* for one unit over the whole duration; may be negative */
	int64_t per_mille;		/* of the duration's price; may be negative */
};
struct price_plan {
	enum billing_mode billing;
	const struct price_duration *durations;
	const struct price_choice *choices;
	size_t durations_n, choices_n;
	int64_t quantity_min, quantity_max, quantity_step;
};

/* What a coupon takes off (ORD-14); kind 0 = no coupon. */
struct price_coupon {
	enum coupon_kind kind;
	int64_t per_mille;		/* percent: how much off */
	struct money amount, minimum;	/* amount: how much off; either: not below this sum */
};
struct price_ask {
	enum order_kind kind;
	int64_t quantity, duration;
	enum time_unit unit;		/* none: a plan without durations, or one-off */
	const char *options;		/* "code=choice,code=choice": one choice of each option; "" or NULL */
	int64_t agreed_pm;		/* what the buyer pays of each thousand: 1000 = no discount agreed */
	struct price_coupon coupon;
};

struct price_line {
	enum price_line_kind kind;
	const char *option, *code;	/* of a PRICE_OPTION */
	struct money amount;		/* what it adds to the total: discounts are negative */
};
/* The lines sum exactly to the total, which is never negative and rounded once (NUM-2). */
struct price {
	struct money list, total;	/* list: before any discount */
	struct price_line lines[PRICE_LINES_MAX];
	size_t lines_n;
};

/* 0: *out is set.  Else what is wrong with the choice, shown at the field price_field(). */
enum price_problem price_of(const struct price_plan *plan, const struct price_ask *ask, struct price *out) __attribute__((warn_unused_result));
/* "quantity", "duration", "options", "coupon". */
const char *price_field(enum price_problem p);
#endif
