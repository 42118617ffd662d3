#ifndef DOMAIN_REFUND_H
#define DOMAIN_REFUND_H
#include "domain/machine.h"

/* The life of a refund through a channel: REF-1, MON-7, MON-12.  Done and refused are final.  The rows stand in refund.def. */

enum refund_fx {
	REFUND_FX_GO      = 1 << 0,	/* the channel is told, or asked, after refund_pause() */
	REFUND_FX_ARRIVED = 1 << 1,	/* REFUND_DONE, and what waited for it goes on */
	REFUND_FX_BACK    = 1 << 2,	/* REFUND_BACK: to the balance, and what waited for it goes on */
};

struct refund_facts {
	struct money amount, said;
	bool absent;			/* the channel, asked just now, does not know it, and no call can be on its way there */
};

extern const struct machine refund_machine;

enum rc refund_step(enum refund_state state, enum refund_event event, enum actor_kind who, const struct refund_facts *f,
		    struct move *out) MUST_USE;

/* Microseconds to wait after so many calls (0: none yet, it is due at once): 15 seconds, growing to two hours. */
int64_t refund_pause(int tries);

/* Both calls of one try are over by then, whatever became of them. */
enum { REFUND_CALL_MAX_S = 60 };
#endif
