#include "app/statement.h"

#include <inttypes.h>
#include <stdio.h>

#include "app/ledger.h"
#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/hash.h"
#include "q_statement.h"

enum { FROM_HOUR = 10, DAYS_BACK = 3, BATCH = 500, FORGET = 1000, DUE = 1, TEXT_SIZE = 65 };
#define PAUSE_FIRST_US (30 * MINUTE_US)
#define PAUSE_MAX_US (4 * HOUR_US)

/* ---- which days ---- */

struct asking { enum payment_channel channel; struct date day; };

static enum rc ask(struct work *w, void *arg)
{
	const struct asking *d = arg;
	struct q_statement_insert_in in = { .id = id_new(w->cx->now), .channel = d->channel, .day = d->day, .next_at = w->cx->now };
	struct q_statement_find found;
	uint64_t n;

	TRY(q_statement_insert(w->tx, &in, &n));
	TRY(q_statement_ask(w->tx, &(struct q_statement_ask_in){ d->channel, d->day, w->cx->now }, &n));
	TRY(q_statement_find(tx_db(w->tx), w->cx->a, &(struct q_statement_find_in){ d->channel, d->day }, &found));
	work_audit(w, (struct event){ .kind = OBJECT_STATEMENT, .object = found.id, .name = "ask" });
	w->out.location = arena_printf(w->cx->a, "/ops/finance/reconciliation/%" PRIu64, found.id);
	return RC_OK;
}

enum rc statement_ask(struct cx *cx, enum payment_channel channel, struct date day, struct outcome *out)
{
	if (channel != CHANNEL_WECHAT)
		return RC_NOT_FOUND;	/* the entries of banks' statements are heard one by one as they are loaded (ISO-6) */
	if (day.days >= date_of(cx->now).days)
		return RC_INVALID;
	return work_do(cx, ask, &(struct asking){ channel, day }, out);
}

static enum rc remember(struct tx *tx, void *arg) { return q_statement_insert(tx, arg, &(uint64_t){ 0 }); }

/* From ten o'clock the statement of the day before can be had; days that were missed are made up for. */
static enum rc remember_days(struct cx *cx)
{
	struct date today = date_of(instant_add(cx->now, -FROM_HOUR * HOUR_US));

	for (int c = 1; c <= payment_channel_n; c++)
		for (int i = 1; channel_of((enum payment_channel)c) && channel_of((enum payment_channel)c)->statement && i <= DAYS_BACK; i++) {
			struct q_statement_insert_in in = { .id = id_new(cx->now), .channel = (enum payment_channel)c, .day = { today.days - i }, .next_at = cx->now };
			TRY(db_tx(cx->db, cx->a, remember, &in));
		}
	return RC_OK;
}

enum rc statement_step(struct cx *cx, bool *more)
{
	struct q_statement_due *due;
	size_t n;

	TRY(remember_days(cx));
	TRY(q_statement_due(cx->db, cx->a, &(struct q_statement_due_in){ .now = cx->now, .limit = DUE }, &due, &n));
	if (!n)
		return RC_OK;
	*more = true;
	enum rc rc = statement_load(cx, due->id);
	return rc == RC_NOT_FOUND || rc == RC_BUSY ? RC_OK : rc;
}

/* ---- its lines ---- */

/* What was read and is not stored yet.  Texts live here: memory does not grow with the statement. */
struct loading {
	struct cx *cx;
	struct q_statement_lock s;
	unsigned char hash[SHA256_SIZE];
	struct money income, outgo, fees;
	uint64_t lines;
	size_t n;
	struct q_statement_line_insert_in row[BATCH];
	char transaction[BATCH][TEXT_SIZE], number[BATCH][TEXT_SIZE];
};

static enum rc put(struct tx *tx, void *arg)
{
	const struct loading *l = arg;

	return q_statement_line_insert(tx, l->row, l->n);
}

static enum rc flush(struct loading *l)
{
	enum rc rc = l->n ? db_tx(l->cx->db, l->cx->a, put, l) : RC_OK;

