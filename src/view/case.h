#ifndef VIEW_CASE_H
#define VIEW_CASE_H
#include "view/list.h"

/* Money that needs a person (MON-7). */
#define CASE_ITEM(V, L, M, H)       \
	V(text, id)                  \
	V(case_kind, kind)          \
	V(payment_channel, channel) \
	V(text, transaction_id)     \
	V(text, payment_number)     \
	V(text, org_name)           \
	V(money, amount)            \
	V(instant, created_at)      \
	H(msg, explained)
VIEW_STRUCT(case_item, CASE_ITEM)

#define CASE_LIST(V, L, M, H) \
	L(case_item, items)   \
	V(text, next)         \
	V(case_state, state)  \
	H(tabs, tabs)         \
	H(empty, empty)       \
	H(pager, pager)
VIEW_STRUCT(case_list, CASE_LIST)
#endif
