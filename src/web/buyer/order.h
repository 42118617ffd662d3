#ifndef WEB_BUYER_ORDER_H
#define WEB_BUYER_ORDER_H
#include "domain/order.h"
#include "q_order.h"
#include "view/order.h"
#include "web/web.h"

/* What the pages about a buyer's orders share. */

/* A row of a list, with what its reader may do with it now. */
void order_item_fill(struct cx *cx, const struct q_order_list *row, struct view_order_item *m);
/* The buttons of an order: what the machine would do for this person.  show: with a link to the order's page. */
struct order_buttons {
	enum order_kind kind;
	enum order_state state;
	struct money payable;
	const char *number;
	bool show;
};
const struct view_action *order_actions(struct cx *cx, const struct order_buttons *b, size_t *n);
/* 专业版 · 5 账号 · 1 年 */
const char *order_summary(struct cx *cx, const char *plan, const char *unit, uint64_t quantity, uint64_t duration,
		enum time_unit duration_unit);

/* The copies that an order keeps as JSON (CAT-10): the lines of its price, and the options as sold. */
const struct view_price_row *order_price_rows(struct cx *cx, const char *price, size_t *n);
const char *order_options(struct arena *a, const char *plan);

/* The steps of buying: 1 核对信息, 2 支付, 3 完成支付; 4: all are done. */
const struct view_steps *order_steps(struct cx *cx, int now);
#endif
