#ifndef WEB_EXPORT_H
#define WEB_EXPORT_H
#include "web/list.h"

/* A list as a file (EXP-1): as text when the address ends in .csv, as a workbook when it ends in .xlsx.  It is made a piece at a time while it is sent, and
 * never held whole (EXP-2); no cell is a formula (EXP-3). */
struct export;
/* Cells from left to right, and the end of a row. */
void export_text(struct export *x, const char *s);	/* NULL: empty */
void export_digits(struct export *x, const char *s);	/* a number of many digits, which is a text; NULL: empty */
void export_money(struct export *x, struct money m);
void export_instant(struct export *x, struct instant t);
void export_i64(struct export *x, int64_t n);
void export_row(struct export *x);

struct export_of {
	const char *name;		/* of the file, without what it ends in */
	const enum msg *columns;	/* in the arena, or for ever */
	size_t columns_n;
	size_t max;			/* rows are so many, and those of the last piece; then one says that there are more */
	/* The next rows; *more: others follow.  cx is a copy of the request's, and `from` stands in its arena. */
	enum rc (*piece)(struct cx *cx, void *from, struct export *x, bool *more);
	void *from;
};
/* Ends a GET. */
MUST_USE enum rc web_export(struct cx *cx, struct web *w, const struct export_of *of);

/* The addresses of both files for the page's query, as list_href_of() makes them; `path` without what they end in. */
const struct view_exports *export_links(const struct web *w, const char *path, const char *name, const char *value);
#endif
