#include "view/message_desk.h"

#include "view/json.h"

VIEW_JSON(message_desk_item, MESSAGE_DESK_ITEM)
VIEW_JSON(message_desk, MESSAGE_DESK)
