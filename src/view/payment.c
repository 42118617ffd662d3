#include "view/payment.h"

#include "view/json.h"

VIEW_JSON(pay_channel, PAY_CHANNEL)
VIEW_JSON(order_pay, ORDER_PAY)
VIEW_JSON(paid_order, PAID_ORDER)
VIEW_JSON(payment_show, PAYMENT_SHOW)
