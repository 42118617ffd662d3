#ifndef PAPER_SHEET_H
#define PAPER_SHEET_H
#include "base/out.h"
#include "base/rc.h"

/* A table as a workbook of one sheet (XLSX), written row by row from left to right and never held in memory: rows stand in files that have no
 * name, which are gone with the process.  A cell is a text or a number, never a formula.  The row of heads stays in sight. */
struct sheet;
struct sheet *sheet_begin(const char *const *heads, size_t n);
void sheet_text(struct sheet *s, const char *text);	/* "": empty */
void sheet_money(struct sheet *s, struct money m);	/* in yuan, with two digits; exact below 10 million million */
void sheet_instant(struct sheet *s, struct instant t);	/* in the platform's zone; empty for none */
void sheet_i64(struct sheet *s, int64_t n);
void sheet_row(struct sheet *s);			/* ends a row */
/* No row follows: the file is made.  RC_INTERNAL: it could not be. */
MUST_USE enum rc sheet_end(struct sheet *s);
/* The next piece of the file, after sheet_end(). */
MUST_USE enum rc sheet_read(struct sheet *s, struct out *o, bool *last);
/* At any time; NULL: nothing. */
void sheet_free(struct sheet *s);
#endif
