#include "view/payment.h"

#include "view/json.h"

VIEW_JSON(pay_bank, PAY_BANK)
VIEW_JSON(pay_channel, PAY_CHANNEL)
VIEW_JSON(payment_way, PAYMENT_WAY)
VIEW_JSON(pay_order, PAY_ORDER)
VIEW_JSON(pay_less, PAY_LESS)
VIEW_JSON(pay_card, PAY_CARD)
VIEW_JSON(pay, PAY)
VIEW_JSON(pay_state, PAY_STATE)
VIEW_JSON(pay_rest, PAY_REST)
VIEW_JSON(paid_order, PAID_ORDER)
VIEW_JSON(paid_part, PAID_PART)
VIEW_JSON(payment_field, PAYMENT_FIELD)
VIEW_JSON(payment_redirect, PAYMENT_REDIRECT)
VIEW_JSON(payment_show, PAYMENT_SHOW)
