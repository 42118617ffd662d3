#include "domain/remit_claim.h"

#define MACHINE remit_claim
#define MACHINE_ROWS "domain/remit_claim.def"
#define MACHINE_FACTS void
#include "domain/machine_rows.h"

enum rc remit_claim_step(enum remit_claim_state state, enum remit_claim_event event, enum actor_kind who, struct move *out)
{
	return machine_step(&remit_claim_machine, state, event, who, holds(NULL), out);
}
