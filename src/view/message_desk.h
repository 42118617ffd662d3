#ifndef VIEW_MESSAGE_DESK_H
#define VIEW_MESSAGE_DESK_H
#include "view/list.h"

/* E-mails and SMS as the platform's people see them: those that failed, are tried again, went out (ACC-16). */

#define MESSAGE_DESK_ITEM(V, L, M, H) \
	V(text, id)                   \
	V(outbox_state, state)        \
	V(bool, by_email)             \
	V(message_event, event)       \
	V(text, number)               \
	V(text, person)               \
	V(text, to)                   \
	V(u64, tries)                 \
	V(u64, status)                \
	V(text, answer)               \
	V(instant, created_at)        \
	V(instant, next_at)           \
	V(instant, done_at)
VIEW_STRUCT(message_desk_item, MESSAGE_DESK_ITEM)
#define MESSAGE_DESK(V, L, M, H)    \
	L(message_desk_item, items) \
	V(text, next)               \
	H(text, up_to)              \
	H(bool, may_resend)         \
	H(tabs, tabs)               \
	H(empty, empty)             \
	H(pager, pager)
VIEW_STRUCT(message_desk, MESSAGE_DESK)
#endif
