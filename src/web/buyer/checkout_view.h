#ifndef WEB_BUYER_CHECKOUT_VIEW_H
#define WEB_BUYER_CHECKOUT_VIEW_H
#include "web/buyer/checkout.h"

/* The review page's model. */
struct view_checkout checkout_view(struct cx *cx, struct web *w, const struct checkout_at *at, const struct checkout_in *in, const struct checkout_item *items);
#endif
