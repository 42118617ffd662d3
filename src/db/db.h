#ifndef DB_DB_H
#define DB_DB_H
#include "db/query.h"

/* One connection to the store, for one worker.  Texts are borrowed and must outlive it. */
struct db_conf {
	const char *socket;		/* NULL or "": host and port, with TLS and a verified certificate */
	const char *host;
	unsigned port;
	const char *ca;			/* file of the authority that signed the server's certificate */
	const char *user, *password, *schema;
	unsigned answer_seconds;		/* longest wait for an answer; 0: 30 */
};

/* Never fails: connects at the first use, so that a worker starts while the store is away. */
struct db *db_open(const struct db_conf *conf);
void db_close(struct db **db);

/* Runs fn inside one transaction.  On a deadlock, a lock timeout, a stale snapshot or a connection lost before COMMIT the
 * whole of it runs again (a few times, a few seconds at most), with the arena as it was: fn touches nothing but the store,
 * the arena and what it sets anew each time.
 *	RC_OK		committed
 *	RC_UNCERTAIN	the answer to COMMIT was lost.  Run the same transaction again under the same idempotency key; never
 *			look with a SELECT, never take a new key
 *	RC_BUSY, RC_AWAY	nothing is changed; the tries are used up
 *	any other	nothing is changed: fn's own answer, or RC_INTERNAL for an error of SQL, which is in the log */
typedef enum rc tx_fn(struct tx *tx, void *arg);
MUST_USE enum rc db_tx(struct db *db, struct arena *a, tx_fn *fn, void *arg);

/* Is the store there and, in a cluster, is this node able to serve?  RC_OK or RC_AWAY. */
MUST_USE enum rc db_ping(struct db *db);

/* Statements sent and transactions run again since db_open(); a request takes the difference. */
unsigned db_queries(const struct db *db);
unsigned db_retries(const struct db *db);

/* Contract test: prepares q in each of its variants on the live schema; compares names, types, signs and NULL of the columns
 * with what is declared, and refuses reads of whole tables and indexes unless annotated `-- scan: reason`.  RC_INVALID: *why. */
MUST_USE enum rc db_check_query(struct db *db, const struct query *q, struct arena *a, const char **why);

/* Fault tests: with YUNSHI_FAULT="name:n" in the environment, the process kills itself at the n-th passage of the point.
 * Points here: tx_statement (before each statement of a transaction), before_commit, after_commit,
 * script (before and after each statement of db/admin.h). */
void db_fault(const char *point);
#endif
