#include "view/integration.h"

#include "view/json.h"

VIEW_JSON(integration_item, INTEGRATION_ITEM)
VIEW_JSON(integration_list, INTEGRATION_LIST)
VIEW_JSON(integration_try, INTEGRATION_TRY)
VIEW_JSON(integration_show, INTEGRATION_SHOW)
