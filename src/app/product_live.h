#ifndef APP_PRODUCT_LIVE_H
#define APP_PRODUCT_LIVE_H
#include "app/product_doc.h"
#include "app/work.h"

/* The tables that buyers see, from and to a document. */

/* What sells now. */
MUST_USE enum rc product_live_read(struct db *db, struct arena *a, uint64_t product, struct doc_product *out);

struct product_live {
	uint64_t product, version;
	const struct doc_product *doc, *was;	/* was: the version that sells, or an empty one: stock is set where the provider changed it */
};
/* All of it, in the transaction that publishes the version.  Plans that are gone are no longer on sale. */
MUST_USE enum rc product_live_write(struct work *w, const struct product_live *l);
#endif
