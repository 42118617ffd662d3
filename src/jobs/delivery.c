#include "app/delivery.h"
#include "jobs/jobs.h"

enum { ALARM_BATCH = 50 };

enum rc job_delivery(struct cx *cx, bool *more)
{
	struct q_delivery_alarm_due *rows;
	enum rc worst = RC_OK;
	size_t n;

	TRY(q_delivery_alarm_due(cx->db, cx->a, &(struct q_delivery_alarm_due_in){ cx->now, ALARM_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(job_noted(delivery_alarm(cx, rows[i].id), RC_OK, &worst));
	*more = n == ALARM_BATCH && worst == RC_OK;
	return worst;
}
