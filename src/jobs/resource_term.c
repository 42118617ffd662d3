#include "app/resource.h"
#include "jobs/jobs.h"
#include "q_resource.h"

enum { TERM_BATCH = 50 };

/* Renewed, refunded or frozen meanwhile is not this job's business. */
static enum rc lapse(struct cx *cx, uint64_t id)
{
	enum rc rc = resource_lapse(cx, id);

	return rc == RC_CONFLICT ? RC_OK : rc;
}

enum rc job_resource_term(struct cx *cx, bool *more)
{
	struct q_resource_due *due;
	struct q_resource_grace_due *over;
	size_t due_n, over_n;

	TRY(q_resource_due(cx->db, cx->a, &(struct q_resource_due_in){ .now = cx->now, .limit = TERM_BATCH }, &due, &due_n));
	for (size_t i = 0; i < due_n; i++)
		TRY(lapse(cx, due[i].id));
	TRY(q_resource_grace_due(cx->db, cx->a, &(struct q_resource_grace_due_in){ .now = cx->now, .limit = TERM_BATCH }, &over, &over_n));
	for (size_t i = 0; i < over_n; i++)
		TRY(lapse(cx, over[i].id));
	*more = due_n == TERM_BATCH || over_n == TERM_BATCH;
	return RC_OK;
}
