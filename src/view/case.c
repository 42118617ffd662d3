#include "view/case.h"

#include "view/json.h"

VIEW_JSON(case_item, CASE_ITEM)
VIEW_JSON(case_list, CASE_LIST)
VIEW_JSON(case_order, CASE_ORDER)
VIEW_JSON(case_proposal, CASE_PROPOSAL)
VIEW_JSON(case_show, CASE_SHOW)
