#ifndef WEB_PROVIDER_PRODUCT_H
#define WEB_PROVIDER_PRODUCT_H
#include "app/product.h"
#include "q_product_version.h"
#include "web/list.h"
#include "web/provider/product_form.h"

/* What the pages of a provider's product share. */

/* The product that the address names, of the reader's organisation, with the version that is open or was refused. */
struct editing {
	uint64_t id;
	const char *id_text;		/* as addresses have it */
	struct q_product_edit row;
	struct doc_product doc;		/* an empty one when no version is open */
	const struct product_picture_new *picture;	/* to be kept with the next save */
};
MUST_USE enum rc editing_open(struct cx *cx, struct web *w, struct editing *e);
/* "/provider/products/ID" and what follows. */
const char *editing_href(struct cx *cx, const struct editing *e, const char *below);
bool may_edit(const struct cx *cx);

/* The way here: provider's centre, products, this product, this page. */
void editing_crumbs(struct cx *cx, struct web *w, const struct editing *e, const char *here);

/* What the draft lacks, in words, with the pages where it is mended. */
MUST_USE enum rc editing_lacks(struct cx *cx, const struct editing *e, const struct view_product_lack **lacks, size_t *n);

const char *tone_product(enum product_state s);
const char *tone_version(enum version_state s);

/* What the forms of the editor send besides the document's fields: all of them the draft that the page showed; pages with lists their
 * buttons (product_form.h); that of pictures a file, or which one is to be the first, or to go. */
struct editing_in {
	int64_t version, saves;
	const char *add, *drop;
	struct bytes picture;
	int64_t first, remove;
};

/* Nothing is open to be written: its page says why. */
bool editing_closed(const struct web *w, const struct editing *e);
const struct view_tabs *editing_tabs(struct cx *cx, struct web *w, const struct editing *e, const char *current);
void editing_begin(struct cx *cx, const struct editing *e, const char *action, const char *back, struct view_product_edit *m);

MUST_USE enum rc editing_add_pictures(struct cx *cx, struct web *w, const struct editing *e, struct view_product_edit *m);
void editing_add_calls(struct cx *cx, struct web *w, const struct editing *e, struct view_product_edit *m);

/* Ends a change of the editor: the problems of this form at its fields, a save of the document, and on to `next`. */
MUST_USE enum rc editing_save(struct cx *cx, struct web *w, struct editing *e, const struct doc_form *f, const char *next);
#endif
