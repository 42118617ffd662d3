#ifndef VIEW_INBOX_H
#define VIEW_INBOX_H
#include "view/list.h"

/* The inbox, and how each kind of event reaches its reader (ACC-16). */

#define INBOX_ITEM(V, L, M, H)  \
	V(text, id)             \
	V(message_event, event) \
	V(message_topic, topic) \
	V(text, number)         \
	V(text, link)           \
	V(text, subject)        \
	V(text, text)           \
	V(instant, at)          \
	V(instant, read_at)
VIEW_STRUCT(inbox_item, INBOX_ITEM)
#define INBOX_LIST(V, L, M, H) \
	L(inbox_item, items)   \
	V(text, next)          \
	V(i64, unread)         \
	H(text, up_to)         \
	H(text, topic)         \
	H(text, back)          \
	H(tabs, tabs)          \
	H(filter, filter)      \
	H(empty, empty)        \
	H(pager, pager)
VIEW_STRUCT(inbox_list, INBOX_LIST)

#define NOTIFICATION_ITEM(V, L, M, H) \
	V(message_event, event)       \
	V(bool, by_email)             \
	V(bool, by_sms)               \
	V(bool, must)
VIEW_STRUCT(notification_item, NOTIFICATION_ITEM)
#define NOTIFICATION_TOPIC(V, L, M, H) \
	V(message_topic, topic)        \
	L(notification_item, items)
VIEW_STRUCT(notification_topic, NOTIFICATION_TOPIC)
#define NOTIFICATION(V, L, M, H) \
	V(text, email)           \
	V(text, mobile)          \
	L(notification_topic, topics)
VIEW_STRUCT(notification, NOTIFICATION)
#endif
