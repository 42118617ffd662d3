#include <assert.h>

#include "app/case.h"
#include "app/ledger.h"
#include "app/message.h"
#include "app/payment.h"
#include "app/settle.h"
#include "app/topup.h"
#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "q_payment.h"

struct hearing {
	const struct channel_said *said;
	struct payment_result *out;
	bool again;			/* this transaction of the channel stands in the books already */
	/* what it is about, locked; payment NULL: nothing of ours */
	struct q_payment_lock *payment;
	struct q_payment_order_lock *orders;
	size_t orders_n;
};

/* Those who are frozen may top up, and pay no orders (ACC-15). */
static bool frozen(const struct q_payment_lock *p) { return p->freeze && p->purpose != PAYMENT_OF_TOPUP; }

/* All of its orders, or none of them: what the buyer paid together is not torn apart (ORD-4). */
static bool payable(const struct hearing *h)
{
	for (size_t i = 0; i < h->orders_n; i++)
		if (h->orders[i].state != ORDER_TO_PAY)
			return false;
	return !frozen(h->payment) && !machine_final(&payment_machine, (int)h->payment->state);
}

/* The checks of WXP-6 behind the signature, in their order: number, amount, state. */
static enum notice_outcome decide(const struct hearing *h)
{
	const struct q_payment_lock *p = h->payment;

	if (!p || p->channel != h->said->channel)
		return NOTICE_UNKNOWN;
	if (p->amount.fen != h->said->amount.fen)
		return NOTICE_MISMATCH;
	if (p->state == PAYMENT_SUCCEEDED)
		return p->transaction_id && str_eq(p->transaction_id, h->said->transaction_id) ? NOTICE_DUPLICATE : NOTICE_SECOND;
	return payable(h) ? NOTICE_APPLIED : NOTICE_LATE;
}

static enum case_kind case_of(const struct q_payment_lock *p, enum notice_outcome o)
{
	switch (o) {
	case NOTICE_SECOND:   return CASE_SECOND_PAYMENT;
	case NOTICE_MISMATCH: return CASE_MISMATCH;
	case NOTICE_UNKNOWN:  return CASE_UNKNOWN_NUMBER;
	default:              return frozen(p) ? CASE_FROZEN_BUYER : CASE_LATE;
	}
}

/* Whose money it is: the paying account's (ACC-4). */
static uint64_t payer_of(const struct hearing *h) { return h->orders_n ? h->orders->payer_id : h->payment->org_id; }

/* Money that the payment does not account for: to the payer when we know whose it is and how much was meant, else unexplained; and in
 * either case to the finance desk (MON-7). */
static enum rc book_aside(struct work *w, const struct hearing *h, enum notice_outcome o)
{
	const struct channel_said *said = h->said;
	bool ours = o == NOTICE_LATE || o == NOTICE_SECOND;
	uint64_t org = h->payment ? payer_of(h) : 0;
	struct posting p[] = {
		{ said->channel, ACCOUNT_CLEARING, money_neg(said->amount) },
		{ ours ? org : 0, ours ? ACCOUNT_CASH : ACCOUNT_UNEXPLAINED, said->amount },
	};

	struct case_of c = {
		.kind = case_of(h->payment, o), .channel = said->channel, .transaction_id = said->transaction_id, .payment_number = said->number, .org = org,
		.amount = said->amount, .expected = h->payment ? h->payment->amount : fen(0), .stands = p[1].account, .raw = said->raw,
	};

	ledger_post(w, ours ? JOURNAL_LATE_IN : JOURNAL_UNEXPLAINED_IN, org, 0, h->payment ? h->payment->id : 0, p, 2);
	TRY(case_open(w, &c));
	return ours ? message_about(w, MESSAGE_MONEY_BOOKED, &(struct message_of){ .org = org, .number = said->number, .amount = said->amount }) : RC_OK;
}

/* The channel's side of a payment whose money went aside is used up: nobody asks about it any more, and the buyer can begin another. */
static enum rc end_open(struct work *w, const struct hearing *h, enum notice_outcome o)
{
	struct payment_now pay = PAYMENT_NOW(h->payment);

	if (machine_final(&payment_machine, (int)pay.state))
		return RC_OK;
	return apply_payment(w, &pay, PAYMENT_EV_FAIL, ACTOR_CHANNEL, &(struct payment_learnt){ 0 }, case_kind_enum.names[case_of(h->payment, o)]);
}

