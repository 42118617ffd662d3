#include "channel/pain.h"

#include <assert.h>

#include "base/out.h"
#include "base/str.h"
#include "base/time.h"

/* ---- out ---- */

static const char *yuan(struct money m, char text[MONEY_TEXT]) { return money_text(m, false, text); }

/* At most `most` characters. */
static void text(struct out *o, const char *name, const char *s, size_t most)
{
	char part[4 * PAIN_TEXT_MAX + 1];
	size_t n = 0, chars = 0;

	for (; n < sizeof part - 1 && s[n]; n++) {
		chars += ((unsigned char)s[n] & 0xc0) != 0x80;
		if (chars > most)
			break;
		part[n] = s[n];
	}
	part[n] = '\0';
	out_printf(o, "<%s>", name);
	out_xml(o, part);
	out_printf(o, "</%s>", name);
}

static void id(struct out *o, const char *name, const char *s)
{
	assert(*s && str_chars(s) <= PAIN_ID_MAX);
	text(o, name, s, PAIN_ID_MAX);
}

static void bank(struct out *o, const char *name, const char *code, const char *label)
{
	if (!code && !label)
		return;
	out_printf(o, "<%s><FinInstnId>", name);
	if (code) {
		out_lit(o, "<ClrSysMmbId>");
		text(o, "MmbId", code, PAIN_ID_MAX);
		out_lit(o, "</ClrSysMmbId>");
	}
	if (label)
		text(o, "Nm", label, PAIN_NAME_MAX);
	out_printf(o, "</FinInstnId></%s>", name);
}

/* A party and its account. */
static void party(struct out *o, const char *role, const char *name)
{
	out_printf(o, "<%s>", role);
	text(o, "Nm", name, PAIN_NAME_MAX);
	out_printf(o, "</%s>", role);
}

static void account(struct out *o, const char *role, const char *number)
{
	assert(*number && str_chars(number) <= PAIN_ACCOUNT_MAX);
	out_printf(o, "<%s><Id><Othr>", role);
	text(o, "Id", number, PAIN_ACCOUNT_MAX);
	out_printf(o, "</Othr></Id></%s>", role);
}

static void transfer(struct out *o, const struct pain_transfer *t)
{
	char amount[MONEY_TEXT];

	assert(t->amount.fen > 0);
	out_lit(o, "<CdtTrfTxInf><PmtId>");
	id(o, "EndToEndId", t->end_to_end);
	out_printf(o, "</PmtId><Amt><InstdAmt Ccy=\"CNY\">%s</InstdAmt></Amt>", yuan(t->amount, amount));
	bank(o, "CdtrAgt", t->bank_code, t->bank_name);
	party(o, "Cdtr", t->name);
	account(o, "CdtrAcct", t->account);
	if (t->purpose)
		out_printf(o, "<Purp><Cd>%.4s</Cd></Purp>", t->purpose);
	if (t->text) {
		out_lit(o, "<RmtInf>");
		text(o, "Ustrd", t->text, PAIN_TEXT_MAX);
		out_lit(o, "</RmtInf>");
	}
	out_lit(o, "</CdtTrfTxInf>");
}

static void totals(struct out *o, const struct pain_order *p)
{
	struct money sum = { 0 };
	char amount[MONEY_TEXT];

	for (size_t i = 0; i < p->n; i++)
		sum = money_add(sum, p->transfers[i].amount);
	out_printf(o, "<NbOfTxs>%zu</NbOfTxs><CtrlSum>%s</CtrlSum>", p->n, yuan(sum, amount));
}

