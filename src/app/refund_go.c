#include <time.h>

#include "app/refund.h"
#include "app/refund_move.h"
#include "base/log.h"
#include "base/time.h"
#include "q_refund.h"

/* A call to a channel about a refund, and what came of it. */
struct calling {
	struct q_refund_asking r;
	uint64_t try;
	enum refund_call step;
	struct channel_refund_said said;
	struct instant begun;
	int64_t took_ms;
};

static int64_t real_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const char *const verdicts[] = {
	[REFUND_SAYS_DONE] = "done", [REFUND_SAYS_PENDING] = "under way", [REFUND_SAYS_REFUSED] = "refused",
	[REFUND_SAYS_NOT_THERE] = "not known there", [REFUND_SAYS_NOTHING] = "no clear answer",
};

static const char *answer_of(struct arena *a, const struct channel_refund_said *said)
{
	return said->why && *said->why ? arena_printf(a, "%s: %.200s", verdicts[said->verdict], said->why) : verdicts[said->verdict];
}

/* Whatever is not a clear answer may have happened there: the same number again is safe. */
static void call(struct cx *cx, struct calling *c, enum refund_call step)
{
	const struct channel *channel = channel_of(c->r.channel);
	struct channel_refund in = {
		.payment_number = c->r.payment_number, .transaction_id = c->r.transaction_id, .number = c->r.number, .total = c->r.paid, .amount = c->r.amount,
		.reason = c->r.why, .now = cx->now,
	};
	int64_t begun = real_ms();

	c->step = step;
	c->begun = cx->now;
	c->said = (struct channel_refund_said){ .verdict = REFUND_SAYS_PENDING };
	enum rc rc = step == REFUND_CALL_TELL ? channel->refund(cx, &in, &c->said) : channel->query_refund(cx, &in, &c->said);
	c->said.number = c->r.number;
	c->took_ms = real_ms() - begun;
	if (rc != RC_OK)
		c->said.verdict = rc == RC_CONFLICT && step == REFUND_CALL_TELL ? REFUND_SAYS_REFUSED : REFUND_SAYS_NOTHING;
	log_event(c->said.verdict == REFUND_SAYS_NOTHING ? 'W' : 'I', "refund", LOG_STR("refund", c->r.number), LOG_STR("step", refund_call_enum.names[step]),
		  LOG_INT("try", c->try), LOG_STR("answer", answer_of(cx->a, &c->said)));
}

static enum rc store(struct work *w, void *arg)
{
	const struct calling *c = arg;
	struct q_refund_try_insert_in in = {
		.refund = c->r.id, .try = c->try, .step = c->step, .begun_at = c->begun, .took_ms = (uint64_t)c->took_ms, .answer = answer_of(w->cx->a, &c->said),
	};
	uint64_t n;

	TRY(q_refund_try_insert(w->tx, &in, &n));
	return refund_hear(w, &c->said);
}

static enum rc take(struct work *w, void *arg)
{
	const struct q_refund_asking *r = arg;
	int64_t pause = refund_pause((int)r->tries + 1), calls = REFUND_CALL_MAX_S * SECOND_US;
	struct q_refund_take_in in = { .id = r->id, .tries = r->tries, .now = w->cx->now, .next_at = instant_add(w->cx->now, pause > calls ? pause : calls) };
	uint64_t n;

	TRY(q_refund_take(w->tx, &in, &n));
	return n == 1 ? RC_OK : RC_CONFLICT;
}

/* The next call is written before this one is made, so that a crash repeats it and never forgets it.  Told once, it is asked for first: a channel
 * that has it is not told again. */
enum rc refund_go(struct cx *cx, uint64_t id)
{
	struct calling c;

	TRY(q_refund_asking(cx->db, cx->a, &(struct q_refund_asking_in){ .id = id }, &c.r));
	TRY(work_do(cx, take, &c.r, NULL));
	if (!refund_possible(c.r.channel))
		return RC_BUSY;
	c.try = c.r.tries + 1;
	db_fault("refund_taken");
	call(cx, &c, c.r.tries ? REFUND_CALL_ASK : REFUND_CALL_TELL);
	db_fault("refund_called");
	TRY(work_as_channel(cx, c.r.channel, store, &c));
	if (c.step == REFUND_CALL_TELL || c.said.verdict != REFUND_SAYS_NOT_THERE)
		return RC_OK;
	call(cx, &c, REFUND_CALL_TELL);
	db_fault("refund_called");
	return work_as_channel(cx, c.r.channel, store, &c);
}

static enum rc soon(struct work *w, void *arg)
{
	struct q_refund_find f;
	uint64_t n;

	TRY(q_refund_find(tx_db(w->tx), w->cx->a, &(struct q_refund_find_in){ .number = arg }, &f));
	return q_refund_soon(w->tx, &(struct q_refund_soon_in){ .number = arg, .now = w->cx->now }, &n);
}

enum rc refund_hint(struct cx *cx, const char *number) { return work_do(cx, soon, (void *)number, NULL); }

/* ---- by finance ---- */

struct deciding {
	const char *number, *why;
	enum refund_event event;
	struct calling call;		/* of giving up */
};

static enum rc here(struct work *w, const char *number)
{
	w->out.location = arena_printf(w->cx->a, "/ops/finance/refunds/%s", number);
	return RC_OK;
}

static enum rc decide(struct work *w, void *arg)
{
	const struct deciding *d = arg;
	struct refund_learnt learnt = { .absent = d->event == REFUND_EV_GIVE_UP, .answer = d->why };
	struct q_refund_find f;

	TRY(q_refund_find(tx_db(w->tx), w->cx->a, &(struct q_refund_find_in){ .number = d->number }, &f));
	TRY(refund_move(w, f.id, d->event, ACTOR_PERSON, &learnt));
	return here(w, d->number);
}

enum rc refund_stop(struct cx *cx, const char *number, const char *why, struct outcome *out)
{
	return work_do(cx, decide, &(struct deciding){ .number = number, .why = why, .event = REFUND_EV_STOP }, out);
}

enum rc refund_resume(struct cx *cx, const char *number, struct outcome *out)
{
	return work_do(cx, decide, &(struct deciding){ .number = number, .event = REFUND_EV_RESUME }, out);
}

/* The channel is asked before, and what it says is acted on first: only what it does not know is given up. */
enum rc refund_give_up(struct cx *cx, const char *number, struct outcome *out)
{
	struct deciding d = { .number = number, .event = REFUND_EV_GIVE_UP };
	struct q_refund_find f;

	TRY(q_refund_find(cx->db, cx->a, &(struct q_refund_find_in){ .number = number }, &f));
	TRY(q_refund_asking(cx->db, cx->a, &(struct q_refund_asking_in){ .id = f.id }, &d.call.r));
	if (d.call.r.state != REFUND_STOPPED || !refund_possible(d.call.r.channel))
		return RC_CONFLICT;
	d.call.try = d.call.r.tries + 1;
	call(cx, &d.call, REFUND_CALL_ASK);
	if (d.call.said.verdict == REFUND_SAYS_NOT_THERE)
		return work_do(cx, decide, &d, out);
	TRY(work_as_channel(cx, d.call.r.channel, store, &d.call));
	return d.call.said.verdict == REFUND_SAYS_NOTHING ? RC_BUSY : RC_CONFLICT;
}
