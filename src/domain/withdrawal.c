#include "domain/withdrawal.h"

#define MACHINE withdrawal
#define MACHINE_ROWS "domain/withdrawal.def"
#define MACHINE_FACTS struct withdrawal_facts
#include "domain/machine_rows.h"

enum rc withdrawal_step(enum withdrawal_state state, enum withdrawal_event event, enum actor_kind who, const struct withdrawal_facts *f, struct move *out)
{
	return machine_step(&withdrawal_machine, state, event, who, holds(f), out);
}
