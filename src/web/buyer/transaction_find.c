#include <stdlib.h>

#include "base/str.h"
#include "domain/ledger.h"
#include "q_ledger.h"
#include "web/buyer/transaction.h"

/* The newest first. */
static int by_place(const void *a, const void *b)
{
	const struct q_transaction_list *x = a, *y = b;

	if (x->seat != y->seat)
		return x->seat < y->seat ? 1 : -1;
	return (x->line < y->line) - (x->line > y->line);
}

static bool wanted(const struct transaction_wish *wish, enum account_kind a) { return !wish->account || wish->account == a; }

/* May journals of this kind move one of these accounts this way? */
static bool moves(const struct transaction_wish *wish, enum journal_kind kind)
{
	int sign = wish->flow == FLOW_IN ? 1 : -1;
	bool any = false;

#define MOVES(KIND, name) any |= wanted(wish, ACCOUNT_##KIND) && ledger_allows(kind, ACCOUNT_##KIND, sign);
	TRANSACTION_ACCOUNTS(MOVES)
	return any;
}

static const char *accounts_of(struct arena *a, const struct transaction_wish *wish)
{
	const char *text = "";

#define NAMED(KIND, name_) \
	if (wanted(wish, ACCOUNT_##KIND)) \
		text = arena_printf(a, "%s%s" #name_, text, *text ? "," : "");
	TRANSACTION_ACCOUNTS(NAMED)
	return text;
}

/* In or out of what: each kind of journal that does so is a list of its own. */
static enum rc find_flow(struct cx *cx, const struct transaction_wish *wish, struct q_transaction_list_in *ask,
		struct q_transaction_list **rows, size_t *n)
{
	size_t limit = (size_t)ask->limit, found;
	struct q_transaction_list *all = ARENA_ARRAY(cx->a, struct q_transaction_list, limit * journal_kind_n), *some;

	*n = 0;
	for (int k = 1; k <= journal_kind_n; k++) {
		if (!moves(wish, (enum journal_kind)k))
			continue;
		ask->kind = (enum journal_kind)k;
		TRY(q_transaction_list(cx->db, cx->a, ask, &some, &found));
		memcpy(all + *n, some, found * sizeof *some);
		*n += found;
	}
	qsort(all, *n, sizeof *all, by_place);
	*n = *n < limit ? *n : limit;
	*rows = all;
	return RC_OK;
}

enum rc transaction_find(struct cx *cx, const struct transaction_wish *wish, uint64_t seat, uint64_t line, size_t limit,
		struct q_transaction_list **rows, size_t *n)
{
	bool narrowed = wish->kind || wish->flow || wish->number;
	struct q_transaction_list_in ask = {
		.org = cx->actor.org, .kind = wish->number ? 0 : wish->kind, .number = wish->number, .accounts = accounts_of(cx->a, wish),
		.sign = wish->flow == FLOW_IN ? 1 : wish->flow == FLOW_OUT ? -1 : 0, .from_id = wish->ids.from, .to_id = wish->ids.to,
		.before = seat, .before_line = line, .limit = (int32_t)limit,
	};

#define BRANCH(KIND, name) ask.name = !narrowed && wanted(wish, ACCOUNT_##KIND);
	TRANSACTION_ACCOUNTS(BRANCH)
	if (wish->flow && !wish->kind && !wish->number)
		return find_flow(cx, wish, &ask, rows, n);
	return q_transaction_list(cx->db, cx->a, &ask, rows, n);
}

/* Another's payment is not ours to open; an order of a zone has a page of its own (ACC-4). */
static struct view_transaction_item item(struct cx *cx, const struct q_transaction_list *r)
{
	bool own = r->order_buyer == cx->actor.org;
	struct view_transaction_item t = {
		.at = r->booked_at, .kind = r->kind, .account = r->account, .amount = r->amount, .after = r->after, .has_after = r->has_after, .order = r->order_number, .payment = r->payment_number,
		.channel = r->channel, .number = r->number, .inward = r->amount.fen > 0,
	};

	if (t.order)
		t.order_href = arena_printf(cx->a, own ? "/console/orders/%s" : "/console/zone-orders/%s", t.order);
	if (t.payment && r->payment_org == cx->actor.org)
		t.payment_href = arena_printf(cx->a, "/console/payments/%s", t.payment);
	if (t.number && *t.number == 'W')
		t.number_href = arena_printf(cx->a, "/console/withdrawals/%s", t.number);
	return t;
}

const struct view_transaction_item *transaction_items(struct cx *cx, const struct q_transaction_list *r, size_t n)
{
	struct view_transaction_item *items = ARENA_ARRAY(cx->a, struct view_transaction_item, n);

	for (size_t i = 0; i < n; i++)
		items[i] = item(cx, &r[i]);
	return items;
}

enum rc balance_of(struct cx *cx, uint64_t org, struct view_balance *b)
{
	struct q_balance_show *r;
	struct money have[account_kind_n + 1] = { 0 };
	size_t n;

	TRY(q_balance_show(cx->db, cx->a, &(struct q_balance_show_in){ .owner = org }, &r, &n));
	for (size_t i = 0; i < n; i++)
		have[r[i].kind] = r[i].balance;
	*b = (struct view_balance){
		.cash = money_add(have[ACCOUNT_CASH], have[ACCOUNT_FROZEN]), .gift = have[ACCOUNT_GIFT], .frozen = have[ACCOUNT_FROZEN],
		.arrears = money_neg(have[ACCOUNT_ARREARS]),
	};
	b->available = money_sub(money_sub(money_add(b->cash, b->gift), b->arrears), b->frozen);
	return RC_OK;
}
