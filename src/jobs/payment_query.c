#include "app/payment.h"
#include "jobs/jobs.h"
#include "q_payment.h"

enum { QUERY_BATCH = 5 };	/* each may take as long as the channel is slow */

enum rc job_payment_query(struct cx *cx, bool *more)
{
	struct q_payment_due *rows;
	enum rc worst = RC_OK;
	size_t n;

	TRY(q_payment_due(cx->db, cx->a, &(struct q_payment_due_in){ .now = cx->now, .limit = QUERY_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(job_noted(payment_ask(cx, rows[i].number), RC_BUSY, &worst));
	*more = n == QUERY_BATCH && worst == RC_OK;
	return worst;
}
