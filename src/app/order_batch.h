#ifndef APP_ORDER_BATCH_H
#define APP_ORDER_BATCH_H
#include "app/order.h"

/* One thing done with several orders (ORD-17): each by itself, so that one whose state has changed meanwhile keeps no other from it; what became of
 * each is its state afterwards.  Under one idempotency key each happens once, however often it is asked for. */
typedef enum rc order_deed(struct cx *cx, const char *number, const char *why, struct outcome *out);

/* RC_OK: it was tried with all of them. */
MUST_USE enum rc order_each(struct cx *cx, const char *const *numbers, size_t n, order_deed *deed, const char *why);

/* ORD-7: a cancelled or completed order leaves the buyer's list, and comes back.  RC_NOT_FOUND: not the buyer's; RC_CONFLICT: not closed yet, or it is so
 * already. */
MUST_USE enum rc order_delete(struct cx *cx, const char *number, const char *why, struct outcome *out);
MUST_USE enum rc order_restore(struct cx *cx, const char *number, const char *why, struct outcome *out);
#endif
