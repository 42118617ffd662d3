#ifndef APP_BANK_ENTRY_H
#define APP_BANK_ENTRY_H
#include "app/work.h"
#include "domain/bank.h"
#include "q_bank.h"

/* What a bank's entry means for us (ISO-4, ISO-5, MON-7): matched to what its numbers name, else unexplained, with a case for finance. */

/* Hears one entry that waits, once: RC_OK also when another process did. */
MUST_USE enum rc bank_entry_hear(struct cx *cx, uint64_t id);
/* Those of a document that wait (0: of any), at most so many; *more when there may be others.  One that fails keeps none of the others waiting. */
MUST_USE enum rc bank_entry_hear_some(struct cx *cx, uint64_t file, size_t most, bool *more);

/* An entry that stands there is told with another amount. */
MUST_USE enum rc bank_entry_differs(struct work *w, const struct q_bank_entry_insert_in *e);

/* A claim with proof was accepted (MON-11): its money is booked by the caller in this transaction.  RC_CONFLICT: it is not unmatched. */
MUST_USE enum rc bank_entry_claimed(struct work *w, const char *account, const char *reference, uint64_t org, const char *number);
#endif
