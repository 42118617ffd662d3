#include "app/audit.h"

#include "base/id.h"
#include "base/out.h"
#include "base/time.h"
#include "crypto/hash.h"

enum { SEAL_BATCH = 500 };
/* Entries stand in order of their ids, but transactions end in any order: one that takes longer than this is refused by the store. */
#define SEAL_LOOK_BACK_US (10 * MINUTE_US)

/* An entry as one text in which no two entries look the same: every field behind its length. */
static void put_text(struct out *o, const char *s)
{
	out_printf(o, "%zu:", s ? strlen(s) : 0);
	out_str(o, s ? s : "");
}

static void put_num(struct out *o, uint64_t v) { out_printf(o, "%llu,", (unsigned long long)v); }

/* The same for rows of both queries, whose entries have the same columns. */
#define PUT_ENTRY(o, e) do { \
	put_num((o), (e)->id); put_text((o), enum_name(&object_kind_enum, (int)(e)->object_kind)); put_num((o), (e)->object_id); put_num((o), (e)->org_id); \
	put_text((o), (e)->event); put_text((o), (e)->from_state); put_text((o), (e)->to_state); put_text((o), (e)->why); put_text((o), (e)->details); \
	put_num((o), (e)->actor_id); put_num((o), (e)->actor_org); put_text((o), (e)->actor_name); put_text((o), (e)->address); put_text((o), (e)->request_id); \
} while (0)

static void chain(unsigned char hash[SHA256_SIZE], const struct out *entry)
{
	struct out o = { 0 };

	out_bytes(&o, (const char *)hash, SHA256_SIZE);
	out_bytes(&o, entry->p, entry->n);
	hash_sha256(o.p, o.n, hash);
	out_free(&o);
}

struct sealing {
	struct cx *cx;
	uint64_t from, next;
	size_t sealed;
};

static enum rc last_seal(struct cx *cx, struct db *db, struct q_audit_seal_last *last, unsigned char hash[SHA256_SIZE])
{
	struct q_audit_seal_last *rows;
	size_t n;

	*last = (struct q_audit_seal_last){ 0 };
	memset(hash, 0, SHA256_SIZE);
	TRY(q_audit_seal_last(db, cx->a, &rows, &n));
	if (n) {
		*last = *rows;
		memcpy(hash, rows->hash.p, SHA256_SIZE);
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
	unsigned char hash[SHA256_SIZE];
	struct out entry = { 0 };

	TRY(last_seal(cx, tx_db(tx), &last, hash));
	struct q_audit_unsealed_in in = { .from_id = s->from ? s->from : look_back(&last), .limit = SEAL_BATCH };
	TRY(q_audit_unsealed(tx_db(tx), cx->a, &in, &rows, &s->sealed));
	struct q_audit_seal_insert_in *seals = ARENA_ARRAY(cx->a, struct q_audit_seal_insert_in, s->sealed + 1);
	for (size_t i = 0; i < s->sealed; i++) {
		out_reset(&entry);
		PUT_ENTRY(&entry, &rows[i]);
		chain(hash, &entry);
		seals[i] = (struct q_audit_seal_insert_in){ last.seq + i + 1, rows[i].id, { arena_dup(cx->a, hash, SHA256_SIZE), SHA256_SIZE } };
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

enum rc audit_verify(struct cx *cx, uint64_t *total, uint64_t *broken)
{
	unsigned char hash[SHA256_SIZE] = { 0 };
	struct q_audit_sealed *rows;
	struct out entry = { 0 };
	size_t n = SEAL_BATCH, mark = arena_mark(cx->a);

	*total = *broken = 0;
	while (n == SEAL_BATCH && !*broken) {
		arena_release(cx->a, mark);
		TRY(q_audit_sealed(cx->db, cx->a, &(struct q_audit_sealed_in){ .after_seq = *total, .limit = SEAL_BATCH }, &rows, &n));
		for (size_t i = 0; i < n && !*broken; i++) {
			out_reset(&entry);
			PUT_ENTRY(&entry, &rows[i]);
			chain(hash, &entry);
			if (rows[i].seq != ++*total || memcmp(hash, rows[i].hash.p, SHA256_SIZE))
				*broken = *total;
		}
	}
	out_free(&entry);
	return RC_OK;
}
