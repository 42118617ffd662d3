#include <assert.h>

#include "app/apply.h"
#include "app/ledger.h"
#include "app/payment.h"
#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "q_payment.h"

enum { UNCERTAIN_TRIES = 3 };

struct hearing {
	const struct channel_said *said;
	struct payment_result *out;
	bool again;			/* this transaction of the channel stands in the books already */
};

static bool payable(const struct q_payment_lock *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].order_state != ORDER_TO_PAY)
			return false;
	return !rows->freeze && !machine_final(&payment_machine, (int)rows->state);
}

/* The checks of WXP-6 behind the signature, in their order: number, amount, state. */
static enum notice_outcome decide(const struct q_payment_lock *rows, size_t n, const struct channel_said *said)
{
	if (!n || rows->channel != said->channel)
		return NOTICE_UNKNOWN;
	if (rows->amount.fen != said->amount.fen)
		return NOTICE_MISMATCH;
	if (rows->state == PAYMENT_SUCCEEDED)
		return rows->transaction_id && str_eq(rows->transaction_id, said->transaction_id) ? NOTICE_DUPLICATE : NOTICE_SECOND;
	return payable(rows, n) ? NOTICE_APPLIED : NOTICE_LATE;
}

static enum case_kind case_of(const struct q_payment_lock *rows, enum notice_outcome o)
{
	switch (o) {
	case NOTICE_SECOND:   return CASE_SECOND_PAYMENT;
	case NOTICE_MISMATCH: return CASE_MISMATCH;
	case NOTICE_UNKNOWN:  return CASE_UNKNOWN_NUMBER;
	default:              return rows->freeze ? CASE_FROZEN_BUYER : CASE_LATE;
	}
}

static enum rc open_case(struct work *w, const struct channel_said *said, enum case_kind kind, const struct q_payment_lock *row)
{
	uint64_t n, id = id_new(w->cx->now), org = row ? row->org_id : 0;
	struct q_finance_case_insert_in in = {
		.id = id, .kind = kind, .channel = said->channel, .transaction_id = said->transaction_id, .payment_number = said->number,
		.org = org, .amount = said->amount, .expected = row ? row->amount.fen : 0, .raw = said->raw, .now = w->cx->now,
	};

	TRY(q_finance_case_insert(w->tx, &in, &n));
	work_audit(w, (struct event){ .kind = OBJECT_CASE, .object = id, .org = org, .name = "open", .to = "open", .why = case_kind_enum.names[kind] });
	return RC_OK;
}

/* Money that the payment does not account for: to the buyer when we know whose it is and how much was meant, else unexplained; and in
 * either case to the finance desk (MON-7). */
static enum rc book_aside(struct work *w, const struct hearing *h, const struct q_payment_lock *row, enum notice_outcome o)
{
	const struct channel_said *said = h->said;
	bool ours = o == NOTICE_LATE || o == NOTICE_SECOND;
	uint64_t org = row ? row->org_id : 0;
	struct posting p[] = {
		{ said->channel, ACCOUNT_CLEARING, money_neg(said->amount) },
		{ ours ? org : 0, ours ? ACCOUNT_CASH : ACCOUNT_UNEXPLAINED, said->amount },
	};

	ledger_post(w, ours ? JOURNAL_LATE_IN : JOURNAL_UNEXPLAINED_IN, org, 0, row ? row->id : 0, p, 2);
	return open_case(w, said, case_of(row, o), row);
}

static struct payment_now now_of(const struct q_payment_lock *r)
{
	return (struct payment_now){ .id = r->id, .org = r->org_id, .state = r->state, .amount = r->amount, .deadline = r->deadline_at, .queries = r->queries };
}

/* The channel's side of a payment whose money went aside is used up: nobody asks about it any more, and the buyer can begin another. */
static enum rc end_open(struct work *w, const struct q_payment_lock *r, enum notice_outcome o)
{
	struct payment_now pay = now_of(r);

	if (machine_final(&payment_machine, (int)pay.state))
		return RC_OK;
	return apply_payment(w, &pay, PAYMENT_EV_FAIL, ACTOR_CHANNEL, &(struct payment_learnt){ 0 }, case_kind_enum.names[case_of(r, o)]);
}

