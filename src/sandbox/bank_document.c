#include "sandbox/bank_document.h"

#include <stdio.h>

#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "sandbox/bank_file.h"
#include "sandbox/sandbox.h"
#include "xml/dsig.h"

/* What a document shows, in the order of booking. */
struct writer { struct sandbox *sb; const struct bank_file *f; struct out *o; const char *account; };

static void element(struct out *o, const char *name, const char *text)
{
	out_printf(o, "<%s>", name);
	out_xml(o, text);
	out_printf(o, "</%s>", name);
}

static void party(struct out *o, const struct bank_line *l)
{
	const char *role = l->fen > 0 ? "Dbtr" : "Cdtr";

	if (!*l->name && !*l->account)
		return;
	out_lit(o, "<RltdPties>");
	if (*l->name) {
		out_printf(o, "<%s><Pty>", role);
		element(o, "Nm", l->name);
		out_printf(o, "</Pty></%s>", role);
	}
	if (*l->account) {
		out_printf(o, "<%sAcct><Id><Othr>", role);
		element(o, "Id", l->account);
		out_printf(o, "</Othr></Id></%sAcct>", role);
	}
	out_lit(o, "</RltdPties>");
}

static void entry(const struct writer *w, const struct bank_line *l)
{
	struct out *o = w->o;
	char when[TIME_TEXT];

	out_printf(o, "<Ntry><Amt Ccy=\"%s\">%s</Amt><CdtDbtInd>%s</CdtDbtInd>", l->currency, l->amount, l->fen > 0 ? "CRDT" : "DBIT");
	if (l->reversal)
		out_lit(o, "<RvslInd>true</RvslInd>");
	out_printf(o, "<Sts><Cd>%s</Cd></Sts><BookgDt><DtTm>%s</DtTm></BookgDt>", w->f->pending ? "PDNG" : "BOOK", instant_rfc3339(l->at, when));
	element(o, "AcctSvcrRef", l->reference);
	out_lit(o, "<BkTxCd><Prtry><Cd>TRF</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs>");
	element(o, "EndToEndId", *l->number ? l->number : "NOTPROVIDED");
	out_lit(o, "</Refs>");
	party(o, l);
	if (*l->text) {
		out_lit(o, "<RmtInf>");
		element(o, "Ustrd", l->text);
		out_lit(o, "</RmtInf>");
	}
	out_lit(o, "</TxDtls></NtryDtls></Ntry>");
}

static void begin(const struct writer *w, const char *message, const char *root)
{
	char when[TIME_TEXT];

	out_printf(w->o, "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:%s\"><%s><GrpHdr>", message, root);
	element(w->o, "MsgId", w->f->id);
	out_printf(w->o, "<CreDtTm>%s</CreDtTm></GrpHdr>", instant_rfc3339(w->f->made, when));
}

static void end(const struct writer *w, const char *root) { out_printf(w->o, "</%s></Document>", root); }

static void account(const struct writer *w)
{
	out_lit(w->o, "<Acct><Id><Othr>");
	element(w->o, "Id", w->account);
	out_lit(w->o, "</Othr></Id><Ccy>CNY</Ccy></Acct>");
}

static void notice(const struct writer *w)
{
	begin(w, "camt.054.001.08", "BkToCstmrDbtCdtNtfctn");
	out_lit(w->o, "<Ntfctn>");
	element(w->o, "Id", w->f->id);
	account(w);
	for (size_t i = 0; i < w->f->n; i++)
		entry(w, &w->sb->banks.lines[(w->f->first + i) % BANK_LINES_MAX]);
	out_lit(w->o, "</Ntfctn>");
	end(w, "BkToCstmrDbtCdtNtfctn");
}

static void balance(const struct writer *w, const char *kind, int64_t fen)
{
	char amount[MONEY_TEXT];

	out_printf(w->o, "<Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy=\"CNY\">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Dt><Dt>%s</Dt></Dt></Bal>", kind,
		   money_text((struct money){ fen < 0 ? -fen : fen }, false, amount), fen < 0 ? "DBIT" : "CRDT", w->f->about);
}

