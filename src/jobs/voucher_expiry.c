#include "app/voucher.h"
#include "jobs/jobs.h"

enum { EXPIRY_BATCH = 50 };

enum rc job_voucher_expiry(struct cx *cx, bool *more)
{
	struct q_voucher_due *rows;
	enum rc worst = RC_OK;
	size_t n;

	TRY(q_voucher_due(cx->db, cx->a, &(struct q_voucher_due_in){ .now = cx->now, .limit = EXPIRY_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(job_noted(voucher_expire(cx, rows[i].org_id, rows[i].id), RC_NOT_FOUND, &worst));
	*more = n == EXPIRY_BATCH && worst == RC_OK;
	return worst;
}
