#ifndef VIEW_ORDER_H
#define VIEW_ORDER_H
#include "view/list.h"

/* Orders as people see them: ORD-12, ORD-17, ORD-18. */

#define ORDER_ITEM(V, L, M, H)      \
	V(text, number)             \
	V(order_kind, kind)         \
	V(order_state, state)       \
	V(text, product_name)       \
	V(text, plan_name)          \
	V(text, provider_name)      \
	V(text, buyer_name)         \
	V(u64, quantity)            \
	V(text, unit)               \
	V(u64, duration)            \
	V(time_unit, duration_unit) \
	V(money, list_total)        \
	V(money, payable)           \
	V(instant, created_at)      \
	V(instant, deadline_at)     \
	V(text, combined)           \
	V(bool, refunding)          \
	L(action, actions)          \
	H(text, href)               \
	H(text, summary)            \
	H(text, tone)               \
	H(text, sub)                \
	H(bool, reduced)
VIEW_STRUCT(order_item, ORDER_ITEM)

/* The rows of a list.  buyers: with whose they are; acts: with what may be done with each; picks: with a box, for what is done with several. */
#define ORDER_TABLE(V, L, M, H) \
	L(order_item, items)    \
	H(msg, caption)         \
	H(bool, buyers)         \
	H(bool, acts)           \
	H(bool, picks)
VIEW_STRUCT(order_table, ORDER_TABLE)
typedef const struct view_order_table *view_type_order_table;

/* terms and tabs: above it; exports: the same rows as files. */
#define ORDER_LIST(V, L, M, H) \
	L(order_item, items)   \
	V(text, next)          \
	H(order_table, table)  \
	H(tabs, terms)         \
	H(tabs, tabs)          \
	H(filter, filter)      \
	H(empty, empty)        \
	H(pager, pager)        \
	H(bool, buyer)         \
	H(bool, all)           \
	H(bool, deleted)       \
	H(exports, exports)
VIEW_STRUCT(order_list, ORDER_LIST)

/* One step of how a price came about (CAT-4). */
#define PRICE_ROW(V, L, M, H)    \
	V(price_line_kind, kind) \
	V(text, name)            \
	V(money, amount)         \
	H(bool, less)
VIEW_STRUCT(price_row, PRICE_ROW)

/* A line and what it became.  A bound part belongs to the line main_line (CAT-8); host: the server that an image runs on (CAT-6). */
#define ORDER_LINE(V, L, M, H)         \
	V(u64, line)                   \
	V(line_state, state)           \
	V(u64, quantity)               \
	V(u64, main_line)              \
	V(bool, bound)                 \
	V(text, name)                  \
	V(money, amount)               \
	V(text, host)                  \
	V(text, host_name)             \
	V(text, resource)              \
	V(text, resource_name)         \
	V(resource_state, resource_state) \
	V(instant, begin_at)           \
	V(instant, end_at)             \
	H(text, tone)
VIEW_STRUCT(order_line, ORDER_LINE)

/* What it was paid with. */
#define ORDER_PART(V, L, M, H)      \
	V(pay_source, source)       \
	V(payment_channel, channel) \
	V(text, number)             \
	V(money, amount)            \
	V(money, returned)          \
	V(instant, paid_at)         \
	H(text, href)
VIEW_STRUCT(order_part, ORDER_PART)

/* What was taken from the buyer's accounts, or given back, for it or for what it brought. */
#define ORDER_RECORD(V, L, M, H)    \
	V(instant, at)              \
	V(journal_kind, kind)       \
	V(text, number)             \
	V(order_kind, order_kind)   \
	V(account_kind, account)    \
	V(money, amount)            \
	H(bool, given)
VIEW_STRUCT(order_record, ORDER_RECORD)

#define ORDER_RECORDS(V, L, M, H) \
	V(text, number)           \
	L(order_record, items)    \
	V(text, next)             \
	H(filter, filter)         \
	H(empty, empty)           \
	H(pager, pager)
VIEW_STRUCT(order_records, ORDER_RECORDS)

/* Orders that are paid and cancelled together (ORD-5): pay and cancel lead on while that can be done. */
#define ORDER_COMBINED(V, L, M, H) \
	V(text, number)            \
	V(instant, created_at)     \
	V(money, payable)          \
	V(money, paid)             \
	L(order_item, items)       \
	L(action, actions)         \
	H(text, count)             \
	H(order_table, table)
VIEW_STRUCT(order_combined, ORDER_COMBINED)

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
	V(money, origin)         \
	V(payment_channel, channel) \
	V(refund_state, refund_state) \
	V(text, refund_number)   \
	H(text, way)             \
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

/* The page of an order.  buyers: its reader is not the buyer but the provider, who sees neither payments nor contact.  base: below it are the
 * pages of orders. */
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
	V(text, buyer_name)          \
	V(u64, quantity)             \
	V(text, unit)                \
	V(u64, duration)             \
	V(time_unit, duration_unit)  \
	V(date, begin_on)            \
	V(money, list_total)         \
	V(money, reduced)            \
	V(money, payable)            \
	V(money, cash)               \
	V(money, gift)               \
	V(money, voucher)            \
	V(money, card)               \
	V(money, paid)               \
	V(instant, created_at)       \
	V(instant, deadline_at)      \
	V(instant, paid_at)          \
	V(instant, closed_at)        \
	V(text, creator_name)        \
	V(bool, by_manager)          \
	V(text, payer_name)          \
	V(text, contact)             \
	V(text, memo)                \
	V(text, tags)                \
	V(u64, product_agreement)    \
	V(u64, platform_agreement)   \
	V(text, combined)            \
	V(text, about)               \
	V(text, refunds_order)       \
	V(text, repriced)            \
	V(bool, deleted)             \
	V(bool, refunding)           \
	L(price_row, price)          \
	L(order_line, lines)         \
	L(order_part, parts)         \
	L(order_payment, payments)   \
	L(order_refund, refunds)     \
	L(order_record, records)     \
	L(order_event, history)      \
	L(action, actions)           \
	H(bool, buyers)              \
	H(text, base)                \
	H(text, duration_text)       \
	H(text, tone)                \
	H(msg, explained)            \
	H(text, explained_why)       \
	H(text, left)                \
	H(msg, invoice)              \
	H(msg, contract)             \
	H(timeline, timeline)        \
	H(bool, poll)
VIEW_STRUCT(order_show, ORDER_SHOW)

/* Another price for an order (ORD-20). */
#define ORDER_REPRICE(V, L, M, H) \
	V(text, number)           \
	V(text, product_name)     \
	V(text, buyer_name)       \
	V(money, list_total)      \
	V(money, payable)         \
	H(text, summary)          \
	M(field, amount)          \
	M(field, why)
VIEW_STRUCT(order_reprice, ORDER_REPRICE)

/* Asks once more before something is done with orders, and tells afterwards what became of each.  items: with which it can be done, or was;
 * others: with which not.  action NULL: it is done. */
#define ORDER_SEVERAL(V, L, M, H) \
	L(order_item, items)      \
	L(order_item, others)     \
	H(order_table, table)     \
	H(order_table, rest)      \
	H(text, action)           \
	L(hidden, numbers)        \
	H(bool, grave)            \
	H(text, warning)          \
	H(msg, submit)            \
	H(msg, not_these)         \
	H(text, back)             \
	M(field, why)
VIEW_STRUCT(order_several, ORDER_SEVERAL)
#endif
