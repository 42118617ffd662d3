#ifndef APP_AUDIT_H
#define APP_AUDIT_H
#include "app/work.h"

/* The chain over the audit log (ACC-14): each seal is the SHA-256 of the seal before and of its entry, so that an entry that is changed,
 * taken out or slipped in later breaks it.  Seals are made by one job a moment after the entries. */

/* Seals what is not sealed yet, a bounded number of entries, of those from *from on, and moves it behind them; 0 begins a while before the
 * last entry that was sealed.  *more when that was not all. */
MUST_USE enum rc audit_seal(struct cx *cx, uint64_t *from, bool *more);
/* Reads the whole chain.  *broken = the first sequence number that does not fit, 0 when all do; *n = seals read. */
MUST_USE enum rc audit_verify(struct cx *cx, uint64_t *n, uint64_t *broken);
#endif
