#ifndef WEB_BUYER_RESOURCE_TAG_H
#define WEB_BUYER_RESOURCE_TAG_H
#include "domain/tag.h"
#include "view/resource_tag.h"
#include "web/web.h"

/* Rows of keys and values in a form (CAT-14), where something is bought and where its tags are changed. */
struct tag_in { const char *tag, *value; };
extern const struct form tag_form;
#define TAG_ROWS(S) ITEMS(S, tags, tag_form, .max = TAGS_MAX)

/* "key=value", a line each; "" when there are none.  What is wrong stands in w->errors at its row, and the result is RC_INVALID. */
enum rc tags_read(struct web *w, const struct items *tags, const char **text) MUST_USE;
/* The rows as they were typed, else those that are there, and an empty one below; for part/resource_tags. */
const struct view_resource_tag_rows *tag_rows(struct web *w, const struct items *typed, const struct view_resource_tag *there, size_t n);
#endif
