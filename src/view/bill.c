#include "view/bill.h"

#include "view/json.h"

VIEW_JSON(bill_sums, BILL_SUMS)
VIEW_JSON(bill_item, BILL_ITEM)
VIEW_JSON(bill_list, BILL_LIST)
