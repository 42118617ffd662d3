#include "view/payout.h"

#include "view/json.h"

VIEW_JSON(payout_item, PAYOUT_ITEM)
VIEW_JSON(payout_list, PAYOUT_LIST)
VIEW_JSON(payout_batch_item, PAYOUT_BATCH_ITEM)
VIEW_JSON(payout_batch_list, PAYOUT_BATCH_LIST)
VIEW_JSON(payout_batch_show, PAYOUT_BATCH_SHOW)

const char *tone_payout(enum payout_state s)
{
	switch (s) {
	case PAYOUT_WAITING: return "warn";
	case PAYOUT_FILED:   return "info";
	case PAYOUT_SENT:    return "info";
	case PAYOUT_DONE:    return "ok";
	case PAYOUT_REFUSED: return "bad";
	}
	return "";
}

const char *tone_payout_batch(enum payout_batch_state s)
{
	switch (s) {
	case BATCH_PROPOSED:  return "warn";
	case BATCH_APPROVED:  return "info";
	case BATCH_CLOSED:    return "ok";
	case BATCH_DISCARDED: return "";
	}
	return "";
}
