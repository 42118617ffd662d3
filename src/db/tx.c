#include "db/conn.h"

#include "base/log.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

enum { TX_TRIES = 16, PAUSE_FIRST_US = 8000, PAUSE_DOUBLED_MAX = 4 };
static const int64_t TX_PATIENCE_US = 6000000;	/* after so long no new try begins */

static struct { const char *point; size_t len; long left; } armed;	/* left 0: inert */

void fault_arm(void)
{
	const char *set = getenv("YUNSHI_FAULT"), *colon = set ? strchr(set, ':') : NULL;

	if (colon) {
		armed.point = set;
		armed.len = (size_t)(colon - set);
		armed.left = atol(colon + 1);
	}
}

void db_fault(const char *point)
{
	if (armed.left > 0 && strlen(point) == armed.len && !memcmp(point, armed.point, armed.len) && --armed.left == 0)
		raise(SIGKILL);
}

static int64_t monotonic_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Up to 16, 32, 64 … 128 ms, at random: two that met in a deadlock shall not meet again. */
static void pause_before(int try)
{
	uint32_t random = 0;

	(void)!getrandom(&random, sizeof random, GRND_NONBLOCK);
	long us = 1000 + (long)(random % (unsigned)(PAUSE_FIRST_US << (try < PAUSE_DOUBLED_MAX ? try : PAUSE_DOUBLED_MAX)));
	nanosleep(&(struct timespec){ .tv_nsec = us * 1000 }, NULL);
}

static void roll_back(struct db *db)
{
	if (!db->c)
		return;
	db->queries++;
	if (mysql_rollback(db->c))
		conn_drop(db);		/* and so does the server */
}

/* Only a failure that says "rolled back" is one; after any other nobody knows. */
static enum rc commit(struct db *db)
{
	db_fault("before_commit");
	db->queries++;
	if (!mysql_real_query(db->c, "COMMIT", 6)) {
		db_fault("after_commit");
		return RC_OK;
	}
	unsigned err = mysql_errno(db->c);
	if (fault_of(err) == FAULT_AGAIN)
		return conn_failed(db, "COMMIT", err, mysql_error(db->c));
	log_event('E', "commit_uncertain", LOG_INT("errno", err), LOG_STR("error", mysql_error(db->c)));
	conn_drop(db);
	return RC_UNCERTAIN;
}

static enum rc tx_once(struct db *db, tx_fn *fn, void *arg)
{
	struct tx tx = { .db = db };

	db->broken = RC_OK;
	db->again = true;
	TRY(conn_ready(db));
	db->again = false;
	db->in_tx = true;
	enum rc rc = conn_send(db, "START TRANSACTION");
	if (rc == RC_OK)
		rc = fn(&tx, arg);
	if (db->broken != RC_OK)	/* a failed statement cannot be talked away */
		rc = db->broken;
	if (rc == RC_OK)
		rc = commit(db);
	if (rc != RC_OK)
		roll_back(db);
	db->in_tx = false;
	return rc;
}

enum rc db_tx(struct db *db, struct arena *a, tx_fn *fn, void *arg)
{
	size_t mark = arena_mark(a);
	int64_t end = monotonic_us() + TX_PATIENCE_US;

	assert(!db->in_tx);
	enum rc rc = tx_once(db, fn, arg);
	for (int try = 1; rc != RC_OK && db->again && try < TX_TRIES && monotonic_us() < end; try++) {
		pause_before(try);
		arena_release(a, mark);
		db->retries++;
		rc = tx_once(db, fn, arg);
	}
	return rc;
}
