#ifndef APP_GIFT_H
#define APP_GIFT_H
#include "app/work.h"

/* Gift money that the platform gives to a buyer (MON-3): one of finance proposes it with a reason, another approves or refuses. */

#define GIFT_MAX_FEN INT64_C(100000000)		/* of one grant */

/* org: its name or id.  RC_INVALID: *error says why at the field "org". */
struct gift_ask { const char *org, *reason; struct money amount; };
MUST_USE enum rc gift_propose(struct cx *cx, const struct gift_ask *ask, const char **error, struct outcome *out);
/* RC_DENIED: by the one who proposed it; RC_CONFLICT: it is decided already. */
MUST_USE enum rc gift_approve(struct cx *cx, const char *number, struct outcome *out);
MUST_USE enum rc gift_refuse(struct cx *cx, const char *number, const char *why, struct outcome *out);
#endif
