#include "view/checkout.h"

#include "view/json.h"

VIEW_JSON(checkout_item, CHECKOUT_ITEM)
VIEW_JSON(checkout, CHECKOUT)
