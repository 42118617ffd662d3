#include "app/refund.h"
#include "jobs/jobs.h"
#include "q_refund.h"

enum { REFUND_BATCH = 5 };	/* each may take as long as the channel is slow */

enum rc job_refund(struct cx *cx, bool *more)
{
	struct q_refund_due *rows;
	enum rc worst = RC_OK;
	size_t n;

	TRY(q_refund_due(cx->db, cx->a, &(struct q_refund_due_in){ .now = cx->now, .limit = REFUND_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(job_noted(refund_go(cx, rows[i].id), RC_BUSY, &worst));
	*more = n == REFUND_BATCH && worst == RC_OK;
	return worst;
}
