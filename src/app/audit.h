#ifndef APP_AUDIT_H
#define APP_AUDIT_H
#include "app/chain.h"
#include "app/work.h"

/* The chain over the audit log (ACC-14): a seal for each entry, made by one job a moment after it. */

/* Seals what is not sealed yet, a bounded number of entries, of those from *from on, and moves it behind them; 0 begins a while before the
 * last entry that was sealed.  *more when that was not all. */
MUST_USE enum rc audit_seal(struct cx *cx, uint64_t *from, bool *more);
/* A seal: all zero stands before the first. */
struct audit_mark { uint64_t seq; struct chain chain; };
/* Reads the chain behind *at, to its end or to the first seal that does not fit, and moves *at there.  *broken = its number, 0 when all fit. */
MUST_USE enum rc audit_verify(struct cx *cx, struct db *db, struct audit_mark *at, uint64_t *broken);
#endif
