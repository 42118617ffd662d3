#include "app/attachment.h"

enum rc attachment_piece(void *arg, uint64_t at, const uint8_t **p, size_t *n)
{
	struct attachment_out *out = arg;
	uint64_t nth = at / ATTACHMENT_PIECE;
	size_t from = (size_t)(at % ATTACHMENT_PIECE);

	if (nth != out->nth || !out->n) {
		struct cx *cx = out->cx;
		struct q_attachment_piece row;
		size_t mark = arena_mark(cx->a);
		out->n = 0;
		TRY(q_attachment_piece(cx->db, cx->a, &(struct q_attachment_piece_in){ out->id, nth }, &row));
		if (row.bytes.n > ATTACHMENT_PIECE)
			return RC_INTERNAL;
		memcpy(out->p, row.bytes.p, row.bytes.n);
		out->n = row.bytes.n;
		out->nth = nth;
		arena_release(cx->a, mark);
	}
	if (from >= out->n)
		return RC_INTERNAL;
	*p = out->p + from;
	*n = out->n - from;
	return RC_OK;
}

enum rc attachment_keep(struct work *w, const struct attachment_of *of, const uint64_t *drafts, size_t n)
{
	const struct actor *by = &w->cx->actor;
	uint64_t changed;

	for (size_t i = 0; i < n; i++) {
		struct q_attachment_keep_in in = {
			.id = drafts[i], .person = by->person, .org = by->org, .kind = of->kind, .owner = of->id, .thread = of->delivery,
			.buyer = of->buyer, .provider = of->provider, .now = w->cx->now,
		};
		TRY(q_attachment_keep(w->tx, &in, &changed));
		if (!changed)
			return RC_NOT_FOUND;
	}
	return RC_OK;
}

struct dropping { uint64_t id, n; struct instant now; };

static enum rc drop(struct tx *tx, void *arg)
{
	struct dropping *d = arg;

	return q_attachment_drop(tx, &(struct q_attachment_drop_in){ d->id, d->now }, &d->n);
}

static enum rc drop_pieces(struct tx *tx, void *arg)
{
	struct dropping *d = arg;

	return q_attachment_piece_delete(tx, &(struct q_attachment_piece_delete_in){ d->id }, &d->n);
}

static enum rc drop_row(struct tx *tx, void *arg)
{
	struct dropping *d = arg;

	return q_attachment_delete(tx, &(struct q_attachment_delete_in){ d->id, d->now }, &d->n);
}

enum rc attachment_sweep(struct cx *cx, bool *more)
{
	struct q_attachment_due *rows;
	size_t n;

	TRY(q_attachment_due(cx->db, cx->a, &(struct q_attachment_due_in){ cx->now }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct dropping d = { .id = rows[i].id, .now = cx->now };
		TRY(db_tx(cx->db, cx->a, drop, &d));
		do
			TRY(db_tx(cx->db, cx->a, drop_pieces, &d));
		while (d.n);
		TRY(db_tx(cx->db, cx->a, drop_row, &d));
	}
	*more = n > 0;
	return RC_OK;
}
