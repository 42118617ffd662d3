#ifndef VIEW_MESSAGE_H
#define VIEW_MESSAGE_H
#include "view/list.h"
#include "view/msg.h"

/* Messages to people (ACC-16): their texts, and the inbox. */

struct message_facts {
	enum message_event event;
	const char *number, *subject, *why;
	struct money amount;
	struct instant deadline;
};
struct message_text { const char *subject, *text, *sms; };
struct message_text message_text(struct arena *a, enum lang lang, const char *platform, const struct message_facts *f);

#define MESSAGE_ITEM(V, L, M, H)  \
	V(text, id)               \
	V(message_event, event)   \
	V(text, number)           \
	V(text, link)             \
	V(text, subject)          \
	V(text, text)             \
	V(instant, at)            \
	V(instant, read_at)
VIEW_STRUCT(message_item, MESSAGE_ITEM)
#define MESSAGE_LIST(V, L, M, H) \
	L(message_item, items)   \
	V(text, next)            \
	V(i64, unread)           \
	H(text, up_to)           \
	H(tabs, tabs)            \
	H(empty, empty)          \
	H(pager, pager)
VIEW_STRUCT(message_list, MESSAGE_LIST)
#endif
