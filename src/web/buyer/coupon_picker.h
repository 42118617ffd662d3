#ifndef WEB_BUYER_COUPON_PICKER_H
#define WEB_BUYER_COUPON_PICKER_H
#include "app/order.h"
#include "view/coupon.h"
#include "web/web.h"

/* The coupons of a quote for part/coupon_picker on a review page (ORD-12): its radios are the field `coupon` (0: none)
 * of the item. */
/* item: counted from 1; name: of what, when there are several; again: the address of the review page. */
struct coupon_picker_of { size_t item; const char *name, *again; };
const struct view_coupon_picker *coupon_picker(const struct web *w, const struct order_quote *q,
		struct coupon_picker_of of);
/* The field `coupon` of a form as a choice: absent is the best one, when the page has not asked yet. */
void coupon_read(const char *text, struct order_choice *c);
#endif
