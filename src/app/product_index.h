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

/* The lists: a word, a value of a filter, a way to sort.  Words have no sign before them. */
#define TERM_BEST "*rank"
#define TERM_DEALS "*deals"
#define TERM_NEWEST "*new"
#define TERM_PRICE "*price"
#define TERM_CHEAP "*cheap"
#define TERM_RATING "*rating"
const char *term_category(struct arena *a, const char *code);
const char *term_provider(struct arena *a, uint64_t id);
const char *term_delivery(struct arena *a, enum delivery_mode d);
const char *term_billing(struct arena *a, enum billing_mode m);
const char *term_stars(struct arena *a, int64_t at_least);
#define TERM_TRIAL "=t"
#endif
