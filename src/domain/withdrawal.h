#ifndef DOMAIN_WITHDRAWAL_H
#define DOMAIN_WITHDRAWAL_H
#include "domain/machine.h"

/* The life of a withdrawal: MON-12.  The rows stand in withdrawal.def. */
enum withdrawal_fx {
	WITHDRAWAL_FX_SEND = 1 << 0,	/* its parts go out */
	WITHDRAWAL_FX_THAW = 1 << 1,	/* the money is cash again */
	WITHDRAWAL_FX_TELL = 1 << 2,	/* the organisation is told how it ended */
};

/* Of its parts that have ended: how many arrived. */
struct withdrawal_facts { int done; };

extern const struct machine withdrawal_machine;
MUST_USE enum rc withdrawal_step(enum withdrawal_state state, enum withdrawal_event event, enum actor_kind who, const struct withdrawal_facts *f, struct move *out);
#endif
