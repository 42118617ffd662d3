#ifndef APP_LEDGER_H
#define APP_LEDGER_H
#include "app/work.h"
#include "domain/ledger.h"

/* The only writer of the books (MON-1). */

/* Busy accounts are kept in so many rows each; an organisation's own money in one, which never goes out of its bounds. */
enum { LEDGER_SHARDS = 16 };

/* The postings of a bounded account have places that ascend in the order in which they were booked, so that the balance after each
 * follows from the one before (MON-13).  A place is the journal's id; it is moved behind the last one when a transaction that began later
 * was faster.  The ids of one transaction lie closer together than a step. */
enum { LEDGER_STEP = 1 << 16 };

/* The row of an account that a journal entry touches. */
uint64_t ledger_shard(enum account_kind k, uint64_t journal);

/* Books one balanced journal entry in this transaction; written by work_do at its end.  The postings must be what domain/ledger.def allows
 * for the kind: anything else is a bug and aborts.  order and payment may be 0.  Gives the id of the entry. */
uint64_t ledger_post(struct work *w, enum journal_kind kind, uint64_t org, uint64_t order, uint64_t payment, const struct posting *p, size_t n);
/* The entry that was booked last is about this: the number of a refund, a withdrawal, a remittance … (MON-13).  Lives in the arena. */
void ledger_about(struct work *w, const char *number);
/* Sends what was booked.  RC_CONFLICT: a bounded account would go out of its bounds. */
MUST_USE enum rc ledger_flush(struct work *w);
#endif
