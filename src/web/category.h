#ifndef WEB_CATEGORY_H
#define WEB_CATEGORY_H
#include "web/list.h"

/* The product categories, for filters and the storefront.  They change seldom: each worker reads them once a minute and keeps them. */
struct category { const char *code, *name_zh, *name_en; };
MUST_USE enum rc category_all(struct cx *cx, const struct category **rows, size_t *n);
static inline const char *category_name(const struct cx *cx, const struct category *c) { return cx->lang == LANG_EN ? c->name_en : c->name_zh; }
/* Its name in the reader's language; the code of one that is not there. */
const char *category_label(struct cx *cx, const char *code);
/* Makes a text's field a select of all of them: which codes there are is data.  none: what the empty choice is called. */
MUST_USE enum rc category_select(struct cx *cx, enum msg none, struct view_field *f);
/* A text of a form as a select of all of them with "all" on top; what was typed is chosen. */
MUST_USE enum rc category_field(struct cx *cx, struct web *w, const struct form *form, const char *name, enum msg label, struct view_field *f);
/* The same for a filter of the page's own form. */
MUST_USE enum rc category_choice(struct cx *cx, struct web *w, const char *name, enum msg label, const char *chosen, struct view_field *f);
#endif
