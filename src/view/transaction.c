#include "view/transaction.h"

#include "view/json.h"

VIEW_JSON(transaction_item, TRANSACTION_ITEM)
VIEW_JSON(transaction_list, TRANSACTION_LIST)
VIEW_JSON(balance, BALANCE)
VIEW_JSON(balance_show, BALANCE_SHOW)
