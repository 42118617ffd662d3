#include "base/time.h"
#include "db/db.h"
#include "jobs/jobs.h"
#include "q_idempotency.h"
#include "q_session.h"

enum { PURGE_BATCH = 1000, ANSWERS_HOURS = 24, FAILURES_HOURS = 1 };

static enum rc purge(struct tx *tx, void *arg)
{
	struct cx *cx = ((void **)arg)[0];
	uint64_t *most = ((void **)arg)[1], n[3];

	TRY(q_session_purge(tx, &(struct q_session_purge_in){ .now = cx->now }, &n[0]));
	TRY(q_idempotency_purge(tx, &(struct q_idempotency_purge_in){ .before = instant_add(cx->now, -ANSWERS_HOURS * HOUR_US) }, &n[1]));
	TRY(q_throttle_purge(tx, &(struct q_throttle_purge_in){ .since = instant_add(cx->now, -FAILURES_HOURS * HOUR_US) }, &n[2]));
	*most = n[0] > n[1] ? n[0] : n[1];
	*most = *most > n[2] ? *most : n[2];
	return RC_OK;
}

enum rc job_purge(struct cx *cx, bool *more)
{
	uint64_t most = 0;

	TRY(db_tx(cx->db, cx->a, purge, (void *[]){ cx, &most }));
	*more = most >= PURGE_BATCH;
	return RC_OK;
}
