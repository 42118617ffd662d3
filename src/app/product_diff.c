/* The difference of two documents, field by field: rows of a list are known by their keys, wherever they stand. */
#include "app/product_doc.h"
#include "base/str.h"

enum { CHANGES_FIRST = 32 };
struct diff {
	struct arena *a;
	struct doc_change *c;
	size_t n, room;
};

static void add(struct diff *d, struct doc_change c)
{
	if (d->n == d->room) {
		size_t room = d->room ? 2 * d->room : CHANGES_FIRST;
		struct doc_change *more = ARENA_ARRAY(d->a, struct doc_change, room);
		if (d->n)
			memcpy(more, d->c, d->n * sizeof *more);
		d->c = more;
		d->room = room;
	}
	d->c[d->n++] = c;
}

static const char *text_or_empty(const struct doc_field *f, const void *row)
{
	return row ? doc_text(f, row) : "";
}

static bool same_value(const struct doc_field *f, const void *a, const void *b)
{
	if (doc_is_text(f))
		return str_eq(text_or_empty(f, a), text_or_empty(f, b));
	return (a ? doc_number(f, a) : 0) == (b ? doc_number(f, b) : 0);
}

static bool same_keys(const struct doc_record *r, const void *a, const void *b)
{
	for (size_t i = 0; i < r->keys; i++)
		if (!same_value(&r->fields[i], a, b))
			return false;
	return true;
}

struct rows { const char *p; size_t n; };
static struct rows rows_of(const struct doc_field *f, const void *row)
{
	struct rows r = { 0 };

	if (row)
		r.p = doc_rows(f, row, &r.n);
	return r;
}

static const void *row_like(const struct doc_record *r, struct rows in, const void *row)
{
	for (size_t i = 0; i < in.n; i++)
		if (same_keys(r, in.p + i * r->size, row))
			return in.p + i * r->size;
	return NULL;
}

/* Do the rows that both have stand in the same order? */
static bool same_order(const struct doc_record *r, struct rows x, struct rows y)
{
	const char *last = NULL;

	for (size_t i = 0; i < x.n; i++) {
		const char *found = row_like(r, y, x.p + i * r->size);
		if (found && last && found < last)
			return false;
		last = found ? found : last;
	}
	return true;
}

static void diff_record(struct diff *d, const struct doc_record *r, const struct doc_in *in, const void *x, const void *y);

static void diff_row(struct diff *d, const struct doc_field *list, const struct doc_in *up, const void *x, const void *y)
{
	struct doc_in *in = ARENA_NEW(d->a, struct doc_in);

	*in = (struct doc_in){ list, y ? y : x, up };
	if (!x || !y)
		add(d, (struct doc_change){ CHANGE_ROW, list, in, x, y });
	diff_record(d, list->of(), in, x, y);
}

static void diff_list(struct diff *d, const struct doc_field *f, const struct doc_in *in, const void *x, const void *y)
{
	const struct doc_record *r = f->of();
	struct rows old = rows_of(f, x), new = rows_of(f, y);

	for (size_t i = 0; i < old.n; i++)
		if (!row_like(r, new, old.p + i * r->size))
			diff_row(d, f, in, old.p + i * r->size, NULL);
	for (size_t i = 0; i < new.n; i++)
		diff_row(d, f, in, row_like(r, old, new.p + i * r->size), new.p + i * r->size);
	if (!same_order(r, old, new))
		add(d, (struct doc_change){ CHANGE_ORDER, f, in, x, y });
}

static void diff_record(struct diff *d, const struct doc_record *r, const struct doc_in *in, const void *x, const void *y)
{
	for (size_t i = r->keys; i < r->n; i++) {
		const struct doc_field *f = &r->fields[i];
		if (f->type == DOC_LIST)
			diff_list(d, f, in, x, y);
		else if (!same_value(f, x, y))
			add(d, (struct doc_change){ CHANGE_VALUE, f, in, x, y });
	}
}

size_t doc_diff(struct arena *a, const struct doc_product *before, const struct doc_product *after, struct doc_change **changes)
{
	struct diff d = { .a = a };

	diff_record(&d, doc_product(), NULL, before, after);
	*changes = d.c;
	return d.n;
}
