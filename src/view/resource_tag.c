#include "view/resource_tag.h"

#include "view/json.h"

VIEW_JSON(resource_tag, RESOURCE_TAG)
VIEW_JSON(resource_tag_row, RESOURCE_TAG_ROW)
VIEW_JSON(resource_tag_rows, RESOURCE_TAG_ROWS)
