#include "view/session.h"

#include "view/json.h"

VIEW_JSON(login, LOGIN)
VIEW_JSON(session_item, SESSION_ITEM)
VIEW_JSON(session_list, SESSION_LIST)
VIEW_JSON(org_item, ORG_ITEM)
VIEW_JSON(org_list, ORG_LIST)
