#ifndef APP_PRODUCT_INDEX_H
#define APP_PRODUCT_INDEX_H
#include "base/cx.h"
#include "db/db.h"
#include "domain/enums.h"

/* What the storefront finds of a product (CAT-12): brings its lowest price, words, values of filters and places in the ways to sort up to what the
 * product, its plans and their prices are in this transaction; a product that is not listed is taken out.  Whatever changes one of them calls it as
 * its last step; nothing else writes product.price_from, product_term and term_count, but for q_product_deal.
 * RC_NOT_FOUND: no such product. */
MUST_USE enum rc product_index(struct cx *cx, struct tx *tx, uint64_t product);

/* The lists: that of a word, best first, is named as the word; those of a value of a filter as that and the way to sort. */
#define FACET_ALL ""
#define FACET_TRIAL "=t"
const char *facet_category(struct arena *a, const char *code);
const char *facet_provider(struct arena *a, uint64_t id);
const char *facet_delivery(struct arena *a, enum delivery_mode d);
const char *facet_billing(struct arena *a, enum billing_mode m);
const char *facet_stars(struct arena *a, int64_t at_least);
/* The step of prices that a product is in; so named, their order is that of the prices. */
const char *facet_price_step(struct arena *a, int step);
const char *facet_list(struct arena *a, const char *facet, enum product_sort sort);
#endif
