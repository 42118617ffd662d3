#include "domain/payout_batch.h"

#define MACHINE payout_batch
#define MACHINE_ROWS "domain/payout_batch.def"
#define MACHINE_FACTS void
#include "domain/machine_rows.h"

enum rc payout_batch_step(enum payout_batch_state state, enum payout_batch_event event, enum actor_kind who, struct move *out)
{
	return machine_step(&payout_batch_machine, state, event, who, holds(NULL), out);
}
