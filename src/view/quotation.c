#include "view/quotation.h"

#include "view/json.h"

VIEW_JSON(quotation, QUOTATION)
VIEW_JSON(quotation_item, QUOTATION_ITEM)
VIEW_JSON(quotation_list, QUOTATION_LIST)
VIEW_JSON(quotation_new, QUOTATION_NEW)
