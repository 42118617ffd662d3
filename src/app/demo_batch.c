#include "app/demo_batch.h"

#include <assert.h>
#include <stdlib.h>

#include "domain/ledger.h"

/* Statements of few sizes, which stay prepared, rather than one for each number of rows. */
static const size_t steps[] = { 100, 25, 5, 1 };

size_t demo_next_row(size_t *n)
{
	assert(*n < DEMO_TABLE_ROWS);
	return (*n)++;
}

struct q_demo_counter_add_in *demo_count(struct demo_batch *b, uint64_t org)
{
	for (size_t i = 0; i < b->counter_n; i++)
		if (b->counter[i].org == org)
			return &b->counter[i];
	struct q_demo_counter_add_in *c = DEMO_ADD(b, counter);
	*c = (struct q_demo_counter_add_in){ .org = org };
	return c;
}

bool demo_batch_full(const struct demo_batch *b)
{
	size_t n = 0;

#define TABLE(name, query) n += b->name##_n;
	DEMO_TABLES(TABLE)
#undef TABLE
	return n >= DEMO_BATCH_ROWS;
}

static int by_account(const void *x, const void *y)
{
	const struct q_demo_account_add_in *a = x, *b = y;

	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->shard > b->shard) - (a->shard < b->shard);
}

/* What the postings add to each account. */
static void add_up(struct demo_batch *b)
{
	struct q_demo_account_add_in *sum = b->account;

	for (size_t i = 0; i < b->posting_n; i++) {
		const struct q_posting_insert_in *p = &b->posting[i];
		sum[i] = (struct q_demo_account_add_in){ .owner = p->owner, .kind = p->kind, .shard = p->shard, .amount = p->amount };
	}
	qsort(sum, b->posting_n, sizeof *sum, by_account);
	b->account_n = 0;
	for (size_t i = 0; i < b->posting_n; i++)
		if (b->account_n && !by_account(&sum[b->account_n - 1], &sum[i]))
			sum[b->account_n - 1].amount.fen += sum[i].amount.fen;
		else
			sum[b->account_n++] = sum[i];
}

/* The balance after each posting of a bounded account, and its place behind the one before, as app/ledger.h promises. */
static enum rc run_on(struct tx *tx, struct demo_batch *b, struct q_demo_account_add *held)
{
	struct q_demo_account_place_in *places = b->place;
	size_t n = 0;

	for (size_t i = 0; i < b->account_n; i++)
		held[i].balance = money_sub(held[i].balance, b->account[i].amount);
	for (size_t i = 0; i < b->posting_n; i++) {
		struct q_posting_insert_in *p = &b->posting[i];
		struct q_demo_account_add_in key = { .owner = p->owner, .kind = p->kind, .shard = p->shard };
		struct q_demo_account_add *h = held + ((struct q_demo_account_add_in *)bsearch(&key, b->account, b->account_n, sizeof key, by_account) - b->account);
		p->place = p->journal;
		if (!p->bounded)
			continue;
		if (p->place <= h->last_place)
			p->place = h->last_place + 1;
		h->last_place = p->place;
		p->after = h->balance = money_add(h->balance, p->amount);
	}
	for (size_t i = 0; i < b->account_n; i++)
		if (ledger_guarded(b->account[i].kind))
			places[n++] = (struct q_demo_account_place_in){ b->account[i].owner, b->account[i].kind, held[i].last_place };
	return n ? q_demo_account_place(tx, places, n) : RC_OK;
}

static enum rc send_account(struct tx *tx, struct arena *a, struct demo_batch *b)
{
	struct q_demo_account_add *held;

	if (!b->account_n)
		return RC_OK;
	TRY(q_demo_account_add(tx, a, b->account, b->account_n, &held));
	return run_on(tx, b, held);
}

#define SEND(name, query)                                                       \
	static enum rc send_##name(struct tx *tx, const struct demo_batch *b)           \
	{                                                                               \
		for (size_t at = 0, i = 0; at < b->name##_n; )                          \
			if (b->name##_n - at >= steps[i]) {                             \
				TRY(q_##query(tx, b->name + at, steps[i]));             \
				at += steps[i];                                         \
			} else                                                          \
				i++;                                                    \
		return RC_OK;                                                           \
	}
DEMO_TABLES(SEND)
SEND(counter, demo_counter_add)

static enum rc send(struct tx *tx, void *arg)
{
	struct cx *cx = ((void **)arg)[0];
	struct demo_batch *b = ((void **)arg)[1];

	TRY(send_account(tx, cx->a, b));
#define TABLE(name, query) TRY(send_##name(tx, b));
	DEMO_TABLES(TABLE)
#undef TABLE
	return send_counter(tx, b);
}

enum rc demo_batch_send(struct cx *cx, struct demo_batch *b)
{
	add_up(b);
	TRY(db_tx(cx->db, cx->a, send, (void *[]){ cx, b }));
#define TABLE(name, query) b->name##_n = 0;
	DEMO_TABLES(TABLE)
#undef TABLE
	b->account_n = b->counter_n = 0;
	return RC_OK;
}
