#include "app/ledger.h"

#include <assert.h>
#include <stdlib.h>

#include "base/id.h"

uint64_t ledger_shard(enum account_kind k, uint64_t journal) { return ledger_guarded(k) ? 0 : journal % LEDGER_SHARDS; }

uint64_t ledger_post(struct work *w, enum journal_kind kind, uint64_t org, uint64_t order, uint64_t payment, const struct posting *p, size_t n)
{
	uint64_t id = id_new(w->cx->now);

	assert(ledger_check(kind, p, n) == RC_OK);
	WORK_ADD(w, journals) = (struct q_journal_insert_in){ .id = id, .kind = kind, .org = org, .order = order, .payment = payment, .now = w->cx->now };
	for (size_t i = 0; i < n; i++)
		WORK_ADD(w, postings) = (struct q_posting_insert_in){
			.journal = id, .line = i + 1, .owner = p[i].owner, .kind = p[i].account, .shard = ledger_shard(p[i].account, id), .amount = p[i].amount,
			.place = id, .bounded = ledger_guarded(p[i].account),
		};
	return id;
}

void ledger_about(struct work *w, const char *number)
{
	assert(w->journals_n);
	w->journals[w->journals_n - 1].number = number;
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

static struct q_account_add_in account_of(const struct q_posting_insert_in *p)
{
	return (struct q_account_add_in){ .owner = p->owner, .kind = p->kind, .shard = p->shard, .amount = p->amount };
}

/* What comes and goes in one transaction leaves a busy account alone; of a bounded one the balance between is asked for. */
static size_t add_up(struct work *w, struct q_account_add_in *sums)
{
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < w->postings_n; i++)
		sums[i] = account_of(&w->postings[i]);
	qsort(sums, w->postings_n, sizeof *sums, by_account);
	for (size_t i = 0; i < w->postings_n; i++)
		if (n && !by_account(&sums[n - 1], &sums[i]))
			sums[n - 1].amount.fen += sums[i].amount.fen;
		else
			sums[n++] = sums[i];
	for (size_t i = 0; i < n; i++)
		if (sums[i].amount.fen || ledger_guarded(sums[i].kind))
			sums[kept++] = sums[i];
	return kept;
}

/* Takes from an account that must not go below zero: the guard stands in the statement. */
static enum rc take(struct work *w, struct q_account_add_in *s)
{
	struct q_account_take_in in = { .owner = s->owner, .kind = s->kind, .amount = { -s->amount.fen } };
	uint64_t n;

	TRY(q_account_take(w->tx, &in, &n));
	s->amount.fen = 0;
	return n ? RC_OK : RC_CONFLICT;
}

static enum rc move_accounts(struct work *w, struct q_account_add_in *sums, size_t n, struct q_account_add **now)
{
	uint64_t last = w->journals[w->journals_n - 1].id;

	assert(last - w->journals[0].id < LEDGER_STEP);
	for (size_t i = 0; i < n; i++) {
		if (ledger_accounts[sums[i].kind].bound == LEDGER_FLOOR && sums[i].amount.fen < 0)
			TRY(take(w, &sums[i]));
		if (ledger_guarded(sums[i].kind))
			sums[i].place = last;
	}
	return n ? q_account_add(w->tx, w->cx->a, sums, n, now) : RC_OK;
}

/* From the last posting back to the first: after it the account holds what it holds now. */
static enum rc run_back(struct work *w, const struct q_account_add_in *sums, size_t n, struct q_account_add *now)
{
	for (size_t i = w->postings_n; i-- > 0; ) {
		struct q_posting_insert_in *p = &w->postings[i];
		if (!p->bounded)
			continue;
		struct q_account_add_in key = account_of(p), *sum = bsearch(&key, sums, n, sizeof key, by_account);
		struct q_account_add *account = &now[sum - sums];
		p->after = account->balance;
		p->place += account->last_place - sum->place;
		account->balance = money_sub(account->balance, p->amount);
		if (!ledger_within(p->kind, p->after))
			return RC_CONFLICT;
	}
	return RC_OK;
}

enum rc ledger_flush(struct work *w)
{
	struct q_account_add_in *sums;
	struct q_account_add *now = NULL;
	size_t n;

	if (!w->journals_n)
		return RC_OK;
	sums = ARENA_ARRAY(w->cx->a, struct q_account_add_in, w->postings_n);
	n = add_up(w, sums);
	TRY(move_accounts(w, sums, n, &now));
	TRY(run_back(w, sums, n, now));
	TRY(q_journal_insert(w->tx, w->journals, w->journals_n));
	TRY(q_posting_insert(w->tx, w->postings, w->postings_n));
	w->journals_n = w->postings_n = 0;
	return RC_OK;
}
