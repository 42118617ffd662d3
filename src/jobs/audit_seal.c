#include "app/audit.h"
#include "jobs/jobs.h"

enum rc job_audit_seal(struct cx *cx, bool *more)
{
	uint64_t from = 0;

	return audit_seal(cx, &from, more);
}
