#include "view/refund.h"

#include "view/json.h"

VIEW_JSON(refund_item, REFUND_ITEM)
VIEW_JSON(refund_proposal, REFUND_PROPOSAL)
VIEW_JSON(refund_list, REFUND_LIST)
VIEW_JSON(refund_try, REFUND_TRY)
VIEW_JSON(refund_order, REFUND_ORDER)
VIEW_JSON(refund_show, REFUND_SHOW)
VIEW_JSON(refund_source, REFUND_SOURCE)
VIEW_JSON(refund_new, REFUND_NEW)

const char *tone_refund(enum refund_state s)
{
	switch (s) {
	case REFUND_DONE:    return "ok";
	case REFUND_REFUSED: return "";
	case REFUND_UNKNOWN:
	case REFUND_STOPPED: return "warn";
	default:             return "info";
	}
}
