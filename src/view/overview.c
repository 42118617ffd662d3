#include "view/overview.h"

#include "view/json.h"

VIEW_JSON(overview, OVERVIEW)
