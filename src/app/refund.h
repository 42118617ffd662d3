#ifndef APP_REFUND_H
#define APP_REFUND_H
#include "app/apply.h"

/* Money that goes back. */

struct refund_of {
	struct money amount;
	uint64_t resource, payer;
};
/* What was paid for a resource that could not be made goes back to what it came from: the payer's cash, gift, vouchers and cards, by an
 * unsubscribe order of its own that is complete at once (ORD-2, REF-13).  `o` is the order that paid for it, locked in this transaction. */
MUST_USE enum rc refund_at_once(struct work *w, const struct order_now *o, const struct refund_of *r, const char *why);
#endif
