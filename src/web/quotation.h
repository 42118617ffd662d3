#ifndef WEB_QUOTATION_H
#define WEB_QUOTATION_H
#include "q_quotation.h"
#include "view/quotation.h"
#include "web/list.h"

/* Quotations in the consoles of both sides (ORD-20). */

/* The one in the address, as far as this organisation is its provider (buyers) or its buyer. */
MUST_USE enum rc quotation_view(struct cx *cx, const struct web *w, bool buyers, struct view_quotation *m);
MUST_USE enum rc quotation_rows(struct cx *cx, struct web *w, bool buyers, struct view_quotation_list *m);
/* Ends a GET: as a document. */
MUST_USE enum rc quotation_paper(struct cx *cx, struct web *w, bool buyers);

struct quotation_list_in { LIST_MEMBERS };
extern const struct form quotation_list_form;
#endif
