#include "view/remit_claim.h"

#include "view/json.h"

VIEW_JSON(remit_claim_item, REMIT_CLAIM_ITEM)
VIEW_JSON(remit_claim_list, REMIT_CLAIM_LIST)
VIEW_JSON(remit_claim_new, REMIT_CLAIM_NEW)
VIEW_JSON(remit_entry, REMIT_ENTRY)
VIEW_JSON(remit_claim_show, REMIT_CLAIM_SHOW)
