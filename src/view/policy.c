#include "view/policy.h"

#include "view/json.h"

VIEW_JSON(category_item, CATEGORY_ITEM)
VIEW_JSON(category_list, CATEGORY_LIST)
VIEW_JSON(policy_diff, POLICY_DIFF)
VIEW_JSON(policy_version, POLICY_VERSION)
VIEW_JSON(category_show, CATEGORY_SHOW)
VIEW_JSON(policy_edit, POLICY_EDIT)
