#ifndef PAPER_PDF_H
#define PAPER_PDF_H
#include "base/out.h"
#include "base/rc.h"

/* A document on pages of A4, written from the top down; what does not fit goes on on the next page, which has a number like all. */
struct pdf;
/* Appended to `to`.  made: what the document says of itself, so that the same is made of the same. */
struct pdf *pdf_begin(struct out *to, const char *title, struct instant made);
void pdf_title(struct pdf *p, const char *text);
void pdf_heading(struct pdf *p, const char *text);
void pdf_text(struct pdf *p, const char *text);
/* A label, and what it says beside it. */
void pdf_pair(struct pdf *p, const char *label, const char *value);
/* A grid: a row of heads, then n rows of as many cells.  share: of the width, in percent; negative: numbers, to the right. */
struct pdf_column { const char *head; int share; };
void pdf_table(struct pdf *p, const struct pdf_column *columns, size_t columns_n, const char *const *cells, size_t rows);
/* Ends and frees it.  RC_INTERNAL: it could not be made. */
MUST_USE enum rc pdf_end(struct pdf *p);
#endif
