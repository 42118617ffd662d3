#ifndef APP_SETTLE_H
#define APP_SETTLE_H
#include "app/apply.h"

/* What happens when a payment has succeeded, whoever said so: a channel's word, the balance, or vouchers and cards alone. */

/* One of the orders of a payment: locked, like the payment, in this transaction. */
struct paid_order {
	struct order_now order;
	uint64_t payer;
	struct money amount, cash, gift;	/* the rest of the amount: vouchers and cards */
};
/* The payment succeeds, its vouchers and cards are used, each of its orders is booked and moves on (MON-4). */
MUST_USE enum rc settle_payment(struct work *w, struct payment_now *p, const struct payment_learnt *l, enum actor_kind who, struct paid_order *orders, size_t n);
#endif
