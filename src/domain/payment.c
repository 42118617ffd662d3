#include "domain/payment.h"

#include <assert.h>

#include "base/time.h"

#define MACHINE payment
#define MACHINE_ROWS "domain/payment.def"
#define MACHINE_FACTS struct payment_facts
#include "domain/machine_rows.h"

enum rc payment_step(enum payment_state state, enum payment_event event, enum actor_kind who, const struct payment_facts *f, struct move *out)
{
	assert(f->amount.fen >= 0);	/* 0: vouchers and cards pay it all */
	return machine_step(&payment_machine, state, event, who, holds(f), out);
}

int64_t payment_query_pause(int asked)
{
	static const int64_t pauses[] = {
		15 * SECOND_US, 30 * SECOND_US, MINUTE_US, 2 * MINUTE_US, 5 * MINUTE_US, 10 * MINUTE_US, 30 * MINUTE_US, HOUR_US,
	};
	const int last = sizeof pauses / sizeof *pauses - 1;

	assert(asked >= 0);
	return pauses[asked < last ? asked : last];
}
