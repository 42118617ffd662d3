#include "channel/bank_read.h"

#include "app/bank.h"
#include "app/bank_entry.h"
#include "app/bank_file.h"
#include "base/log.h"
#include "base/str.h"
#include "channel/camt.h"

/* As many characters of a text as its column takes; the document is kept whole. */
enum { TEXT_CHARS = 1000, NAME_CHARS = 140, NUMBER_CHARS = 35, ACCOUNT_CHARS = 34, HEARD_AT_ONCE = 20, TEXTS_MAX = 16 << 20, JOINED_MAX = 4096 };

static const char *cut(struct arena *a, const char *s, size_t chars)
{
	const char *end = s ? s : "";

	for (size_t n = 0; *end && n < chars; n++)
		for (end++; (*end & 0xc0) == 0x80; end++)
			;
	return s ? arena_dup(a, s, (size_t)(end - s)) : "";
}

struct reading {
	struct cx *cx;
	const char *ours;		/* the platform's account at that bank */
	struct bank_document d;
	const char *why;
	/* entries that wait to be stored: the first is the at-th */
	struct q_bank_entry_insert_in rows[BANK_STEP];
	size_t n;
	uint64_t at;
	struct arena texts;		/* of theirs: what the reader told is gone when it is told the next */
};

static bool booked(const struct camt_entry *e) { return e->status == CAMT_BOOKED; }

/* Before anything is stored: all of it is about our account there (a bank speaks for no other). */
static enum rc look(void *ctx, const struct camt_file *f, const struct camt_entry *e)
{
	struct reading *r = ctx;

	(void)f;
	if (!str_eq(e->account, r->ours)) {
		r->why = "an entry is about an account that is not ours at this bank";
		return RC_INVALID;
	}
	r->d.entries += booked(e);
	return RC_OK;
}

/* Without the half of a character that a cut may have left at the end. */
static const char *whole(struct arena *a, const char *s)
{
	size_t n = strlen(s);

	for (size_t tail = 0; tail < 4 && !str_utf8(s, n) && n; tail++)
		n--;
	return arena_dup(a, s, n);
}

/* All texts of the transactions of an entry, as several may be booked as one. */
static const char *joined(struct arena *a, const struct camt_entry *e, size_t member)
{
	char *all = arena_alloc(a, JOINED_MAX + 1);
	size_t n = 0;

	for (size_t i = 0; i < e->details_n && n < JOINED_MAX; i++) {
		const char *text;
		memcpy(&text, (const char *)&e->details[i] + member, sizeof text);
		if (text && n)
			all[n++] = '\n';
		size_t more = text ? strnlen(text, JOINED_MAX - n) : 0;
		memcpy(all + n, text ? text : "", more);
		n += more;
	}
	return whole(a, all);
}
#define JOINED(a, e, m) joined((a), (e), offsetof(struct camt_details, m))

static void fill(struct arena *a, const struct reading *r, const struct camt_entry *e, struct q_bank_entry_insert_in *row)
{
	static const struct camt_details none;
	const struct camt_details *d = e->details_n == 1 ? e->details : &none;
	const char *name = e->credit ? JOINED(a, e, debtor_name) : JOINED(a, e, creditor_name);
	const char *account = e->credit ? JOINED(a, e, debtor_account) : JOINED(a, e, creditor_account);
	const char *bank = e->credit ? JOINED(a, e, debtor_bank) : JOINED(a, e, creditor_bank);
	const char *more = e->details_n == 1 ? "" : arena_printf(a, "%s\n%s\n", JOINED(a, e, end_to_end), JOINED(a, e, structured));

	*row = (struct q_bank_entry_insert_in){
		.account = cut(a, e->account, ACCOUNT_CHARS), .reference = cut(a, e->reference, NUMBER_CHARS), .bank = r->d.bank,
		.direction = e->credit ? BANK_CREDIT : BANK_DEBIT, .reversal = e->reversal, .whole = e->amount.whole, .amount = e->amount.money,
		.amount_text = arena_strdup(a, e->amount.text), .currency = arena_strdup(a, e->amount.currency), .day = e->booked_on,
		.end_to_end = cut(a, d->end_to_end, NUMBER_CHARS), .structured = cut(a, d->structured, NUMBER_CHARS),
		.remittance = cut(a, arena_printf(a, "%s%s", more, JOINED(a, e, remittance)), TEXT_CHARS),
		.party_name = cut(a, name, NAME_CHARS), .party_account = cut(a, account, ACCOUNT_CHARS), .party_bank = cut(a, bank, NAME_CHARS),
	};
}

