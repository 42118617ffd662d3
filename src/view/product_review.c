#include "view/product_review.h"

#include "view/json.h"

VIEW_JSON(product_waiting, PRODUCT_WAITING)
VIEW_JSON(product_queue, PRODUCT_QUEUE)
VIEW_JSON(product_review, PRODUCT_REVIEW)
