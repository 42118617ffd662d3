#ifndef VIEW_QUOTATION_H
#define VIEW_QUOTATION_H
#include "view/list.h"

/* Quotations (ORD-20).  over: open still, and its last day is gone.  buyers: its reader is the provider. */
#define QUOTATION(V, L, M, H)          \
	V(text, number)                \
	V(quotation_state, state)      \
	V(bool, over)                  \
	V(text, provider_name)         \
	V(text, provider_phone)        \
	V(text, provider_email)        \
	V(text, buyer_name)            \
	V(text, product_name)          \
	V(text, slug)                  \
	V(text, plan_name)             \
	V(text, options)               \
	V(u64, quantity)               \
	V(text, unit)                  \
	V(u64, duration)               \
	V(time_unit, duration_unit)    \
	V(money, list_total)           \
	V(money, price)                \
	V(text, note)                  \
	V(text, creator_name)          \
	V(instant, created_at)         \
	V(instant, expires_at)         \
	V(text, order_number)          \
	V(u64, product_agreement)      \
	V(u64, platform_agreement)     \
	H(bool, buyers)                \
	H(bool, may_accept)            \
	H(bool, may_withdraw)          \
	H(text, base)                  \
	H(text, duration_text)         \
	H(text, left)                  \
	H(text, tone)                  \
	H(field, contact)              \
	H(text, agree_error)
VIEW_STRUCT(quotation, QUOTATION)

#define QUOTATION_ITEM(V, L, M, H)  \
	V(text, number)             \
	V(quotation_state, state)   \
	V(bool, over)               \
	V(text, other_name)         \
	V(text, product_name)       \
	V(money, list_total)        \
	V(money, price)             \
	V(instant, created_at)      \
	V(instant, expires_at)      \
	H(text, href)               \
	H(text, summary)            \
	H(text, tone)
VIEW_STRUCT(quotation_item, QUOTATION_ITEM)

#define QUOTATION_LIST(V, L, M, H) \
	L(quotation_item, items)   \
	V(text, next)              \
	H(bool, buyers)            \
	H(bool, may_make)          \
	H(empty, empty)            \
	H(pager, pager)
VIEW_STRUCT(quotation_list, QUOTATION_LIST)

/* Making one: first the plan, then what its fields are. */
#define QUOTATION_NEW(V, L, M, H) \
	M(field, plan)            \
	H(text, chosen)           \
	M(field, buyer)           \
	M(field, duration)        \
	M(field, quantity)        \
	L(field, options)         \
	M(field, price)           \
	M(field, until)           \
	M(field, note)
VIEW_STRUCT(quotation_new, QUOTATION_NEW)
#endif
