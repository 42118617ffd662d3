#ifndef VIEW_REVIEW_H
#define VIEW_REVIEW_H
#include "view/order.h"

/* Orders that wait for an approver (ORD-8). */
#define REVIEW_ITEM(V, L, M, H)   \
	V(text, number)           \
	V(order_kind, kind)       \
	V(text, product_name)     \
	V(text, plan_name)        \
	V(text, provider_name)    \
	V(text, buyer_name)       \
	V(freeze_kind, freeze)    \
	V(money, payable)         \
	V(instant, created_at)    \
	V(instant, deadline_at)   \
	H(text, left)
VIEW_STRUCT(review_item, REVIEW_ITEM)
#define REVIEW_LIST(V, L, M, H) \
	L(review_item, items)   \
	V(text, next)           \
	H(bool, may_rule)       \
	H(empty, empty)         \
	H(pager, pager)
VIEW_STRUCT(review_list, REVIEW_LIST)

#define REVIEW_MATE(V, L, M, H) \
	V(text, number)         \
	V(order_state, state)   \
	V(text, product_name)   \
	V(text, plan_name)      \
	V(money, payable)       \
	H(text, tone)           \
	H(bool, current)
VIEW_STRUCT(review_mate, REVIEW_MATE)

#define REVIEW_SHOW(V, L, M, H)      \
	V(text, number)              \
	V(order_kind, kind)          \
	V(order_state, state)        \
	V(billing_mode, billing_mode) \
	V(text, category)            \
	V(text, product_name)        \
	V(text, slug)                \
	V(text, plan_name)           \
	V(text, options)             \
	V(text, provider_name)       \
	V(u64, quantity)             \
	V(text, unit)                \
	V(money, list_total)         \
	V(money, payable)            \
	V(money, paid)               \
	V(instant, created_at)       \
	V(instant, deadline_at)      \
	V(instant, paid_at)          \
	V(instant, closed_at)        \
	V(text, buyer)               \
	V(text, buyer_name)          \
	V(freeze_kind, buyer_freeze) \
	V(i64, buyer_completed)      \
	V(text, payer_name)          \
	V(text, creator_name)        \
	V(text, contact)             \
	V(text, memo)                \
	L(price_row, price)          \
	L(review_mate, together)     \
	H(text, duration_text)       \
	H(text, agreed)              \
	H(text, tone)                \
	H(text, left)                \
	H(bool, may_decide)          \
	H(field, note)               \
	H(field, reason)             \
	H(timeline, history)
VIEW_STRUCT(review_show, REVIEW_SHOW)

#define REVIEW_RULE(V, L, M, H) \
	V(text, id)             \
	V(text, category)       \
	V(text, org_name)       \
	V(text, product_name)   \
	V(text, plan_name)      \
	V(bool, any_amount)     \
	V(money, over)          \
	V(bool, enabled)        \
	V(text, note)
VIEW_STRUCT(review_rule, REVIEW_RULE)
#define REVIEW_RULES(V, L, M, H) \
	L(review_rule, items)    \
	H(bool, may_change)      \
	L(field, fields)
VIEW_STRUCT(review_rules, REVIEW_RULES)
#endif
