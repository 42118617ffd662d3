#ifndef WEB_PROVIDER_PRODUCT_FORM_H
#define WEB_PROVIDER_PRODUCT_FORM_H
#include "app/product_doc.h"
#include "view/product_edit.h"
#include "web/web.h"

/* Forms whose fields are those of a record of the document (app/product_doc.def): the same rows read them and show them.  A row of a
 * list has its fields as `prices.0.price`.  Buttons of lists: `drop` = "prices.3" takes a row away, `add` = "prices" asks for one more
 * after saving. */
struct doc_form {
	const struct doc_record *of;
	void *row;
	const char *at;			/* where the row lies in the document: "plans.2.", or "" */
	const char *const *fields;	/* the names, NULL at the end */
};

/* What was sent, into the row: values and whole lists.  What cannot be read stands in w->errors. */
void doc_form_take(struct web *w, const struct doc_form *f);
/* The document's problems that this form can mend, at its fields; missing ones only when asked for. */
void doc_form_refuse(struct web *w, const struct doc_form *f, const struct doc_problems *p);

/* The fields of the row itself that are no lists. */
const struct view_field *doc_form_fields(struct web *w, const struct doc_form *f, size_t *n);
/* Its lists, each row with its fields, and empty rows to be filled in. */
const struct view_edit_list *doc_form_lists(struct web *w, const struct doc_form *f, size_t *n);
#endif
