#include "paper/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#include "base/time.h"

enum { WIDTH = 20, PIECE = 64 << 10, PATH_TEXT = 32 };

struct sheet {
	FILE *file;
	lxw_workbook *book;
	lxw_worksheet *rows;
	lxw_format *money, *instant;
	lxw_error error;		/* the first */
	lxw_row_t row;
	lxw_col_t column;
};

/* The library opens its file by a name; this one has none other. */
static lxw_workbook *book_on(FILE *file)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	char path[PATH_TEXT];

	if (!file)
		return NULL;
	snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
	return workbook_new_opt(path, &options);
}

static void note(struct sheet *s, lxw_error e)
{
	if (!s->error)
		s->error = e;
}

static lxw_format *format_of(struct sheet *s, const char *pattern)
{
	lxw_format *f = workbook_add_format(s->book);

	format_set_num_format(f, pattern);
	return f;
}

struct sheet *sheet_begin(const char *const *heads, size_t n)
{
	struct sheet *s = calloc(1, sizeof *s);

	if (!s)
		abort();
	s->file = tmpfile();
	s->book = book_on(s->file);
	if (!s->book) {
		s->error = LXW_ERROR_CREATING_TMPFILE;
		return s;
	}
	s->rows = workbook_add_worksheet(s->book, NULL);
	s->money = format_of(s, "0.00");
	s->instant = format_of(s, "yyyy-mm-dd hh:mm:ss");
	note(s, worksheet_set_column(s->rows, 0, (lxw_col_t)(n - 1), WIDTH, NULL));
	worksheet_freeze_panes(s->rows, 1, 0);
	lxw_format *bold = workbook_add_format(s->book);
	format_set_bold(bold);
	for (size_t i = 0; i < n; i++)
		note(s, worksheet_write_string(s->rows, 0, (lxw_col_t)i, heads[i], bold));
	s->row = 1;
	return s;
}

void sheet_text(struct sheet *s, const char *text)
{
	lxw_col_t column = s->column++;

	if (s->book && *text)
		note(s, worksheet_write_string(s->rows, s->row, column, text, NULL));
}

static void put_number(struct sheet *s, double v, lxw_format *format)
{
	lxw_col_t column = s->column++;

	if (s->book)
		note(s, worksheet_write_number(s->rows, s->row, column, v, format));
}

void sheet_money(struct sheet *s, struct money m) { put_number(s, (double)m.fen / 100, s->money); }
void sheet_i64(struct sheet *s, int64_t n) { put_number(s, (double)n, NULL); }

void sheet_instant(struct sheet *s, struct instant t)
{
	struct civil c = civil_of(t);
	lxw_datetime at = { c.year, c.month, c.day, c.hour, c.minute, c.second };
	lxw_col_t column = s->column++;

	if (s->book && t.us)
		note(s, worksheet_write_datetime(s->rows, s->row, column, &at, s->instant));
}

void sheet_row(struct sheet *s)
{
	s->row++;
	s->column = 0;
}

enum rc sheet_end(struct sheet *s)
{
	if (s->book)
		note(s, workbook_close(s->book));
	s->book = NULL;		/* closing has freed it */
	if (!s->error)
		rewind(s->file);
	return s->error ? RC_INTERNAL : RC_OK;
}

enum rc sheet_read(struct sheet *s, struct out *o, bool *last)
{
	char piece[PIECE];
	size_t n = fread(piece, 1, sizeof piece, s->file);

	out_bytes(o, piece, n);
	*last = n < sizeof piece;
	return ferror(s->file) ? RC_INTERNAL : RC_OK;
}

void sheet_free(struct sheet *s)
{
	if (!s)
		return;
	if (s->book)
		lxw_workbook_free(s->book);
	if (s->file)
		fclose(s->file);
	free(s);
}
