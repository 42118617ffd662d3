#include "view/spend_alert.h"

#include "view/json.h"

VIEW_JSON(spend_alert, SPEND_ALERT)
