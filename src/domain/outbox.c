#include "domain/outbox.h"

#include <assert.h>

#include "base/time.h"

#define MACHINE outbox
#define MACHINE_ROWS "domain/outbox.def"
#define MACHINE_FACTS struct outbox_facts
#include "domain/machine_rows.h"

enum rc outbox_step(enum outbox_state state, enum outbox_event event, enum actor_kind who, const struct outbox_facts *f, struct move *out)
{
	return machine_step(&outbox_machine, state, event, who, holds(f), out);
}

int64_t outbox_pause(int tries)
{
	static const int64_t pauses[] = {
		10 * SECOND_US, MINUTE_US, 5 * MINUTE_US, 15 * MINUTE_US, 30 * MINUTE_US, HOUR_US, 2 * HOUR_US, 4 * HOUR_US, 8 * HOUR_US,
	};

	assert(tries >= 1);
	return tries <= (int)(sizeof pauses / sizeof *pauses) ? pauses[tries - 1] : 0;
}
