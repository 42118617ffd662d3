#ifndef APP_PRODUCT_H
#define APP_PRODUCT_H
#include "app/product_doc.h"
#include "app/work.h"
#include "domain/picture.h"

/* Publishing (CAT-9).  A provider writes a version of a product, submits it, and an approver decides; until then the version before it
 * sells.  All of these give RC_NOT_FOUND for another provider's product, and RC_CONFLICT when it has moved on meanwhile: a version
 * that was withdrawn, decided, or replaced by a newer one. */

struct product_new { const char *name, *category, *slug; enum delivery_mode delivery; };	/* slug: NULL = one of ours */
/* *wrong is the key of a message for the field *at (RC_INVALID): the address is taken. */
MUST_USE enum rc product_create(struct cx *cx, const struct product_new *in, const char **at, const char **wrong, struct outcome *out);

/* Begins a new version from what sells, or from the one that was refused. */
MUST_USE enum rc product_revise(struct cx *cx, uint64_t product, struct outcome *out);

struct product_save_in {
	uint64_t product, version, saves;	/* saves: of the draft that the page showed */
	const struct doc_product *doc;
	const char *location;			/* where the page goes on */
	const struct product_picture_new *picture;	/* that the document shows for the first time; NULL: none */
};
struct product_picture_new { uint64_t id; struct picture is; struct bytes bytes; };
enum { PRODUCT_PICTURES_MAX = 100 };		/* kept of a product, with those of older versions */
/* Nothing was kept (RC_INVALID) when somebody saved between, when the document has problems that cannot wait, or it has too many pictures. */
struct product_saved { bool stale, too_many; struct doc_problems problems; };
/* The picture that this product has with these bytes, or the id of a new one (*unknown). */
MUST_USE enum rc product_picture_id(struct cx *cx, uint64_t product, struct bytes bytes, uint64_t *id, bool *unknown);
MUST_USE enum rc product_save(struct cx *cx, const struct product_save_in *in, struct product_saved *saved, struct outcome *out);

/* What is still missing, for the page that asks before it is submitted; product_submit says the same (RC_INVALID). */
MUST_USE enum rc product_missing(struct cx *cx, uint64_t product, const struct doc_product *d, bool has_secret, struct doc_problems *out);
MUST_USE enum rc product_submit(struct cx *cx, uint64_t product, uint64_t version, struct doc_problems *problems, struct outcome *out);
/* Takes it back from the approvers: goes on as a new draft with the same content. */
MUST_USE enum rc product_withdraw(struct cx *cx, uint64_t product, uint64_t version, struct outcome *out);
/* Drops the version that is being written, or was refused; what sells stays. */
MUST_USE enum rc product_discard(struct cx *cx, uint64_t product, uint64_t version, struct outcome *out);

/* The approver's.  A version has one content for ever once it was submitted, so its number says what was looked at. */
MUST_USE enum rc product_approve(struct cx *cx, uint64_t product, uint64_t version, const char *reason, struct outcome *out);
MUST_USE enum rc product_refuse(struct cx *cx, uint64_t product, uint64_t version, const char *reason, struct outcome *out);

/* Sold to nobody any more; what was sold goes on (CAT-9). */
MUST_USE enum rc product_delist(struct cx *cx, uint64_t product, const char *why, struct outcome *out);
MUST_USE enum rc product_relist(struct cx *cx, uint64_t product, struct outcome *out);

/* More (or fewer: by < 0) of a plan that sells, at once.  RC_INVALID: fewer than there are left. */
MUST_USE enum rc product_stock(struct cx *cx, uint64_t product, uint64_t plan, int64_t by, struct outcome *out);
#endif
