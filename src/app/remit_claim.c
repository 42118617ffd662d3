#include "app/remit_claim.h"

#include <inttypes.h>

#include "app/bank_entry.h"
#include "app/case.h"
#include "app/message.h"
#include "app/remit.h"
#include "base/id.h"
#include "base/time.h"
#include "domain/proof.h"
#include "q_remit_claim.h"

static void see(struct work *w, uint64_t id)
{
	bool desk = w->cx->actor.org_kind == ORG_PLATFORM;

	w->out.location = arena_printf(w->cx->a, "/%s/claims/%" PRIu64, desk ? "ops/finance" : "console/billing", id);
}

static void note(struct work *w, uint64_t id, uint64_t org, const char *name, const char *from, const char *to, const char *why)
{
	work_audit(w, (struct event){ .kind = OBJECT_REMITTANCE, .object = id, .org = org, .name = name, .from = from, .to = to, .why = why });
	see(w, id);
}

/* -- made ------------------------------------------------------------------------------------------------------------ */

struct making { const struct remit_claim_wish *wish; struct remit_claim_refusal *why; };

static enum rc refuse(struct remit_claim_refusal *why, const char *field, const char *error)
{
	*why = (struct remit_claim_refusal){ field, error };
	return RC_INVALID;
}

static enum rc make(struct work *w, void *arg)
{
	const struct making *m = arg;
	const struct remit_claim_wish *wish = m->wish;
	struct cx *cx = w->cx;
	struct date today = date_of(cx->now);
	struct q_remit_claim_under_way open;
	struct q_remit_claim_insert_in in = {
		.id = id_new(cx->now), .org = cx->actor.org, .amount = wish->amount, .paid_on = wish->paid_on, .payer_name = wish->payer_name,
		.payer_account = wish->payer_account ? wish->payer_account : "", .note = wish->note ? wish->note : "", .proof = wish->proof, .now = cx->now,
	};
	uint64_t n;

	if (wish->paid_on.days > today.days || wish->paid_on.days < today.days - CLAIM_DAYS_MAX)
		return refuse(m->why, "paid_on", "remit_claim.paid_on_wrong");
	if (!proof_read(wish->proof.p, wish->proof.n, &in.type))
		return refuse(m->why, "proof", "remit_claim.proof_wrong");
	TRY(q_remit_claim_under_way(tx_db(w->tx), cx->a, &(struct q_remit_claim_under_way_in){ in.org }, &open));
	if (open.n >= CLAIMS_UNDER_WAY_MAX)
		return refuse(m->why, NULL, "remit_claim.too_many");
	TRY(q_remit_claim_insert(w->tx, &in, &n));
	note(w, in.id, in.org, "claim_make", NULL, remit_claim_state_enum.names[CLAIM_OPEN], NULL);
	w->out.status = 201;
	return RC_OK;
}

enum rc remit_claim_make(struct cx *cx, const struct remit_claim_wish *wish, struct remit_claim_refusal *why, struct outcome *out)
{
	return work_do(cx, make, &(struct making){ wish, why }, out);
}

/* -- moved ----------------------------------------------------------------------------------------------------------- */

struct moving {
	uint64_t id, org, entry;	/* org 0: any */
	enum remit_claim_event event;
	const char *why;
};

/* The only writer of the state.  A proposal names its entry and its person; one that is returned, nobody. */
static enum rc write(struct work *w, const struct moving *d, enum remit_claim_state from, enum remit_claim_state to)
{
	const struct actor *me = &w->cx->actor;
	bool proposes = to == CLAIM_PROPOSED;
	uint64_t n;

	if (proposes || to == CLAIM_OPEN) {
		struct q_remit_claim_propose_in in = { d->id, from, to, d->entry, proposes ? me->person : 0, proposes ? me->name : "" };
		TRY(q_remit_claim_propose(w->tx, &in, &n));
	} else {
		struct q_remit_claim_decide_in in = { d->id, from, to, me->person, me->name, d->why ? d->why : "", w->cx->now };
		TRY(q_remit_claim_decide(w->tx, &in, &n));
	}
	return n == 1 ? RC_OK : RC_CONFLICT;
}

