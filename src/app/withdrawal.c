#include "app/withdrawal.h"

#include "app/ledger.h"
#include "app/message.h"
#include "app/payout.h"
#include "app/refund.h"
#include "base/id.h"
#include "base/money.h"
#include "base/time.h"
#include "q_withdrawal.h"

#define WECHAT_TERM_US (365 * DAY_US)	/* the channel gives nothing back after that */

static const char *page_of(struct work *w, const char *number) { return arena_printf(w->cx->a, "/console/withdrawals/%s", number); }

/* ---- what may go out ---- */

static enum rc look_at_ways(struct db *db, struct arena *a, struct instant now, uint64_t org, struct withdrawable *m)
{
	struct q_withdrawal_room_in in = { .org = org, .since = id_floor(instant_add(now, -WECHAT_TERM_US)), .limit = WITHDRAWAL_PARTS_MAX };
	struct q_withdrawal_room *r;
	struct money rooms = { 0 };
	size_t n;

	TRY(q_withdrawal_room(db, a, &in, &r, &n));
	struct withdrawal_way *ways = ARENA_ARRAY(a, struct withdrawal_way, n);
	for (size_t i = 0; i < n; i++)
		if (refund_possible(r[i].channel)) {
			ways[m->n++] = (struct withdrawal_way){ r[i].id, r[i].number, r[i].channel, r[i].room, r[i].paid_at };
			rooms = money_add(rooms, r[i].room);
		}
	m->ways = ways;
	m->origin = money_min(rooms, m->total);
	m->by_bank = money_sub(m->total, m->origin);
	return RC_OK;
}

enum rc withdrawal_look(struct db *db, struct arena *a, struct instant now, uint64_t org, struct withdrawable *out)
{
	struct money have[account_kind_n + 1] = { 0 };
	struct q_balance_show *rows;
	size_t n;

