#include "view/voucher.h"

#include "view/json.h"

VIEW_JSON(voucher_item, VOUCHER_ITEM)
VIEW_JSON(voucher_list, VOUCHER_LIST)
VIEW_JSON(voucher_for, VOUCHER_FOR)
VIEW_JSON(voucher_entry, VOUCHER_ENTRY)
VIEW_JSON(voucher_show, VOUCHER_SHOW)
VIEW_JSON(voucher_new, VOUCHER_NEW)

const char *tone_voucher(enum voucher_state s)
{
	switch (s) {
	case VOUCHER_USABLE:  return "ok";
	case VOUCHER_NOT_YET: return "info";
	default:              return "";
	}
}
