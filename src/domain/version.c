#include "domain/version.h"

struct version_facts { char none; };

#define MACHINE version
#define MACHINE_ROWS "domain/version.def"
#define MACHINE_FACTS struct version_facts
#include "domain/machine_rows.h"

enum rc version_step(enum version_state state, enum version_event event, enum actor_kind who, struct move *out)
{
	return machine_step(&version_machine, state, event, who, holds(NULL), out);
}

enum version_event version_event_of(enum product_event e)
{
	static const enum version_event of[product_event_n + 1] = {
		[PRODUCT_EV_CREATE] = VERSION_EV_BEGIN, [PRODUCT_EV_REVISE] = VERSION_EV_BEGIN, [PRODUCT_EV_SUBMIT] = VERSION_EV_SUBMIT,
		[PRODUCT_EV_WITHDRAW] = VERSION_EV_WITHDRAW, [PRODUCT_EV_APPROVE] = VERSION_EV_APPROVE,
		[PRODUCT_EV_REFUSE] = VERSION_EV_REFUSE, [PRODUCT_EV_DISCARD] = VERSION_EV_DISCARD,
	};

	return of[e];
}
