#include "app/attachment.h"
#include "jobs/jobs.h"

enum rc job_attachment(struct cx *cx, bool *more) { return attachment_sweep(cx, more); }
