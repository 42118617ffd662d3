#ifndef JOBS_PROVISION_H
#define JOBS_PROVISION_H
#include "base/cx.h"
#include "q_outbox.h"

/* The row is done or given up; RC_OK also when another instance was faster. */
MUST_USE enum rc outbox_end(struct cx *cx, uint64_t id, enum outbox_state state);

/* One try to tell a provider's system of a resource (DEL-2, PRV-2, SUB-3): called, recorded, and acted on.  `row` was taken from the outbox, its
 * next attempt is written already. */
MUST_USE enum rc provision_try(struct cx *cx, const struct q_outbox_take *row);
#endif
