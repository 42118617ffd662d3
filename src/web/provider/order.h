#ifndef WEB_PROVIDER_ORDER_H
#define WEB_PROVIDER_ORDER_H
#include "web/order.h"

const struct view_order_item *portal_order_items(struct cx *cx, const struct q_order_list_provider *rows, size_t n);
#endif
