#include "view/withdrawal.h"

#include "view/json.h"

VIEW_JSON(withdrawal_item, WITHDRAWAL_ITEM)
VIEW_JSON(withdrawal_way, WITHDRAWAL_WAY)
VIEW_JSON(withdrawal_list, WITHDRAWAL_LIST)
VIEW_JSON(withdrawal_part, WITHDRAWAL_PART)
VIEW_JSON(withdrawal_show, WITHDRAWAL_SHOW)
VIEW_JSON(payee, PAYEE)
VIEW_JSON(payee_list, PAYEE_LIST)

const char *tone_withdrawal(enum withdrawal_state s)
{
	switch (s) {
	case WITHDRAWAL_REQUESTED: return "warn";
	case WITHDRAWAL_UNDER_WAY: return "info";
	case WITHDRAWAL_DONE:      return "ok";
	case WITHDRAWAL_REFUSED:   return "bad";
	case WITHDRAWAL_CANCELLED: return "";
	}
	return "";
}

const char *tone_withdrawal_part(enum withdrawal_part_state s)
{
	switch (s) {
	case PART_PLANNED:   return "";
	case PART_UNDER_WAY: return "info";
	case PART_DONE:      return "ok";
	case PART_REFUSED:   return "bad";
	case PART_DROPPED:   return "";
	}
	return "";
}
