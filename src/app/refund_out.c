#include "app/ledger.h"
#include "app/refund.h"
#include "base/id.h"
#include "base/money.h"
#include "q_refund.h"

bool refund_possible(enum payment_channel c)
{
	const struct channel *channel = channel_of(c);

	return channel && channel->refund && channel->query_refund;
}

/* What came in by one transaction of a channel. */
struct receipt {
	const char *number, *transaction_id;
	enum payment_channel channel;
	struct money amount;
};

/* Locks it and takes the amount from its room. */
static enum rc take_of_payment(struct work *w, const struct refund_way *way, struct receipt *r)
{
	struct q_refund_payment p;
	uint64_t n;

	TRY(q_refund_payment(w->tx, w->cx->a, &(struct q_refund_payment_in){ .id = way->payment }, &p));
	*r = (struct receipt){ p.number, p.transaction_id, p.channel, p.amount };
	TRY(q_refund_of_payment(w->tx, &(struct q_refund_of_payment_in){ .id = way->payment, .amount = way->amount }, &n));
	return n && p.transaction_id ? RC_OK : RC_CONFLICT;
}

static enum rc take_of_case(struct work *w, const struct refund_way *way, struct receipt *r)
{
	struct q_refund_case c;
	uint64_t n;

	TRY(q_refund_case(w->tx, w->cx->a, &(struct q_refund_case_in){ .id = way->cause_id }, &c));
	*r = (struct receipt){ c.number, c.transaction_id, c.channel, c.amount };
	TRY(q_refund_of_case(w->tx, &(struct q_refund_of_case_in){ .id = way->cause_id, .amount = way->amount }, &n));
	return n ? RC_OK : RC_CONFLICT;
}

static uint64_t book(struct work *w, const struct refund_way *way, enum payment_channel channel)
{
	enum account_kind from = !way->org ? ACCOUNT_UNEXPLAINED : way->cause == REFUND_OF_WITHDRAWAL ? ACCOUNT_FROZEN : ACCOUNT_CASH;
	struct posting p[] = { { way->org, from, money_neg(way->amount) }, { channel, ACCOUNT_REFUND_DUE, way->amount } };

	return ledger_post(w, JOURNAL_REFUND_OUT, way->org, 0, way->payment, p, 2);
}

enum rc refund_out(struct work *w, const struct refund_way *way, struct refund_sent *out)
{
	struct refund_facts f = { .amount = way->amount };
	struct receipt r;
	struct move m;
	uint64_t n;

	if (way->amount.fen <= 0)
		return RC_INVALID;
	TRY(way->payment ? take_of_payment(w, way, &r) : take_of_case(w, way, &r));
	if (!refund_possible(r.channel))
		return RC_CONFLICT;
	TRY(refund_step(0, REFUND_EV_BEGIN, way->by, &f, &m));
	*out = (struct refund_sent){ id_new(w->cx->now), book(w, way, r.channel), number_prefixed(w->cx->a, 'R', w->cx->now) };
	ledger_about(w, out->number);
	struct q_refund_insert_in in = {
		.id = out->id, .number = out->number, .org = way->org, .cause = way->cause, .cause_id = way->cause_id, .cause_line = way->cause_line, .state = m.to,
		.channel = r.channel, .payment = way->payment, .payment_number = r.number, .transaction_id = r.transaction_id, .paid = r.amount, .amount = way->amount,
		.why = way->why ? way->why : "", .next_at = w->cx->now, .out_journal = out->journal,
	};
	enum rc rc = q_refund_insert(w->tx, &in, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	work_audit(w, (struct event){
		.kind = OBJECT_REFUND, .object = out->id, .org = way->org, .name = refund_event_enum.names[REFUND_EV_BEGIN], .to = refund_state_enum.names[m.to], .why = way->why,
	});
	return RC_OK;
}
