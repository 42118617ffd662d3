#include <assert.h>

#include "app/bank.h"
#include "app/case.h"
#include "app/payment.h"
#include "app/payout_move.h"
#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "q_payout.h"

static const struct payout_format *format;

void payout_format_register(const struct payout_format *f) { format = f; }
const struct payout_format *payout_format_of(void) { return format; }

static const char *page_of(struct work *w, const char *number) { return arena_printf(w->cx->a, "/ops/finance/payouts/batches/%s", number); }

/* ---- making ---- */

static enum rc write_file(struct work *w, const struct q_payout_lock_some *rows, size_t n, struct q_payout_batch_insert_in *b)
{
	struct payout_line *lines = ARENA_ARRAY(w->cx->a, struct payout_line, n);
	struct payout_file f = {
		.number = b->number, .created = w->cx->now, .name = w->cx->conf->bank_payee, .account = b->account, .bank = b->bank, .lines = lines, .n = n,
	};

	for (size_t i = 0; i < n; i++) {
		lines[i] = (struct payout_line){ rows[i].number, rows[i].name, rows[i].account, rows[i].purpose, rows[i].bank, rows[i].amount };
		b->total = money_add(b->total, rows[i].amount);
	}
	b->payouts = n;
	return format->write(w->cx, &f, &b->document);
}

static enum rc make(struct work *w, void *arg)
{
	const struct payout_choice *in = arg;
	struct q_payout_lock_some_in ask = { .numbers = payment_numbers(w->cx->a, in->numbers, in->n) };
	struct q_payout_lock_some *rows;
	struct q_payout_batch_insert_in b = {
		.id = id_new(w->cx->now), .number = number_prefixed(w->cx->a, 'O', w->cx->now), .bank = in->bank,
		.account = bank_account(w->cx->a, w->cx->conf, in->bank), .made_by = w->cx->actor.person, .made_name = w->cx->actor.name, .now = w->cx->now,
	};
	size_t n;
	uint64_t changed;

	if (!format || !b.account || !in->n || in->n > PAYOUT_BATCH_MAX)
		return RC_INVALID;
	TRY(q_payout_lock_some(w->tx, w->cx->a, &ask, &rows, &n));
	if (n != in->n)
		return RC_NOT_FOUND;
	TRY(write_file(w, rows, n, &b));
	enum rc rc = q_payout_batch_insert(w->tx, &b, &changed);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	work_audit(w, (struct event){ .kind = OBJECT_PAYOUT, .object = b.id, .name = "batch_make", .to = payout_batch_state_enum.names[BATCH_PROPOSED] });
	for (size_t i = 0; i < n; i++) {
		struct payout_now p = PAYOUT_NOW(&rows[i]);
		p.batch = b.id;
		TRY(apply_payout(w, &p, PAYOUT_EV_FILE, ACTOR_PERSON, NULL, NULL));
	}
	w->out = (struct outcome){ 201, page_of(w, b.number), NULL };
	return RC_OK;
}

enum rc payout_batch_make(struct cx *cx, const struct payout_choice *in, struct outcome *out) { return work_do(cx, make, (void *)in, out); }

/* ---- deciding ---- */

static enum rc apply_batch(struct work *w, const struct q_payout_batch_lock *b, enum payout_batch_event ev, enum actor_kind who, struct move *m)
{
	bool person = who == ACTOR_PERSON;
	uint64_t n;

	TRY(payout_batch_step(b->state, ev, who, m));
	struct q_payout_batch_move_in in = {
		.id = b->id, .from_state = b->state, .to_state = m->to, .decided_by = person ? w->cx->actor.person : 0,
		.decided_name = person ? w->cx->actor.name : NULL, .decided_at = person ? w->cx->now : (struct instant){ 0 },
		.closed_at = ev == BATCH_EV_CLOSE ? w->cx->now : (struct instant){ 0 },
	};
	TRY(q_payout_batch_move(w->tx, &in, &n));
	work_audit(w, (struct event){
		.kind = OBJECT_PAYOUT, .object = b->id, .name = arena_printf(w->cx->a, "batch_%s", payout_batch_event_enum.names[ev]),
		.from = payout_batch_state_enum.names[b->state], .to = payout_batch_state_enum.names[m->to],
	});
	return n == 1 ? RC_OK : RC_CONFLICT;
}

