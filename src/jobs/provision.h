#ifndef JOBS_PROVISION_H
#define JOBS_PROVISION_H
#include "base/cx.h"
#include "q_outbox.h"

/* One try to have a provider's system make a resource (DEL-2, PRV-2): called, recorded, and acted on.  `row` was taken from the outbox, its
 * next attempt is written already. */
MUST_USE enum rc provision_try(struct cx *cx, const struct q_outbox_take *row);
#endif
