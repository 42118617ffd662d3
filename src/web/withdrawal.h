#ifndef WEB_WITHDRAWAL_H
#define WEB_WITHDRAWAL_H
#include "base/money.h"
#include "q_withdrawal.h"
#include "view/withdrawal.h"
#include "web/list.h"

/* What the buyer's and the operator's pages about withdrawals share (MON-12). */

/* One, with its parts and history; org: only of that one (0: of any). */
MUST_USE enum rc withdrawal_view(struct cx *cx, struct web *w, uint64_t org, struct view_withdrawal_show *m);
/* When money that leaves at that time by bank arrives: 7 to 15 working days (NUM-5). */
MUST_USE enum rc withdrawal_days(struct cx *cx, struct instant from, const char **text);
#define WITHDRAWAL_ITEM_OF(r) \
	((struct view_withdrawal_item){ .number = (r)->number, .state = (r)->state, .amount = (r)->amount, .by_bank = fen((r)->by_bank), .created_at = (r)->created_at, \
		.decided_at = (r)->decided_at, .ended_at = (r)->ended_at, .tone = tone_withdrawal((r)->state) })
#endif
