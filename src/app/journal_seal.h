#ifndef APP_JOURNAL_SEAL_H
#define APP_JOURNAL_SEAL_H
#include "app/chain.h"
#include "base/cx.h"
#include "db/db.h"

/* The chain over the books (MON-1): pieces of a business day's journal entries with their postings, in order of their ids, sealed by one job. */

/* Seals the next piece: of one day, of a bounded number of entries, and older than any transaction can still be.  *more when that was not all. */
MUST_USE enum rc journal_seal(struct cx *cx, bool *more);

/* A seal: all zero stands before the first. */
struct journal_mark { uint64_t seq, last_id; struct chain chain; };
/* A piece that is not what was sealed: entries of that day with ids behind `after`, up to last_id. */
struct journal_break { uint64_t seq, after, last_id; struct date day; };
enum { JOURNAL_BREAKS_MAX = 20 };
/* Reads the books behind *at as far as they are sealed, and moves *at to the last seal.  Each piece is compared by itself: *n of them, the
 * first JOURNAL_BREAKS_MAX of which stand in `breaks`. */
MUST_USE enum rc journal_verify(struct cx *cx, struct db *db, struct journal_mark *at, struct journal_break *breaks, size_t *n);
#endif
