#ifndef APP_OFFER_H
#define APP_OFFER_H
#include "app/work.h"

/* Private offers of a provider (ORD-20). */

enum { OFFER_WHY_MAX = 120 };
/* The largest amount that may be offered: ten million yuan. */
#define OFFER_MAX INT64_C(1000000000)

struct reprice {
	const char *number;
	struct money seen, payable;	/* what the provider saw, and what is to be paid instead; 0 or more */
	const char *why;		/* told to the buyer; at most OFFER_WHY_MAX characters */
};
/* Changes what is to be paid for one order that waits to be paid, and closes the payments under way for it: the buyer pays the new price, or cancels.
 * RC_NOT_FOUND: not an order of this provider's products; RC_CONFLICT: it is not to be paid any more, or its price is another than was seen;
 * RC_INVALID: *field and *error (a message key). */
MUST_USE enum rc offer_reprice(struct cx *cx, const struct reprice *in, const char **field, const char **error, struct outcome *out);
#endif
