#include "app/demo_finance.h"

#include <inttypes.h>
#include <stdio.h>

#include "app/bank.h"
#include "app/case.h"
#include "app/channel.h"
#include "app/payout.h"
#include "app/remit.h"
#include "app/remit_claim.h"
#include "app/withdrawal.h"
#include "base/out.h"
#include "base/time.h"
#include "domain/proof.h"
#include "q_demo.h"
#include "q_withdrawal.h"

/* What becomes of a withdrawal. */
enum ending { WAITS, APPROVED, IN_FILE, REFUSED };
static const struct { const char *org, *branch, *account; enum bank_code bank; } payees[] = {
	{ "hailan", "深圳科技园支行", "6214830188002601", BANK_CMB }, { "beichen", "北京中关村支行", "6217000010088102", BANK_CCB },
};
static const struct { const char *org; struct money amount; enum ending ending; } withdrawals[] = {
	{ "hailan", { 300000 }, WAITS }, { "hailan", { 120000 }, APPROVED }, { "beichen", { 80000 }, IN_FILE }, { "beichen", { 50000 }, REFUSED },
};
#define REFUSED_WHY "收款账户与实名认证主体不一致，请更换后重新申请"

/* The entries of one announcement, those that we pay negative: `to` has the organisation's number in its text. */
static const struct { const char *payer, *account, *to, *text; struct money amount; } entries[] = {
	{ "示例海蓝制造有限公司", "6214830188002601", "hailan", "账户充值", { 5000000 } },
	{ "示例北辰商贸有限公司", "6217000010088102", "beichen", "充值", { 800000 } },
	{ "示例海蓝制造有限公司", "6214830188002601", NULL, "软件采购款", { 1280000 } },
	{ "示例北辰商贸有限公司", "6217000010088102", NULL, "服务费", { 360000 } },
	{ "示例远航物流有限公司", "6222021001990071", NULL, "货款", { 256000 } },
	{ "网银手续费", "", NULL, "账户管理费", { -3500 } },
};
enum { PAYEES = sizeof payees / sizeof *payees, WITHDRAWALS = sizeof withdrawals / sizeof *withdrawals, ENTRIES = sizeof entries / sizeof *entries, CLAIMED = 2, PROPOSED = 3 };

struct desk {
	struct cx cx;			/* its actor changes */
	const struct demo_catalog *c;
	enum bank_code bank;
	const char *account;		/* ours there */
	uint64_t file;			/* of the announcement, what its references begin with */
};

static struct cx *by_buyer(struct desk *d, const char *org)
{
	const struct demo_org *o = demo_org_of(d->c, org);

	d->cx.actor = (struct actor){ .person = o->person, .org = o->id, .org_kind = ORG_BUYER, .name = o->person_name };
	return &d->cx;
}

static struct cx *by_finance(struct desk *d)
{
	d->cx.actor = (struct actor){
		.person = demo_id(d->c, "person:", "finance@demo.test"), .org = demo_org_of(d->c, "platform")->id, .org_kind = ORG_PLATFORM, .name = "演示财务",
	};
	return &d->cx;
}

static const char *last_of(const char *location) { return strrchr(location, '/') + 1; }

/* -- money that leaves --------------------------------------------------------------------------------------------- */

static enum rc withdraw(struct desk *d, size_t i)
{
	struct cx *cx = by_buyer(d, withdrawals[i].org);
	struct withdrawal_refusal why;
	struct q_payee_list *p;
	struct outcome out;
	size_t n;

	TRY(q_payee_list(cx->db, cx->a, &(struct q_payee_list_in){ cx->actor.org }, &p, &n));
	TRY(withdrawal_request(cx, &(struct withdrawal_wish){ withdrawals[i].amount, n ? p->id : 0 }, &why, &out));
	const char *number = last_of(out.location);
	if (withdrawals[i].ending == WAITS)
		return RC_OK;
	TRY(withdrawal_decide(by_finance(d), &(struct withdrawal_decision){ number, withdrawals[i].ending != REFUSED, REFUSED_WHY }, NULL));
	if (withdrawals[i].ending != IN_FILE)
		return RC_OK;
	return payout_batch_make(&d->cx, &(struct payout_choice){ &number, 1, d->bank }, NULL);
}

static enum rc add_withdrawals(struct desk *d)
{
	struct q_payee_count known;
	const char *error;

	for (size_t i = 0; i < PAYEES; i++) {
		struct cx *cx = by_buyer(d, payees[i].org);
		TRY(q_payee_count(cx->db, cx->a, &(struct q_payee_count_in){ cx->actor.org }, &known));
		if (!known.n)
			TRY(payee_add(cx, &(struct payee_account){ payees[i].bank, payees[i].branch, payees[i].account }, &error, NULL));
	}
	for (size_t i = 0; i < WITHDRAWALS; i++)
		TRY(withdraw(d, i));
	return RC_OK;
}

