#include "app/case.h"

#include <inttypes.h>

#include "app/ledger.h"
#include "app/message.h"
#include "app/payment.h"
#include "app/refund.h"
#include "base/id.h"
#include "base/money.h"
#include "q_case.h"

enum rc four_eyes(const struct cx *cx, uint64_t proposer) { return cx->actor.person != proposer ? RC_OK : RC_DENIED; }

/* -- opened ---------------------------------------------------------------------------------------------------------- */

enum rc case_open(struct work *w, const struct case_of *c)
{
	struct q_case_insert_in in = {
		.id = id_new(w->cx->now), .kind = c->kind, .channel = c->channel, .transaction_id = c->transaction_id, .payment_number = c->payment_number,
		.org = c->org, .amount = c->amount, .expected = c->expected.fen, .stands = c->stands, .raw = c->raw, .now = w->cx->now,
	};
	uint64_t n;

	TRY(q_case_insert(w->tx, &in, &n));
	work_audit(w, (struct event){ .kind = OBJECT_CASE, .object = in.id, .org = c->org, .name = "open", .to = "open", .why = case_kind_enum.names[c->kind] });
	return message_about(w, MESSAGE_CASE_OPENED, &(struct message_of){
		.number = arena_printf(w->cx->a, "%" PRIu64, in.id), .subject = *c->payment_number ? c->payment_number : c->transaction_id, .amount = c->amount });
}

/* -- moved ----------------------------------------------------------------------------------------------------------- */

struct case_now {
	uint64_t id, org, proposals;
	enum case_kind kind;
	enum case_state state;
	enum payment_channel channel;
	enum account_kind stands;
	const char *transaction_id, *payment_number;
	struct money amount;
};
#define CASE_NOW(r) \
	((struct case_now){ (r)->id, (r)->org, (r)->proposals, (r)->kind, (r)->state, (r)->channel, (r)->stands, (r)->transaction_id, (r)->payment_number, (r)->amount })

static enum rc lock(struct work *w, uint64_t id, struct case_now *c)
{
	struct q_case_lock row;

	TRY(q_case_lock(w->tx, w->cx->a, &(struct q_case_lock_in){ id }, &row));
	*c = CASE_NOW(&row);
	return RC_OK;
}

/* The only writer of the state.  how: of what settles it. */
static enum rc apply(struct work *w, const struct case_now *c, enum case_event ev, enum case_settlement how, const char *why)
{
	enum actor_kind who = w->cx->actor.person ? ACTOR_PERSON : ACTOR_SYSTEM;
	struct q_case_move_in in = { .id = c->id, .from_state = c->state, .proposals = c->proposals };
	struct move m;
	uint64_t n;

	TRY(case_step(c->state, ev, who, &m));
	in.to_state = (enum case_state)m.to;
	if (in.to_state == CASE_SETTLED) {
		in.settlement = how;
		in.settled_at = w->cx->now;
	}
	TRY(q_case_move(w->tx, &in, &n));
	if (n != 1)
		return RC_CONFLICT;
	work_audit(w, (struct event){ .kind = OBJECT_CASE, .object = c->id, .org = c->org, .name = case_event_enum.names[ev],
		.from = case_state_enum.names[c->state], .to = case_state_enum.names[m.to], .why = why });
	w->out.location = arena_printf(w->cx->a, "/ops/finance/cases/%" PRIu64, c->id);
	return RC_OK;
}

enum rc case_settled(struct work *w, const struct case_key *key, enum case_settlement how, const char *why)
{
	struct q_case_lock_key row;

	TRY(q_case_lock_key(w->tx, w->cx->a, &(struct q_case_lock_key_in){ key->kind, key->channel, key->transaction_id }, &row));
	return apply(w, &CASE_NOW(&row), CASE_EV_SETTLE, how, why);
}

/* -- proposed -------------------------------------------------------------------------------------------------------- */

