#include "app/bank_file.h"

#include <assert.h>

#include "app/bank_entry.h"
#include "base/id.h"
#include "base/out.h"
#include "base/str.h"
#include "crypto/hash.h"

enum { RAW_MAX = 4 << 20, TRANSACTION_ID_MAX = 64 };

const char *bank_transaction_id(struct arena *a, const char *account, const char *reference)
{
	char *text = arena_printf(a, "%s/%s", account, reference);
	bool plain = strlen(text) <= TRANSACTION_ID_MAX;

	for (const char *s = text; *s; s++)
		plain &= *s > ' ' && *s <= '~';
	return plain ? text : hash_sha256_hex(text, strlen(text), arena_alloc(a, 2 * SHA256_SIZE + 1));
}

/* -- the document -------------------------------------------------------------------------------------------------- */

static enum rc keep(struct work *w, struct bank_document *d, struct bytes hash)
{
	uint64_t n, id = id_new(w->cx->now);
	struct q_bank_file_insert_in in = {
		.id = id, .bank = d->bank, .message_id = d->message_id, .kind = d->kind, .source = d->source, .hash = hash, .entries = d->entries,
		.made_at = d->made_at, .now = w->cx->now, .loaded_at = d->entries ? (struct instant){ 0 } : w->cx->now,
		.raw = d->body.n <= RAW_MAX ? d->body : (struct bytes){ 0 },
	};

	TRY(q_bank_file_insert(w->tx, &in, &n));
	work_audit(w, (struct event){ .kind = OBJECT_STATEMENT, .object = id, .name = "take", .why = d->message_id });
	d->id = id;
	d->loaded = d->known = 0;
	d->again = false;
	return RC_OK;
}

static enum rc open_file(struct work *w, void *arg)
{
	struct bank_document *d = arg;
	unsigned char hash[SHA256_SIZE];
	struct q_bank_file_by_message f;

	hash_sha256(d->body.p, d->body.n, hash);
	enum rc rc = q_bank_file_by_message(tx_db(w->tx), w->cx->a, &(struct q_bank_file_by_message_in){ d->bank, d->message_id }, &f);
	if (rc == RC_NOT_FOUND)
		rc = keep(w, d, (struct bytes){ hash, sizeof hash });
	else if (rc == RC_OK && (f.hash.n != sizeof hash || memcmp(f.hash.p, hash, sizeof hash)))
		return RC_CONFLICT;
	else if (rc == RC_OK)
		*d = (struct bank_document){
			.bank = d->bank, .kind = d->kind, .source = d->source, .message_id = d->message_id, .made_at = d->made_at, .body = d->body,
			.entries = d->entries, .id = f.id, .loaded = f.loaded, .known = f.known, .again = true,
		};
	return rc == RC_DUPLICATE ? work_again(w) : rc;	/* two at once: the second finds it */
}

enum rc bank_file_open(struct cx *cx, struct bank_document *d) { return work_as_channel(cx, CHANNEL_B2B, open_file, d); }

/* -- its entries --------------------------------------------------------------------------------------------------- */

struct adding {
	struct bank_document *d;
	uint64_t from;
	struct q_bank_entry_insert_in *rows;
	size_t n;
};

static const char *references(struct arena *a, const struct q_bank_entry_insert_in *rows, size_t n)
{
	struct out o = { 0 };

	for (size_t i = 0; i < n; i++) {
		out_str(&o, i ? ",[" : "[[");
		out_json(&o, rows[i].account);
		out_lit(&o, ",");
		out_json(&o, rows[i].reference);
		out_lit(&o, "]");
	}
	out_lit(&o, "]");
	const char *text = arena_dup(a, o.p, o.n);
	out_free(&o);
	return text;
}

static bool same_entry(const char *account, const char *reference, const struct q_bank_entry_insert_in *b)
{
	return str_eq(account, b->account) && str_eq(reference, b->reference);
}

/* Is it among those that stand there, or told before in this step?  What now tells another amount is for a person (MON-9). */
static enum rc stands(struct work *w, const struct q_bank_entry_known *old, size_t old_n, const struct q_bank_entry_insert_in *fresh, size_t fresh_n,
		      const struct q_bank_entry_insert_in *e, bool *there)
{
	*there = false;
	for (size_t i = 0; i < fresh_n && !*there; i++)
		*there = same_entry(fresh[i].account, fresh[i].reference, e);
	for (size_t i = 0; i < old_n && !*there; i++) {
		*there = same_entry(old[i].account, old[i].reference, e);
		if (*there && (old[i].amount.fen != e->amount.fen || old[i].direction != e->direction || !str_eq(old[i].currency, e->currency)))
			return bank_entry_differs(w, e);
	}
	return RC_OK;
}

static enum rc add(struct work *w, void *arg)
{
	struct adding *x = arg;
	struct q_bank_entry_insert_in *fresh = ARENA_ARRAY(w->cx->a, struct q_bank_entry_insert_in, x->n);
	struct q_bank_entry_known *old;
	struct q_bank_file_lock *f;
	size_t n, fresh_n = 0;
	uint64_t changed;

	TRY(q_bank_file_lock(w->tx, w->cx->a, &(struct q_bank_file_lock_in){ x->d->id }, &f, &n));
	if (!n || f->loaded > x->from)
		return n ? RC_OK : RC_NOT_FOUND;	/* another process stored this step */
	TRY(q_bank_entry_known(tx_db(w->tx), w->cx->a, &(struct q_bank_entry_known_in){ references(w->cx->a, x->rows, x->n) }, &old, &n));
	for (size_t i = 0; i < x->n; i++) {
		bool there;
		TRY(stands(w, old, n, fresh, fresh_n, &x->rows[i], &there));
		if (there)
			continue;
		fresh[fresh_n] = x->rows[i];
		fresh[fresh_n].id = id_new(w->cx->now);
		fresh[fresh_n].file = x->d->id;
		fresh[fresh_n++].transaction_id = bank_transaction_id(w->cx->a, x->rows[i].account, x->rows[i].reference);
	}
	if (fresh_n) {
		enum rc rc = q_bank_entry_insert(w->tx, fresh, fresh_n);
		TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* another document told one of them just now */
	}
	struct q_bank_file_loaded_in in = { .id = x->d->id, .loaded = x->from + x->n, .known = f->known + x->n - fresh_n };
	if (in.loaded == f->entries)
		in.loaded_at = w->cx->now;
	x->d->loaded = in.loaded;
	x->d->known = in.known;
	return q_bank_file_loaded(w->tx, &in, &changed);
}

enum rc bank_file_add(struct cx *cx, struct bank_document *d, uint64_t from, struct q_bank_entry_insert_in *rows, size_t n)
{
	struct adding x = { d, from, rows, n };

	assert(n && n <= BANK_STEP);
	return work_as_channel(cx, CHANNEL_B2B, add, &x);
}
