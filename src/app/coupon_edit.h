#ifndef APP_COUPON_EDIT_H
#define APP_COUPON_EDIT_H
#include "app/work.h"
#include "domain/coupon.h"

/* What providers do with their coupons (ORD-14): a draft is filled in, changed, published; what is published can only
 * be stopped, and what was claimed of it stays usable.  The actor's organisation owns it: another's is RC_NOT_FOUND. */

struct coupon_wrongs { struct coupon_wrong at[COUPON_WRONG_MAX]; size_t n; };

/* id 0: a new draft.  RC_INVALID: wrongs tells what is wrong; RC_CONFLICT: it is no longer a draft. */
MUST_USE enum rc coupon_save(struct cx *cx, uint64_t id, const struct coupon_terms *t, struct coupon_wrongs *wrongs,
		struct outcome *out);
/* RC_INVALID: its time is over; RC_CONFLICT: somebody was faster. */
MUST_USE enum rc coupon_publish(struct cx *cx, uint64_t id, struct outcome *out);
MUST_USE enum rc coupon_stop(struct cx *cx, uint64_t id, struct outcome *out);
MUST_USE enum rc coupon_delete(struct cx *cx, uint64_t id, struct outcome *out);
#endif
