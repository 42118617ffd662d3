#include "view/inbox.h"

#include "view/json.h"

VIEW_JSON(inbox_item, INBOX_ITEM)
VIEW_JSON(inbox_list, INBOX_LIST)
VIEW_JSON(notification_item, NOTIFICATION_ITEM)
VIEW_JSON(notification_topic, NOTIFICATION_TOPIC)
VIEW_JSON(notification, NOTIFICATION)
