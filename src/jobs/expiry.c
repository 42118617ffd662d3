#include "app/expiry.h"
#include "jobs/jobs.h"

enum rc job_expiry(struct cx *cx, bool *more) { return expiry_warn(cx, more); }
