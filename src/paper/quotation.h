#ifndef PAPER_QUOTATION_H
#define PAPER_QUOTATION_H
#include "base/arena.h"
#include "base/rc.h"
#include "view/quotation.h"

/* A quotation as a document, in the reader's language (ORD-20). */
MUST_USE enum rc quotation_pdf(struct arena *a, enum lang lang, const struct view_quotation *q, struct out *o);
#endif
