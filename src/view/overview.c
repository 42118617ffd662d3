#include "view/overview.h"

#include "view/json.h"

VIEW_JSON(overview, OVERVIEW)
VIEW_JSON(desk, DESK)
