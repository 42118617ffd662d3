#include "app/payout.h"

#include "app/ledger.h"
#include "app/payout_move.h"
#include "app/refund.h"
#include "app/withdrawal.h"
#include "base/id.h"
#include "base/money.h"
#include "q_payout.h"

enum rc payout_add(struct work *w, const struct payout_of *p, uint64_t *id)
{
	struct q_payout_insert_in in = {
		.id = id_new(w->cx->now), .number = p->number, .cause = p->cause, .cause_id = p->cause_id, .org = p->org, .name = p->name,
		.account = p->account, .bank = p->bank, .amount = p->amount, .purpose = p->purpose, .now = w->cx->now,
	};
	uint64_t n;

	TRY(q_payout_insert(w->tx, &in, &n));
	work_audit(w, (struct event){ .kind = OBJECT_PAYOUT, .object = in.id, .org = p->org, .name = "add", .to = payout_state_enum.names[PAYOUT_WAITING] });
	*id = in.id;
	return RC_OK;
}

/* ---- what becomes of what it is for ---- */

/* What a withdrawal owed has left our account at the bank, or is its organisation's cash again. */
static enum rc end_withdrawal(struct work *w, const struct payout_now *p, bool paid, const char *why)
{
	struct posting posts[] = {
		{ p->org, ACCOUNT_WITHDRAWAL_DUE, money_neg(p->amount) },
		{ paid ? CHANNEL_B2B : p->org, paid ? ACCOUNT_CLEARING : ACCOUNT_CASH, p->amount },
	};

	ledger_post(w, paid ? JOURNAL_WITHDRAWAL_DONE : JOURNAL_WITHDRAWAL_BACK, p->org, 0, 0, posts, 2);
	ledger_about(w, p->number);
	return withdrawal_part_heard(w, p->cause_id, WITHDRAWAL_BY_BANK, paid, why);
}

static enum rc end_refund(struct work *w, const struct payout_now *p, bool paid, const struct payout_said *said, const char *why)
{
	return refund_hear(w, &(struct channel_refund_said){
		.verdict = paid ? REFUND_SAYS_DONE : REFUND_SAYS_REFUSED, .number = p->number, .refund_id = said ? said->reference : NULL,
		.amount = p->amount, .done_at = said && said->at.us ? said->at : w->cx->now, .why = why,
	});
}

static enum rc end_cause(struct work *w, const struct payout_now *p, bool paid, const struct payout_said *said, const char *why)
{
	switch (p->cause) {
	case PAYOUT_FOR_REFUND:     return end_refund(w, p, paid, said, why);
	case PAYOUT_FOR_WITHDRAWAL: return end_withdrawal(w, p, paid, why);
	}
	return RC_INTERNAL;
}

enum rc apply_payout(struct work *w, struct payout_now *p, enum payout_event ev, enum actor_kind who, const struct payout_said *said, const char *why)
{
	struct move m;
	uint64_t n;

	TRY(payout_step(p->state, ev, who, &m));
	bool over = m.effects & (PAYOUT_FX_PAID | PAYOUT_FX_BACK);
	struct q_payout_move_in in = {
		.id = p->id, .from_state = p->state, .to_state = m.to, .batch = p->batch, .why = why ? why : "", .ended_at = over ? w->cx->now : (struct instant){ 0 },
	};
	TRY(q_payout_move(w->tx, &in, &n));
	if (n != 1)
		return RC_CONFLICT;
	work_audit(w, (struct event){
		.kind = OBJECT_PAYOUT, .object = p->id, .org = p->org, .name = payout_event_enum.names[ev],
		.from = payout_state_enum.names[p->state], .to = payout_state_enum.names[m.to], .why = why,
	});
	p->state = m.to;
	return over ? end_cause(w, p, m.effects & PAYOUT_FX_PAID, said, why ? why : "") : RC_OK;
}

/* ---- the bank's word ---- */

enum rc payout_heard(struct work *w, const struct payout_said *s)
{
	struct q_payout_lock *rows;
	size_t n;

	TRY(q_payout_lock(w->tx, w->cx->a, &(struct q_payout_lock_in){ .number = s->number }, &rows, &n));
	if (!n)
		return RC_NOT_FOUND;
	struct payout_now p = PAYOUT_NOW(rows);
	bool done = s->verdict == PAYOUT_SAYS_DONE;
	if (s->amount.fen && s->amount.fen != p.amount.fen)
		return RC_CONFLICT;
	if (s->verdict == PAYOUT_SAYS_PENDING || p.state == (done ? PAYOUT_DONE : PAYOUT_REFUSED))
		return p.batch ? RC_OK : RC_CONFLICT;
	if (p.state != PAYOUT_SENT)
		return RC_CONFLICT;
	TRY(apply_payout(w, &p, done ? PAYOUT_EV_PAY : PAYOUT_EV_REFUSE, ACTOR_CHANNEL, s, s->why));
	return payout_batch_close(w, p.batch);
}
