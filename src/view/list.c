#include "view/list.h"

#include "view/json.h"

VIEW_JSON(action, ACTION)
VIEW_JSON(filter, FILTER)
VIEW_JSON(stat, STAT)
