#include "app/order.h"
#include "jobs/jobs.h"

enum { EXPIRY_BATCH = 50 };

enum rc job_order_expiry(struct cx *cx, bool *more)
{
	struct q_order_due *rows;
	size_t n;

	TRY(q_order_due(cx->db, cx->a, &(struct q_order_due_in){ .now = cx->now, .limit = EXPIRY_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		enum rc rc = order_expire(cx, rows[i].buyer_id, rows[i].id);
		if (rc != RC_OK && rc != RC_CONFLICT)	/* paid or cancelled meanwhile is as good */
			return rc;
	}
	*more = n == EXPIRY_BATCH;
	return RC_OK;
}
