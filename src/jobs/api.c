#include "app/api.h"
#include "jobs/jobs.h"

enum rc job_api_fold(struct cx *cx, bool *more) { return api_fold(cx, more); }
