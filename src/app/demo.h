#ifndef APP_DEMO_H
#define APP_DEMO_H
#include "base/cx.h"

/* The demo marketplace (IFC-11, IFC-12): organisations, people, products and orders that look alive.  The same seed gives the same on
 * the same day; what the orders did to the books and the counts is exact. */
struct demo_in {
	const char *folder;		/* of the texts */
	uint64_t seed, orders;		/* 0 orders: the catalogue only; else never fewer than show every state */
	bool force;
};
struct demo_out { size_t orgs, persons, products, buyers; uint64_t orders; };

enum { DEMO_ORDERS = 300 };

/* RC_CONFLICT: there are orders already, more are wanted, and force is not set; nothing is changed then.  RC_NOT_FOUND: no texts in that folder.
 * Writes many transactions: when it is stopped half way the books hold, and a store that has orders must be loaded anew. */
MUST_USE enum rc demo_load(struct cx *cx, const struct demo_in *in, struct demo_out *out);
#endif
