#include "app/resource.h"
#include "jobs/jobs.h"
#include "q_resource.h"

enum { TERM_BATCH = 50 };

enum rc job_resource_term(struct cx *cx, bool *more)
{
	struct q_resource_due *due;
	struct q_resource_grace_due *over;
	enum rc worst = RC_OK;
	size_t due_n, over_n;

	TRY(q_resource_due(cx->db, cx->a, &(struct q_resource_due_in){ .now = cx->now, .limit = TERM_BATCH }, &due, &due_n));
	for (size_t i = 0; i < due_n; i++)
		TRY(job_noted(resource_lapse(cx, due[i].id), RC_OK, &worst));
	TRY(q_resource_grace_due(cx->db, cx->a, &(struct q_resource_grace_due_in){ .now = cx->now, .limit = TERM_BATCH }, &over, &over_n));
	for (size_t i = 0; i < over_n; i++)
		TRY(job_noted(resource_lapse(cx, over[i].id), RC_OK, &worst));
	*more = (due_n == TERM_BATCH || over_n == TERM_BATCH) && worst == RC_OK;
	return worst;
}
