#ifndef APP_AUDIT_POINT_H
#define APP_AUDIT_POINT_H
#include "app/audit.h"
#include "app/journal_seal.h"

/* How far the store was audited and found whole: the next audit begins there (MON-2).  All zero: never. */
struct audit_point {
	struct journal_mark books;
	struct audit_mark log;
	uint64_t log_id;		/* what the entries of the log from here on name may have moved since */
	struct instant audited_at, full_at;
};
MUST_USE enum rc audit_point_read(struct cx *cx, struct db *db, struct audit_point *p);
/* Moves it to where an audit ended that saw the store at cx->now, one sealed piece after the other.  When another audit moves it too, each
 * piece is counted once. */
MUST_USE enum rc audit_point_move(struct cx *cx, const struct audit_point *to, bool full);
/* The first entry of the log that a later audit must look at again: written by transactions that this one may not have seen. */
uint64_t audit_point_log_id(const struct cx *cx);
#endif
