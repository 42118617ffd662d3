#include "view/bank_entry.h"

#include "view/json.h"

VIEW_JSON(bank_entry_order, BANK_ENTRY_ORDER)
VIEW_JSON(bank_entry_item, BANK_ENTRY_ITEM)
VIEW_JSON(bank_entry_list, BANK_ENTRY_LIST)
VIEW_JSON(bank_entry_show, BANK_ENTRY_SHOW)
