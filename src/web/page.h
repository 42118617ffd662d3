#ifndef WEB_PAGE_H
#define WEB_PAGE_H
#include "web/web.h"

/* Fills the frame around a page: who reads it, navigation with its counts, tokens for its forms, what is wrong. */
void page_frame(struct web *w);
/* The sentence that tells what is wrong, in the reader's language. */
const char *page_error_text(const struct web *w, const struct form_error *e);
/* Where signing in and changing the language come back to: this page, when it can be asked for again. */
const char *page_back(const struct web *w);
/* The head of every answer, also of errors: cookies, caching, what browsers may do with it. */
void page_finish(struct web *w);
#endif
