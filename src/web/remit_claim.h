#ifndef WEB_REMIT_CLAIM_H
#define WEB_REMIT_CLAIM_H
#include "q_remit_claim.h"
#include "view/remit_claim.h"
#include "web/list.h"

/* What the buyer's and finance's pages about claims share (MON-11). */

/* The rows of a list, the newest first: of one organisation (0: of any), in one state (0: in any). */
MUST_USE enum rc remit_claim_rows(struct cx *cx, struct web *w, struct q_remit_claim_list_in ask, const char *after, int64_t limit, struct view_remit_claim_list *m);
/* One with its history and the entry that it is held to be; org: only of that one (0: of any).  *row: for what else the caller decides. */
MUST_USE enum rc remit_claim_view(struct cx *cx, struct web *w, uint64_t org, struct q_remit_claim_show *row, struct view_remit_claim_show *m);
/* Ends a GET by its proof: pictures are shown, a PDF is saved. */
MUST_USE enum rc remit_claim_file(struct cx *cx, struct web *w, uint64_t org);
struct view_remit_entry remit_entry_of(struct cx *cx, const struct q_remit_entry_show *e);
#endif
