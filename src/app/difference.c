#include <inttypes.h>

#include "app/case.h"
#include "app/ledger.h"
#include "app/payment.h"
#include "app/statement.h"
#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "q_statement.h"

/* More than these are not differences but another merchant's statement: the first ones are shown, the rest when they are settled. */
enum { DIFFERENCES_MAX = 1000 };

/* ---- found ---- */

struct comparing {
	uint64_t id;
	struct q_difference_insert_in *row;
	size_t n;
};

static void add(struct comparing *c, enum difference_kind kind, bool refund, const char *transaction, const char *number, struct money theirs, struct money ours,
		struct instant at)
{
	if (c->n < DIFFERENCES_MAX)
		c->row[c->n++] = (struct q_difference_insert_in){
			.id = c->id, .kind = kind, .refund = refund, .transaction_id = transaction, .number = number, .theirs = theirs, .ours = ours, .at = at,
		};
}

static enum rc of_lines(struct work *w, const struct q_statement_lock *s, struct comparing *c)
{
	struct q_statement_line_odd_in in = { .id = s->id, .version = s->version, .channel = s->channel, .limit = DIFFERENCES_MAX };
	struct q_statement_line_odd *r;
	size_t n;

	TRY(q_statement_line_odd(tx_db(w->tx), w->cx->a, &in, &r, &n));
	for (size_t i = 0; i < n; i++)
		add(c, r[i].ours ? AMOUNT_DIFFERS : MISSING_HERE, r[i].refund, r[i].transaction_id, r[i].number, r[i].theirs, fen(r[i].ours), r[i].at);
	return RC_OK;
}

/* Times of ours are shifted by the tolerance: the last hour of a day belongs to the next statement. */
static enum rc of_ours(struct work *w, const struct q_statement_lock *s, struct comparing *c)
{
	struct instant from = instant_add(date_begin(s->day), -STATEMENT_TOLERANCE_US), to = instant_add(date_begin((struct date){ s->day.days + 1 }), -STATEMENT_TOLERANCE_US);
	struct q_statement_notice_odd *in;
	struct q_statement_refund_odd *out;
	size_t in_n, out_n;

	TRY(q_statement_notice_odd(tx_db(w->tx), w->cx->a, &(struct q_statement_notice_odd_in){ s->channel, from, to, DIFFERENCES_MAX }, &in, &in_n));
	TRY(q_statement_refund_odd(tx_db(w->tx), w->cx->a, &(struct q_statement_refund_odd_in){ s->channel, from, to, DIFFERENCES_MAX }, &out, &out_n));
	for (size_t i = 0; i < in_n; i++)
		add(c, MISSING_THERE, false, in[i].transaction_id, in[i].number, fen(0), in[i].ours, in[i].at);
	for (size_t i = 0; i < out_n; i++)
		add(c, MISSING_THERE, true, out[i].transaction_id, out[i].number, fen(0), out[i].ours, out[i].at);
	return RC_OK;
}

/* Between the ledger and what was heard and returned there is no tolerance: they are of one transaction. */
static enum rc of_books(struct work *w, const struct q_statement_lock *s, struct comparing *c)
{
	struct instant from = date_begin(s->day), to = date_begin((struct date){ s->day.days + 1 });
	struct q_statement_books_in in = {
		.channel = s->channel, .clearing = s->channel, .from = from, .to = to, .from_id = id_floor(instant_add(from, -MINUTE_US)), .to_id = id_floor(instant_add(to, MINUTE_US)),
	};
	struct q_statement_books b;

	TRY(q_statement_books(tx_db(w->tx), w->cx->a, &in, &b));
	if (b.booked_in.fen != b.heard.fen)
		add(c, BOOKS_DIFFER, false, "", "", b.heard, b.booked_in, from);
	if (b.booked_out.fen != b.returned.fen)
		add(c, BOOKS_DIFFER, true, "", "", b.returned, b.booked_out, from);
	return RC_OK;
}

static const struct q_difference_insert_in *find(const struct comparing *c, const struct q_difference_lock *d)
{
	for (const struct q_difference_insert_in *r = c->row; r < c->row + c->n; r++)
		if (r->kind == d->kind && r->refund == d->refund && str_eq(r->transaction_id, d->transaction_id) && str_eq(r->number, d->number))
			return r;
	return NULL;
}

/* A difference that was there before stays as it is; one that is no more is gone; one that is there again, or with other amounts, is open again. */
static enum rc renew(struct work *w, const struct comparing *c, const struct q_difference_lock *d, bool *settled)
{
	const struct q_difference_insert_in *r = find(c, d);
	bool same = r && r->theirs.fen == d->theirs.fen && r->ours.fen == d->ours.fen;
	uint64_t n;

	*settled = d->state == CASE_SETTLED;
	if (r && !same) {
		*settled = false;
		return q_difference_again(w->tx, &(struct q_difference_again_in){ c->id, d->nth, r->theirs, r->ours }, &n);
	}
	if (same || *settled)
		return RC_OK;
	*settled = true;
	struct q_difference_move_in in = {
		.id = c->id, .nth = d->nth, .from_state = d->state, .to_state = CASE_SETTLED, .settlement = DIFFERENCE_GONE, .note = "", .proposed_name = "",
		.decided_name = "", .settled_at = w->cx->now,
	};
	return q_difference_move(w->tx, &in, &n);
}