	l->n = 0;
	return rc == RC_UNCERTAIN ? RC_BUSY : rc;
}

/* Each line is bound to all before it: the same hash is the same statement. */
static void chain(struct loading *l, const struct channel_line *line)
{
	char text[SHA256_SIZE + 2 * TEXT_SIZE + 120];

	memcpy(text, l->hash, SHA256_SIZE);
	int n = snprintf(text + SHA256_SIZE, sizeof text - SHA256_SIZE, "%s|%s|%d|%" PRId64 "|%" PRId64 "|%" PRId64, line->transaction_id, line->number,
			 line->refund, line->amount.fen, line->fee.fen, line->at.us);
	hash_sha256(text, SHA256_SIZE + (size_t)n, l->hash);
}

static enum rc take_line(void *ctx, const struct channel_line *line)
{
	struct loading *l = ctx;

	if (strlen(line->transaction_id) >= TEXT_SIZE || strlen(line->number) >= TEXT_SIZE)
		return RC_MALFORMED;
	chain(l, line);
	snprintf(l->transaction[l->n], TEXT_SIZE, "%s", line->transaction_id);
	snprintf(l->number[l->n], TEXT_SIZE, "%s", line->number);
	l->row[l->n] = (struct q_statement_line_insert_in){
		.id = l->s.id, .version = l->s.begun, .line = ++l->lines, .transaction_id = l->transaction[l->n], .number = l->number[l->n],
		.refund = line->refund, .amount = line->amount, .fee = line->fee, .at = line->at,
	};
	l->n++;
	*(line->refund ? &l->outgo : &l->income) = money_add(line->refund ? l->outgo : l->income, line->amount);
	l->fees = line->refund ? money_sub(l->fees, line->fee) : money_add(l->fees, line->fee);
	return l->n == BATCH ? flush(l) : RC_OK;
}

/* ---- as a whole, or not at all ---- */

static int64_t pause_after(uint64_t tries)
{
	int64_t us = PAUSE_FIRST_US;

	while (--tries && us < PAUSE_MAX_US)
		us *= 2;
	return us < PAUSE_MAX_US ? us : PAUSE_MAX_US;
}

/* The next try is written before this one; its lines are of a version that does not count yet. */
static enum rc begin(struct work *w, void *arg)
{
	struct loading *l = arg;
	uint64_t n, id = l->s.id;

	TRY(q_statement_lock(w->tx, w->cx->a, &(struct q_statement_lock_in){ id }, &l->s));
	l->s.begun++;
	l->s.tries++;
	struct q_statement_begin_in in = { .id = id, .begun = l->s.begun, .tries = l->s.tries, .next_at = instant_add(w->cx->now, pause_after(l->s.tries)) };
	return q_statement_begin(w->tx, &in, &n);
}

struct forgetting { struct q_statement_line_forget_in in; uint64_t n; };

static enum rc forget_some(struct tx *tx, void *arg)
{
	struct forgetting *f = arg;

	return q_statement_line_forget(tx, &f->in, &f->n);
}

static enum rc forget(struct cx *cx, uint64_t id, uint64_t version)
{
	struct forgetting f = { .in = { .id = id, .version = version, .limit = FORGET }, .n = FORGET };

	while (f.n == FORGET)
		TRY(db_tx(cx->db, cx->a, forget_some, &f));
	return RC_OK;
}

static enum rc finish(struct work *w, void *arg)
{
	struct loading *l = arg;
	struct q_statement_lock s;
	uint64_t n;

