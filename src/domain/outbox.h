#ifndef DOMAIN_OUTBOX_H
#define DOMAIN_OUTBOX_H
#include "domain/machine.h"

/* Effects outside and their repeats: DEL-2, PRV-5. */

enum outbox_fx { OUTBOX_FX_FAIL_LINE = 1 << 0 };	/* of a provisioning: its line has failed (REF-13) */

struct outbox_facts { int tries; };	/* made so far, this one included */

extern const struct machine outbox_machine;

enum rc outbox_step(enum outbox_state state, enum outbox_event event, enum actor_kind who, const struct outbox_facts *f,
		    struct move *out) MUST_USE;

/* Microseconds from a failed try, the tries-th (1 = the first), to the next: 10s, 1m, 5m, 15m, 30m, 1h, 2h, 4h, 8h; 0: no more. */
int64_t outbox_pause(int tries);
#endif
