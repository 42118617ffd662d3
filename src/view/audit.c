#include "view/audit.h"

#include "view/json.h"

VIEW_JSON(audit_item, AUDIT_ITEM)
VIEW_JSON(audit_list, AUDIT_LIST)
