#include "view/field.h"

#include "view/json.h"

VIEW_JSON(field_option, FIELD_OPTION)
VIEW_JSON(field, FIELD)
