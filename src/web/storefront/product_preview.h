#ifndef WEB_STOREFRONT_PRODUCT_PREVIEW_H
#define WEB_STOREFRONT_PRODUCT_PREVIEW_H
#include "app/product_doc.h"
#include "web/storefront/product.h"

/* The page of a product as a document would make it (CAT-9), for those who write and approve it: nothing can be bought on it. */
struct product_preview {
	uint64_t product;
	const struct doc_product *doc;
	const char *path;		/* of the preview, to which its choices and tabs lead */
	const char *pictures;		/* where its pictures are, "/provider/pictures/" */
	const char *back;
};
MUST_USE enum rc product_preview(struct cx *cx, struct web *w, const struct product_preview *p);
#endif
