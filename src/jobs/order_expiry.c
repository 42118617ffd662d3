#include "app/order.h"
#include "jobs/jobs.h"

enum { EXPIRY_BATCH = 50 };

enum rc job_order_expiry(struct cx *cx, bool *more)
{
	struct q_order_due *rows;
	enum rc worst = RC_OK;
	size_t n;

	TRY(q_order_due(cx->db, cx->a, &(struct q_order_due_in){ .now = cx->now, .limit = EXPIRY_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(job_noted(order_expire(cx, rows[i].number), RC_OK, &worst));
	*more = n == EXPIRY_BATCH && worst == RC_OK;
	return worst;
}
