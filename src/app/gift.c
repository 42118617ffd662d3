#include "app/gift.h"

#include "app/case.h"
#include "app/ledger.h"
#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "domain/gift.h"
#include "q_gift.h"

struct proposing { const struct gift_ask *ask; const char **error; };

static void note(struct work *w, uint64_t id, uint64_t org, enum gift_event ev, enum gift_state from, enum gift_state to, const char *why)
{
	work_audit(w, (struct event){
		.kind = OBJECT_ORGANISATION, .object = org, .org = org, .name = arena_printf(w->cx->a, "gift_%s", gift_event_enum.names[ev]),
		.from = from ? gift_state_enum.names[from] : NULL, .to = gift_state_enum.names[to], .why = why,
		.details = arena_printf(w->cx->a, "{\"grant\":%llu}", (unsigned long long)id),
	});
	w->out.location = "/ops/finance/gifts";
}

static enum rc org_of(struct work *w, const struct proposing *p, uint64_t *org)
{
	struct q_gift_org_in in = { .name = p->ask->org };
	struct q_gift_org *rows;
	size_t n;

	if (!str_u64(in.name, &in.id))
		in.id = 0;
	TRY(q_gift_org(tx_db(w->tx), w->cx->a, &in, &rows, &n));
	if (n == 1 && !rows->paying) {
		*org = rows->id;
		return RC_OK;
	}
	*p->error = n == 1 ? "gift.org_zone" : n ? "voucher.bad_org_twice" : "voucher.bad_org";
	return RC_INVALID;
}

static enum rc propose(struct work *w, void *arg)
{
	const struct proposing *p = arg;
	const struct actor *by = &w->cx->actor;
	struct q_gift_insert_in in = {
		.id = id_new(w->cx->now), .number = number_prefixed(w->cx->a, 'G', w->cx->now), .amount = p->ask->amount, .reason = p->ask->reason,
		.proposer = by->person, .proposer_name = by->name,
	};
	struct move m;
	uint64_t n;

	TRY(org_of(w, p, &in.org));
	TRY(gift_step(0, GIFT_EV_PROPOSE, ACTOR_PERSON, &m));
	in.state = (enum gift_state)m.to;
	enum rc rc = q_gift_insert(w->tx, &in, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	note(w, in.id, in.org, GIFT_EV_PROPOSE, 0, in.state, in.reason);
	w->out.status = 201;
	return RC_OK;
}

enum rc gift_propose(struct cx *cx, const struct gift_ask *ask, const char **error, struct outcome *out)
{
	return work_do(cx, propose, &(struct proposing){ ask, error }, out);
}

struct deciding { const char *number, *why; enum gift_event event; };

static void grant(struct work *w, const struct q_gift_lock *g, const char *number)
{
	struct posting p[] = { { 0, ACCOUNT_PROMOTION, money_neg(g->amount) }, { g->org_id, ACCOUNT_GIFT, g->amount } };

	ledger_post(w, JOURNAL_GIFT_GRANT, g->org_id, 0, 0, p, 2);
	ledger_about(w, number);
}

static enum rc decide(struct work *w, void *arg)
{
	const struct deciding *d = arg;
	struct q_gift_lock g;
	struct move m;
	uint64_t n;

	TRY(q_gift_lock(w->tx, w->cx->a, &(struct q_gift_lock_in){ d->number }, &g));
	TRY(four_eyes(w->cx, g.proposer_id));
	TRY(gift_step(g.state, d->event, ACTOR_PERSON, &m));
	struct q_gift_move_in in = { .id = g.id, .from_state = g.state, .to_state = (enum gift_state)m.to, .decider = w->cx->actor.name,
		.why = d->why ? d->why : "", .now = w->cx->now };
	TRY(q_gift_move(w->tx, &in, &n));
	if (n != 1)
		return RC_CONFLICT;
	if (in.to_state == GIFT_GRANTED)
		grant(w, &g, d->number);
	note(w, g.id, g.org_id, d->event, g.state, in.to_state, d->why ? d->why : g.reason);
	return RC_OK;
}

enum rc gift_approve(struct cx *cx, const char *number, struct outcome *out)
{
	return work_do(cx, decide, &(struct deciding){ .number = number, .event = GIFT_EV_APPROVE }, out);
}

enum rc gift_refuse(struct cx *cx, const char *number, const char *why, struct outcome *out)
{
	return work_do(cx, decide, &(struct deciding){ number, why, GIFT_EV_REFUSE }, out);
}
