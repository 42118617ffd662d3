#ifndef DOMAIN_PAYOUT_H
#define DOMAIN_PAYOUT_H
#include "domain/machine.h"

/* The life of a payout: ISO-7.  The rows stand in payout.def. */
enum payout_fx {
	PAYOUT_FX_PAID = 1 << 0,	/* the money left our account at the bank */
	PAYOUT_FX_BACK = 1 << 1,	/* it did not: it goes back to whom it belongs */
};

extern const struct machine payout_machine;
MUST_USE enum rc payout_step(enum payout_state state, enum payout_event event, enum actor_kind who, struct move *out);
#endif
