#include "view/statement.h"

#include "view/json.h"

VIEW_JSON(statement_item, STATEMENT_ITEM)
VIEW_JSON(statement_list, STATEMENT_LIST)
VIEW_JSON(difference_item, DIFFERENCE_ITEM)
VIEW_JSON(statement_version, STATEMENT_VERSION)
VIEW_JSON(statement_show, STATEMENT_SHOW)
VIEW_JSON(difference_show, DIFFERENCE_SHOW)
VIEW_JSON(finance_channel, FINANCE_CHANNEL)
VIEW_JSON(finance_show, FINANCE_SHOW)
