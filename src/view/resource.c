#include "view/resource.h"

#include "view/json.h"

VIEW_JSON(resource_item, RESOURCE_ITEM)
VIEW_JSON(resource_list, RESOURCE_LIST)
VIEW_JSON(resource_field, RESOURCE_FIELD)
VIEW_JSON(resource_event, RESOURCE_EVENT)
VIEW_JSON(resource_beside, RESOURCE_BESIDE)
VIEW_JSON(resource_edit, RESOURCE_EDIT)
VIEW_JSON(resource_order, RESOURCE_ORDER)
VIEW_JSON(resource_show, RESOURCE_SHOW)
VIEW_JSON(resource_secret, RESOURCE_SECRET)
