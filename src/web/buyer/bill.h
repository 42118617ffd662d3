#ifndef WEB_BUYER_BILL_H
#define WEB_BUYER_BILL_H
#include "q_bill.h"
#include "view/bill.h"
#include "web/list.h"

/* Bills: MON-14. */

/* A month of the platform's zone, by its first day. */
struct bill_month { struct date first, next; };
struct bill_month bill_month_of(struct date day);
struct bill_month bill_month_before(struct bill_month m, int n);
const char *bill_month_text(struct arena *a, struct date first);	/* 2026-11 */

/* The entries of a month before that one, the newest first. */
MUST_USE enum rc bill_find(struct cx *cx, struct bill_month month, uint64_t before, size_t limit, struct q_bill_list **rows, size_t *n);
/* As they are shown: each as it is, or its parts for each resource, which sum to it to the fen in every column. */
MUST_USE enum rc bill_items(struct cx *cx, bool detail, const struct q_bill_list *rows, size_t n, const struct view_bill_item **items, size_t *items_n);

/* What stands in a column. */
enum bill_value_kind { BILL_TEXT = 1, BILL_DIGITS, BILL_MONEY, BILL_INSTANT };
struct bill_value {
	enum bill_value_kind kind;
	const char *text, *sub;
	struct money money;
	struct instant at;
};
struct bill_value bill_value(struct cx *cx, const struct view_bill_item *item, enum bill_column c);
/* Is it about one resource, so that only the detailed bill has it? */
static inline bool bill_of_resource(enum bill_column c) { return c == BILL_RESOURCE || c == BILL_PERIOD; }
/* The columns that the reader has chosen, of those that the tab has: a set. */
MUST_USE enum rc bill_columns(struct cx *cx, bool detail, uint64_t *columns);
#endif
