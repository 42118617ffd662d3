#ifndef APP_VOUCHER_ISSUE_H
#define APP_VOUCHER_ISSUE_H
#include "app/voucher.h"

/* Issuing vouchers and cards to organisations (ORD-16): one by a form, many by a CSV text, all or none. */

/* The columns of a line, in the order of the CSV text. */
enum voucher_column {
	VOUCHER_ORG, VOUCHER_KIND, VOUCHER_FACE, VOUCHER_MINIMUM, VOUCHER_SCOPE, VOUCHER_FROM, VOUCHER_TO, VOUCHER_REUSABLE, VOUCHER_NOTE, VOUCHER_COLUMNS,
};
extern const char *const voucher_column_names[VOUCHER_COLUMNS];
struct voucher_line {
	size_t line, fields;			/* in the text, from 1; how many it has */
	const char *text[VOUCHER_COLUMNS];	/* as typed */
};
struct voucher_bad { size_t line; enum voucher_column column; const char *error; };	/* error: a message key */
enum { VOUCHER_LINES_MAX = 500 };
struct voucher_batch {
	struct voucher_line line[VOUCHER_LINES_MAX];
	struct q_voucher_insert_in row[VOUCHER_LINES_MAX];
	struct voucher_bad bad[VOUCHER_LINES_MAX + 1];	/* and that there are too many */
	size_t n, bad_n;
};

/* The lines of a CSV text; one that begins with the names of the columns is passed over. */
void voucher_read(struct arena *a, const char *csv, struct voucher_batch *b);
/* What each line means: every bad one is named with what is wrong first.  bad_n 0: ready to be issued. */
MUST_USE enum rc voucher_check(struct cx *cx, struct voucher_batch *b);
/* Issues all lines of a batch that was checked. */
MUST_USE enum rc voucher_issue(struct cx *cx, struct voucher_batch *b, struct outcome *out);
#endif
