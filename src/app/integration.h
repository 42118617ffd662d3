#ifndef APP_INTEGRATION_H
#define APP_INTEGRATION_H
#include "app/work.h"

/* In the transaction that ends the event as failed: its provider is told (ACC-16). */
MUST_USE enum rc integration_failed(struct work *w, uint64_t id, uint64_t resource, const char *why);
/* An event on which nothing else hangs has failed for good.  RC_CONFLICT: another instance ended it. */
MUST_USE enum rc integration_give_up(struct cx *cx, uint64_t id, uint64_t resource, const char *why);

/* What a provider may do about the events that its own system is told (DEL-2, PRV-5).  RC_NOT_FOUND: it is another's. */

/* May it go out again?  A creation or a change that failed was refunded: it stays as it is (REF-13). */
bool integration_replays(enum outbox_state state, const char *action);
/* Goes out now: one that waits for its next try, or one that failed, from the beginning.  RC_CONFLICT: no longer, or a later event of the same
 * resource was told already. */
MUST_USE enum rc integration_replay(struct cx *cx, uint64_t id, struct outcome *out);
/* Failed, and dealt with by hand.  RC_CONFLICT: it did not fail, or somebody said so before. */
MUST_USE enum rc integration_acknowledge(struct cx *cx, uint64_t id, struct outcome *out);
#endif
