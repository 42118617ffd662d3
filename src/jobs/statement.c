#include "app/statement.h"
#include "jobs/jobs.h"

enum rc job_statement(struct cx *cx, bool *more) { return statement_step(cx, more); }