struct deciding { const char *number; bool approve; };

static enum rc decide(struct work *w, void *arg)
{
	const struct deciding *d = arg;
	struct q_payout_batch_lock b;
	struct q_payout_lock_batch *rows;
	struct move m;
	size_t n;

	TRY(q_payout_batch_lock(w->tx, w->cx->a, &(struct q_payout_batch_lock_in){ .number = d->number }, &b));
	if (d->approve)
		TRY(four_eyes(w->cx, b.made_by));
	TRY(apply_batch(w, &b, d->approve ? BATCH_EV_APPROVE : BATCH_EV_DISCARD, ACTOR_PERSON, &m));
	TRY(q_payout_lock_batch(w->tx, w->cx->a, &(struct q_payout_lock_batch_in){ .batch = b.id }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct payout_now p = PAYOUT_NOW(&rows[i]);
		if (m.effects & BATCH_FX_RELEASE)
			p.batch = 0;
		TRY(apply_payout(w, &p, m.effects & BATCH_FX_SEND ? PAYOUT_EV_SEND : PAYOUT_EV_TAKE_OUT, ACTOR_PERSON, NULL, NULL));
	}
	w->out.location = page_of(w, d->number);
	return RC_OK;
}

enum rc payout_batch_decide(struct cx *cx, const char *number, bool approve, struct outcome *out)
{
	return work_do(cx, decide, &(struct deciding){ number, approve }, out);
}

/* ---- the bank's answer ---- */

enum rc payout_batch_close(struct work *w, uint64_t batch)
{
	struct q_payout_batch_lock b;
	struct q_payout_batch_left left;
	struct move m;

	TRY(q_payout_batch_lock(w->tx, w->cx->a, &(struct q_payout_batch_lock_in){ .id = batch }, &b));
	TRY(q_payout_batch_left(w->tx, w->cx->a, &(struct q_payout_batch_left_in){ .batch = batch }, &left));
	return left.n || b.state != BATCH_APPROVED ? RC_OK : apply_batch(w, &b, BATCH_EV_CLOSE, ACTOR_SYSTEM, &m);
}

static const struct payout_said *said_of(const struct payout_answer *a, const char *number)
{
	for (size_t i = 0; i < a->n; i++)
		if (str_eq(a->said[i].number, number))
			return &a->said[i];
	return a->rest.verdict ? &a->rest : NULL;
}

static enum rc hear(struct work *w, void *arg)
{
	const struct payout_answer *a = arg;
	struct q_payout_batch_show b;
	struct q_payout_of_batch *rows;
	size_t n;

	TRY(q_payout_batch_show(tx_db(w->tx), w->cx->a, &(struct q_payout_batch_show_in){ .number = a->order }, &b));
	if (b.state != BATCH_APPROVED && b.state != BATCH_CLOSED)
		return RC_NOT_FOUND;
	TRY(q_payout_of_batch(tx_db(w->tx), w->cx->a, &(struct q_payout_of_batch_in){ .batch = b.id }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct payout_said *said = said_of(a, rows[i].number);
		if (!said)
			continue;
		struct payout_said one = *said;
		one.number = rows[i].number;
		TRY(payout_heard(w, &one));
	}
	w->out.location = page_of(w, a->order);
	return RC_OK;
}

enum rc payout_answer_hear(struct cx *cx, const struct payout_answer *a, struct outcome *out) { return work_do(cx, hear, (void *)a, out); }

static enum rc filed(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	uint64_t n;

	TRY(q_payout_batch_filed(w->tx, &(struct q_payout_batch_filed_in){ *id, w->cx->now }, &n));
	if (n)
		work_audit(w, (struct event){ .kind = OBJECT_PAYOUT, .object = *id, .name = "batch_file" });
	return RC_OK;
}

enum rc payout_batch_filed(struct cx *cx, uint64_t id) { return work_do(cx, filed, &id, NULL); }
