#include "view/product.h"

#include "view/coupon.h"
#include "view/json.h"

VIEW_JSON(category, CATEGORY)
VIEW_JSON(product_item, PRODUCT_ITEM)
VIEW_JSON(home, HOME)
VIEW_JSON(product_list, PRODUCT_LIST)
VIEW_JSON(provider_show, PROVIDER_SHOW)
VIEW_JSON(plan_price, PLAN_PRICE)
VIEW_JSON(plan_choice, PLAN_CHOICE)
VIEW_JSON(plan_option, PLAN_OPTION)
VIEW_JSON(plan_tier, PLAN_TIER)
VIEW_JSON(plan_part, PLAN_PART)
VIEW_JSON(plan, PLAN)
VIEW_JSON(price_share, PRICE_SHARE)
VIEW_JSON(product_price, PRODUCT_PRICE)
VIEW_JSON(product_picture, PRODUCT_PICTURE)
VIEW_JSON(product_show, PRODUCT_SHOW)
VIEW_JSON(agreement, AGREEMENT)
