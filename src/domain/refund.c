#include "domain/refund.h"

#include <assert.h>

#include "base/time.h"

#define MACHINE refund
#define MACHINE_ROWS "domain/refund.def"
#define MACHINE_FACTS struct refund_facts
#include "domain/machine_rows.h"

enum rc refund_step(enum refund_state state, enum refund_event event, enum actor_kind who, const struct refund_facts *f, struct move *out)
{
	assert(f->amount.fen > 0);
	return machine_step(&refund_machine, state, event, who, holds(f), out);
}

int64_t refund_pause(int tries)
{
	static const int64_t pauses[] = {
		0, 15 * SECOND_US, 30 * SECOND_US, MINUTE_US, 2 * MINUTE_US, 5 * MINUTE_US, 10 * MINUTE_US, 30 * MINUTE_US, HOUR_US, 2 * HOUR_US,
	};
	const int last = sizeof pauses / sizeof *pauses - 1;

	assert(tries >= 0);
	return pauses[tries < last ? tries : last];
}
