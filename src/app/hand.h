#ifndef APP_HAND_H
#define APP_HAND_H
#include "app/resource.h"

/* What a provider's people deliver (DEL-1, manual): they fill in the application information themselves. */

enum { HAND_EXTRA_MAX = 20 };
struct hand_fill {
	uint64_t id;
	const struct resource_field *fields;	/* a secret without a value stays as it is */
	size_t n;
};
/* The application information anew; and what is not supervised is handed over with it: in use from now on.  A supervised one is handed over by its
 * delivery (DEL-6).  RC_NOT_FOUND: another's, or not by people.  RC_CONFLICT: it has ended. */
MUST_USE enum rc hand_fill(struct cx *cx, const struct hand_fill *in, struct outcome *out);
#endif