	TRY(q_statement_lock(w->tx, w->cx->a, &(struct q_statement_lock_in){ l->s.id }, &s));
	if (s.begun != l->s.begun)
		return RC_CONFLICT;		/* somebody else has begun after us */
	if (s.version && s.hash.n == SHA256_SIZE && hash_equal(s.hash.p, l->hash, SHA256_SIZE))
		return q_statement_unchanged(w->tx, &(struct q_statement_unchanged_in){ s.id }, &n);
	struct bytes hash = { l->hash, SHA256_SIZE };
	TRY(q_statement_version_insert(w->tx, &(struct q_statement_version_insert_in){ s.id, s.begun, hash, l->lines, l->income, l->outgo, l->fees, w->cx->now }, &n));
	TRY(q_statement_loaded(w->tx, &(struct q_statement_loaded_in){ s.id, s.begun, hash, l->lines, l->income, l->outgo, l->fees, w->cx->now }, &n));
	work_audit(w, (struct event){ .kind = OBJECT_STATEMENT, .object = s.id, .name = s.version ? "correct" : "load", .from = statement_state_enum.names[s.state],
		.to = "loaded", .details = arena_printf(w->cx->a, "{\"lines\":%" PRIu64 ",\"income\":%" PRId64 ",\"outgo\":%" PRId64 ",\"fees\":%" PRId64 "}",
		l->lines, l->income.fen, l->outgo.fen, l->fees.fen) });
	l->s.version = s.begun;
	return RC_OK;
}

struct failing { uint64_t id; enum rc rc; };

static enum rc fail(struct tx *tx, void *arg)
{
	const struct failing *f = arg;
	uint64_t n;

	return q_statement_fail(tx, &(struct q_statement_fail_in){ f->id, rc_info[f->rc].name }, &n);
}

static enum rc read_all(struct loading *l)
{
	const struct channel *channel = channel_of(l->s.channel);

	if (!channel || !channel->statement)
		return RC_NOT_FOUND;
	TRY(forget(l->cx, l->s.id, l->s.version));
	TRY(channel->statement(l->cx, l->s.day, take_line, l));
	return flush(l);
}

/* What was heard after midnight may stand here: the day behind it is looked at again. */
static enum rc look_on(struct cx *cx, const struct loading *l)
{
	struct q_statement_find next;
	enum rc rc = q_statement_find(cx->db, cx->a, &(struct q_statement_find_in){ l->s.channel, { l->s.day.days + 1 } }, &next);

	if (rc == RC_OK)
		rc = statement_compare(cx, next.id, NULL);
	return rc == RC_NOT_FOUND || rc == RC_CONFLICT ? RC_OK : rc;	/* not there, not loaded, or closed */
}

enum rc statement_load(struct cx *cx, uint64_t id)
{
	struct loading *l = ARENA_NEW(cx->a, struct loading);

	l->cx = cx;
	l->s.id = id;
	TRY(work_do(cx, begin, l, NULL));
	uint64_t before = l->s.version;
	enum rc rc = read_all(l);
	if (rc != RC_OK) {
		TRY(db_tx(cx->db, cx->a, fail, &(struct failing){ id, rc }));
		return rc;
	}
	TRY(work_do(cx, finish, l, NULL));
	if (l->s.version == before)
		return forget(cx, id, before);
	TRY(statement_compare(cx, id, NULL));
	return look_on(cx, l);
}

/* ---- the end of a day ---- */

/* What the channel kept for its service is gone from what it holds for us. */
static enum rc close_day(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	struct q_statement_lock s;
	uint64_t n;

	TRY(q_statement_lock(w->tx, w->cx->a, &(struct q_statement_lock_in){ *id }, &s));
	TRY(q_statement_close(w->tx, &(struct q_statement_close_in){ s.id, s.fees, w->cx->actor.name, w->cx->now }, &n));
	if (!n)
		return RC_CONFLICT;
	struct money fees = money_sub(s.fees, s.fees_booked);
	struct posting p[] = { { s.channel, ACCOUNT_CLEARING, fees }, { 0, ACCOUNT_EXPENSE, money_neg(fees) } };
	if (fees.fen)
		ledger_post(w, JOURNAL_ADJUST, 0, 0, 0, p, 2);
	work_audit(w, (struct event){ .kind = OBJECT_STATEMENT, .object = s.id, .name = "close", .from = "loaded", .to = "closed" });
	w->out.location = arena_printf(w->cx->a, "/ops/finance/reconciliation/%" PRIu64, s.id);
	return RC_OK;
}

enum rc statement_close(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, close_day, &id, out); }