/* Everything that is known of the account; the day's entries come behind the balances. */
static void statement(const struct writer *w)
{
	const struct bank_line *l;
	int64_t before = 0, after = 0;
	struct date day;
	bool is_day = date_parse(w->f->about, &day);

	for (size_t i = 0; is_day && (l = bank_line_at(&w->sb->banks, i)); i++)
		if (str_eq(l->bank, w->f->bank)) {
			before += date_of(l->at).days < day.days ? l->fen : 0;
			after += date_of(l->at).days <= day.days ? l->fen : 0;
		}
	begin(w, "camt.053.001.08", "BkToCstmrStmt");
	out_lit(w->o, "<Stmt>");
	element(w->o, "Id", w->f->id);
	account(w);
	balance(w, "OPBD", before);
	balance(w, "CLBD", after);
	uint64_t oldest = w->sb->banks.lines_n > BANK_LINES_MAX ? w->sb->banks.lines_n - BANK_LINES_MAX : 0;
	for (uint64_t i = oldest; i < w->sb->banks.lines_n; i++) {
		l = &w->sb->banks.lines[i % BANK_LINES_MAX];
		if (str_eq(l->bank, w->f->bank) && date_of(l->at).days == day.days)
			entry(w, l);
	}
	out_lit(w->o, "</Stmt>");
	end(w, "BkToCstmrStmt");
}

static void answer(const struct writer *w)
{
	size_t refused = 0;

	for (size_t i = 0; i < w->f->n; i++)
		refused += *w->sb->banks.transfers[(w->f->first + i) % BANK_TRANSFERS_MAX].reason != '\0';
	begin(w, "pain.002.001.10", "CstmrPmtStsRpt");
	out_lit(w->o, "<OrgnlGrpInfAndSts>");
	element(w->o, "OrgnlMsgId", w->f->about);
	out_printf(w->o, "<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>%s</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>",
		   !refused ? "ACSC" : refused == w->f->n ? "RJCT" : "PART");
	element(w->o, "OrgnlPmtInfId", w->f->about);
	for (size_t i = 0; i < w->f->n; i++) {
		const struct bank_transfer *t = &w->sb->banks.transfers[(w->f->first + i) % BANK_TRANSFERS_MAX];
		out_lit(w->o, "<TxInfAndSts>");
		element(w->o, "OrgnlEndToEndId", t->number);
		element(w->o, "TxSts", *t->reason ? "RJCT" : "ACSC");
		if (*t->reason)
			out_printf(w->o, "<StsRsnInf><Rsn><Cd>%s</Cd></Rsn></StsRsnInf>", t->reason);
		out_lit(w->o, "</TxInfAndSts>");
	}
	out_lit(w->o, "</OrgnlPmtInfAndSts>");
	end(w, "CstmrPmtStsRpt");
}

/* Puts a text behind the first place of another. */
static void spoil(struct out *o, const char *at, const char *put)
{
	struct out all = { 0 };
	char *p = memmem(o->p, o->n, at, strlen(at));
	size_t before = p ? (size_t)(p - o->p) + strlen(at) : o->n;

	out_bytes(&all, o->p, before);
	out_str(&all, put);
	out_bytes(&all, o->p + before, o->n - before);
	out_free(o);
	*o = all;
}

static const char *key_of(struct sandbox *sb, const struct bank_file *f)
{
	const char *bank = f->bank, *all = sb->conf->bank_accounts;

	if (f->fault == BANK_FAULT_key) {
		if (str_prefix(all, bank))
			all = strchrnul(all, ',');
		all += strspn(all, ", ");
		bank = arena_dup(sb->a, all, strcspn(all, "="));
	}
	return arena_printf(sb->a, "%s/%s.pem", sb->conf->sandbox_bank_keys, bank);
}

enum rc bank_document(struct sandbox *sb, const struct bank_file *f, struct out *o)
{
	static void (*const write[])(const struct writer *) = { [BANK_MESSAGE_NOTICE] = notice, [BANK_MESSAGE_STATEMENT] = statement, [BANK_MESSAGE_ANSWER] = answer };
	struct out text = { 0 };
	const struct writer w = { sb, f, &text, bank_account_number(sb, f->bank) };

	if (!w.account)
		return RC_NOT_FOUND;
	write[f->kind](&w);
	enum rc rc = dsig_sign(sb->a, (struct bytes){ text.p, text.n }, key_of(sb, f), o);
	out_free(&text);
	TRY(rc);
	if (f->fault == BANK_FAULT_signature)
		spoil(o, "<SignatureValue>", "AAAA");
	if (f->fault == BANK_FAULT_embedded)
		spoil(o, "</SignatureValue>", "<KeyInfo><KeyValue><RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue></KeyInfo>");
	if (f->fault == BANK_FAULT_cut)
		o->n /= 2;
	return RC_OK;
}
