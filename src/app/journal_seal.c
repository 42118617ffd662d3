#include "app/journal_seal.h"

#include "base/id.h"
#include "base/time.h"
#include "q_journal_seal.h"

enum { PIECE = 500, LIST = 100 };
/* Entries stand in order of their ids, but transactions end in any order: one that takes longer than this is refused by the store. */
#define SEAL_WAIT_US (10 * MINUTE_US)

struct piece {
	struct q_journal_piece *journals;
	struct q_posting_piece *postings;
	size_t journals_n, postings_n;
};

static void put_piece(struct out *o, const struct piece *p)
{
	chain_num(o, p->journals_n);
	for (const struct q_journal_piece *j = p->journals; j < p->journals + p->journals_n; j++) {
		chain_num(o, j->id);
		chain_text(o, enum_name(&journal_kind_enum, (int)j->kind));
		chain_num(o, j->org_id);
		chain_num(o, j->order_id);
		chain_num(o, j->payment_id);
		chain_text(o, j->number);
		chain_num(o, (uint64_t)j->booked_at.us);
	}
	for (const struct q_posting_piece *q = p->postings; q < p->postings + p->postings_n; q++) {
		chain_num(o, q->journal_id);
		chain_num(o, q->line);
		chain_num(o, q->owner);
		chain_text(o, enum_name(&account_kind_enum, (int)q->kind));
		chain_num(o, q->shard);
		chain_num(o, (uint64_t)q->amount.fen);
		chain_num(o, q->place);
		chain_num(o, q->known);
		chain_num(o, (uint64_t)q->balance.fen);
	}
}

static void link_piece(struct chain *c, struct date day, const struct piece *p)
{
	struct out o = { 0 };

	chain_num(&o, (uint64_t)day.days);
	put_piece(&o, p);
	chain_add(c, &o);
	out_free(&o);
}

/* Also postings whose journal entry is gone. */
static enum rc read_postings(struct cx *cx, struct db *db, uint64_t after, uint64_t upto, struct piece *p)
{
	return q_posting_piece(db, cx->a, &(struct q_posting_piece_in){ after, upto }, &p->postings, &p->postings_n);
}

static enum rc last_seal(struct cx *cx, struct db *db, struct journal_mark *last)
{
	struct q_journal_seal_last *rows;
	size_t n;

	*last = (struct journal_mark){ 0 };
	TRY(q_journal_seal_last(db, cx->a, &rows, &n));
	if (n)
		*last = (struct journal_mark){ rows->seq, rows->last_id, chain_of(rows->hash) };
	return RC_OK;
}

/* Business time may be moved forward for a trial and back again: what has a time that is yet to come is not sealed. */
static uint64_t old_enough(const struct cx *cx)
{
	struct instant real = clock_real();

	return id_floor(instant_add(real.us < cx->now.us ? real : cx->now, -SEAL_WAIT_US));
}

struct sealing { struct cx *cx; bool more; };

/* The seal before is read in the same transaction; two sealers would collide on seq, and one runs again. */
static enum rc seal(struct tx *tx, void *arg)
{
	struct sealing *s = arg;
	struct cx *cx = s->cx;
	struct db *db = tx_db(tx);
	struct journal_mark last;
	struct piece p;
	size_t found, n = 0;

	s->more = false;
	TRY(last_seal(cx, db, &last));
	TRY(q_journal_piece(db, cx->a, &(struct q_journal_piece_in){ last.last_id, old_enough(cx), PIECE }, &p.journals, &found));
	if (!found)
		return RC_OK;
	struct date day = date_of(id_instant(p.journals->id));
	while (n < found && date_of(id_instant(p.journals[n].id)).days == day.days)
		n++;
	p.journals_n = n;
	uint64_t upto = p.journals[n - 1].id;
	TRY(read_postings(cx, db, last.last_id, upto, &p));
	link_piece(&last.chain, day, &p);
	s->more = found == PIECE || n < found;
	struct q_journal_seal_insert_in in = {
		.seq = last.seq + 1, .day = day, .last_id = upto, .journals = n, .postings = p.postings_n, .now = cx->now, .hash = chain_bytes(cx->a, &last.chain),
	};
	return q_journal_seal_insert(tx, &in, NULL);
}

enum rc journal_seal(struct cx *cx, bool *more)
{
	struct sealing s = { .cx = cx };
	enum rc rc = db_tx(cx->db, cx->a, seal, &s);

	*more = s.more;
	return rc == RC_DUPLICATE ? RC_OK : rc;
}

/* What follows is measured by the hash that stands in the seal, so that one wrong piece does not make all after it wrong. */
static enum rc verify(struct cx *cx, struct db *db, struct journal_mark *at, const struct q_journal_seal_list *s, bool *fits)
{
	struct piece p;

	TRY(q_journal_piece(db, cx->a, &(struct q_journal_piece_in){ at->last_id, s->last_id, PIECE + 1 }, &p.journals, &p.journals_n));
	TRY(read_postings(cx, db, at->last_id, s->last_id, &p));
	link_piece(&at->chain, s->day, &p);
	*fits = s->seq == at->seq + 1 && chain_is(&at->chain, s->hash);
	*at = (struct journal_mark){ s->seq, s->last_id, chain_of(s->hash) };
	return RC_OK;
}

enum rc journal_verify(struct cx *cx, struct db *db, struct journal_mark *at, struct journal_break *breaks, size_t *n)
{
	struct q_journal_seal_list *seals;
	size_t count = LIST, start = arena_mark(cx->a);
	bool fits;

	*n = 0;
	while (count == LIST) {
		arena_release(cx->a, start);
		TRY(q_journal_seal_list(db, cx->a, &(struct q_journal_seal_list_in){ at->seq, LIST }, &seals, &count));
		size_t mark = arena_mark(cx->a);
		for (const struct q_journal_seal_list *s = seals; s < seals + count; s++) {
			struct journal_break b = { s->seq, at->last_id, s->last_id, s->day };
			TRY(verify(cx, db, at, s, &fits));
			if (!fits && (*n)++ < JOURNAL_BREAKS_MAX)
				breaks[*n - 1] = b;
			arena_release(cx->a, mark);
		}
	}
	arena_release(cx->a, start);
	return RC_OK;
}