static bool known(const struct q_difference_insert_in *r, const struct q_difference_lock *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (r->kind == d[i].kind && r->refund == d[i].refund && str_eq(r->transaction_id, d[i].transaction_id) && str_eq(r->number, d[i].number))
			return true;
	return false;
}

/* Ours are theirs less what differs, so that what is shown as the difference is explained by its rows to the fen. */
static enum rc sum_up(struct work *w, const struct q_statement_lock *s, const struct comparing *c, uint64_t found, uint64_t unsettled)
{
	struct q_statement_compared_in in = { .id = s->id, .our_income = s->income, .our_outgo = s->outgo, .found = found, .unsettled = unsettled };
	uint64_t n;

	for (size_t i = 0; i < c->n; i++) {
		struct money *sum = c->row[i].refund ? &in.our_outgo : &in.our_income;
		if (c->row[i].kind != BOOKS_DIFFER)
			*sum = money_add(*sum, money_sub(c->row[i].ours, c->row[i].theirs));
	}
	return q_statement_compared(w->tx, &in, &n);
}

static enum rc merge(struct work *w, const struct q_statement_lock *s, const struct comparing *c)
{
	struct q_difference_insert_in *fresh = ARENA_ARRAY(w->cx->a, struct q_difference_insert_in, c->n + 1);
	struct q_difference_lock *d;
	size_t d_n, fresh_n = 0;
	uint64_t unsettled = 0;
	bool settled;

	TRY(q_difference_lock(w->tx, w->cx->a, &(struct q_difference_lock_in){ s->id }, &d, &d_n));
	for (size_t i = 0; i < d_n; i++) {
		TRY(renew(w, c, &d[i], &settled));
		unsettled += !settled;
	}
	for (size_t i = 0; i < c->n; i++)
		if (!known(&c->row[i], d, d_n)) {
			fresh[fresh_n] = c->row[i];
			fresh[fresh_n].nth = d_n + fresh_n + 1;
			fresh_n++;
		}
	if (fresh_n)
		TRY(q_difference_insert(w->tx, fresh, fresh_n));
	return sum_up(w, s, c, d_n + fresh_n, unsettled + fresh_n);
}

static const char *page_of(struct work *w, uint64_t statement) { return arena_printf(w->cx->a, "/ops/finance/reconciliation/%" PRIu64, statement); }

static enum rc compare(struct work *w, void *arg)
{
	struct comparing c = { .id = *(const uint64_t *)arg };
	struct q_statement_lock s;

	TRY(q_statement_lock(w->tx, w->cx->a, &(struct q_statement_lock_in){ c.id }, &s));
	if (s.state != STATEMENT_LOADED)
		return RC_CONFLICT;
	c.row = ARENA_ARRAY(w->cx->a, struct q_difference_insert_in, DIFFERENCES_MAX);
	TRY(of_lines(w, &s, &c));
	TRY(of_ours(w, &s, &c));
	TRY(of_books(w, &s, &c));
	TRY(merge(w, &s, &c));
	work_audit(w, (struct event){ .kind = OBJECT_STATEMENT, .object = c.id, .name = "compare", .details = arena_printf(w->cx->a, "{\"differences\":%zu}", c.n) });
	w->out.location = page_of(w, c.id);
	return RC_OK;
}

enum rc statement_compare(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, compare, &id, out); }

/* ---- settled ---- */

bool difference_settles(enum difference_kind kind, bool refund, enum difference_settlement how)
{
	switch (how) {
	case DIFFERENCE_HEAR:   return kind == MISSING_HERE && !refund;
	case DIFFERENCE_TIMING: return kind == MISSING_THERE || kind == BOOKS_DIFFER;
	case DIFFERENCE_ADJUST: return kind == MISSING_THERE || kind == AMOUNT_DIFFERS || (kind == MISSING_HERE && refund);
	case DIFFERENCE_GONE:   return false;		/* by itself */
	}
	return false;
}

static enum rc lock(struct work *w, uint64_t statement, uint64_t nth, struct q_difference_lock_one *d)
{
	struct q_statement_lock s;

	TRY(q_statement_lock(w->tx, w->cx->a, &(struct q_statement_lock_in){ statement }, &s));
	return q_difference_lock_one(w->tx, w->cx->a, &(struct q_difference_lock_one_in){ statement, nth }, d);
}

/* The only writer of its state but compare; it lives like a case. */
static enum rc move_to(struct work *w, const struct q_difference_lock_one *d, enum case_event ev, struct q_difference_move_in in)
{
	struct move m;
	uint64_t n;

