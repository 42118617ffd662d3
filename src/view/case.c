#include "view/case.h"

#include "view/json.h"

VIEW_JSON(case_item, CASE_ITEM)
VIEW_JSON(case_list, CASE_LIST)