static enum rc store(struct reading *r)
{
	enum rc rc = r->n ? bank_file_add(r->cx, &r->d, r->at, r->rows, r->n) : RC_OK;

	r->at += r->n;
	r->n = 0;
	arena_release(&r->texts, 0);
	return rc;
}

static enum rc take(void *ctx, const struct camt_file *f, const struct camt_entry *e)
{
	struct reading *r = ctx;

	(void)f;
	if (!booked(e))
		return RC_OK;
	fill(&r->texts, r, e, &r->rows[r->n++]);
	return r->n == BANK_STEP ? store(r) : RC_OK;
}

/* Known and open ones: the one that is pinned, and the next while the bank changes it. */
static size_t keys_of(struct cx *cx, enum bank_code bank, const char *keys[2])
{
	keys[0] = arena_printf(cx->a, "%s/%s.pem", cx->conf->bank_keys, bank_code_enum.names[bank]);
	keys[1] = arena_printf(cx->a, "%s/%s.next.pem", cx->conf->bank_keys, bank_code_enum.names[bank]);
	return 2;
}

/* RC_OK: it is a good document of this bank, about our account. */
static enum rc check(struct reading *r, const struct iso_source *from, const struct channel_document *in, struct channel_taken *out)
{
	const struct camt_reader looks = { .entry = look, .ctx = r };
	struct schema_fault fault = { 0 };
	struct camt_file f = { 0 };

	r->d.entries = 0;
	enum rc rc = camt_read(r->cx->a, from, &looks, &f, &fault);
	out->why = r->why ? r->why : fault.why;
	out->where = fault.path && *fault.path ? fault.path : NULL;
	out->line = fault.line;
	if (rc != RC_OK)
		return rc;
	r->d.kind = f.kind == CAMT_STATEMENT ? BANK_STATEMENT : BANK_NOTIFICATION;
	r->d.message_id = f.message_id;
	r->d.made_at = f.created;
	r->d.source = in->source;
	r->d.body = in->body;
	return RC_OK;
}

/* Stores it: what stands there since before is passed over. */
static enum rc keep(struct reading *r, const struct iso_source *from, struct channel_taken *out)
{
	const struct camt_reader takes = { .entry = take, .ctx = r };
	struct schema_fault fault;
	struct camt_file f;

	enum rc rc = bank_file_open(r->cx, &r->d);
	out->refused = rc == RC_CONFLICT;
	out->why = out->refused ? "another document came under this MsgId" : NULL;
	TRY(rc);
	arena_init(&r->texts, TEXTS_MAX);
	rc = camt_read(r->cx->a, from, &takes, &f, &fault);
	if (rc == RC_OK)
		rc = store(r);
	arena_free(&r->texts);
	return rc;
}

enum rc bank_read(struct cx *cx, const struct channel_document *in, struct channel_taken *out)
{
	struct reading *r = ARENA_NEW(cx->a, struct reading);
	struct schema_fault fault = { 0 };
	struct iso_look looks;
	const char *keys[2];
	bool more;

	*out = (struct channel_taken){ .refused = true };
	*r = (struct reading){ .cx = cx, .ours = bank_account(cx->a, cx->conf, in->bank), .d = { .bank = in->bank } };
	if (!r->ours) {
		out->why = "this bank is not on";
		return RC_NOT_FOUND;
	}
	enum rc rc = iso_look(in->body, &looks, &fault);
	out->why = fault.why;
	TRY(rc);
	struct iso_source from = { in->body, keys, keys_of(cx, in->bank, keys) };
	if (in->source != BANK_BY_CALLBACK && !looks.is_signed)		/* whoever writes into the folder is let in by the system (ISO-2) */
		from.keys = NULL;
	rc = check(r, &from, in, out);
	if (rc == RC_NOT_FOUND) {	/* our own fault: it is asked for again */
		log_event('E', "bank_settings", LOG_STR("no_key", keys[0]));
		out->refused = false;
		return RC_INTERNAL;
	}
	TRY(rc);
	out->refused = false;
	out->message_id = r->d.message_id;
	TRY(keep(r, &from, out));
	out->entries = r->d.entries;
	out->known = r->d.known;
	out->again = r->d.again;
	rc = bank_entry_hear_some(cx, r->d.id, HEARD_AT_ONCE, &more);	/* the job goes on */
	if (rc != RC_OK)
		log_event('W', "bank_hear", LOG_STR("message", r->d.message_id), LOG_STR("result", rc_info[rc].name));
	return RC_OK;
}
