#ifndef APP_COUPON_H
#define APP_COUPON_H
#include "app/apply.h"

/* What buyers do with the coupons of providers (ORD-14, ORD-15).  A claim is usable, locked by an unpaid order, used,
 * and free again when that order is cancelled unpaid or none of its lines could be made. */

/* Claims a coupon for the actor's organisation: never more than its total and its limit for each buyer, under any
 * concurrency. RC_NOT_FOUND: not published; RC_INVALID: *error is the message that says why. */
MUST_USE enum rc coupon_claim(struct cx *cx, uint64_t coupon, const char **error, struct outcome *out);

/* For the transaction that places, pays or ends an order; nothing when it names no coupon (o->coupon, a claim of its
 * buyer). hold: RC_CONFLICT when the claim was locked, used or is over meanwhile.  free: what is past its validity is
 * expired again. */
MUST_USE enum rc coupon_hold(struct work *w, const struct order_now *o, struct money saves);
MUST_USE enum rc coupon_use(struct work *w, const struct order_now *o);
MUST_USE enum rc coupon_free(struct work *w, const struct order_now *o);
#endif
