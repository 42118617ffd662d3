#ifndef APP_ORDER_LINE_H
#define APP_ORDER_LINE_H
#include "app/order.h"

/* The lines of an order: what becomes a resource each, and what each costs (DEL-1, CAT-8, CAT-14). */

struct order_lines {
	struct q_order_line_insert_in *rows;
	size_t n;
};
/* One line for all that is bought, or for each unit of a plan whose units live by themselves; after it its parts.  The amounts sum to what
 * is to be paid.  RC_INVALID: more than ORDER_LINES_MAX. */
MUST_USE enum rc order_lines_make(struct work *w, const struct order_item *in, const struct order_quote *q, const struct order_now *o, struct order_lines *out);
/* The same for an order about a resource that is there: one line, which is that resource. */
void order_lines_base(struct work *w, const struct order_item *in, const struct order_now *o, struct order_lines *out);
#endif
