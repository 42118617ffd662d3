#ifndef APP_PAYOUT_MOVE_H
#define APP_PAYOUT_MOVE_H
#include "app/payout.h"

/* For payout*.c alone: the only writer of a payout's state. */
struct payout_now {
	uint64_t id, cause_id, org, batch;
	const char *number;
	enum payout_cause cause;
	enum payout_state state;
	struct money amount;
};
/* From a row of any statement that locks payouts. */
#define PAYOUT_NOW(p) \
	((struct payout_now){ .id = (p)->id, .cause_id = (p)->cause_id, .org = (p)->org_id, .batch = (p)->batch_id, .number = (p)->number, .cause = (p)->cause, .state = (p)->state, \
		.amount = (p)->amount })
/* p->batch is where it stands after it.  said: of the bank's word; else NULL. */
MUST_USE enum rc apply_payout(struct work *w, struct payout_now *p, enum payout_event ev, enum actor_kind who, const struct payout_said *said, const char *why);
#endif
