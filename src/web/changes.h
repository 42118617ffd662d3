#ifndef WEB_CHANGES_H
#define WEB_CHANGES_H
#include "app/product_doc.h"
#include "base/cx.h"
#include "view/product_edit.h"

/* Documents of products in the reader's words (CAT-9). */

/* The difference of two, for part/changes.html. */
const struct view_changes *product_changes(struct cx *cx, const struct doc_product *before, const struct doc_product *after);
/* Of a version against what sold before it; *before is that one's number, 0 when it is the first.  RC_NOT_FOUND: no such version. */
MUST_USE enum rc product_changes_of(struct cx *cx, uint64_t product, uint64_t version, uint64_t *before, const struct view_changes **out);
/* A value: ¥59.00, 年, 是; of a list the names of its rows; "" where nothing is set. */
const char *doc_words(struct cx *cx, const struct doc_field *f, const void *row);
/* What a row is called: 标准版, 1 年. */
const char *doc_row_name(struct cx *cx, const struct doc_record *r, const void *row);
/* Labels of an enum's values (X_msg). */
const uint16_t *doc_labels(const struct enum_def *d);
#endif
