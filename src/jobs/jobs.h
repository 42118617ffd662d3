#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H
#include <signal.h>

#include "base/cx.h"

/* One bounded step of a job; *more: run again at once.  An error is logged and the job is run again at its next time. */
typedef enum rc job_fn(struct cx *cx, bool *more);
struct job {
	const char *name, *help;
	int every_ms;
	bool exclusive;
	job_fn *run;
};
extern const struct job jobs[];
extern const size_t jobs_n;

#define JOB(name, every, exclusive, help) job_fn job_##name;
#include "jobs/jobs.def"
#undef JOB

/* Notes how one of several ended that are due.  RC_CONFLICT (somebody else did it meanwhile) and what the job names besides are as good as done; one that
 * fails keeps nobody waiting.  RC_AWAY when the store is, as no other can go on then. */
MUST_USE static inline enum rc job_noted(enum rc rc, enum rc as_good, enum rc *worst)
{
	if (rc != RC_OK && rc != RC_CONFLICT && rc != as_good)
		*worst = rc;
	return rc == RC_AWAY ? rc : RC_OK;
}

/* Runs all jobs (or the one named `only`) until *stop; `once`: each until nothing is waiting, then returns.  Several processes on
 * several machines may run at the same time. */
void jobs_run(struct cx *cx, const char *only, bool once, const volatile sig_atomic_t *stop);
#endif
