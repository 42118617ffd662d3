#ifndef APP_REFUND_PROPOSE_H
#define APP_REFUND_PROPOSE_H
#include "app/refund.h"

/* Refunds by finance: one person proposes, another decides.  What vouchers paid stays out of them (REF-1). */

struct refund_proposal {
	const char *order;		/* number */
	struct money amount;
	enum refund_target to;
	uint64_t line;			/* whose resource ends with it (REF-4); 0: it goes on */
	const char *why;
};
/* What an order's cash, gift and cards gave and have not back yet. */
MUST_USE enum rc refund_left(struct cx *cx, uint64_t order, struct money *left);
/* RC_NOT_FOUND: no such order; RC_INVALID: *field and *error (a message key) say what cannot be. */
MUST_USE enum rc refund_propose(struct cx *cx, const struct refund_proposal *p, const char **field, const char **error, struct outcome *out);
/* RC_DENIED: by the one who proposed; RC_CONFLICT: it is decided, or the order has less left by now. */
MUST_USE enum rc refund_approve(struct cx *cx, uint64_t id, struct outcome *out);
MUST_USE enum rc refund_decline(struct cx *cx, uint64_t id, const char *why, struct outcome *out);
#endif
