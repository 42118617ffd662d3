#ifndef VIEW_HAND_H
#define VIEW_HAND_H
#include "view/list.h"

/* What a provider's people deliver (DEL-1). */
#define HAND_ITEM(V, L, M, H) \
	V(text, id)               \
	V(resource_state, state)  \
	V(text, name)             \
	V(text, summary)          \
	V(text, buyer_name)       \
	V(text, order_number)     \
	V(text, delivery_number)  /* of its supervised delivery; NULL: it has none */ \
	V(instant, created_at)    \
	V(instant, begin_at)      \
	V(instant, end_at)        \
	H(text, tone)
VIEW_STRUCT(hand_item, HAND_ITEM)

#define HAND_LIST(V, L, M, H) \
	L(hand_item, items)   \
	V(text, next)         \
	H(tabs, tabs)         \
	H(empty, empty)       \
	H(pager, pager)
VIEW_STRUCT(hand_list, HAND_LIST)

/* A row of one's own in the form. */
#define HAND_ROW(V, L, M, H) \
	M(field, name)       \
	M(field, value)      \
	M(field, secret)
VIEW_STRUCT(hand_row, HAND_ROW)

#define HAND_SHOW(V, L, M, H) \
	M(hand_item, is)      \
	L(field, fields)      \
	L(hand_row, rows)     \
	H(bool, held)         /* nobody can act on its delivery (DEL-8) */ \
	H(bool, open)         /* it can be filled in */ \
	H(bool, hands_over)   /* and saving delivers it */
VIEW_STRUCT(hand_show, HAND_SHOW)
#endif
