#include "view/org.h"

#include "view/json.h"

VIEW_JSON(org_row, ORG_ROW)
VIEW_JSON(org_rows, ORG_ROWS)
VIEW_JSON(org_page, ORG_PAGE)
