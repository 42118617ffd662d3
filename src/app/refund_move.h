#ifndef APP_REFUND_MOVE_H
#define APP_REFUND_MOVE_H
#include "app/apply.h"

/* One event of a refund with all that belongs to it: the orders that wait for it and the refund are locked, it moves, the books, the room of what came
 * in, messages, cases and those orders follow.  RC_DENIED: whoever stopped it does not decide about it. */
MUST_USE enum rc refund_move(struct work *w, uint64_t id, enum refund_event ev, enum actor_kind who, const struct refund_learnt *l);
#endif
