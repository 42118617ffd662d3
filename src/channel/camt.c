#include "channel/camt.h"

#include "base/money.h"
#include "base/str.h"
#include "base/time.h"

/* A text of several elements, until it is known how many there are. */
struct piece { const char *text; struct piece *next; };
struct pieces { struct piece *first, **end; size_t n, size; };

struct details { struct camt_details said; struct pieces structured, remittance; struct details *next; };

struct reading {
	struct arena *a;
	const struct camt_reader *to;	/* NULL: it is only looked whether all is right */
	struct schema_fault *fault;
	enum rc rc;
	struct camt_file file;
	struct camt_account account;
	struct camt_entry entry;
	struct details *first, *last;	/* of the entry */
	struct camt_balance balance;	/* the one at hand */
	char balance_kind[5], currency[4];
	size_t account_mark, entry_mark;
	bool in_entry;
};

struct camt_amount camt_amount_of(const char *text, const char *currency)
{
	struct camt_amount m = { .text = text, .whole = true };
	const char *s = text + strspn(text, "+-");
	int places = -1;		/* of those read */

	memcpy(m.currency, currency, strnlen(currency, 3));
	for (; *s == '.' || (*s >= '0' && *s <= '9'); s++) {
		if (*s == '.')
			places = 0;
		else if (places >= 2)
			m.whole = m.whole && *s == '0';
		else if (m.money.fen <= MONEY_MAX) {
			m.money.fen = 10 * m.money.fen + *s - '0';
			places += places >= 0;
		}
	}
	for (places = places < 0 ? 0 : places; places < 2 && m.money.fen <= MONEY_MAX; places++)
		m.money.fen *= 10;
	if (m.money.fen > MONEY_MAX) {
		m.money.fen = 0;
		m.whole = false;
	}
	return m;
}

static bool refuse(struct reading *r, const char *path, const char *why)
{
	*r->fault = (struct schema_fault){ .why = why, .path = arena_strdup(r->a, path) };
	r->rc = RC_INVALID;
	return false;
}

/* ---- where texts go ---- */

struct field { const char *path; size_t at; };

static const struct field entry_fields[] = {
	{ "Ntry/AcctSvcrRef", offsetof(struct camt_entry, reference) },
	{ "Ntry/AddtlNtryInf", offsetof(struct camt_entry, information) },
};

#define D(member) offsetof(struct camt_details, member)
/* Of several rows for one member the last that is said counts. */
static const struct field details_fields[] = {
	{ "Refs/EndToEndId", D(end_to_end) },
	{ "Refs/InstrId", D(instruction_id) },
	{ "Refs/TxId", D(transaction_id) },
	{ "Refs/AcctSvcrRef", D(reference) },
	{ "RltdPties/Dbtr/Pty/Nm", D(debtor_name) },
	{ "RltdPties/Dbtr/Agt/FinInstnId/Nm", D(debtor_name) },
	{ "RltdPties/DbtrAcct/Id/IBAN", D(debtor_account) },
	{ "RltdPties/DbtrAcct/Id/Othr/Id", D(debtor_account) },
	{ "RltdPties/Cdtr/Pty/Nm", D(creditor_name) },
	{ "RltdPties/Cdtr/Agt/FinInstnId/Nm", D(creditor_name) },
	{ "RltdPties/CdtrAcct/Id/IBAN", D(creditor_account) },
	{ "RltdPties/CdtrAcct/Id/Othr/Id", D(creditor_account) },
	{ "RltdAgts/DbtrAgt/FinInstnId/BICFI", D(debtor_bank) },
	{ "RltdAgts/DbtrAgt/FinInstnId/ClrSysMmbId/MmbId", D(debtor_bank) },
	{ "RltdAgts/DbtrAgt/FinInstnId/Nm", D(debtor_bank) },
	{ "RltdAgts/CdtrAgt/FinInstnId/BICFI", D(creditor_bank) },
	{ "RltdAgts/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId", D(creditor_bank) },
	{ "RltdAgts/CdtrAgt/FinInstnId/Nm", D(creditor_bank) },
	{ "RtrInf/Rsn/Cd", D(return_reason) },
	{ "RtrInf/Rsn/Prtry", D(return_reason) },
};
#undef D

static const struct field account_fields[] = {
	{ "Id", offsetof(struct camt_account, id) },
	{ "Acct/Id/IBAN", offsetof(struct camt_account, account) },
	{ "Acct/Id/Othr/Id", offsetof(struct camt_account, account) },
	{ "Acct/Ccy", offsetof(struct camt_account, currency) },
};

#define STORE(r, fields, to, path, text) store((r), (fields), sizeof(fields) / sizeof *(fields), (to), (path), (text))
static bool store(struct reading *r, const struct field *f, size_t n, void *to, const char *path, const char *text)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(f[i].path, path)) {
			const char *kept = arena_strdup(r->a, text);
			memcpy((char *)to + f[i].at, &kept, sizeof kept);
			return true;
		}
	return false;
}

