#include "view/checkout.h"

#include "view/json.h"

VIEW_JSON(checkout, CHECKOUT)