static enum rc book(struct work *w, const struct hearing *h)
{
	const struct channel_said *said = h->said;
	struct payment_now pay = PAYMENT_NOW(h->payment);
	struct payment_learnt learnt = { .transaction_id = said->transaction_id, .paid_at = said->paid_at, .received = said->amount };
	struct paid_order *orders = ARENA_ARRAY(w->cx->a, struct paid_order, h->orders_n);
	struct posting p[] = {
		{ said->channel, ACCOUNT_CLEARING, money_neg(said->amount) },
		{ payer_of(h), ACCOUNT_CASH, said->amount },
	};

	for (size_t i = 0; i < h->orders_n; i++) {
		const struct q_payment_order_lock *o = &h->orders[i];
		orders[i] = (struct paid_order){ ORDER_NOW(o), o->payer_id, o->amount, o->cash, o->gift };
	}
	bool topup = h->payment->purpose == PAYMENT_OF_TOPUP;
	ledger_post(w, topup ? JOURNAL_TOPUP : JOURNAL_PAYMENT_IN, payer_of(h), 0, pay.id, p, 2);
	TRY(settle_payment(w, &pay, &learnt, ACTOR_CHANNEL, orders, h->orders_n));
	return topup ? topup_tell(w, pay.org, h->payment->number, pay.amount) : RC_OK;
}

static enum rc look_up(struct work *w, struct hearing *h)
{
	const char *number = h->said->number;
	size_t n;

	TRY(q_payment_order_lock(w->tx, w->cx->a, &(struct q_payment_order_lock_in){ .number = number }, &h->orders, &h->orders_n));
	TRY(q_payment_lock(w->tx, w->cx->a, &(struct q_payment_lock_in){ .number = number }, &h->payment, &n));
	if (!n)
		h->payment = NULL;
	return RC_OK;
}

/* The word itself, before anything is done about it (MON-6). */
static enum rc keep(struct work *w, struct hearing *h, enum notice_outcome o)
{
	const struct channel_said *said = h->said;
	struct q_notice_insert_in in = {
		.channel = said->channel, .transaction_id = said->transaction_id, .payment_number = said->number, .amount = said->amount,
		.outcome = o, .source = said->source, .raw = said->raw, .now = w->cx->now,
	};
	uint64_t n;
	enum rc rc = q_notice_insert(w->tx, &in, &n);

	h->again = rc == RC_DUPLICATE;
	return rc;
}

static enum rc hear(struct work *w, void *arg)
{
	struct hearing *h = arg;

	h->again = false;
	TRY(look_up(w, h));
	const struct q_payment_lock *p = h->payment;
	enum notice_outcome o = decide(h);
	*h->out = (struct payment_result){ o, p ? p->id : 0 };
	if (p && h->said->sign_type && p->sign_type && h->said->sign_type != p->sign_type)
		return RC_DENIED;	/* WXP-2: signed in another way than this payment's messages are */
	if (o == NOTICE_DUPLICATE)
		return RC_OK;
	TRY(keep(w, h, o));
	if (o == NOTICE_APPLIED)
		return book(w, h);
	TRY(book_aside(w, h, o));
	return p ? end_open(w, h, o) : RC_OK;
}

/* Of what cannot be our money nothing is booked. */
static enum rc suspect(struct work *w, void *arg)
{
	const struct channel_said *said = arg;

	return case_open(w, &(struct case_of){ .kind = CASE_CURRENCY, .channel = said->channel, .transaction_id = said->transaction_id,
		.payment_number = said->number, .amount = said->amount, .raw = said->raw });
}

enum rc payment_suspect(struct cx *cx, const struct channel_said *said)
{
	enum rc rc = work_as_channel(cx, said->channel, suspect, (void *)said);

	return rc == RC_CONFLICT ? RC_OK : rc;	/* it is there since before */
}

/* What stands in the books since before is the same word again. */
static enum rc heard(const struct hearing *h, enum rc rc)
{
	if (!h->again)
		return rc;
	if (h->out->outcome != NOTICE_MISMATCH && h->out->outcome != NOTICE_UNKNOWN)
		h->out->outcome = NOTICE_DUPLICATE;
	return RC_OK;
}

enum rc payment_hear(struct work *w, const struct channel_said *said, struct payment_result *out)
{
	struct hearing h = { .said = said, .out = out };

	assert(said->verdict == CHANNEL_SAYS_PAID && said->amount.fen > 0);
	enum rc rc = hear(w, &h);
	return heard(&h, rc);
}

enum rc payment_heard(struct cx *cx, const struct channel_said *said, struct payment_result *out)
{
	struct hearing h = { .said = said, .out = out };

	assert(said->verdict == CHANNEL_SAYS_PAID && said->amount.fen > 0);
	enum rc rc = work_as_channel(cx, said->channel, hear, &h);
	return heard(&h, rc);
}