void pain_order_write(struct out *o, const struct pain_order *p)
{
	char when[TIME_TEXT];

	assert(p->n && (p->bank_code || p->bank_name));
	out_lit(o, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn><GrpHdr>");
	id(o, "MsgId", p->message_id);
	out_printf(o, "<CreDtTm>%s</CreDtTm>", instant_rfc3339(p->created, when));
	totals(o, p);
	party(o, "InitgPty", p->name);
	out_lit(o, "</GrpHdr><PmtInf>");
	id(o, "PmtInfId", p->message_id);
	out_lit(o, "<PmtMtd>TRF</PmtMtd>");
	totals(o, p);
	out_printf(o, "<ReqdExctnDt><Dt>%s</Dt></ReqdExctnDt>", date_text(p->on, when));
	party(o, "Dbtr", p->name);
	account(o, "DbtrAcct", p->account);
	bank(o, "DbtrAgt", p->bank_code, p->bank_name);
	for (size_t i = 0; i < p->n; i++)
		transfer(o, &p->transfers[i]);
	out_lit(o, "</PmtInf></CstmrCdtTrfInitn></Document>\n");
}

/* ---- back ---- */

struct reading {
	struct arena *a;
	struct pain_answer *out;
	struct pain_said *said;
	struct schema_fault *fault;
};

static enum pain_status status_of(const char *code)
{
	static const char *const codes[] = {
#define S(n) [PAIN_##n] = #n,
		PAIN_STATES(S)
#undef S
	};

	for (int i = 1; i < PAIN_OTHER; i++)
		if (str_eq(codes[i], code))
			return (enum pain_status)i;
	return PAIN_OTHER;
}

static bool refuse(struct reading *r, const char *path, const char *why)
{
	*r->fault = (struct schema_fault){ .why = why, .path = arena_strdup(r->a, path) };
	return false;
}

/* What was opened last. */
static struct pain_said *last(struct reading *r) { return r->out->n ? &r->said[r->out->n - 1] : &r->out->group; }

#define GROUP "CstmrPmtStsRpt/OrgnlGrpInfAndSts"
#define PAYMENT "CstmrPmtStsRpt/OrgnlPmtInfAndSts"
#define TRANSFER PAYMENT "/TxInfAndSts"

static bool on_open(void *ctx, const char *path)
{
	struct reading *r = ctx;

	if (!str_eq(path, PAYMENT) && !str_eq(path, TRANSFER))
		return true;
	if (r->out->n == PAIN_SAID_MAX)
		return refuse(r, path, "too many transfers");
	r->out->n++;
	return true;
}

static bool ends_with(const char *path, const char *part)
{
	size_t n = strlen(path), m = strlen(part);

	return n >= m && str_eq(path + n - m, part);
}

static void add_reason(struct reading *r, struct pain_said *s, const char *text)
{
	if (!s->reason)
		s->reason = arena_strdup(r->a, text);
	else if (strlen(s->reason) < PAIN_TEXT_MAX)
		s->reason = arena_printf(r->a, "%s %s", s->reason, text);
}

static bool on_value(void *ctx, const char *path, const char *text)
{
	struct reading *r = ctx;
	struct pain_said *s = last(r);

	if (str_eq(path, "CstmrPmtStsRpt/GrpHdr/MsgId"))
		r->out->message_id = arena_strdup(r->a, text);
	else if (str_eq(path, "CstmrPmtStsRpt/GrpHdr/CreDtTm"))
		r->out->created = iso_instant(text);
	else if (str_eq(path, GROUP "/OrgnlMsgId"))
		r->out->order_id = arena_strdup(r->a, text);
	else if (str_eq(path, GROUP "/OrgnlMsgNmId"))
		r->out->order_kind = arena_strdup(r->a, text);
	else if (str_eq(path, TRANSFER "/OrgnlEndToEndId"))
		s->end_to_end = arena_strdup(r->a, text);
	else if (str_eq(path, TRANSFER "/AcctSvcrRef"))
		s->reference = arena_strdup(r->a, text);
	else if (str_eq(path, GROUP "/GrpSts") || str_eq(path, PAYMENT "/PmtInfSts") || str_eq(path, TRANSFER "/TxSts"))
		s->status = status_of(text);
	else if (ends_with(path, "/StsRsnInf/Rsn/Cd") || ends_with(path, "/StsRsnInf/Rsn/Prtry") || ends_with(path, "/StsRsnInf/AddtlInf"))
		add_reason(r, s, text);
	return true;
}

static bool on_close(void *ctx, const char *path)
{
	struct reading *r = ctx;

	return !str_eq(path, TRANSFER) || last(r)->end_to_end || refuse(r, path, "a transfer without OrgnlEndToEndId");
}

static enum rc read_answer(struct reading *r, const struct iso_document *d)
{
	static const struct schema *const messages[] = { &schema_pain_002, NULL };
	static const struct schema_events events = { on_open, on_value, on_close };
	const struct schema *which;

	enum rc rc = schema_read(r->a, &d->source, messages, &events, r, &which, r->fault);
	return rc == RC_OK && r->fault->why ? RC_INVALID : rc;
}

enum rc pain_answer_read(struct arena *a, const struct iso_source *from, struct pain_answer *out, struct schema_fault *fault)
{
	struct reading r = { .a = a, .out = out, .fault = fault };
	struct iso_document d;

	*out = (struct pain_answer){ 0 };
	*fault = (struct schema_fault){ "too large", "", 0 };
	if (from->body.n > XML_TREE_MAX)
		return RC_TOO_LARGE;
	TRY(iso_open(a, from, &d, fault));
	r.said = ARENA_ARRAY(a, struct pain_said, PAIN_SAID_MAX);
	enum rc rc = read_answer(&r, &d);
	iso_close(&d);
	out->said = r.said;
	return rc;
}
