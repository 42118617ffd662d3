#include "app/payment.h"

#include "app/apply.h"
#include "base/time.h"
#include "q_payment.h"

enum rc payment_close_of_order(struct work *w, uint64_t order)
{
	struct q_payment_open_in ask = { .orders = arena_printf(w->cx->a, "[%llu]", (unsigned long long)order) };
	struct q_payment_open *rows;
	size_t n;

	TRY(q_payment_open(w->tx, w->cx->a, &ask, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct payment_now p = PAYMENT_NOW(&rows[i]);
		TRY(apply_payment(w, &p, PAYMENT_EV_CLOSE, ACTOR_SYSTEM, &(struct payment_learnt){ 0 }, "order closed"));
	}
	return RC_OK;
}

/* Takes the question, so that of several that ask at once only one does. */
static enum rc take_question(struct work *w, void *arg)
{
	const struct q_payment_asking *p = arg;
	uint64_t n;
	struct instant next = instant_add(w->cx->now, payment_query_pause((int)p->queries + 1));

	TRY(q_payment_ask(w->tx, &(struct q_payment_ask_in){ .id = p->id, .queries = p->queries, .next_at = next }, &n));
	return n ? RC_OK : RC_CONFLICT;
}

struct ending { const char *number; enum payment_event event; };

static enum rc end_payment(struct work *w, void *arg)
{
	struct ending *e = arg;
	struct q_payment_order_lock *orders;
	struct q_payment_lock *rows;
	size_t n;

	TRY(q_payment_order_lock(w->tx, w->cx->a, &(struct q_payment_order_lock_in){ .number = e->number }, &orders, &n));
	TRY(q_payment_lock(w->tx, w->cx->a, &(struct q_payment_lock_in){ .number = e->number }, &rows, &n));
	if (!n)
		return RC_NOT_FOUND;
	struct payment_now p = PAYMENT_NOW(rows);
	return apply_payment(w, &p, e->event, ACTOR_SYSTEM, &(struct payment_learnt){ 0 }, NULL);
}

/* RC_OK: nothing more can be paid there, and what had been paid is heard. */
static enum rc close_there(struct cx *cx, const struct channel *c, const char *number)
{
	struct channel_said said;
	struct payment_result result;

	enum rc rc = c->close ? c->close(cx, number) : RC_OK;
	if (rc != RC_CONFLICT)
		return rc;
	TRY(c->query(cx, number, &said));
	return said.verdict == CHANNEL_SAYS_PAID ? payment_heard(cx, &said, &result) : RC_BUSY;
}

static enum rc act_on(struct cx *cx, const struct channel *c, const struct q_payment_asking *p, const struct channel_said *said)
{
	struct payment_result result;
	struct ending e = { .number = p->number };
	bool over = cx->now.us >= p->deadline_at.us;

	switch (said->verdict) {
	case CHANNEL_SAYS_PAID:
		return payment_heard(cx, said, &result);
	case CHANNEL_SAYS_GONE:
		e.event = PAYMENT_EV_FAIL;
		break;
	case CHANNEL_SAYS_WAITING:
		e.event = over ? PAYMENT_EV_EXPIRE : p->state == PAYMENT_UNKNOWN ? PAYMENT_EV_START : 0;
		break;
	case CHANNEL_SAYS_NOTHING:
		e.event = p->state == PAYMENT_WAITING ? PAYMENT_EV_DOUBT : 0;
		break;
	}
	if (!e.event)
		return RC_OK;
	if (e.event == PAYMENT_EV_EXPIRE)
		TRY(close_there(cx, c, p->number));	/* first there, then here (MON-8) */
	enum rc rc = work_do(cx, end_payment, &e, NULL);
	return rc == RC_CONFLICT ? RC_OK : rc;
}

/* One that cannot be asked: nobody knows but that it is not paid. */
static enum rc query(struct cx *cx, const struct channel *c, const char *number, struct channel_said *said)
{
	*said = (struct channel_said){ .verdict = CHANNEL_SAYS_WAITING };
	return c->query ? c->query(cx, number, said) : RC_OK;
}

struct instant payment_query_at(const struct payment_now *p, struct instant now)
{
	const struct channel *c = channel_of(p->channel);

	return c && !c->query ? p->deadline : instant_add(now, payment_query_pause((int)p->queries));
}

enum rc payment_ask(struct cx *cx, const char *number)
{
	struct q_payment_asking p;
	struct channel_said said;
	const char *key = cx->key;
	const struct channel *c;

	TRY(q_payment_asking(cx->db, cx->a, &(struct q_payment_asking_in){ .number = number }, &p));
	if (machine_final(&payment_machine, (int)p.state) || !(c = channel_of(p.channel)))
		return RC_OK;
	if (!c->query && cx->now.us < p.deadline_at.us)
		return RC_OK;
	cx->key = NULL;
	enum rc rc = work_do(cx, take_question, &p, NULL);
	if (rc == RC_OK)
		rc = query(cx, c, number, &said);
	if (rc == RC_OK)
		rc = act_on(cx, c, &p, &said);
	cx->key = key;
	return rc == RC_CONFLICT ? RC_OK : rc;	/* somebody else asks right now */
}

enum rc payment_close_at_channel(struct cx *cx, uint64_t payment)
{
	struct q_payment_by_id p;
	const struct channel *c;

	TRY(q_payment_by_id(cx->db, cx->a, &(struct q_payment_by_id_in){ .id = payment }, &p));
	c = channel_of(p.channel);
	return c ? close_there(cx, c, p.number) : RC_OK;
}
