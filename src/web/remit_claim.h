#ifndef WEB_REMIT_CLAIM_H
#define WEB_REMIT_CLAIM_H
#include "q_remit_claim.h"
#include "view/remit_claim.h"
#include "web/list.h"

/* What the buyer's and finance's pages about claims share (MON-11). */

const char *tone_remit_claim(enum remit_claim_state s);
/* r: a row of either list. */
#define REMIT_CLAIM_ITEM_OF(cx, r) \
	((struct view_remit_claim_item){ .id = arena_printf((cx)->a, "%" PRIu64, (r)->id), .state = (r)->state, .amount = (r)->amount, .paid_on = (r)->paid_on, \
		.payer_name = (r)->payer_name, .org_name = (r)->org_name, .created_at = (r)->created_at, .tone = tone_remit_claim((r)->state) })
/* One with its history and the entry that it is held to be; org: only of that one (0: of any).  *row: for what else the caller decides. */
MUST_USE enum rc remit_claim_view(struct cx *cx, struct web *w, uint64_t org, struct q_remit_claim_show *row, struct view_remit_claim_show *m);
/* Ends a GET by its proof: pictures are shown, a PDF is saved. */
MUST_USE enum rc remit_claim_file(struct cx *cx, struct web *w, uint64_t org);
struct view_remit_entry remit_entry_of(struct cx *cx, const struct q_remit_entry_show *e);
#endif