static void add_piece(struct reading *r, struct pieces *all, const char *text)
{
	struct piece *p = ARENA_NEW(r->a, struct piece);

	p->text = arena_strdup(r->a, text);
	all->end = all->end ? all->end : &all->first;
	*all->end = p;
	all->end = &p->next;
	all->n++;
	all->size += strlen(text) + 1;
}

static const char *join(struct arena *a, const struct pieces *all)
{
	char *text = all->n ? arena_alloc(a, all->size) : NULL, *to = text;

	for (const struct piece *p = all->first; p; p = p->next) {
		size_t n = strlen(p->text);
		memcpy(to, p->text, n);
		to += n;
		*to++ = p->next ? '\n' : '\0';
	}
	return text;
}

static struct camt_amount amount(struct reading *r, const char *text)
{
	return camt_amount_of(arena_strdup(r->a, text), r->currency);
}

static void details_value(struct reading *r, struct details *d, const char *path, const char *text)
{
	if (STORE(r, details_fields, &d->said, path, text))
		return;
	if (str_eq(path, "RmtInf/Ustrd"))
		add_piece(r, &d->remittance, text);
	else if (str_eq(path, "RmtInf/Strd/CdtrRefInf/Ref"))
		add_piece(r, &d->structured, text);
	else if (str_eq(path, "Amt"))
		d->said.amount = amount(r, text);
	else if (str_eq(path, "CdtDbtInd")) {
		d->said.direction_said = true;
		d->said.credit = str_eq(text, "CRDT");
	}
}

static enum camt_status status_of(const char *code)
{
	static const char *const codes[] = { [CAMT_BOOKED] = "BOOK", [CAMT_PENDING] = "PDNG", [CAMT_INFORMATION] = "INFO", [CAMT_FUTURE] = "FUTR" };

	for (int i = CAMT_BOOKED; i <= CAMT_FUTURE; i++)
		if (str_eq(codes[i], code))
			return (enum camt_status)i;
	return CAMT_OTHER;
}

#define DETAILS "Ntry/NtryDtls/TxDtls/"

static void entry_value(struct reading *r, const char *path, const char *text)
{
	struct camt_entry *e = &r->entry;

	if (str_prefix(path, DETAILS)) {
		details_value(r, r->last, path + sizeof DETAILS - 1, text);
	} else if (STORE(r, entry_fields, e, path, text)) {
		;
	} else if (str_eq(path, "Ntry/Amt")) {
		e->amount = amount(r, text);
	} else if (str_eq(path, "Ntry/CdtDbtInd")) {
		e->credit = str_eq(text, "CRDT");
	} else if (str_eq(path, "Ntry/RvslInd")) {
		e->reversal = *text == 't' || *text == '1';
	} else if (str_eq(path, "Ntry/Sts/Cd")) {
		e->status = status_of(text);
	} else if (str_eq(path, "Ntry/BookgDt/Dt") || str_eq(path, "Ntry/BookgDt/DtTm")) {
		e->booked_on = iso_date(text);
		e->booked_at = strchr(text, 'T') ? iso_instant(text) : e->booked_on.days ? date_begin(e->booked_on) : (struct instant){ 0 };
	} else if (str_eq(path, "Ntry/ValDt/Dt") || str_eq(path, "Ntry/ValDt/DtTm")) {
		e->value_on = iso_date(text);
	}
}

static void balance_value(struct reading *r, const char *path, const char *text)
{
	if (str_eq(path, "Bal/Tp/CdOrPrtry/Cd")) {
		memcpy(r->balance_kind, text, strnlen(text, sizeof r->balance_kind - 1));
	} else if (str_eq(path, "Bal/Amt")) {
		r->balance.amount = camt_amount_of(text, r->currency);
		r->balance.amount.text = NULL;
	} else if (str_eq(path, "Bal/CdtDbtInd") && str_eq(text, "DBIT")) {
		r->balance.amount.money = money_neg(r->balance.amount.money);
	} else if (str_eq(path, "Bal/Dt/Dt") || str_eq(path, "Bal/Dt/DtTm")) {
		r->balance.on = iso_date(text);
	}
}

/* OPBD is the day's opening balance; PRCD, the closing one of the day before, is the same when it is all there is. */
static void balance_end(struct reading *r)
{
	r->balance.said = true;
	if (str_eq(r->balance_kind, "OPBD") || (str_eq(r->balance_kind, "PRCD") && !r->account.opening.said))
		r->account.opening = r->balance;
	else if (str_eq(r->balance_kind, "CLBD"))
		r->account.closing = r->balance;
}

static void account_value(struct reading *r, const char *path, const char *text)
{
	if (STORE(r, account_fields, &r->account, path, text))
		return;
	if (str_eq(path, "FrToDt/FrDtTm"))
		r->account.from = iso_instant(text);
	else if (str_eq(path, "FrToDt/ToDtTm"))
		r->account.to = iso_instant(text);
	else if (str_prefix(path, "Bal/"))
		balance_value(r, path, text);
}

static void header_value(struct reading *r, const char *path, const char *text)
{
	if (str_eq(path, "GrpHdr/MsgId"))
		r->file.message_id = arena_strdup(r->a, text);
	else if (str_eq(path, "GrpHdr/CreDtTm"))
		r->file.created = iso_instant(text);
}

