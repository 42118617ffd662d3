#ifndef WEB_STOREFRONT_COUPON_H
#define WEB_STOREFRONT_COUPON_H
#include "view/coupon.h"
#include "web/web.h"

/* The coupons that can be claimed on a product's page, for part/product_coupons.  What the reader has claimed is in it
 * only for one who is signed in, so that the page for visitors stays the same for all. */
struct coupon_of_product { uint64_t provider, product; const char *slug; };
MUST_USE enum rc coupon_offers(struct cx *cx, const struct web *w, struct coupon_of_product p,
		const struct view_coupon_offers **out);
#endif
