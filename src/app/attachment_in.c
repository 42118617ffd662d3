/* Files that come in (DEL-12): piece by piece, in bounded memory. */
#include "app/attachment.h"
#include "app/attachment_scan.h"
#include "base/id.h"
#include "base/time.h"
#include "crypto/hash.h"

enum { COMING_HOURS = 1, DRAFT_HOURS = 24 };

struct attachment_in {
	struct cx *cx;
	const char *name;
	struct attachment_out stored;	/* its p and n: the piece at hand, not yet stored */
	uint64_t size;
	struct hash_sum hash;
	struct attachment_scan scan;
};

static enum rc insert(struct tx *tx, void *arg)
{
	uint64_t n;

	return q_attachment_insert(tx, arg, &n);
}

static enum rc insert_piece(struct tx *tx, void *arg)
{
	uint64_t n;

	return q_attachment_piece_insert(tx, arg, &n);
}

static enum rc taken(struct tx *tx, void *arg)
{
	uint64_t n;

	return q_attachment_taken(tx, arg, &n);
}

enum rc attachment_begin(struct cx *cx, const char *sent_name, struct attachment_in **out)
{
	struct attachment_in *in = ARENA_NEW(cx->a, struct attachment_in);
	struct q_attachment_insert_in row = {
		.id = id_new(cx->now), .person = cx->actor.person, .org = cx->actor.org, .name = file_name_safe(cx->a, sent_name), .now = cx->now,
		.expires = instant_add(cx->now, COMING_HOURS * HOUR_US),
	};
	struct q_attachment_waiting waiting;

	TRY(q_attachment_waiting(cx->db, cx->a, &(struct q_attachment_waiting_in){ row.person, cx->now }, &waiting));
	if (waiting.n >= ATTACHMENT_DRAFTS_MAX)
		return RC_TOO_MANY;
	TRY(db_tx(cx->db, cx->a, insert, &row));
	*in = (struct attachment_in){ .cx = cx, .name = row.name, .stored = { cx, row.id, 0, arena_alloc(cx->a, ATTACHMENT_PIECE), 0 } };
	hash_begin(&in->hash);
	attachment_scan_begin(&in->scan, cx->conf);
	*out = in;
	return RC_OK;
}

static enum rc store(struct attachment_in *in)
{
	struct attachment_out *at = &in->stored;
	struct q_attachment_piece_insert_in row = { at->id, at->nth, { (char *)at->p, at->n } };
	struct cx *cx = in->cx;

	hash_add(&in->hash, at->p, at->n);
	attachment_scan_add(&in->scan, at->p, at->n);
	size_t mark = arena_mark(cx->a);
	enum rc rc = db_tx(cx->db, cx->a, insert_piece, &row);
	arena_release(cx->a, mark);
	return rc;
}

/* What is more than it may be is counted, and not kept. */
enum rc attachment_add(struct attachment_in *in, const void *p, size_t n)
{
	struct attachment_out *at = &in->stored;

	in->size += n;
	if (in->size > ATTACHMENT_BYTES_MAX)
		return RC_OK;
	for (const char *from = p; n;) {
		if (at->n == ATTACHMENT_PIECE) {
			TRY(store(in));
			at->nth++;
			at->n = 0;
		}
		size_t some = n < ATTACHMENT_PIECE - at->n ? n : ATTACHMENT_PIECE - at->n;
		memcpy(at->p + at->n, from, some);
		at->n += some;
		from += some;
		n -= some;
	}
	return RC_OK;
}

void attachment_drop(struct attachment_in *in) { (void)attachment_scan_end(&in->scan); }

static enum rc look(struct attachment_in *in, struct q_attachment_taken_in *row, enum file_problem *problem)
{
	struct file_source source = { .size = in->size, .piece = attachment_piece, .from = &in->stored };

	*problem = file_look(&source, in->cx->a, &row->type);
	if (!*problem && !(row->name = file_name_as(in->cx->a, in->name, row->type)))
		*problem = FILE_ENDING;
	return source.rc;
}

enum rc attachment_end(struct attachment_in *in, struct attachment_taken *out)
{
	struct q_attachment_taken_in row = { .id = in->stored.id, .size = in->size, .hash = { (char *)out->hash, sizeof out->hash } };
	struct cx *cx = in->cx;
	enum rc rc = in->stored.n && in->size <= ATTACHMENT_BYTES_MAX ? store(in) : RC_OK;
	enum file_problem scanned = attachment_scan_end(&in->scan);

	TRY(rc);
	*out = (struct attachment_taken){ .problem = in->size > ATTACHMENT_BYTES_MAX ? FILE_TOO_BIG : scanned };
	hash_end(&in->hash, out->hash);
	if (!out->problem)
		TRY(look(in, &row, &out->problem));
	if (out->problem)
		return RC_OK;
	out->id = row.id;
	row.expires = instant_add(cx->now, DRAFT_HOURS * HOUR_US);
	return db_tx(cx->db, cx->a, taken, &row);
}
