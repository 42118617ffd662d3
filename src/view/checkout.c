#include "view/checkout.h"

#include "view/json.h"

VIEW_JSON(checkout_item, CHECKOUT_ITEM)
VIEW_JSON(checkout, CHECKOUT)
VIEW_JSON(checkout_host, CHECKOUT_HOST)
VIEW_JSON(checkout_hosts, CHECKOUT_HOSTS)
VIEW_JSON(checkout_radio, CHECKOUT_RADIO)
VIEW_JSON(checkout_group, CHECKOUT_GROUP)
VIEW_JSON(checkout_sum_row, CHECKOUT_SUM_ROW)
VIEW_JSON(checkout_sum, CHECKOUT_SUM)
VIEW_JSON(checkout_server, CHECKOUT_SERVER)
