#include "view/hand.h"

#include "view/json.h"

VIEW_JSON(hand_item, HAND_ITEM)
VIEW_JSON(hand_list, HAND_LIST)
VIEW_JSON(hand_row, HAND_ROW)
VIEW_JSON(hand_show, HAND_SHOW)
