#include "app/demo_batch.h"

#include <assert.h>
#include <stdlib.h>

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
	const struct q_account_add_in *a = x, *b = y;

	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->shard > b->shard) - (a->shard < b->shard);
}

/* What the postings add to each account. */
static void add_up(struct demo_batch *b)
{
	struct q_account_add_in *sum = b->account;

	for (size_t i = 0; i < b->posting_n; i++) {
		const struct q_posting_insert_in *p = &b->posting[i];
		sum[i] = (struct q_account_add_in){ .owner = p->owner, .kind = p->kind, .shard = p->shard, .amount = p->amount };
	}
	qsort(sum, b->posting_n, sizeof *sum, by_account);
	b->account_n = 0;
	for (size_t i = 0; i < b->posting_n; i++)
		if (b->account_n && !by_account(&sum[b->account_n - 1], &sum[i]))
			sum[b->account_n - 1].amount.fen += sum[i].amount.fen;
		else
			sum[b->account_n++] = sum[i];
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
SEND(account, account_add)
SEND(counter, demo_counter_add)

static enum rc send(struct tx *tx, void *arg)
{
	const struct demo_batch *b = arg;

#define TABLE(name, query) TRY(send_##name(tx, b));
	DEMO_TABLES(TABLE)
#undef TABLE
	TRY(send_account(tx, b));
	return send_counter(tx, b);
}

enum rc demo_batch_send(struct cx *cx, struct demo_batch *b)
{
	add_up(b);
	TRY(db_tx(cx->db, cx->a, send, b));
#define TABLE(name, query) b->name##_n = 0;
	DEMO_TABLES(TABLE)
#undef TABLE
	b->account_n = b->counter_n = 0;
	return RC_OK;
}
