#ifndef WEB_BUYER_ORDER_FIND_H
#define WEB_BUYER_ORDER_FIND_H
#include "web/order.h"

/* Finding a buyer's orders (ORD-17), for the page and for the file. */

struct order_list_in {
	const char *q;
	enum order_kind kind;
	enum order_state state;
	const char *category;
	enum payment_term term;
	RANGE_MEMBERS
	struct texts orders;		/* chosen by their boxes, instead of all that the filter shows … */
	bool chosen;			/* … when this says so */
	LIST_MEMBERS
};
extern const struct form order_list_form;

/* What is searched for may be a number, an id or a name.  Each of these is a source: a range of one index, small or not.  What
 * they give is put together, the newest first. */
enum { ORDER_PLANS_MAX = 16, ORDER_NAMED_MAX = 10, ORDER_SOURCES_MAX = ORDER_PLANS_MAX + 2 * ORDER_NAMED_MAX + 2 };
struct order_source {
	struct id_range ids;
	uint64_t plan, creator;
};
struct order_finder {
	struct q_order_list_in ask;	/* what all sources have in common */
	struct order_source source[ORDER_SOURCES_MAX];
	size_t n;
	bool crowded;			/* more plans have such a name than are looked for */
};
/* ids: the range of time, which holds for a whole number or id only when somebody chose it; hidden: those that were deleted (ORD-7), else the others. */
MUST_USE enum rc order_find(struct cx *cx, const struct order_list_in *in, struct id_range ids, bool hidden,
		struct order_finder *f);
/* The next of them, below the id `before`: at most limit. */
MUST_USE enum rc order_found(struct cx *cx, const struct order_finder *f, uint64_t before, size_t limit,
		struct q_order_list **rows, size_t *n);
#endif
