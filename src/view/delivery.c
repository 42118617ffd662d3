#include "view/delivery.h"

#include "view/json.h"

VIEW_JSON(delivery_item, DELIVERY_ITEM)
VIEW_JSON(delivery_list, DELIVERY_LIST)
VIEW_JSON(delivery_round, DELIVERY_ROUND)
VIEW_JSON(delivery_form, DELIVERY_FORM)
VIEW_JSON(delivery_show, DELIVERY_SHOW)

const char *tone_delivery(enum delivery_state s)
{
	switch (s) {
	case DELIVERY_AWAITING_REQUIREMENT:
	case DELIVERY_AWAITING_ACCEPTANCE:   return "warn";
	case DELIVERY_AWAITING_CONFIRMATION:
	case DELIVERY_IN_IMPLEMENTATION:     return "info";
	case DELIVERY_COMPLETED:             return "ok";
	case DELIVERY_CLOSED:                return "";
	}
	return "";
}
