#ifndef WEB_BUYER_ORDER_H
#define WEB_BUYER_ORDER_H
#include "q_order.h"
#include "web/order.h"

/* What the pages about a buyer's orders share. */

/* The rows of a list, with what their reader may do with them now; deleted: with those that were (ORD-7). */
const struct view_order_item *order_items(struct cx *cx, const struct q_order_list *rows, size_t n, bool deleted);
/* The buttons of an order: what the machine would do for this person.  listed: it stands in a list, with a link to its page. */
struct order_buttons {
	enum order_kind kind;
	enum order_state state;
	struct money payable;
	const char *number;
	bool listed, deleted;
};
enum { ORDER_ACTIONS_MAX = 6 };
const struct view_action *order_actions(struct cx *cx, const struct order_buttons *b, size_t *n);

/* Orders that were chosen by number; together: with the rest of their combined orders.  RC_NOT_FOUND: one of them is not the buyer's. */
MUST_USE enum rc order_chosen(struct cx *cx, struct texts numbers, bool together, struct q_order_list_chosen **rows, size_t *n);
/* The page that says so when none was. */
MUST_USE enum rc order_none_chosen(struct cx *cx, struct web *w, enum msg title);

/* The check of a field for a mobile number. */
enum msg order_contact_wrong(const char *s);

/* The steps of buying: 1 核对信息, 2 支付, 3 完成支付; 4: all are done. */
const struct view_steps *order_steps(struct cx *cx, int now);
#endif
