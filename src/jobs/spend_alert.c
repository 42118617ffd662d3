#include "app/spend_alert.h"
#include "jobs/jobs.h"

enum rc job_spend_alert(struct cx *cx, bool *more)
{
	static uint64_t after;

	return spend_alert_look(cx, &after, more);
}
