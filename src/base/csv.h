#ifndef BASE_CSV_H
#define BASE_CSV_H
#include "base/arena.h"
#include "base/money.h"
#include "base/out.h"
#include "base/time.h"

/* Tables as text (RFC 4180): fields between commas, in quotes where they hold a comma, a quote or a new line. */

/* Reads row after row: *line is the number of the line on which the row begins.  A mark of UTF-8 at the beginning and empty lines are passed over.
 *	struct csv r = { .at = text };
 *	while ((n = csv_row(&r, a, field, 3)))	n: how many fields the row has, also when these are more than max */
struct csv {
	const char *at;
	size_t line, next;	/* of the row; of what follows */
};
size_t csv_row(struct csv *r, struct arena *a, const char **field, size_t max);

/* A field, and a comma before it unless it is the first of its row.  What a spreadsheet would take for a formula gets a quote mark before it. */
void csv_field(struct out *o, bool first, const char *s);
/* An amount in yuan, an instant in the platform's zone ("" for none), a count. */
void csv_money(struct out *o, bool first, struct money m);
void csv_instant(struct out *o, bool first, struct instant t);
void csv_i64(struct out *o, bool first, int64_t n);
/* A number of many digits, which a spreadsheet would round: the tab behind them makes a text of them.  NULL or "": nothing. */
void csv_digits(struct out *o, bool first, const char *digits);
/* The mark by which spreadsheets know UTF-8, before everything else. */
static inline void csv_begin(struct out *o) { out_lit(o, "\xEF\xBB\xBF"); }
static inline void csv_end(struct out *o) { out_lit(o, "\r\n"); }
#endif
