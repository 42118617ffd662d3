#include "view/gift.h"

#include "view/json.h"

VIEW_JSON(gift_item, GIFT_ITEM)
VIEW_JSON(gift_list, GIFT_LIST)
