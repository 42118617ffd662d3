#include "app/journal_seal.h"
#include "jobs/jobs.h"

enum rc job_journal_seal(struct cx *cx, bool *more) { return journal_seal(cx, more); }
