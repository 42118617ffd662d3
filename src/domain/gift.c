#include "domain/gift.h"

struct gift_facts { char none; };

#define MACHINE gift
#define MACHINE_ROWS "domain/gift.def"
#define MACHINE_FACTS struct gift_facts
#include "domain/machine_rows.h"

enum rc gift_step(enum gift_state state, enum gift_event event, enum actor_kind who, struct move *out)
{
	return machine_step(&gift_machine, state, event, who, holds(NULL), out);
}
