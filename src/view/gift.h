#ifndef VIEW_GIFT_H
#define VIEW_GIFT_H
#include "view/list.h"

/* Gift money that finance gives (MON-3). */
#define GIFT_ITEM(V, L, M, H)    \
	V(text, number)          \
	V(text, org_name)        \
	V(text, org)             \
	V(gift_state, state)     \
	V(money, amount)         \
	V(text, reason)          \
	V(instant, proposed_at)  \
	V(text, proposer)        \
	V(text, decider)         \
	V(instant, decided_at)   \
	V(text, why)             \
	H(text, tone)            \
	H(bool, may_decide)
VIEW_STRUCT(gift_item, GIFT_ITEM)
#define GIFT_LIST(V, L, M, H)    \
	L(gift_item, items)      \
	V(text, next)            \
	L(field, fields)         \
	H(bool, may_propose)     \
	H(tabs, tabs)            \
	H(pager, pager)          \
	H(empty, empty)
VIEW_STRUCT(gift_list, GIFT_LIST)
#endif
