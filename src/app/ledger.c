#include "app/ledger.h"

#include <assert.h>
#include <stdlib.h>

#include "base/id.h"

uint64_t ledger_shard(enum account_kind k, uint64_t journal) { return ledger_guarded(k) ? 0 : journal % LEDGER_SHARDS; }

void ledger_post(struct work *w, enum journal_kind kind, uint64_t org, uint64_t order, uint64_t payment, const struct posting *p, size_t n)
{
	uint64_t id = id_new(w->cx->now);

	assert(ledger_check(kind, p, n) == RC_OK);
	WORK_ADD(w, journals) = (struct q_journal_insert_in){ .id = id, .kind = kind, .org = org, .order = order, .payment = payment, .now = w->cx->now };
	for (size_t i = 0; i < n; i++)
		WORK_ADD(w, postings) = (struct q_posting_insert_in){
			.journal = id, .line = i + 1, .owner = p[i].owner, .kind = p[i].account, .shard = ledger_shard(p[i].account, id), .amount = p[i].amount,
		};
}

/* Accounts are always changed in the same order, so that two transactions do not wait for each other in a ring. */
static int by_account(const void *a, const void *b)
{
	const struct q_account_add_in *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->shard > y->shard) - (x->shard < y->shard);
}

static size_t add_up(struct work *w, struct q_account_add_in *sums)
{
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < w->postings_n; i++) {
		const struct q_posting_insert_in *p = &w->postings[i];
		sums[i] = (struct q_account_add_in){ .owner = p->owner, .kind = p->kind, .shard = p->shard, .amount = p->amount };
	}
	qsort(sums, w->postings_n, sizeof *sums, by_account);
	for (size_t i = 0; i < w->postings_n; i++)
		if (n && !by_account(&sums[n - 1], &sums[i]))
			sums[n - 1].amount.fen += sums[i].amount.fen;
		else
			sums[n++] = sums[i];
	for (size_t i = 0; i < n; i++)		/* what comes and goes in one transaction leaves the account alone */
		if (sums[i].amount.fen)
			sums[kept++] = sums[i];
	return kept;
}

/* Takes from an account that must not go below zero: the guard stands in the statement. */
static enum rc take(struct work *w, const struct q_account_add_in *s)
{
	struct q_account_take_in in = { .owner = s->owner, .kind = s->kind, .amount = { -s->amount.fen } };
	uint64_t n;

	TRY(q_account_take(w->tx, &in, &n));
	return n ? RC_OK : RC_CONFLICT;
}

enum rc ledger_flush(struct work *w)
{
	struct q_account_add_in *sums, *adds;
	size_t n, adds_n = 0;

	if (!w->journals_n)
		return RC_OK;
	sums = ARENA_ARRAY(w->cx->a, struct q_account_add_in, w->postings_n);
	adds = ARENA_ARRAY(w->cx->a, struct q_account_add_in, w->postings_n);
	n = add_up(w, sums);
	TRY(q_journal_insert(w->tx, w->journals, w->journals_n));
	TRY(q_posting_insert(w->tx, w->postings, w->postings_n));
	for (size_t i = 0; i < n; i++) {
		if (ledger_guarded(sums[i].kind) && sums[i].amount.fen < 0)
			TRY(take(w, &sums[i]));
		else
			adds[adds_n++] = sums[i];
	}
	w->journals_n = w->postings_n = 0;
	return adds_n ? q_account_add(w->tx, adds, adds_n) : RC_OK;
}
