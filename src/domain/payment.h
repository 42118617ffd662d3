#ifndef DOMAIN_PAYMENT_H
#define DOMAIN_PAYMENT_H
#include "domain/machine.h"

/* The life of a payment: MON-4, MON-8.  Succeeded, failed, closed and expired are final: money that comes later is a
 * case of MON-7, not a move.  The rows stand in payment.def. */

enum payment_fx {
	PAYMENT_FX_ASK        = 1 << 0,	/* the channel is asked how it stands, after payment_query_pause() */
	PAYMENT_FX_CLOSE      = 1 << 1,	/* the channel is told to close it, by the outbox */
	PAYMENT_FX_PAY_ORDERS = 1 << 2,	/* its orders move on, in the same transaction */
	PAYMENT_FX_RELEASE    = 1 << 3,	/* its vouchers and cards are free again, its orders have no longer time for a bank */
};

struct payment_facts {
	struct money amount, received;
	struct instant now, deadline;
};

extern const struct machine payment_machine;

/* PAYMENT_EV_START: the channel says that the buyer can pay. */
enum rc payment_step(enum payment_state state, enum payment_event event, enum actor_kind who, const struct payment_facts *f,
		     struct move *out) MUST_USE;

/* Microseconds to wait after so many questions (0 = the first) to the channel: 15 seconds, growing to an hour (MON-8). */
int64_t payment_query_pause(int asked);
#endif
