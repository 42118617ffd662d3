#include "jobs/jobs.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/id.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "q_lease.h"

enum { LEASE_S = 30, TURN_MS = 1000, IDLE_MS = 100 };

const struct job jobs[] = {
#define JOB(name, every, exclusive, help) { #name, help, every, exclusive, job_##name },
#include "jobs/jobs.def"
#undef JOB
};
enum { JOBS = sizeof jobs / sizeof *jobs };
const size_t jobs_n = JOBS;

static const char *holder(struct cx *cx)
{
	char host[65] = "";

	gethostname(host, sizeof host - 1);
	return arena_printf(cx->a, "%s:%d", host, (int)getpid());
}

static enum rc lease(struct tx *tx, void *arg)
{
	const struct q_lease_take_in *in = arg;
	struct q_lease_insert_in first = { .name = in->name, .holder = in->holder, .until = in->until };
	uint64_t n;

	TRY(q_lease_take(tx, in, &n));
	return n ? RC_OK : q_lease_insert(tx, &first, &n);
}

/* Is this process the one that does this job now?  The lease is held in real time, whatever the business clock says. */
static bool may_run(struct cx *cx, const struct job *j)
{
	struct instant now = clock_real();

	if (!j->exclusive)
		return true;
	struct q_lease_take_in in = { .name = arena_printf(cx->a, "job:%s", j->name), .holder = holder(cx), .now = now, .until = instant_add(now, LEASE_S * SECOND_US) };
	return db_tx(cx->db, cx->a, lease, &in) == RC_OK;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* One step, in a fresh arena at the time it begins.  Says whether more is waiting. */
static bool step(struct cx *cx, const struct job *j)
{
	size_t mark = arena_mark(cx->a);
	bool more = false;

	config_clock(cx->conf);
	cx->now = clock_now();
	cx->request_id = arena_printf(cx->a, "%s-%llx", j->name, (unsigned long long)id_new(cx->now));
	enum rc rc = may_run(cx, j) ? j->run(cx, &more) : RC_OK;
	if (rc != RC_OK)
		log_event(rc_info[rc].level, "job", LOG_STR("job", j->name), LOG_STR("result", rc_info[rc].name));
	arena_release(cx->a, mark);
	return more;
}

/* Steps for as long as its turn lasts: whoever waits for a slow provider does not keep the other jobs waiting. */
static bool turn(struct cx *cx, const struct job *j, const volatile sig_atomic_t *stop)
{
	int64_t end = now_ms() + TURN_MS;
	bool more = true;

	while (more && !*stop && now_ms() < end)
		more = step(cx, j);
	return more;
}

void jobs_run(struct cx *cx, const char *only, bool once, const volatile sig_atomic_t *stop)
{
	int64_t due[JOBS] = { 0 };
	bool waiting;

	do {
		waiting = false;
		for (size_t i = 0; i < JOBS && !*stop; i++) {
			if ((only && !str_eq(only, jobs[i].name)) || due[i] > now_ms())
				continue;
			bool more = turn(cx, &jobs[i], stop);
			due[i] = now_ms() + (more ? 0 : jobs[i].every_ms);
			waiting |= more;
		}
		if (!waiting && !once && !*stop)
			nanosleep(&(struct timespec){ .tv_nsec = IDLE_MS * 1000000L }, NULL);
	} while ((waiting || !once) && !*stop);
}
