#include "view/review.h"

#include "view/json.h"

VIEW_JSON(review_item, REVIEW_ITEM)
VIEW_JSON(review_list, REVIEW_LIST)
VIEW_JSON(review_mate, REVIEW_MATE)
VIEW_JSON(review_show, REVIEW_SHOW)
VIEW_JSON(review_rule, REVIEW_RULE)
VIEW_JSON(review_rules, REVIEW_RULES)
