#ifndef APP_LEDGER_H
#define APP_LEDGER_H
#include "app/work.h"
#include "domain/ledger.h"

/* The only writer of the books (MON-1). */

/* Busy accounts are kept in so many rows each; an organisation's own money in one, which never goes below zero. */
enum { LEDGER_SHARDS = 16 };

/* The row of an account that a journal entry touches. */
uint64_t ledger_shard(enum account_kind k, uint64_t journal);

/* Books one balanced journal entry in this transaction; written by work_do at its end.  The postings must be what domain/ledger.def allows
 * for the kind: anything else is a bug and aborts.  order and payment may be 0. */
void ledger_post(struct work *w, enum journal_kind kind, uint64_t org, uint64_t order, uint64_t payment, const struct posting *p, size_t n);
/* Sends what was booked.  RC_CONFLICT: an account has less than is taken from it. */
MUST_USE enum rc ledger_flush(struct work *w);
#endif
