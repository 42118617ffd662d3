#include "domain/appeal.h"

#define MACHINE appeal
#define MACHINE_ROWS "domain/appeal.def"
#define MACHINE_FACTS struct appeal_facts
#include "domain/machine_rows.h"

enum rc appeal_step(enum appeal_state state, enum appeal_event event, enum actor_kind who, const struct appeal_facts *f, struct move *out)
{
	return machine_step(&appeal_machine, state, event, who, holds(f), out);
}

enum delivery_event appeal_effect(enum appeal_decision d)
{
	return d == APPEAL_CONTINUE ? DELIVERY_EV_RESUME : d == APPEAL_COMPLETE ? DELIVERY_EV_COMPLETE : DELIVERY_EV_CLOSE;
}
