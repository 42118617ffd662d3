#include "domain/payout.h"

#define MACHINE payout
#define MACHINE_ROWS "domain/payout.def"
#define MACHINE_FACTS void
#include "domain/machine_rows.h"

enum rc payout_step(enum payout_state state, enum payout_event event, enum actor_kind who, struct move *out)
{
	return machine_step(&payout_machine, state, event, who, holds(NULL), out);
}