/* Its money is still unexplained, and it is of this amount. */
static enum rc lock_entry(struct work *w, uint64_t id, struct money amount, struct q_remit_entry_lock *e)
{
	enum rc rc = q_remit_entry_lock(w->tx, w->cx->a, &(struct q_remit_entry_lock_in){ id }, e);

	return rc == RC_NOT_FOUND || (rc == RC_OK && e->amount.fen != amount.fen) ? RC_INVALID : rc;
}

static enum rc book(struct work *w, const struct q_remit_claim_lock *c, const struct q_remit_entry_lock *e)
{
	struct topup_transfer t = {
		.transaction_id = e->transaction_id, .bank = e->bank, .account = e->account, .reference = e->reference, .payer_name = e->party_name,
		.payer_account = e->party_account, .amount = e->amount, .paid_at = date_begin(e->day),
	};
	struct case_key key = { CASE_UNMATCHED, CHANNEL_B2B, e->transaction_id };
	const char *id = arena_printf(w->cx->a, "%" PRIu64, c->id);

	TRY(topup_by_claim(w, &t, c->org, c->id));
	TRY(bank_entry_claimed(w, e->account, e->reference, c->org, ""));
	enum rc rc = case_settled(w, &key, SETTLE_CREDIT, id);
	return rc == RC_CONFLICT || rc == RC_NOT_FOUND ? RC_INVALID : rc;
}

static enum rc tell_refused(struct work *w, const struct q_remit_claim_lock *c, const char *why)
{
	const char *id = arena_printf(w->cx->a, "%" PRIu64, c->id);

	return message_about(w, MESSAGE_CLAIM_REFUSED, &(struct message_of){ .org = c->org, .number = id, .subject = id, .amount = c->amount, .why = why });
}

static enum rc step(struct work *w, void *arg)
{
	struct moving *d = arg;
	struct q_remit_claim_lock c;
	struct q_remit_entry_lock e;
	struct move m;

	TRY(q_remit_claim_lock(w->tx, w->cx->a, &(struct q_remit_claim_lock_in){ d->id, d->org }, &c));
	TRY(remit_claim_step(c.state, d->event, ACTOR_PERSON, &m));
	if (d->event == CLAIM_EV_PROPOSE)
		TRY(lock_entry(w, d->entry, c.amount, &e));
	if (m.effects & CLAIM_FX_BOOK) {
		TRY(four_eyes(w->cx, c.proposed_by));
		TRY(lock_entry(w, c.entry, c.amount, &e));
		TRY(book(w, &c, &e));
	}
	TRY(write(w, d, c.state, (enum remit_claim_state)m.to));
	if (m.to == CLAIM_REFUSED)
		TRY(tell_refused(w, &c, d->why));
	note(w, c.id, c.org, arena_printf(w->cx->a, "claim_%s", remit_claim_event_enum.names[d->event]), remit_claim_state_enum.names[c.state],
		remit_claim_state_enum.names[m.to], d->why);
	return RC_OK;
}

enum rc remit_claim_withdraw(struct cx *cx, uint64_t id, struct outcome *out)
{
	return work_do(cx, step, &(struct moving){ .id = id, .org = cx->actor.org, .event = CLAIM_EV_WITHDRAW }, out);
}

enum rc remit_claim_propose(struct cx *cx, uint64_t id, uint64_t entry, struct outcome *out)
{
	return work_do(cx, step, &(struct moving){ .id = id, .entry = entry, .event = CLAIM_EV_PROPOSE }, out);
}

enum rc remit_claim_accept(struct cx *cx, uint64_t id, struct outcome *out)
{
	return work_do(cx, step, &(struct moving){ .id = id, .event = CLAIM_EV_ACCEPT }, out);
}

enum rc remit_claim_return(struct cx *cx, uint64_t id, struct outcome *out)
{
	return work_do(cx, step, &(struct moving){ .id = id, .event = CLAIM_EV_RETURN }, out);
}

enum rc remit_claim_refuse(struct cx *cx, uint64_t id, const char *why, struct outcome *out)
{
	return work_do(cx, step, &(struct moving){ .id = id, .event = CLAIM_EV_REFUSE, .why = why }, out);
}
