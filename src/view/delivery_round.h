#ifndef VIEW_DELIVERY_ROUND_H
#define VIEW_DELIVERY_ROUND_H
#include "view/attachment.h"

/* What was done in a delivery, by whom, with its text and files: DEL-7. */

#define DELIVERY_ROUND(V, L, M, H) \
	V(instant, at)             \
	V(delivery_event, event)   \
	V(org_kind, side)          \
	V(text, who)               \
	V(text, text)              \
	M(attachments, attached)   \
	H(text, tone)              \
	H(bool, latest)
VIEW_STRUCT(delivery_round, DELIVERY_ROUND)
typedef const struct view_delivery_round *view_type_delivery_round;
#endif
