#include "view/topup.h"

#include "view/json.h"

VIEW_JSON(topup_item, TOPUP_ITEM)
VIEW_JSON(topup_quick, TOPUP_QUICK)
VIEW_JSON(topup_account, TOPUP_ACCOUNT)
VIEW_JSON(topup, TOPUP)
VIEW_JSON(remittance_item, REMITTANCE_ITEM)
VIEW_JSON(remittance_list, REMITTANCE_LIST)