	TRY(q_balance_show(db, a, &(struct q_balance_show_in){ .owner = org }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		have[rows[i].kind] = rows[i].balance;
	*out = (struct withdrawable){ .frozen = have[ACCOUNT_FROZEN], .arrears = money_neg(have[ACCOUNT_ARREARS]), .gift = have[ACCOUNT_GIFT] };
	out->cash = money_add(have[ACCOUNT_CASH], out->frozen);
	out->total = money_sub(have[ACCOUNT_CASH], out->arrears);
	if (out->total.fen < 0)
		out->total = fen(0);
	return look_at_ways(db, a, now, org, out);
}

struct money withdrawal_by_bank(const struct withdrawable *m, struct money amount)
{
	return amount.fen > m->origin.fen ? money_sub(amount, m->origin) : fen(0);
}

/* ---- asking ---- */

struct asking {
	const struct withdrawal_wish *wish;
	struct withdrawal_refusal *why;
	struct withdrawable may;
	struct q_payee_one payee;
};

static enum rc refuse(struct asking *k, const char *field, const char *error, struct money limit)
{
	*k->why = (struct withdrawal_refusal){ field, error, limit };
	return RC_INVALID;
}

static enum rc check(struct work *w, struct asking *k)
{
	uint64_t id = w->cx->actor.org;
	struct q_withdrawal_cash_lock *cash;
	struct q_withdrawal_org org;
	size_t n;

	TRY(q_withdrawal_cash_lock(w->tx, w->cx->a, &(struct q_withdrawal_cash_lock_in){ id }, &cash, &n));
	TRY(q_withdrawal_org(tx_db(w->tx), w->cx->a, &(struct q_withdrawal_org_in){ id }, &org));
	if (org.freeze == FREEZE_POLICE)
		return refuse(k, NULL, "withdrawal.police", fen(0));
	TRY(withdrawal_look(tx_db(w->tx), w->cx->a, w->cx->now, id, &k->may));
	if (k->wish->amount.fen <= 0 || k->wish->amount.fen > k->may.total.fen)
		return refuse(k, "amount", k->may.total.fen ? "withdrawal.too_much" : "withdrawal.nothing", k->may.total);
	if (!withdrawal_by_bank(&k->may, k->wish->amount).fen)
		return RC_OK;
	enum rc rc = k->wish->payee ? q_payee_one(tx_db(w->tx), w->cx->a, &(struct q_payee_one_in){ id, k->wish->payee }, &k->payee) : RC_NOT_FOUND;
	return rc == RC_NOT_FOUND ? refuse(k, "payee", "withdrawal.payee_first", fen(0)) : rc;
}

static enum rc insert_parts(struct work *w, const struct asking *k, uint64_t id)
{
	struct q_withdrawal_part_insert_in rows[WITHDRAWAL_PARTS_MAX + 1];
	struct money by_bank = withdrawal_by_bank(&k->may, k->wish->amount), left = money_sub(k->wish->amount, by_bank);
	size_t n = 0;

	if (by_bank.fen)
		rows[n++] = (struct q_withdrawal_part_insert_in){ id, WITHDRAWAL_BY_BANK, 0, by_bank };
	for (size_t i = 0; i < k->may.n && left.fen; i++) {
		struct money part = money_min(left, k->may.ways[i].room);
		rows[n++] = (struct q_withdrawal_part_insert_in){ id, i + 1, k->may.ways[i].payment, part };
		left = money_sub(left, part);
	}
	return q_withdrawal_part_insert(w->tx, rows, n);
}

static void freeze(struct work *w, uint64_t org, const char *number, struct money amount, bool thaw)
{
	struct posting p[] = { { org, thaw ? ACCOUNT_FROZEN : ACCOUNT_CASH, money_neg(amount) }, { org, thaw ? ACCOUNT_CASH : ACCOUNT_FROZEN, amount } };

	ledger_post(w, thaw ? JOURNAL_WITHDRAWAL_THAW : JOURNAL_WITHDRAWAL_FREEZE, org, 0, 0, p, 2);
	ledger_about(w, number);
}

static enum rc request(struct work *w, void *arg)
{
	struct asking *k = arg;
	struct actor *a = &w->cx->actor;
	uint64_t n, id = id_new(w->cx->now);

	*k = (struct asking){ .wish = k->wish, .why = k->why };
	*k->why = (struct withdrawal_refusal){ 0 };
	TRY(check(w, k));
	bool bank = withdrawal_by_bank(&k->may, k->wish->amount).fen;
	struct q_withdrawal_insert_in in = {
		.org = a->org, .id = id, .number = number_prefixed(w->cx->a, 'W', w->cx->now), .amount = k->wish->amount, .payee_name = bank ? k->payee.name : "",
		.payee_bank = bank ? k->payee.bank : 0, .payee_branch = bank ? k->payee.branch : "", .payee_account = bank ? k->payee.account : "",
		.asked_by = a->person, .asked_name = a->name, .now = w->cx->now,
	};
	enum rc rc = q_withdrawal_insert(w->tx, &in, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	TRY(insert_parts(w, k, id));
	freeze(w, a->org, in.number, in.amount, false);
	work_audit(w, (struct event){ .kind = OBJECT_WITHDRAWAL, .object = id, .org = a->org, .name = "request", .to = withdrawal_state_enum.names[WITHDRAWAL_REQUESTED] });
	w->out = (struct outcome){ 201, page_of(w, in.number), NULL };
	return RC_OK;
}

enum rc withdrawal_request(struct cx *cx, const struct withdrawal_wish *wish, struct withdrawal_refusal *why, struct outcome *out)
{
	return work_do(cx, request, &(struct asking){ .wish = wish, .why = why }, out);
}

/* ---- deciding ---- */

static enum rc send_part(struct work *w, const struct q_withdrawal_lock *d, const struct q_withdrawal_part_lock *p, uint64_t *subject)
{
	struct refund_way way = {
		.cause = REFUND_OF_WITHDRAWAL, .cause_id = d->id, .cause_line = p->line, .org = d->org_id, .payment = p->payment_id, .amount = p->amount,
		.by = ACTOR_PERSON, .why = d->number,
	};
	struct payout_of payout = {
		.cause = PAYOUT_FOR_WITHDRAWAL, .cause_id = d->id, .org = d->org_id, .number = d->number, .name = d->payee_name, .account = d->payee_account,
		.bank = d->payee_bank, .amount = p->amount, .purpose = d->number,
	};
	struct posting posts[] = { { d->org_id, ACCOUNT_FROZEN, money_neg(p->amount) }, { d->org_id, ACCOUNT_WITHDRAWAL_DUE, p->amount } };
	struct refund_sent sent;

	if (p->payment_id) {
		TRY(refund_out(w, &way, &sent));
		*subject = sent.id;
		return RC_OK;
	}
	ledger_post(w, JOURNAL_WITHDRAWAL_OUT, d->org_id, 0, 0, posts, 2);
	ledger_about(w, d->number);
	return payout_add(w, &payout, subject);
}

static enum rc end_parts(struct work *w, const struct q_withdrawal_lock *d, bool send)
{
	struct q_withdrawal_part_lock *p;
	size_t n;
	uint64_t changed;

	TRY(q_withdrawal_part_lock(w->tx, w->cx->a, &(struct q_withdrawal_part_lock_in){ d->id }, &p, &n));
	for (size_t i = 0; i < n; i++) {
		struct q_withdrawal_part_move_in in = {
			.withdrawal = d->id, .line = p[i].line, .from_state = PART_PLANNED, .to_state = send ? PART_UNDER_WAY : PART_DROPPED, .why = "",
		};
		if (send)
			TRY(send_part(w, d, &p[i], &in.subject));
		TRY(q_withdrawal_part_move(w->tx, &in, &changed));
		if (changed != 1)
			return RC_CONFLICT;
	}
	return RC_OK;
}

static enum rc tell(struct work *w, const struct q_withdrawal_lock *d, enum withdrawal_state to, const char *why)
{
	return message_about(w, to == WITHDRAWAL_DONE ? MESSAGE_WITHDRAWAL_DONE : MESSAGE_WITHDRAWAL_REFUSED,
		&(struct message_of){ .org = d->org_id, .number = d->number, .amount = d->amount, .why = why });
}

/* The only writer of a withdrawal's state. */
static enum rc apply(struct work *w, const struct q_withdrawal_lock *d, enum withdrawal_event ev, enum actor_kind who, int done, const char *why)
{
	bool finance = ev == WITHDRAWAL_EV_APPROVE || ev == WITHDRAWAL_EV_REFUSE;
	struct move m;
	uint64_t n;

	TRY(withdrawal_step(d->state, ev, who, &(struct withdrawal_facts){ done }, &m));
	struct q_withdrawal_move_in in = {
		.org = d->org_id, .id = d->id, .from_state = d->state, .to_state = m.to, .reason = why,
		.decided_by = finance ? w->cx->actor.person : 0, .decided_name = finance ? w->cx->actor.name : NULL,
		.decided_at = finance ? w->cx->now : (struct instant){ 0 }, .ended_at = m.to == WITHDRAWAL_UNDER_WAY ? (struct instant){ 0 } : w->cx->now,
	};
	TRY(q_withdrawal_move(w->tx, &in, &n));
	if (n != 1)
		return RC_CONFLICT;
	work_audit(w, (struct event){
		.kind = OBJECT_WITHDRAWAL, .object = d->id, .org = d->org_id, .name = withdrawal_event_enum.names[ev],
		.from = withdrawal_state_enum.names[d->state], .to = withdrawal_state_enum.names[m.to], .why = why,
	});
	if (m.effects & (WITHDRAWAL_FX_SEND | WITHDRAWAL_FX_THAW))
		TRY(end_parts(w, d, m.effects & WITHDRAWAL_FX_SEND));
	if (m.effects & WITHDRAWAL_FX_THAW)
		freeze(w, d->org_id, d->number, d->amount, true);
	return m.effects & WITHDRAWAL_FX_TELL ? tell(w, d, (enum withdrawal_state)m.to, why) : RC_OK;
}

static enum rc lock(struct work *w, const char *number, uint64_t id, struct q_withdrawal_lock *d)
{
	struct q_withdrawal_lock *rows;
	size_t n;

	TRY(q_withdrawal_lock(w->tx, w->cx->a, &(struct q_withdrawal_lock_in){ .number = number, .id = id }, &rows, &n));
	if (!n)
		return RC_NOT_FOUND;
	*d = *rows;
	return RC_OK;
}

static enum rc cancel(struct work *w, void *arg)
{
	struct q_withdrawal_lock d;

	TRY(lock(w, arg, 0, &d));
	if (d.org_id != w->cx->actor.org)
		return RC_NOT_FOUND;
	w->out.location = page_of(w, d.number);
	return apply(w, &d, WITHDRAWAL_EV_CANCEL, ACTOR_PERSON, 0, NULL);
}

enum rc withdrawal_cancel(struct cx *cx, const char *number, struct outcome *out) { return work_do(cx, cancel, (void *)number, out); }

static enum rc decide(struct work *w, void *arg)
{
	const struct withdrawal_decision *in = arg;
	struct q_withdrawal_lock d;
	struct q_withdrawal_org org;

	TRY(lock(w, in->number, 0, &d));
	TRY(q_withdrawal_org(tx_db(w->tx), w->cx->a, &(struct q_withdrawal_org_in){ d.org_id }, &org));
	if (in->approve && org.freeze == FREEZE_POLICE)
		return RC_DENIED;
	w->out.location = arena_printf(w->cx->a, "/ops/finance/withdrawals/%s", d.number);
	return apply(w, &d, in->approve ? WITHDRAWAL_EV_APPROVE : WITHDRAWAL_EV_REFUSE, ACTOR_PERSON, 0, in->approve ? NULL : in->why);
}

enum rc withdrawal_decide(struct cx *cx, const struct withdrawal_decision *d, struct outcome *out) { return work_do(cx, decide, (void *)d, out); }

/* ---- its end ---- */

enum rc withdrawal_part_heard(struct work *w, uint64_t id, uint64_t line, bool done, const char *why)
{
	struct q_withdrawal_part_move_in in = {
		.withdrawal = id, .line = line, .from_state = PART_UNDER_WAY, .to_state = done ? PART_DONE : PART_REFUSED, .why = why ? why : "",
	};
	struct q_withdrawal_part_lock *p;
	struct q_withdrawal_lock d;
	size_t n, under_way = 0;
	uint64_t changed;
	int arrived = 0;

	TRY(lock(w, NULL, id, &d));
	TRY(q_withdrawal_part_move(w->tx, &in, &changed));
	if (changed != 1)
		return RC_CONFLICT;
	TRY(q_withdrawal_part_lock(w->tx, w->cx->a, &(struct q_withdrawal_part_lock_in){ id }, &p, &n));
	for (size_t i = 0; i < n; i++) {
		under_way += p[i].state == PART_UNDER_WAY;
		arrived += p[i].state == PART_DONE;
	}
	return under_way ? RC_OK : apply(w, &d, WITHDRAWAL_EV_END, ACTOR_SYSTEM, arrived, done ? NULL : why);
}
