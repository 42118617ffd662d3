#include "view/order.h"

#include "view/json.h"

VIEW_JSON(order_item, ORDER_ITEM)
VIEW_JSON(order_list, ORDER_LIST)
VIEW_JSON(price_row, PRICE_ROW)
VIEW_JSON(order_line, ORDER_LINE)
VIEW_JSON(order_part, ORDER_PART)
VIEW_JSON(order_record, ORDER_RECORD)
VIEW_JSON(order_records, ORDER_RECORDS)
VIEW_JSON(order_combined, ORDER_COMBINED)
VIEW_JSON(order_payment, ORDER_PAYMENT)
VIEW_JSON(order_refund, ORDER_REFUND)
VIEW_JSON(order_event, ORDER_EVENT)
VIEW_JSON(order_show, ORDER_SHOW)
VIEW_JSON(order_reprice, ORDER_REPRICE)
VIEW_JSON(order_several, ORDER_SEVERAL)
