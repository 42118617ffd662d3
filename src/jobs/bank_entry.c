#include "app/bank_entry.h"

#include "app/channel.h"
#include "base/time.h"
#include "jobs/jobs.h"

enum { HEAR_BATCH = 20, RESUME_AFTER_US = MINUTE_US };

/* A document whose entries are not all stored comes again out of our own keeping: whoever stored it died. */
static enum rc resume(struct cx *cx)
{
	const struct channel *c = channel_of(CHANNEL_B2B);
	struct q_bank_file_unloaded_in ask = { .before = instant_add(cx->now, -RESUME_AFTER_US), .limit = 1 };
	struct q_bank_file_unloaded *f;
	struct channel_taken taken;
	size_t n;

	TRY(q_bank_file_unloaded(cx->db, cx->a, &ask, &f, &n));
	if (!n || !c)
		return RC_OK;
	return c->document(cx, &(struct channel_document){ f->bank, f->source, f->raw }, &taken);
}

enum rc job_bank_entry(struct cx *cx, bool *more)
{
	TRY(resume(cx));
	return bank_entry_hear_some(cx, 0, HEAR_BATCH, more);
}