struct proposing { const struct case_proposal *p; const char **error; };

static enum rc refuse(const char **error, const char *why)
{
	*error = why;
	return RC_INVALID;
}

static bool names_org(enum case_settlement how) { return how == SETTLE_CREDIT || how == SETTLE_CHARGE; }

/* CREDIT and CHARGE are about a buyer's balance. */
static enum rc check_org(struct work *w, const struct proposing *d)
{
	struct q_case_org o;

	if (!names_org(d->p->how))
		return RC_OK;
	enum rc rc = d->p->org ? q_case_org(tx_db(w->tx), w->cx->a, &(struct q_case_org_in){ d->p->org }, &o) : RC_NOT_FOUND;
	if (rc == RC_NOT_FOUND || (rc == RC_OK && o.kind != ORG_BUYER))
		return refuse(d->error, "case_show.no_org");
	return rc;
}

static enum rc propose(struct work *w, void *arg)
{
	const struct proposing *d = arg;
	const struct actor *me = &w->cx->actor;
	struct case_now c;
	uint64_t n;

	TRY(lock(w, d->p->id, &c));
	if (!case_settles(c.kind, c.stands, d->p->how))
		return refuse(d->error, "case_show.not_for_this");
	TRY(check_org(w, d));
	c.proposals++;
	struct q_case_proposal_insert_in in = {
		.id = c.id, .nth = c.proposals, .settlement = d->p->how, .org = names_org(d->p->how) ? d->p->org : 0, .note = d->p->note,
		.person = me->person, .name = me->name, .now = w->cx->now,
	};
	TRY(apply(w, &c, CASE_EV_PROPOSE, 0, d->p->note));
	return q_case_proposal_insert(w->tx, &in, &n);
}

enum rc case_propose(struct cx *cx, const struct case_proposal *p, const char **error, struct outcome *out)
{
	return work_do(cx, propose, &(struct proposing){ p, error }, out);
}

/* -- decided --------------------------------------------------------------------------------------------------------- */

struct deciding {
	uint64_t id, nth;
	enum case_event event;
	const char *why, **error;
};

static enum rc tell_booked(struct work *w, const struct case_now *c, uint64_t org)
{
	return message_about(w, MESSAGE_MONEY_BOOKED, &(struct message_of){
		.org = org, .number = *c->payment_number ? c->payment_number : c->transaction_id, .amount = c->amount });
}

/* The money is in the balance: what is still unpaid of the payment's orders is paid out of it. */
static enum rc pay_orders(struct work *w, const struct case_now *c, const char **error)
{
	struct q_case_unpaid_list *o;
	struct payment_refusal why;
	size_t n;

	TRY(q_case_unpaid_list(tx_db(w->tx), w->cx->a, &(struct q_case_unpaid_list_in){ c->payment_number }, &o, &n));
	if (!n)
		return refuse(error, "case_show.nothing_unpaid");
	const char **numbers = ARENA_ARRAY(w->cx->a, const char *, n);
	for (size_t i = 0; i < n; i++)
		numbers[i] = o[i].number;
	struct payment_wish wish = { .orders = numbers, .orders_n = n, .channel = CHANNEL_BALANCE };
	enum rc rc = payment_from_balance(w, o->buyer, &wish, &why);
	if (rc == RC_INVALID)
		return refuse(error, why.error);
	return rc == RC_CONFLICT && why.orders ? refuse(error, "case_show.nothing_unpaid") : rc;
}

static enum rc send_back(struct work *w, const struct case_now *c, const char *why, const char **error)
{
	struct refund_way way = {
		.cause = REFUND_OF_CASE, .cause_id = c->id, .org = c->stands == ACCOUNT_CASH ? c->org : 0, .amount = c->amount, .by = ACTOR_PERSON, .why = why,
	};
	struct refund_sent sent;
	enum rc rc = refund_out(w, &way, &sent);

