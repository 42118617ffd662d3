#ifndef APP_WORK_H
#define APP_WORK_H
#include "base/cx.h"
#include "db/db.h"
#include "q_audit.h"
#include "q_bill.h"
#include "q_ledger.h"
#include "q_order.h"
#include "q_outbox.h"

/* One use case = one transaction.  What it writes to the shared tables (audit log, outbox, counters, books) is collected and
 * sent in a few statements at the end: round trips inside a transaction are what costs. */

/* What a use case answers: kept under its idempotency key and given again to the same request (IFC-3). */
struct outcome {
	int status;		/* 201 when something was made, else 200 */
	const char *location;	/* of the result; at most OUTCOME_LOCATION_MAX */
	const char *body;	/* the JSON answer, or NULL */
};
enum { OUTCOME_LOCATION_MAX = 300 };

struct work {
	struct cx *cx;
	struct tx *tx;
	struct outcome out;
	struct q_audit_insert_in *audit;
	struct q_outbox_insert_in *outbox;
	struct q_journal_insert_in *journals;
	struct q_posting_insert_in *postings;
	struct q_bill_sum_add_in *bills;
	struct q_org_counter_move_in counter;	/* of one organisation at a time */
	size_t audit_n, outbox_n, journals_n, postings_n, bills_n;
	bool again;
};

/* One more row at the end of one of these lists, which grow. */
#define WORK_ADD(w, list) \
	(*({ (w)->list = work_room((w)->cx->a, (w)->list, (w)->list##_n, sizeof *(w)->list); &(w)->list[(w)->list##_n++]; }))
void *work_room(struct arena *a, void *rows, size_t n, size_t size);

/* Runs again from the start when the store says so: touches nothing but the work, its arena, and what it sets anew. */
typedef enum rc use_fn(struct work *w, void *arg);

/* Runs fn in one transaction, under the idempotency key of cx when there is one:
 *	RC_OK		done now, or before by the same request: *out (may be NULL) is the answer
 *	RC_KEY_REUSED	the key came with another request before
 *	RC_UNCERTAIN	the outcome is not known: ask again with the same key
 *	any other	nothing is changed */
MUST_USE enum rc work_do(struct cx *cx, use_fn *fn, void *arg, struct outcome *out);

/* The same by a channel, whatever request brought its word: without an idempotency key, and again when the outcome is not known; what fn does can
 * be done only once. */
MUST_USE enum rc work_as_channel(struct cx *cx, enum payment_channel c, use_fn *fn, void *arg);

/* A number that was made is another's already: the use case ends with this, and everything runs again, with another number. */
MUST_USE enum rc work_again(struct work *w);

/* One entry of the audit log (ACC-14) by the actor of cx, now.  States may be NULL. */
struct event {
	enum object_kind kind;
	uint64_t object, org;
	const char *name, *from, *to, *why, *details;
};
void work_audit(struct work *w, struct event e);
/* An effect outside, carried out by the jobs after the commit.  Gives its id. */
uint64_t work_outbox(struct work *w, enum outbox_kind kind, uint64_t subject, const char *action);
/* The kept counts of an organisation; changes to another organisation's send the first one's. */
MUST_USE enum rc work_count_order(struct work *w, uint64_t org, enum order_state from, enum order_state to);
MUST_USE enum rc work_count_resource(struct work *w, uint64_t org, int64_t by);
#endif
