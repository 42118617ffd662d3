#ifndef VIEW_PAYMENT_H
#define VIEW_PAYMENT_H
#include "view/list.h"

/* Paying: MON-4, MON-5. */

#define PAY_CHANNEL(V, L, M, H)  \
	V(payment_channel, name) \
	H(msg, hint)             \
	H(bool, chosen)
VIEW_STRUCT(pay_channel, PAY_CHANNEL)

/* Choosing how to pay an order. */
#define ORDER_PAY(V, L, M, H)    \
	V(text, number)          \
	V(text, product_name)    \
	V(money, payable)        \
	V(instant, created_at)   \
	V(instant, deadline_at)  \
	L(pay_channel, channels) \
	H(text, summary)         \
	H(text, left)            \
	H(steps, steps)
VIEW_STRUCT(order_pay, ORDER_PAY)

#define PAID_ORDER(V, L, M, H) \
	V(text, number)        \
	V(text, product_name)  \
	V(text, plan_name)     \
	V(order_state, state)  \
	V(money, amount)
VIEW_STRUCT(paid_order, PAID_ORDER)

/* A payment under way, and what became of it. */
#define PAYMENT_SHOW(V, L, M, H)    \
	V(text, number)             \
	V(payment_channel, channel) \
	V(payment_state, state)     \
	V(money, amount)            \
	V(text, code_url)           \
	V(instant, created_at)      \
	V(instant, deadline_at)     \
	V(instant, paid_at)         \
	V(text, transaction_id)     \
	L(paid_order, orders)       \
	H(text, tone)               \
	H(text, left)               \
	H(bool, open)               \
	H(bool, scan)               \
	H(bool, again)              \
	H(text, order_number)       \
	H(steps, steps)
VIEW_STRUCT(payment_show, PAYMENT_SHOW)
#endif
