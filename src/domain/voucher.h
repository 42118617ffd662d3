#ifndef DOMAIN_VOUCHER_H
#define DOMAIN_VOUCHER_H
#include "base/money.h"
#include "domain/enums.h"

/* Vouchers (代金券) and stored-value cards (储值卡): ORD-13, ORD-16. */

/* The face value is always the sum of these four. */
enum voucher_part { VOUCHER_NOTHING, VOUCHER_AVAILABLE, VOUCHER_RESERVED, VOUCHER_USED, VOUCHER_GONE, VOUCHER_PARTS };
/* What an entry adds to each of them; what it takes is negative. */
struct voucher_change { struct money part[VOUCHER_PARTS]; };
struct voucher_change voucher_change(enum voucher_entry_kind kind, struct money amount);

/* A voucher or card as a payment looks at it. */
struct holding {
	uint64_t id;
	enum voucher_kind kind;
	struct money available, minimum;
	const char *categories, *products;	/* codes, ids with commas between; both empty: for everything */
	bool reusable;
	struct instant from, to;
};
/* An order that is to be paid. */
struct payee {
	uint64_t id, product;
	const char *category;
	struct money payable;
};
/* Why it cannot pay this order now, or 0. */
enum part_problem part_problem(const struct holding *h, const struct payee *o, struct instant now);

/* One voucher for one order, as the buyer chose. */
struct part_pick { size_t order, holding; };
/* What a holding pays of an order.  held: what is reserved for it: all that is left of a voucher that cannot be used again. */
struct part {
	size_t order, holding;
	struct money amount, held;
};
struct parts_ask {
	const struct payee *orders;
	const struct holding *holdings;		/* cards in the order in which they are spent */
	size_t orders_n, holdings_n;
	const struct part_pick *vouchers;	/* at most one for an order (ORD-13) */
	size_t vouchers_n;
	struct instant now;
};
enum { PAY_ORDERS_MAX = 30, HOLDINGS_MAX = 100, PARTS_MAX = PAY_ORDERS_MAX + HOLDINGS_MAX + PAY_ORDERS_MAX };
struct parts {
	struct part part[PARTS_MAX];
	size_t n;
	struct money rest[PAY_ORDERS_MAX];	/* of each order: for the channel */
	struct money total, rest_total;
	size_t wrong;				/* which of ask.vouchers the problem is with */
};
/* First the vouchers, each on its order; then the cards, each on every order that it fits, until it is empty.
 * Not 0: nothing is decided. */
enum part_problem parts_of(const struct parts_ask *ask, struct parts *out);

/* A refund of `amount` out of what was paid, given back in proportion to what of each source has not been given back yet: never more of one
 * than it gave, and over all refunds exactly all of it (REF-13).  left: n of them; amount is at most their sum. */
void parts_return(struct money amount, const struct money *left, size_t n, struct money *back);

/* What its owner is told. */
enum voucher_state voucher_state(const struct holding *h, struct money reserved, struct instant now);
#endif
