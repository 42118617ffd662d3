#include "view/customer.h"

#include "view/json.h"

VIEW_JSON(customer, CUSTOMER)
VIEW_JSON(customer_list, CUSTOMER_LIST)
VIEW_JSON(customer_show, CUSTOMER_SHOW)
