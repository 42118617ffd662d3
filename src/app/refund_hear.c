#include "app/case.h"
#include "app/ledger.h"
#include "app/message.h"
#include "app/refund.h"
#include "app/refund_move.h"
#include "app/withdrawal.h"
#include "base/money.h"
#include "base/time.h"
#include "q_payment.h"
#include "q_refund.h"

/* ---- its end ---- */

/* The money has left the channel, or is where it came from again. */
static enum rc book(struct work *w, const struct q_refund_lock *r, bool done)
{
	struct posting p[] = {
		{ r->channel, ACCOUNT_REFUND_DUE, money_neg(r->amount) },
		{ done ? r->channel : r->org_id, done ? ACCOUNT_CLEARING : r->org_id ? ACCOUNT_CASH : ACCOUNT_UNEXPLAINED, r->amount },
	};
	uint64_t n, journal = ledger_post(w, done ? JOURNAL_REFUND_DONE : JOURNAL_REFUND_BACK, r->org_id, 0, r->payment_id, p, 2);

	ledger_about(w, r->number);
	TRY(q_refund_end_journal(w->tx, &(struct q_refund_end_journal_in){ .id = r->id, .journal = journal }, &n));
	return n == 1 ? RC_OK : RC_CONFLICT;
}

/* What did not go back is there to go back in another way. */
static enum rc give_room(struct work *w, const struct q_refund_lock *r)
{
	struct q_refund_of_payment_in payment = { .id = r->payment_id, .amount = money_neg(r->amount) };
	struct q_refund_of_case_in receipt = { .id = r->cause_id, .amount = money_neg(r->amount) };
	uint64_t n;

	TRY(r->payment_id ? q_refund_of_payment(w->tx, &payment, &n) : q_refund_of_case(w->tx, &receipt, &n));
	return n == 1 ? RC_OK : RC_CONFLICT;
}

static enum rc open_case(struct work *w, const struct q_refund_lock *r, enum case_kind kind, struct money expected, const char *why)
{
	struct case_of c = {
		.kind = kind, .channel = r->channel, .transaction_id = r->number, .payment_number = r->payment_number, .org = r->org_id, .amount = r->amount,
		.expected = expected, .raw = { why, strlen(why) },
		.stands = kind != CASE_REFUND_FAILED ? 0 : r->org_id ? ACCOUNT_CASH : ACCOUNT_UNEXPLAINED,
	};
	enum rc rc = case_open(w, &c);

	return rc == RC_DUPLICATE ? RC_OK : rc;
}

/* The buyer reads what became of it; the finance desk looks at what the channel would not take. */
static enum rc tell(struct work *w, const struct q_refund_lock *r, bool done, const char *why)
{
	struct message_of m = { .org = r->org_id, .number = r->number, .amount = r->amount, .why = why };

	if (r->org_id)
		TRY(message_about(w, done ? MESSAGE_REFUND_ARRIVED : MESSAGE_REFUND_TO_BALANCE, &m));
	return done ? RC_OK : open_case(w, r, CASE_REFUND_FAILED, fen(0), why);
}

/* The orders that waited for it are complete: their money is there, by one way or the other (REF-4). */
static enum rc complete(struct work *w, const struct q_refund_order_lock *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct order_now o = ORDER_NOW(&rows[i]);
		TRY(apply_order(w, &o, ORDER_EV_REFUND, ACTOR_SYSTEM, o.payable, NULL));
	}
	return RC_OK;
}

static enum rc tell_cause(struct work *w, const struct q_refund_lock *r, const struct q_refund_order_lock *orders, size_t n,
	bool done, const char *why)
{
	switch (r->cause) {
	case REFUND_OF_ORDERS:
		return complete(w, orders, n);
	case REFUND_OF_WITHDRAWAL:
		return withdrawal_part_heard(w, r->cause_id, r->cause_line, done, why);
	case REFUND_OF_CASE:
		break;
	}
	return RC_OK;
}

/* ---- any event ---- */

