#ifndef APP_STATEMENT_H
#define APP_STATEMENT_H
#include "app/channel.h"
#include "app/work.h"

/* Reconciliation (MON-9): a channel's statement of a day is loaded and compared three ways, line by line with what was heard and what went back,
 * and in total with the ledger's clearing account.  What differs is settled by two people of finance; then the day is closed. */

/* Clocks of two houses differ, and days end at different moments: what is heard in the last hour of a day is looked for with the next one. */
#define STATEMENT_TOLERANCE_US HOUR_US

/* A day is to be loaded, now; once for each channel and day.  RC_NOT_FOUND: the channel has no statements; RC_INVALID: the day is not over. */
MUST_USE enum rc statement_ask(struct cx *cx, enum payment_channel channel, struct date day, struct outcome *out);
/* The job: the statements of days that are over are asked for from ten o'clock, until they come; at most so many steps. */
MUST_USE enum rc statement_step(struct cx *cx, bool *more);
/* Loads one and compares it.  The same one again has no effect; a corrected one takes its place, with the differences that it still has.
 * RC_NOT_FOUND, RC_BUSY, RC_MALFORMED: of the channel; nothing is changed, it is asked for again later. */
MUST_USE enum rc statement_load(struct cx *cx, uint64_t id);
/* Compares it again with the books as they are. */
MUST_USE enum rc statement_compare(struct cx *cx, uint64_t id, struct outcome *out);
/* No difference is open: the day is done, and the channel's fees are booked.  RC_CONFLICT: not yet, or closed before. */
MUST_USE enum rc statement_close(struct cx *cx, uint64_t id, struct outcome *out);

/* What can be done about a difference.  HEAR: the channel's word is heard from its statement, as if it had been notified. */
bool difference_settles(enum difference_kind kind, bool refund, enum difference_settlement how);
struct difference_proposal { uint64_t statement, nth; enum difference_settlement how; const char *note; };
/* RC_INVALID: not for such a difference. */
MUST_USE enum rc difference_propose(struct cx *cx, const struct difference_proposal *p, struct outcome *out);
/* proposal: the number of the one that was seen.  RC_DENIED: by the one who proposed it; RC_CONFLICT: it is not the one that waits. */
struct difference_decision { uint64_t statement, nth, proposal; bool approve; };
MUST_USE enum rc difference_decide(struct cx *cx, const struct difference_decision *d, struct outcome *out);
#endif
