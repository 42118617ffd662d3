#include "view/appeal.h"

#include "view/json.h"

VIEW_JSON(appeal_note, APPEAL_NOTE)
VIEW_JSON(appeal, APPEAL)
VIEW_JSON(appeal_offer, APPEAL_OFFER)
VIEW_JSON(appeal_show, APPEAL_SHOW)
VIEW_JSON(appeal_item, APPEAL_ITEM)
VIEW_JSON(appeal_list, APPEAL_LIST)
VIEW_JSON(appeal_desk, APPEAL_DESK)
