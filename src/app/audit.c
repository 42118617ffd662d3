#include "app/audit.h"

#include "app/chain.h"
#include "base/id.h"
#include "base/time.h"

enum { SEAL_BATCH = 500 };
/* Entries stand in order of their ids, but transactions end in any order: one that takes longer than this is refused by the store. */
#define SEAL_LOOK_BACK_US (10 * MINUTE_US)

/* The same for rows of both queries, whose entries have the same columns. */
#define PUT_ENTRY(o, e) do { \
	chain_num((o), (e)->id); chain_text((o), enum_name(&object_kind_enum, (int)(e)->object_kind)); chain_num((o), (e)->object_id); chain_num((o), (e)->org_id); \
	chain_text((o), (e)->event); chain_text((o), (e)->from_state); chain_text((o), (e)->to_state); chain_text((o), (e)->why); chain_text((o), (e)->details); \
	chain_num((o), (e)->actor_id); chain_num((o), (e)->actor_org); chain_text((o), (e)->actor_name); chain_text((o), (e)->address); chain_text((o), (e)->request_id); \
} while (0)

struct sealing {
	struct cx *cx;
	uint64_t from, next;
	size_t sealed;
};

static enum rc last_seal(struct cx *cx, struct db *db, struct q_audit_seal_last *last, struct chain *chain)
{
	struct q_audit_seal_last *rows;
	size_t n;

	*last = (struct q_audit_seal_last){ 0 };
	*chain = (struct chain){ 0 };
	TRY(q_audit_seal_last(db, cx->a, &rows, &n));
	if (n) {
		*last = *rows;
		*chain = chain_of(rows->hash);
	}
	return RC_OK;
}

/* However long nothing was sealed: from a while before the last entry that was. */
static uint64_t look_back(const struct q_audit_seal_last *last)
{
	return last->seq ? id_floor(instant_add(id_instant(last->entry_id), -SEAL_LOOK_BACK_US)) : 0;
}

/* The hash of the seal before is read in the same transaction; two sealers would collide on seq, and one runs again. */
static enum rc seal(struct tx *tx, void *arg)
{
	struct sealing *s = arg;
	struct cx *cx = s->cx;
	struct q_audit_unsealed *rows;
	struct q_audit_seal_last last;
	struct chain chain;
	struct out entry = { 0 };

	TRY(last_seal(cx, tx_db(tx), &last, &chain));
	struct q_audit_unsealed_in in = { .from_id = s->from ? s->from : look_back(&last), .limit = SEAL_BATCH };
	TRY(q_audit_unsealed(tx_db(tx), cx->a, &in, &rows, &s->sealed));
	struct q_audit_seal_insert_in *seals = ARENA_ARRAY(cx->a, struct q_audit_seal_insert_in, s->sealed + 1);
	for (size_t i = 0; i < s->sealed; i++) {
		out_reset(&entry);
		PUT_ENTRY(&entry, &rows[i]);
		chain_add(&chain, &entry);
		seals[i] = (struct q_audit_seal_insert_in){ last.seq + i + 1, rows[i].id, chain_bytes(cx->a, &chain) };
		s->next = rows[i].id + 1;
	}
	out_free(&entry);
	return s->sealed ? q_audit_seal_insert(tx, seals, s->sealed) : RC_OK;
}

enum rc audit_seal(struct cx *cx, uint64_t *from, bool *more)
{
	struct sealing s = { .cx = cx, .from = *from, .next = *from };
	enum rc rc = db_tx(cx->db, cx->a, seal, &s);

	*more = s.sealed == SEAL_BATCH;
	if (rc == RC_OK)
		*from = s.next;
	return rc == RC_DUPLICATE ? RC_OK : rc;
}

enum rc audit_verify(struct cx *cx, struct db *db, struct audit_mark *at, uint64_t *broken)
{
	struct chain chain = at->chain;
	struct q_audit_sealed *rows;
	struct out entry = { 0 };
	size_t n = SEAL_BATCH, mark = arena_mark(cx->a);

	*broken = 0;
	while (n == SEAL_BATCH && !*broken) {
		arena_release(cx->a, mark);
		TRY(q_audit_sealed(db, cx->a, &(struct q_audit_sealed_in){ .after_seq = at->seq, .limit = SEAL_BATCH }, &rows, &n));
		for (size_t i = 0; i < n && !*broken; i++) {
			out_reset(&entry);
			PUT_ENTRY(&entry, &rows[i]);
			chain_add(&chain, &entry);
			if (rows[i].seq != ++at->seq || !chain_is(&chain, rows[i].hash))
				*broken = at->seq;
		}
	}
	at->chain = chain;
	out_free(&entry);
	return RC_OK;
}