enum rc refund_move(struct work *w, uint64_t id, enum refund_event ev, enum actor_kind who, const struct refund_learnt *l)
{
	struct q_refund_order_lock *orders;
	struct q_refund_lock r;
	struct move m;
	size_t n;

	TRY(q_refund_order_lock(w->tx, w->cx->a, &(struct q_refund_order_lock_in){ .refund = id }, &orders, &n));
	TRY(q_refund_lock(w->tx, w->cx->a, &(struct q_refund_lock_in){ .id = id }, &r));
	struct refund_now now = { .id = r.id, .org = r.org_id, .state = r.state, .amount = r.amount, .tries = r.tries };
	struct refund_learnt learnt = *l;
	if (ev == REFUND_EV_GIVE_UP && r.stopped_by == w->cx->actor.person)
		return RC_DENIED;
	learnt.absent = l->absent && r.tried_at.us + REFUND_CALL_MAX_S * SECOND_US <= w->cx->now.us;
	TRY(apply_refund(w, &now, ev, who, &learnt, &m));
	if (!(m.effects & (REFUND_FX_ARRIVED | REFUND_FX_BACK)))
		return RC_OK;
	bool done = m.effects & REFUND_FX_ARRIVED;
	TRY(book(w, &r, done));
	if (!done)
		TRY(give_room(w, &r));
	const char *why = l->answer ? l->answer : "";
	TRY(tell(w, &r, done, why));
	return tell_cause(w, &r, orders, n, done, why);
}

/* ---- what the channel says ---- */

static enum rc say(struct work *w, const struct q_refund_asking *r, const struct channel_refund_said *said)
{
	struct refund_learnt learnt = { .refund_id = said->refund_id, .said = said->amount };
	struct q_refund_lock locked;

	switch (said->verdict) {
	case REFUND_SAYS_DONE:
		if (r->state == REFUND_DONE)
			return RC_OK;
		if (said->amount.fen == r->amount.fen)
			return refund_move(w, r->id, REFUND_EV_SUCCEED, ACTOR_CHANNEL, &learnt);
		TRY(q_refund_lock(w->tx, w->cx->a, &(struct q_refund_lock_in){ .id = r->id }, &locked));
		return open_case(w, &locked, CASE_MISMATCH, said->amount, "the channel says another amount");
	case REFUND_SAYS_REFUSED:
		learnt.answer = said->why ? said->why : "";
		return r->state == REFUND_REFUSED ? RC_OK : refund_move(w, r->id, REFUND_EV_REFUSE, ACTOR_CHANNEL, &learnt);
	case REFUND_SAYS_PENDING:
		return r->state == REFUND_SENT || machine_final(&refund_machine, (int)r->state) ? RC_OK : refund_move(w, r->id, REFUND_EV_ACCEPT, ACTOR_CHANNEL, &learnt);
	case REFUND_SAYS_NOT_THERE:
	case REFUND_SAYS_NOTHING:
		return r->state == REFUND_WAITING ? refund_move(w, r->id, REFUND_EV_DOUBT, ACTOR_CHANNEL, &learnt) : RC_OK;
	}
	return RC_INTERNAL;
}

enum rc refund_hear(struct work *w, const struct channel_refund_said *said)
{
	struct q_refund_asking r;
	struct q_refund_find f;

	TRY(q_refund_find(tx_db(w->tx), w->cx->a, &(struct q_refund_find_in){ .number = said->number }, &f));
	TRY(q_refund_asking(tx_db(w->tx), w->cx->a, &(struct q_refund_asking_in){ .id = f.id }, &r));
	return say(w, &r, said);
}

static enum rc hear(struct work *w, void *arg) { return refund_hear(w, arg); }

enum rc refund_heard(struct cx *cx, const struct channel_refund_said *said)
{
	struct q_refund_find f;
	struct q_refund_asking r;

	TRY(q_refund_find(cx->db, cx->a, &(struct q_refund_find_in){ .number = said->number }, &f));
	TRY(q_refund_asking(cx->db, cx->a, &(struct q_refund_asking_in){ .id = f.id }, &r));
	return work_as_channel(cx, r.channel, hear, (void *)said);
}