/* ---- the course of a document ---- */

/* The path below the message; within Ntfctn or Stmt the path below that. */
static const char *below(const char *path)
{
	const char *p = strchr(path, '/');

	if (!p++)
		return "";
	return str_prefix(p, "Ntfctn/") ? p + strlen("Ntfctn/") : str_prefix(p, "Stmt/") ? p + strlen("Stmt/") : p;
}

static bool on_open(void *ctx, const char *path)
{
	struct reading *r = ctx;
	const char *p = below(path);

	if (str_eq(p, "Ntfctn") || str_eq(p, "Stmt")) {
		r->account_mark = arena_mark(r->a);
		r->account = (struct camt_account){ 0 };
	} else if (str_eq(p, "Bal")) {
		r->balance = (struct camt_balance){ 0 };
		memset(r->balance_kind, 0, sizeof r->balance_kind);
	} else if (str_eq(p, "Ntry")) {
		r->entry_mark = arena_mark(r->a);
		r->in_entry = true;
		r->entry = (struct camt_entry){ .account = r->account.account, .account_currency = r->account.currency };
		r->first = r->last = NULL;
	} else if (r->in_entry && str_eq(p, "Ntry/NtryDtls/TxDtls")) {
		struct details *d = ARENA_NEW(r->a, struct details);
		*(r->first ? &r->last->next : &r->first) = d;
		r->last = d;
	}
	return true;
}

static bool on_value(void *ctx, const char *path, const char *text)
{
	struct reading *r = ctx;
	const char *p = below(path), *at = strchr(p, '@');

	if (at)
		memcpy(r->currency, text, strnlen(text, sizeof r->currency - 1));
	else if (r->in_entry)
		entry_value(r, p, text);
	else if (str_prefix(p, "GrpHdr/"))
		header_value(r, p, text);
	else
		account_value(r, p, text);
	if (r->in_entry && arena_mark(r->a) - r->entry_mark > CAMT_ENTRY_MAX)
		return refuse(r, path, "too much in one entry");
	return true;
}

static void complete_details(struct reading *r)
{
	struct camt_details *all;
	size_t n = 0;

	for (const struct details *d = r->first; d; d = d->next)
		n++;
	all = ARENA_ARRAY(r->a, struct camt_details, n);
	r->entry.details = all;
	r->entry.details_n = n;
	for (const struct details *d = r->first; d; d = d->next, all++) {
		*all = d->said;
		all->structured = join(r->a, &d->structured);
		all->remittance = join(r->a, &d->remittance);
		if (all->end_to_end && str_eq(all->end_to_end, "NOTPROVIDED"))
			all->end_to_end = NULL;
	}
}

static bool tell_entry(struct reading *r, const char *path)
{
	const char *reference = r->entry.reference;

	if (r->entry.status == CAMT_BOOKED && (!reference || !*str_trim(r->a, reference)))
		return refuse(r, path, "a booked entry without AcctSvcrRef");
	r->account.entries_n++;
	if (r->to && r->to->entry) {
		complete_details(r);
		r->rc = r->to->entry(r->to->ctx, &r->file, &r->entry);
	}
	r->in_entry = false;
	arena_release(r->a, r->entry_mark);
	return r->rc == RC_OK;
}

static bool on_close(void *ctx, const char *path)
{
	struct reading *r = ctx;
	const char *p = below(path);

	if (str_eq(p, "Ntry"))
		return tell_entry(r, path);
	if (str_eq(p, "Bal")) {
		balance_end(r);
	} else if (str_eq(p, "Ntfctn") || str_eq(p, "Stmt")) {
		if (r->to && r->to->account)
			r->rc = r->to->account(r->to->ctx, &r->file, &r->account);
		arena_release(r->a, r->account_mark);
	}
	return r->rc == RC_OK;
}

/* Once through the document. */
static enum rc pass(struct arena *a, const struct iso_document *d, const struct camt_reader *to, struct camt_file *file, struct schema_fault *fault)
{
	static const struct schema *const messages[] = { &schema_camt_053, &schema_camt_054, NULL };
	static const struct schema_events events = { on_open, on_value, on_close };
	struct reading r = { .a = a, .to = to, .fault = fault };
	const struct schema *which;

	r.file.kind = file->kind;
	enum rc rc = schema_read(a, &d->source, messages, &events, &r, &which, fault);
	if (r.rc != RC_OK)
		return r.rc;
	TRY(rc);
	*file = r.file;
	file->kind = which == &schema_camt_053 ? CAMT_STATEMENT : CAMT_NOTIFICATION;
	return RC_OK;
}

enum rc camt_read(struct arena *a, const struct iso_source *from, const struct camt_reader *to, struct camt_file *file,
		  struct schema_fault *fault)
{
	struct iso_document d;

	*file = (struct camt_file){ 0 };
	TRY(iso_open(a, from, &d, fault));
	enum rc rc = pass(a, &d, NULL, file, fault);
	if (rc == RC_OK && to)
		rc = pass(a, &d, to, file, fault);
	iso_close(&d);
	return rc;
}
