#ifndef VIEW_ORDER_H
#define VIEW_ORDER_H
#include "view/list.h"

/* Orders as their buyer sees them: ORD-12, ORD-17, ORD-18. */

#define ORDER_ITEM(V, L, M, H)      \
	V(text, number)             \
	V(order_kind, kind)         \
	V(order_state, state)       \
	V(text, product_name)       \
	V(text, plan_name)          \
	V(text, provider_name)      \
	V(u64, quantity)            \
	V(text, unit)               \
	V(u64, duration)            \
	V(time_unit, duration_unit) \
	V(money, list_total)        \
	V(money, payable)           \
	V(instant, created_at)      \
	V(instant, deadline_at)     \
	L(action, actions)          \
	H(text, summary)            \
	H(text, tone)               \
	H(text, sub)                \
	H(bool, reduced)
VIEW_STRUCT(order_item, ORDER_ITEM)

#define ORDER_LIST(V, L, M, H) \
	L(order_item, items)   \
	V(text, next)          \
	H(tabs, tabs)          \
	H(filter, filter)      \
	H(empty, empty)        \
	H(pager, pager)
VIEW_STRUCT(order_list, ORDER_LIST)

/* One step of how a price came about (CAT-4). */
#define PRICE_ROW(V, L, M, H)    \
	V(price_line_kind, kind) \
	V(text, name)            \
	V(money, amount)         \
	H(bool, less)
VIEW_STRUCT(price_row, PRICE_ROW)

#define ORDER_LINE(V, L, M, H)                 \
	V(u64, line)                           \
	V(line_state, state)                   \
	V(money, amount)                       \
	V(text, resource)                       \
	V(text, resource_name)                 \
	V(resource_state, resource_state)      \
	V(instant, begin_at)                   \
	V(instant, end_at)                     \
	H(text, tone)
VIEW_STRUCT(order_line, ORDER_LINE)

#define ORDER_PAYMENT(V, L, M, H)   \
	V(text, number)             \
	V(payment_channel, channel) \
	V(payment_state, state)     \
	V(money, amount)            \
	V(instant, created_at)      \
	V(instant, paid_at)         \
	V(text, transaction_id)     \
	H(text, tone)
VIEW_STRUCT(order_payment, ORDER_PAYMENT)

#define ORDER_REFUND(V, L, M, H) \
	V(text, number)          \
	V(order_state, state)    \
	V(money, amount)         \
	V(instant, created_at)   \
	V(instant, closed_at)    \
	H(text, tone)
VIEW_STRUCT(order_refund, ORDER_REFUND)

#define ORDER_EVENT(V, L, M, H) \
	V(instant, at)          \
	V(text, event)          \
	V(order_state, from)    \
	V(order_state, to)      \
	V(text, why)            \
	V(text, who)
VIEW_STRUCT(order_event, ORDER_EVENT)

#define ORDER_SHOW(V, L, M, H)       \
	V(text, number)              \
	V(order_kind, kind)          \
	V(order_state, state)        \
	V(billing_mode, billing_mode) \
	V(text, product_name)        \
	V(text, slug)                \
	V(text, plan_name)           \
	V(text, options)             \
	V(text, provider_name)       \
	V(text, provider_phone)      \
	V(text, provider_email)      \
	V(u64, quantity)             \
	V(text, unit)                \
	V(u64, duration)             \
	V(time_unit, duration_unit)  \
	V(money, list_total)         \
	V(money, payable)            \
	V(money, paid)               \
	V(instant, created_at)       \
	V(instant, deadline_at)      \
	V(instant, paid_at)          \
	V(instant, closed_at)        \
	V(text, creator_name)        \
	V(text, payer_name)          \
	V(text, contact)             \
	V(text, memo)                \
	V(u64, product_agreement)    \
	V(u64, platform_agreement)   \
	L(price_row, price)          \
	L(order_line, lines)         \
	L(order_payment, payments)   \
	L(order_refund, refunds)     \
	L(order_event, history)      \
	L(action, actions)           \
	H(text, duration_text)       \
	H(text, tone)                \
	H(msg, explained)            \
	H(text, left)                \
	H(timeline, timeline)        \
	H(bool, poll)
VIEW_STRUCT(order_show, ORDER_SHOW)

/* Asks once more before an order is cancelled. */
#define ORDER_CANCEL(V, L, M, H) \
	V(text, number)          \
	V(text, product_name)    \
	V(money, payable)        \
	H(text, summary)         \
	M(field, why)
VIEW_STRUCT(order_cancel, ORDER_CANCEL)

/* Orders as the provider and the operator's desk see them. */
#define ORDER_ROW(V, L, M, H)       \
	V(text, number)             \
	V(order_kind, kind)         \
	V(order_state, state)       \
	V(text, product_name)       \
	V(text, plan_name)          \
	V(text, buyer_name)         \
	V(text, provider_name)      \
	V(money, payable)           \
	V(instant, created_at)      \
	H(text, summary)            \
	H(text, tone)
VIEW_STRUCT(order_row, ORDER_ROW)
#define ORDER_ROWS(V, L, M, H) \
	L(order_row, items)    \
	V(text, next)          \
	H(filter, filter)      \
	H(empty, empty)        \
	H(pager, pager)
VIEW_STRUCT(order_rows, ORDER_ROWS)
#endif
