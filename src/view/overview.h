#ifndef VIEW_OVERVIEW_H
#define VIEW_OVERVIEW_H
#include "view/order.h"
#include "view/transaction.h"

/* The first page of each console: numbers that matter, and what was last.  shop: the buyer's, with the way to buy more. */
#define OVERVIEW(V, L, M, H)   \
	L(stat, stats)         \
	M(balance, balance)    /* the buyer's; a zone has none of its own (ACC-4) */ \
	L(order_item, orders)  \
	H(order_table, table)  \
	H(text, orders_href)   \
	H(bool, shop)          \
	H(empty, empty)
VIEW_STRUCT(overview, OVERVIEW)
#endif
