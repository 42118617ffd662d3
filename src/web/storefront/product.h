#ifndef WEB_STOREFRONT_PRODUCT_H
#define WEB_STOREFRONT_PRODUCT_H
#include "web/web.h"

/* The page of a product with one of its plans chosen (0: the first); w->errors and w->status are shown as they are.
 * The checkout shows it again when a choice cannot be sold. */
MUST_USE enum rc product_page(struct cx *cx, struct web *w, const char *slug, uint64_t plan);
/* The first character of a name, for the tile that stands in for a picture. */
const char *product_initial(struct arena *a, const char *name);
/* 4.6: the average of its ratings; "" when there are none. */
const char *product_stars(struct arena *a, uint64_t sum, uint64_t n);
#endif
