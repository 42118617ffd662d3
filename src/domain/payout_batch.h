#ifndef DOMAIN_PAYOUT_BATCH_H
#define DOMAIN_PAYOUT_BATCH_H
#include "domain/machine.h"

/* The life of a file of payouts: ISO-7.  The rows stand in payout_batch.def. */
enum payout_batch_fx {
	BATCH_FX_SEND = 1 << 0,		/* its payouts are with the bank */
	BATCH_FX_RELEASE = 1 << 1,	/* its payouts wait again */
};

extern const struct machine payout_batch_machine;
MUST_USE enum rc payout_batch_step(enum payout_batch_state state, enum payout_batch_event event, enum actor_kind who, struct move *out);
#endif