	if (rc == RC_CONFLICT)
		return refuse(error, "case_show.no_way_back");
	TRY(rc);
	rc = ledger_flush(w);		/* now, to tell what is short from what has changed */
	return rc == RC_CONFLICT ? refuse(error, "case_show.cash_short") : rc;
}

static enum rc post(struct work *w, const struct case_now *c, const struct q_case_proposal_lock *p, const char **error)
{
	enum journal_kind kind;
	struct posting line[CASE_POSTINGS];
	size_t n = case_postings(c->kind, p->settlement, p->org, c->amount, &kind, line);

	if (!n)
		return RC_OK;
	ledger_post(w, kind, p->org, 0, 0, line, n);
	enum rc rc = ledger_flush(w);
	return rc == RC_CONFLICT ? refuse(error, "case_show.cash_short") : rc;
}

static enum rc carry_out(struct work *w, const struct case_now *c, const struct q_case_proposal_lock *p, const char **error)
{
	if (!case_settles(c->kind, c->stands, p->settlement))
		return refuse(error, "case_show.not_for_this");
	if (p->settlement == SETTLE_PAY_ORDERS)
		return pay_orders(w, c, error);
	if (p->settlement == SETTLE_SEND_BACK)
		return send_back(w, c, p->note, error);
	TRY(post(w, c, p, error));
	return p->settlement == SETTLE_CREDIT ? tell_booked(w, c, p->org) : RC_OK;
}

static enum rc may_decide(const struct work *w, enum case_event ev, uint64_t proposer)
{
	if (ev == CASE_EV_WITHDRAW)
		return w->cx->actor.person == proposer ? RC_OK : RC_DENIED;
	return four_eyes(w->cx, proposer);
}

static enum rc decide(struct work *w, void *arg)
{
	static const enum case_proposal_state becomes[case_event_n + 1] = {
		[CASE_EV_APPROVE] = CASE_PROPOSAL_APPROVED, [CASE_EV_REJECT] = CASE_PROPOSAL_REJECTED, [CASE_EV_WITHDRAW] = CASE_PROPOSAL_WITHDRAWN,
	};
	const struct deciding *d = arg;
	const struct actor *me = &w->cx->actor;
	struct q_case_proposal_lock p;
	struct case_now c;
	uint64_t n;

	TRY(lock(w, d->id, &c));
	if (c.proposals != d->nth || c.state != CASE_PROPOSED)
		return RC_CONFLICT;
	TRY(q_case_proposal_lock(w->tx, w->cx->a, &(struct q_case_proposal_lock_in){ c.id, d->nth }, &p));
	TRY(may_decide(w, d->event, p.proposed_by));
	if (d->event == CASE_EV_APPROVE)
		TRY(carry_out(w, &c, &p, d->error));
	struct q_case_proposal_decide_in in = { c.id, d->nth, becomes[d->event], me->person, me->name, d->why, w->cx->now };
	TRY(q_case_proposal_decide(w->tx, &in, &n));
	return n == 1 ? apply(w, &c, d->event, p.settlement, d->event == CASE_EV_APPROVE ? p.note : d->why) : RC_CONFLICT;
}

enum rc case_approve(struct cx *cx, uint64_t id, uint64_t nth, const char **error, struct outcome *out)
{
	return work_do(cx, decide, &(struct deciding){ id, nth, CASE_EV_APPROVE, "", error }, out);
}

enum rc case_reject(struct cx *cx, uint64_t id, uint64_t nth, const char *why, struct outcome *out)
{
	return work_do(cx, decide, &(struct deciding){ id, nth, CASE_EV_REJECT, why, NULL }, out);
}

enum rc case_withdraw(struct cx *cx, uint64_t id, uint64_t nth, struct outcome *out)
{
	return work_do(cx, decide, &(struct deciding){ id, nth, CASE_EV_WITHDRAW, "", NULL }, out);
}
