#include "web/export.h"

#include "base/csv.h"
#include "base/str.h"
#include "paper/sheet.h"

#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

struct export {
	struct cx cx;			/* the request's is gone by then */
	struct export_of of;
	struct out *csv;		/* the piece that is being made */
	struct sheet *sheet;
	size_t rows;
	bool xlsx, begun, ended, filled;	/* filled: the row has a cell */
};

/* -- cells --------------------------------------------------------------------------------------------------------- */

#define CELL(x, in_sheet, in_csv) do { \
	if ((x)->sheet) \
		in_sheet; \
	else \
		in_csv; \
	(x)->filled = true; \
} while (0)

void export_text(struct export *x, const char *s) { s = s ? s : ""; CELL(x, sheet_text(x->sheet, s), csv_field(x->csv, !x->filled, s)); }
void export_digits(struct export *x, const char *s) { CELL(x, sheet_text(x->sheet, s ? s : ""), csv_digits(x->csv, !x->filled, s)); }
void export_money(struct export *x, struct money m) { CELL(x, sheet_money(x->sheet, m), csv_money(x->csv, !x->filled, m)); }
void export_instant(struct export *x, struct instant t) { CELL(x, sheet_instant(x->sheet, t), csv_instant(x->csv, !x->filled, t)); }
void export_i64(struct export *x, int64_t n) { CELL(x, sheet_i64(x->sheet, n), csv_i64(x->csv, !x->filled, n)); }

void export_row(struct export *x)
{
	if (x->sheet)
		sheet_row(x->sheet);
	else
		csv_end(x->csv);
	x->filled = false;
	x->rows++;
}

/* -- the file ------------------------------------------------------------------------------------------------------ */

static void begin(struct export *x)
{
	const char **heads = ARENA_ARRAY(x->cx.a, const char *, x->of.columns_n);

	x->begun = true;
	for (size_t i = 0; i < x->of.columns_n; i++)
		heads[i] = msg_text(x->cx.lang, x->of.columns[i]);
	if (x->xlsx) {
		x->sheet = sheet_begin(heads, x->of.columns_n);
		return;
	}
	csv_begin(x->csv);
	for (size_t i = 0; i < x->of.columns_n; i++)
		csv_field(x->csv, !i, heads[i]);
	csv_end(x->csv);
}

static enum rc rows(struct export *x)
{
	bool more = false;

	TRY(x->of.piece(&x->cx, x->of.from, x, &more));
	x->ended = !more || x->rows >= x->of.max;
	if (more && x->ended) {
		export_text(x, MSG_FILL(x->cx.a, x->cx.lang, MSG_list_export_cut, { "n", arena_printf(x->cx.a, "%zu", x->rows) }));
		export_row(x);
	}
	return x->ended && x->sheet ? sheet_end(x->sheet) : RC_OK;
}

/* A workbook goes out when it has all its rows. */
static enum rc next(void *from, struct out *o, bool *last)
{
	struct export *x = from;

	x->csv = o;
	if (!x->begun)
		begin(x);
	if (x->ended)
		return sheet_read(x->sheet, o, last);
	TRY(rows(x));
	*last = x->ended && !x->sheet;
	return RC_OK;
}

static void done(void *from)
{
	struct export *x = from;

	sheet_free(x->sheet);
}

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && str_eq(s + n - k, end);
}

enum rc web_export(struct cx *cx, struct web *w, const struct export_of *of)
{
	struct export *x = ARENA_NEW(cx->a, struct export);

	*x = (struct export){ .cx = *cx, .of = *of, .xlsx = ends_in(w->req->path, ".xlsx") };
	TRY(web_stream(w, x->xlsx ? XLSX : "text/csv; charset=utf-8", arena_printf(cx->a, "%s.%s", of->name, x->xlsx ? "xlsx" : "csv"), next, x));
	w->ans->done = done;
	return RC_OK;
}

const struct view_exports *export_links(const struct web *w, const char *path, const char *name, const char *value)
{
	struct view_exports *e = ARENA_NEW(w->cx->a, struct view_exports);

	e->csv = list_href_of(w, arena_printf(w->cx->a, "%s.csv", path), name, value);
	e->xlsx = list_href_of(w, arena_printf(w->cx->a, "%s.xlsx", path), name, value);
	return e;
}