	TRY(case_step(d->state, ev, ACTOR_PERSON, &m));
	in.from_state = d->state;
	in.to_state = (enum case_state)m.to;
	TRY(q_difference_move(w->tx, &in, &n));
	if (n != 1)
		return RC_CONFLICT;
	if (m.to == CASE_SETTLED)
		TRY(q_statement_settled(w->tx, &(struct q_statement_settled_in){ in.id }, &n));
	work_audit(w, (struct event){ .kind = OBJECT_STATEMENT, .object = in.id, .name = case_event_enum.names[ev], .from = case_state_enum.names[d->state],
		.to = case_state_enum.names[m.to], .why = in.note, .details = arena_printf(w->cx->a, "{\"difference\":%" PRIu64 "}", in.nth) });
	w->out.location = page_of(w, in.id);
	return RC_OK;
}

static enum rc propose(struct work *w, void *arg)
{
	const struct difference_proposal *p = arg;
	struct q_difference_lock_one d;

	TRY(lock(w, p->statement, p->nth, &d));
	if (!difference_settles(d.kind, d.refund, p->how))
		return RC_INVALID;
	return move_to(w, &d, CASE_EV_PROPOSE, (struct q_difference_move_in){
		.id = p->statement, .nth = p->nth, .settlement = p->how, .note = p->note, .proposals = d.proposals + 1,
		.proposed_by = w->cx->actor.person, .proposed_name = w->cx->actor.name, .decided_name = "" });
}

enum rc difference_propose(struct cx *cx, const struct difference_proposal *p, struct outcome *out) { return work_do(cx, propose, (void *)p, out); }

/* What the channel holds for us becomes what it says; the platform bears the rest. */
static uint64_t adjust(struct work *w, enum payment_channel channel, const struct q_difference_lock_one *d)
{
	struct money more = money_sub(d->theirs, d->ours), clearing = d->refund ? more : money_neg(more);
	struct posting p[] = { { channel, ACCOUNT_CLEARING, clearing }, { 0, ACCOUNT_EXPENSE, money_neg(clearing) } };

	return ledger_post(w, JOURNAL_ADJUST, 0, 0, 0, p, 2);
}

struct deciding { const struct difference_decision *d; struct q_difference_lock_one row; enum payment_channel channel; bool look; };

static enum rc decide(struct work *w, void *arg)
{
	struct deciding *x = arg;
	const struct difference_decision *d = x->d;
	struct q_statement_lock s;
	uint64_t journal = 0;

	TRY(q_statement_lock(w->tx, w->cx->a, &(struct q_statement_lock_in){ d->statement }, &s));
	TRY(q_difference_lock_one(w->tx, w->cx->a, &(struct q_difference_lock_one_in){ d->statement, d->nth }, &x->row));
	x->channel = s.channel;
	if (x->row.state != CASE_PROPOSED || x->row.proposals != d->proposal)
		return RC_CONFLICT;
	bool own = four_eyes(w->cx, x->row.proposed_by) != RC_OK;
	if (own && d->approve)
		return RC_DENIED;
	if (x->look)
		return RC_OK;
	if (d->approve && x->row.settlement == DIFFERENCE_ADJUST)
		journal = adjust(w, s.channel, &x->row);
	return move_to(w, &x->row, d->approve ? CASE_EV_APPROVE : own ? CASE_EV_WITHDRAW : CASE_EV_REJECT, (struct q_difference_move_in){
		.id = d->statement, .nth = d->nth, .settlement = d->approve ? x->row.settlement : 0, .note = x->row.note, .proposals = x->row.proposals,
		.proposed_by = x->row.proposed_by, .proposed_name = x->row.proposed_name, .decided_by = own ? 0 : w->cx->actor.person, .decided_name = w->cx->actor.name,
		.settled_at = d->approve ? w->cx->now : (struct instant){ 0 }, .journal = journal });
}

/* The statement's word is heard like any other: once, whatever becomes of it (MON-6, MON-7). */
static enum rc hear(struct cx *cx, const struct deciding *x)
{
	const struct q_difference_lock_one *d = &x->row;
	char text[TIME_TEXT];
	const char *raw = arena_printf(cx->a, "statement: %s %s %" PRId64 " %s", d->transaction_id, d->number, d->theirs.fen, instant_rfc3339(d->at, text));
	struct channel_said said = {
		.verdict = CHANNEL_SAYS_PAID, .channel = x->channel, .number = d->number, .transaction_id = d->transaction_id, .amount = d->theirs, .paid_at = d->at,
		.source = NOTICE_STATEMENT, .raw = { raw, strlen(raw) },
	};
	struct payment_result result;

	return payment_heard(cx, &said, &result);
}

/* Hearing is a transaction of its own, done first: when nothing comes after it, the proposal still waits, and hearing it again has no effect. */
enum rc difference_decide(struct cx *cx, const struct difference_decision *d, struct outcome *out)
{
	struct deciding *x = ARENA_NEW(cx->a, struct deciding);
	const char *key = cx->key;

	*x = (struct deciding){ .d = d, .look = true };
	cx->key = NULL;
	enum rc rc = work_do(cx, decide, x, NULL);
	cx->key = key;
	if (rc == RC_OK && d->approve && x->row.settlement == DIFFERENCE_HEAR)
		rc = hear(cx, x);
	if (rc != RC_OK && rc != RC_CONFLICT)
		return rc;
	x->look = false;
	return work_do(cx, decide, x, out);	/* the same request again finds its answer here */
}
