#include "app/audit.h"
#include "jobs/jobs.h"

enum rc job_audit_seal(struct cx *cx, bool *more) { return audit_seal(cx, more); }
