#ifndef APP_BILL_H
#define APP_BILL_H
#include "app/work.h"
#include "domain/ledger.h"

/* Bills (MON-14).  A bill's rows are the entries ORDER_PAY and ORDER_REFUND of the paying account; what is kept besides are the sums of each month, by
 * product and by whose order it was, in the transaction that books the entry.  `yunshi audit` compares them. */

/* Whoever books such an entry calls this with its postings: org is the paying account, buyer whose order it is (itself, or a zone). */
struct bill_of { uint64_t org, buyer, product; };
void bill_note(struct work *w, const struct bill_of *b, const struct posting *p, size_t n);
/* Sends what was noted; called by work_do. */
MUST_USE enum rc bill_flush(struct work *w);

/* The columns that the person wants to see: a set of bill_column. */
MUST_USE enum rc bill_choose(struct cx *cx, uint64_t columns, const char *back, struct outcome *out);
#endif
