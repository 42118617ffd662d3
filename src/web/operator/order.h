#ifndef WEB_OPERATOR_ORDER_H
#define WEB_OPERATOR_ORDER_H
#include "web/order.h"

const struct view_order_item *desk_order_items(struct cx *cx, const struct q_order_list_operator *rows, size_t n);
#endif
