#ifndef DOMAIN_REMIT_CLAIM_H
#define DOMAIN_REMIT_CLAIM_H
#include "domain/machine.h"

/* The life of a claim to a transfer: MON-11.  The rows stand in remit_claim.def. */
enum remit_claim_fx { CLAIM_FX_BOOK = 1 << 0 };	/* the money is the organisation's */

extern const struct machine remit_claim_machine;
MUST_USE enum rc remit_claim_step(enum remit_claim_state state, enum remit_claim_event event, enum actor_kind who, struct move *out);
#endif
