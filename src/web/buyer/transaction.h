#ifndef WEB_BUYER_TRANSACTION_H
#define WEB_BUYER_TRANSACTION_H
#include "q_transaction.h"
#include "view/transaction.h"
#include "web/range.h"

/* An organisation's movements of money: MON-13. */

/* The accounts that it sees. */
#define TRANSACTION_ACCOUNTS(A) A(CASH, cash) A(GIFT, gift) A(FROZEN, frozen) A(ARREARS, arrears)

/* What is looked for; zero: everything. */
struct transaction_wish {
	enum account_kind account;
	enum journal_kind kind;
	enum money_flow flow;
	const char *number;
	struct id_range ids;
};
/* The next rows before (seat, line), the newest first; seat UINT64_MAX: from the beginning. */
MUST_USE enum rc transaction_find(struct cx *cx, const struct transaction_wish *wish, uint64_t seat, uint64_t line, size_t limit,
		struct q_transaction_list **rows, size_t *n);
/* As pages show them. */
const struct view_transaction_item *transaction_items(struct cx *cx, const struct q_transaction_list *r, size_t n);

/* MON-3: the parts of a balance, each as people count it: arrears positive. */
MUST_USE enum rc balance_of(struct cx *cx, uint64_t org, struct view_balance *b);
#endif