static enum rc pay_order(struct work *w, const struct q_payment_lock *r)
{
	struct order_now o = {
		.id = r->order_id, .buyer = r->buyer_id, .product = r->product_id, .plan = r->plan_id, .provider = r->provider_id, .quantity = r->quantity,
		.number = r->order_number, .kind = r->order_kind, .state = r->order_state, .billing = r->billing_mode, .payable = r->payable,
		.paid = r->paid, .deadline = r->order_deadline, .coupon = r->coupon_id,
	};
	struct posting p[] = {
		{ r->org_id, ACCOUNT_CASH, money_neg(r->order_amount) },
		{ r->provider_id, ACCOUNT_HELD, r->order_amount },
	};

	ledger_post(w, JOURNAL_ORDER_PAY, r->org_id, r->order_id, r->id, p, 2);
	return apply_order(w, &o, ORDER_EV_PAY, ACTOR_CHANNEL, money_add(r->paid, r->order_amount), NULL);
}

static enum rc book(struct work *w, const struct hearing *h, const struct q_payment_lock *rows, size_t n)
{
	const struct channel_said *said = h->said;
	struct payment_now pay = now_of(rows);
	struct payment_learnt learnt = { .transaction_id = said->transaction_id, .paid_at = said->paid_at, .received = said->amount };
	struct posting p[] = {
		{ said->channel, ACCOUNT_CLEARING, money_neg(said->amount) },
		{ rows->org_id, ACCOUNT_CASH, said->amount },
	};

	TRY(apply_payment(w, &pay, PAYMENT_EV_SUCCEED, ACTOR_CHANNEL, &learnt, NULL));
	ledger_post(w, JOURNAL_PAYMENT_IN, rows->org_id, 0, rows->id, p, 2);
	for (size_t i = 0; i < n; i++)
		TRY(pay_order(w, &rows[i]));
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
	struct q_payment_lock *rows;
	size_t n;

	h->again = false;
	TRY(q_payment_lock(w->tx, w->cx->a, &(struct q_payment_lock_in){ .number = h->said->number }, &rows, &n));
	enum notice_outcome o = decide(rows, n, h->said);
	*h->out = (struct payment_result){ o, n ? rows->id : 0 };
	if (n && h->said->sign_type && rows->sign_type && h->said->sign_type != rows->sign_type)
		return RC_DENIED;	/* WXP-2: signed in another way than this payment's messages are */
	if (o == NOTICE_DUPLICATE)
		return RC_OK;
	TRY(keep(w, h, o));
	if (o == NOTICE_APPLIED)
		return book(w, h, rows, n);
	TRY(book_aside(w, h, n ? rows : NULL, o));
	return n ? end_open(w, rows, o) : RC_OK;
}

/* Whoever speaks for a channel is the channel, whatever request brought it; its own transaction number is the key. */
static enum rc as_channel(struct cx *cx, enum payment_channel c, use_fn *fn, void *arg)
{
	struct actor actor = cx->actor;
	const char *key = cx->key;
	enum rc rc = RC_UNCERTAIN;

	cx->actor = (struct actor){ .name = payment_channel_enum.names[c], .address = actor.address };
	cx->key = NULL;
	for (int i = 0; i < UNCERTAIN_TRIES && rc == RC_UNCERTAIN; i++)
		rc = work_do(cx, fn, arg, NULL);
	cx->actor = actor;
	cx->key = key;
	return rc;
}

static enum rc suspect(struct work *w, void *arg) { return open_case(w, arg, CASE_MISMATCH, NULL); }

enum rc payment_suspect(struct cx *cx, const struct channel_said *said)
{
	enum rc rc = as_channel(cx, said->channel, suspect, (void *)said);

	return rc == RC_CONFLICT ? RC_OK : rc;	/* it is there since before */
}

enum rc payment_heard(struct cx *cx, const struct channel_said *said, struct payment_result *out)
{
	struct hearing h = { .said = said, .out = out };

	assert(said->verdict == CHANNEL_SAYS_PAID && said->amount.fen > 0);
	enum rc rc = as_channel(cx, said->channel, hear, &h);
	if (!h.again)
		return rc;
	if (out->outcome != NOTICE_MISMATCH && out->outcome != NOTICE_UNKNOWN)
		out->outcome = NOTICE_DUPLICATE;
	return RC_OK;
}