/* -- money that comes ---------------------------------------------------------------------------------------------- */

static const char *reference(struct desk *d, size_t i) { return arena_printf(d->cx.a, "TX%" PRIu64 "-%zu", d->file, i + 1); }

static enum rc put_entry(struct desk *d, size_t i, struct out *o)
{
	bool debit = entries[i].amount.fen < 0;
	const char *party = debit ? "Cdtr" : "Dbtr", *number = "";
	char yuan[MONEY_TEXT], at[TIME_TEXT];

	if (entries[i].to)
		TRY(remit_number_of(&d->cx, demo_org_of(d->c, entries[i].to)->id, &number));
	out_printf(o, "<Ntry><Amt Ccy=\"CNY\">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>%s</DtTm></BookgDt>", money_text(debit ? money_neg(entries[i].amount) : entries[i].amount, false, yuan),
		   debit ? "DBIT" : "CRDT", instant_rfc3339(d->cx.now, at));
	out_printf(o, "<AcctSvcrRef>%s</AcctSvcrRef><BkTxCd><Prtry><Cd>TRF</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><RltdPties>", reference(d, i));
	out_printf(o, "<%s><Pty><Nm>%s</Nm></Pty></%s>", party, entries[i].payer, party);
	if (*entries[i].account)
		out_printf(o, "<%sAcct><Id><Othr><Id>%s</Id></Othr></Id></%sAcct>", party, entries[i].account, party);
	out_printf(o, "</RltdPties><RmtInf><Ustrd>%s%s%s</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>", number, *number ? " " : "", entries[i].text);
	return RC_OK;
}

static enum rc put_document(struct desk *d, struct out *o)
{
	char at[TIME_TEXT];

	out_printf(o, "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>DEMO%" PRIu64 "</MsgId><CreDtTm>%s</CreDtTm></GrpHdr>",
		   d->file, instant_rfc3339(d->cx.now, at));
	out_printf(o, "<Ntfctn><Id>1</Id><Acct><Id><Othr><Id>%s</Id></Othr></Id><Ccy>CNY</Ccy></Acct>", d->account);
	for (size_t i = 0; i < ENTRIES; i++)
		TRY(put_entry(d, i, o));
	out_lit(o, "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>");
	return RC_OK;
}

static enum rc announce(struct desk *d)
{
	struct channel_taken taken;
	struct out o = { 0 };
	enum rc rc = put_document(d, &o);

	if (rc == RC_OK)
		rc = channel_of(CHANNEL_B2B)->document(&d->cx, &(struct channel_document){ d->bank, BANK_BY_COMMAND, { o.p, o.n } }, &taken);
	out_free(&o);
	return rc;
}

/* -- what becomes of it -------------------------------------------------------------------------------------------- */

static enum rc claim(struct desk *d)
{
	struct cx *cx = by_buyer(d, "hailan");
	char *proof = arena_alloc(cx->a, PROOF_BYTES_MAX);
	FILE *f = fopen(arena_printf(cx->a, "%s/receipt.png", d->c->folder), "re");
	struct remit_claim_refusal why;

	if (!f)
		return RC_NOT_FOUND;
	size_t n = fread(proof, 1, PROOF_BYTES_MAX, f);
	fclose(f);
	struct remit_claim_wish wish = {
		.amount = entries[CLAIMED].amount, .paid_on = date_of(cx->now), .payer_name = entries[CLAIMED].payer, .payer_account = entries[CLAIMED].account,
		.note = "汇款时忘记填写识别码", .proof = { proof, n },
	};
	return remit_claim_make(cx, &wish, &why, NULL);
}

static enum rc propose(struct desk *d)
{
	struct cx *cx = by_finance(d);
	struct q_demo_bank_case e;
	const char *error;

	TRY(q_demo_bank_case(cx->db, cx->a, &(struct q_demo_bank_case_in){ d->account, reference(d, PROPOSED) }, &e));
	struct case_proposal p = { e.case_id, SETTLE_CREDIT, demo_org_of(d->c, "beichen")->id, "付款方与北辰商贸同名同账号，已电话核实" };
	return case_propose(cx, &p, &error, NULL);
}

enum rc demo_finance(struct cx *cx, const struct demo_catalog *c)
{
	struct desk d = { .cx = *cx, .c = c, .file = (uint64_t)(cx->now.us / SECOND_US) };

	for (int b = 1; b <= bank_code_n && !d.account; b++) {
		d.bank = (enum bank_code)b;
		d.account = bank_account(cx->a, cx->conf, d.bank);
	}
	if (!d.account || !channel_of(CHANNEL_B2B))
		return RC_OK;
	TRY(add_withdrawals(&d));
	TRY(announce(&d));
	TRY(claim(&d));
	return propose(&d);
}
