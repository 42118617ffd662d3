#ifndef DOMAIN_PRICE_H
#define DOMAIN_PRICE_H
#include "base/money.h"
#include "domain/enums.h"

/* CAT-4: the one function that says what something costs.  Whoever shows or charges a price calls it.
 *
 * A price comes about in these steps, each of them a line:
 *	list price	the shortest duration's price, for the whole duration
 *	options		what each choice adds: an amount, or a share of the duration's price
 *	duration	what the chosen duration costs less than the shortest
 *	agreed		the discount that the platform agreed on with the buyer
 *	coupon		never below 0
 *	quoted		what a quotation says instead (ORD-20)
 * Free plans, trials, and what is paid by usage cost nothing when they are ordered. */

enum {
	PRICE_OPTIONS_MAX = 32, PRICE_LINES_MAX = PRICE_OPTIONS_MAX + 5, PRICE_QUANTITY_MAX = 1000000000, PRICE_DURATION_MAX = 100000,
	PRICE_TIERS_MAX = 20, PRICE_PARTS_MAX = 16
};
#define PRICE_UNITS_MAX INT64_C(1000000000000000)	/* of usage: in a month, in an order's packages */

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
	const char *option_name, *name;	/* as people read them; not needed for the price */
};
struct price_plan {
	enum billing_mode billing;
	const struct price_duration *durations;
	const struct price_choice *choices;
	size_t durations_n, choices_n;
	int64_t quantity_min, quantity_max, quantity_step;
	int64_t package_units;		/* usage that one package holds (CAT-7); else 0 */
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
	const struct price_choice *choice;	/* of a PRICE_OPTION: the plan's */
	struct money amount;		/* what it adds to the total: discounts are negative */
};
/* The lines sum exactly to the total, which is never negative and rounded once (NUM-2). */
struct price {
	struct money list, total;	/* list: before any discount */
	struct money unit;		/* of one unit with its options over the whole duration; before what was agreed and the coupon */
	int64_t package_units;		/* usage in all of the packages */
	struct price_line lines[PRICE_LINES_MAX];
	size_t lines_n;
};

/* 0: *out is set.  Else what is wrong with the choice, shown at the field price_field(). */
enum price_problem price_of(const struct price_plan *plan, const struct price_ask *ask, struct price *out) __attribute__((warn_unused_result));
/* Something else was agreed on for all of it (ORD-20): a line brings the total there. */
void price_quoted(struct price *p, struct money total);
/* "quantity", "duration", "options", "coupon", "plan". */
const char *price_field(enum price_problem p);

/* Components (CAT-8, CAT-14).  A part weighs what its option adds to the price, or nothing when it has none (NULL); the main resource
 * weighs the rest: weights[0], that of part i is weights[1 + i]. */
void price_weights(const struct price *p, const char *const *options, size_t n, int64_t *weights);
/* What each has in the total, by its weight: they sum exactly to it. */
void price_shares(const struct price *p, const char *const *options, size_t n, struct money *shares);

/* Pay-per-use (CAT-3): the price of so many units of usage, for the usage of a month above a threshold. */
struct price_tier {
	int64_t above;			/* of the first: 0; then rising */
	struct money price;
	int64_t per;			/* 1, 10, 100 … 1 000 000 000 units; what is less counts by its share */
};
bool price_tiers_good(const struct price_tier *tiers, size_t n);

struct price_usage_line { size_t tier; int64_t quantity; struct money amount; };
struct price_usage {
	struct money total;
	struct price_usage_line lines[PRICE_TIERS_MAX];	/* of the tiers that the quantity fell into; they sum to the total */
	size_t lines_n;
};
/* What `quantity` costs after `used` in the same month.  However a month's usage is cut into pieces, their prices sum to that of the
 * whole.  0, or PRICE_TOO_LARGE. */
enum price_problem price_usage(const struct price_tier *tiers, size_t n, int64_t used, int64_t quantity, struct price_usage *out)
	__attribute__((warn_unused_result));
#endif
