#ifndef VIEW_OVERVIEW_H
#define VIEW_OVERVIEW_H
#include "view/order.h"

/* The first page of each console: numbers that matter, and what was last. */
#define OVERVIEW(V, L, M, H)   \
	L(stat, stats)         \
	L(order_item, orders)  \
	H(empty, empty)
VIEW_STRUCT(overview, OVERVIEW)

#define DESK(V, L, M, H)      \
	L(stat, stats)        \
	L(order_row, orders)  \
	H(empty, empty)
VIEW_STRUCT(desk, DESK)
#endif
