#include "app/bank_entry.h"

#include "app/bank_file.h"
#include "app/case.h"
#include "app/ledger.h"
#include "app/payment.h"
#include "app/payout.h"
#include "app/remit.h"
#include "base/str.h"
#include "base/time.h"

/* What was found out about an entry. */
struct verdict {
	enum bank_entry_state state;
	enum bank_match kind;
	const char *number;
	enum notice_outcome outcome;
	uint64_t org;
};

/* In our own words: the document itself is kept with its file. */
static struct bytes words_of(struct arena *a, const struct q_bank_entry_lock *e)
{
	const char *text = arena_printf(a, "%s account=%s reference=%s %s%s %s %s day=%d EndToEndId=%s structured=%s from=%s %s Ustrd=%s",
		bank_code_enum.names[e->bank], e->account, e->reference, bank_direction_enum.names[e->direction], e->reversal ? " reversal" : "",
		e->amount_text, e->currency, e->day.days, e->end_to_end, e->structured, e->party_name, e->party_account, e->remittance);

	return (struct bytes){ text, strlen(text) };
}

static struct channel_said said_of(struct arena *a, const struct q_bank_entry_lock *e, const char *number)
{
	return (struct channel_said){
		.verdict = CHANNEL_SAYS_PAID, .channel = CHANNEL_B2B, .number = number, .transaction_id = e->transaction_id, .amount = e->amount,
		.source = e->kind == BANK_STATEMENT ? NOTICE_STATEMENT : NOTICE_NOTIFICATION, .raw = words_of(a, e),
	};
}

/* -- for a person -------------------------------------------------------------------------------------------------- */

static enum rc open_case(struct work *w, const struct q_bank_entry_lock *e, enum case_kind kind, enum account_kind stands, const struct verdict *v)
{
	return case_open(w, &(struct case_of){
		.kind = kind, .channel = CHANNEL_B2B, .transaction_id = e->transaction_id, .payment_number = v->number, .org = v->org, .amount = e->amount,
		.stands = stands, .raw = words_of(w->cx->a, e),
	});
}

/* Money that moved at the bank moves in our books, whatever it is for (MON-7). */
static enum rc unexplained(struct work *w, const struct q_bank_entry_lock *e, struct verdict *v)
{
	bool in = e->direction == BANK_CREDIT;
	struct money amount = in ? e->amount : money_neg(e->amount);
	struct posting p[] = { { CHANNEL_B2B, ACCOUNT_CLEARING, money_neg(amount) }, { 0, ACCOUNT_UNEXPLAINED, amount } };

	v->state = ENTRY_UNMATCHED;
	if (!e->amount.fen)
		return RC_OK;
	ledger_post(w, in ? JOURNAL_UNEXPLAINED_IN : JOURNAL_UNEXPLAINED_OUT, 0, 0, 0, p, 2);
	return open_case(w, e, in ? CASE_UNMATCHED : e->reversal ? CASE_REVERSAL : CASE_DEBIT, ACCOUNT_UNEXPLAINED, v);
}

/* What cannot be counted in fen stays out of the books (ISO-4). */
static enum rc uncountable(struct work *w, const struct q_bank_entry_lock *e, enum case_kind kind, struct verdict *v)
{
	v->state = ENTRY_UNMATCHED;
	return open_case(w, e, kind, 0, v);
}

/* -- matching ------------------------------------------------------------------------------------------------------ */

/* RC_NOT_FOUND: there is no such payment. */
static enum rc match_payment(struct work *w, const struct q_bank_entry_lock *e, struct verdict *v)
{
	struct channel_said said = said_of(w->cx->a, e, v->number);
	struct payment_result result;
	struct q_bank_payment p;

	TRY(q_bank_payment(tx_db(w->tx), w->cx->a, &(struct q_bank_payment_in){ v->number }, &p));
	TRY(payment_hear(w, &said, &result));
	*v = (struct verdict){
		.number = v->number, .kind = p.purpose == PAYMENT_OF_TOPUP ? MATCH_TOPUP : MATCH_PAYMENT, .outcome = result.outcome, .org = p.org_id,
		.state = result.outcome == NOTICE_MISMATCH || result.outcome == NOTICE_UNKNOWN ? ENTRY_UNMATCHED : ENTRY_MATCHED,
	};
	return RC_OK;
}

/* The number of an organisation: its cash (MON-11). */
static enum rc match_organisation(struct work *w, const struct q_bank_entry_lock *e, struct verdict *v)
{
	struct topup_transfer t = {
		.number = v->number, .transaction_id = e->transaction_id, .bank = e->bank, .account = e->account, .reference = e->reference,
		.payer_name = e->party_name, .payer_account = e->party_account, .amount = e->amount, .paid_at = date_begin(e->day), .raw = words_of(w->cx->a, e),
	};

	TRY(topup_by_transfer(w, &t, &v->org));
	v->kind = MATCH_ORGANISATION;
	v->state = ENTRY_MATCHED;
	v->outcome = NOTICE_APPLIED;
	return RC_OK;
}

/* What we told the bank to pay has left our account (ISO-7).  RC_NOT_FOUND: not so, or not like this. */
static enum rc match_payout(struct work *w, const struct q_bank_entry_lock *e, enum bank_match kind, struct verdict *v)
{
	struct payout_said said = {
		.number = v->number, .verdict = PAYOUT_SAYS_DONE, .amount = e->amount, .reference = e->reference, .at = date_begin(e->day),
	};
	enum rc rc = payout_heard(w, &said);

	if (rc == RC_CONFLICT)
		return RC_NOT_FOUND;
	TRY(rc);
	v->kind = kind;
	v->state = ENTRY_MATCHED;
	return RC_OK;
}

/* RC_NOT_FOUND: this number names nothing that such an entry can be for. */
static enum rc match(struct work *w, const struct q_bank_entry_lock *e, const struct bank_number *n, struct verdict *v)
{
	bool credit = e->direction == BANK_CREDIT;

	*v = (struct verdict){ .number = arena_strdup(w->cx->a, n->text) };
	if (e->reversal || !e->amount.fen)
		return RC_NOT_FOUND;
	if (n->kind == MATCH_PAYMENT && credit)
		return match_payment(w, e, v);
	if (n->kind == MATCH_ORGANISATION && credit)
		return match_organisation(w, e, v);
	if ((n->kind == MATCH_REFUND || n->kind == MATCH_WITHDRAWAL) && !credit)
		return match_payout(w, e, n->kind, v);
	return RC_NOT_FOUND;
}

/* ISO-5: EndToEndId, else the structured reference, else exactly one number in the text. */
static enum rc find(struct work *w, const struct q_bank_entry_lock *e, struct verdict *v)
{
	const char *const places[] = { e->end_to_end, e->structured, e->remittance };
	struct bank_number all[BANK_NUMBERS_MAX];
	const char *seen = "";

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (bank_numbers(places[i], all) != 1)
			continue;
		enum rc rc = match(w, e, all, v);
		if (rc != RC_NOT_FOUND)
			return rc;
		seen = *seen ? seen : v->number;
	}
	*v = (struct verdict){ .number = seen };
	return RC_NOT_FOUND;
}

static enum rc judge(struct work *w, const struct q_bank_entry_lock *e, struct verdict *v)
{
	*v = (struct verdict){ .number = "" };
	if (!str_eq(e->currency, "CNY"))
		return uncountable(w, e, CASE_CURRENCY, v);
	if (!e->whole)
		return uncountable(w, e, CASE_FRACTION, v);
	enum rc rc = find(w, e, v);
	return rc == RC_NOT_FOUND ? unexplained(w, e, v) : rc;
}

/* -- one entry ----------------------------------------------------------------------------------------------------- */

static enum rc hear(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	struct q_bank_entry_lock *e;
	struct verdict v;
	size_t found;
	uint64_t n;

	TRY(q_bank_entry_lock(w->tx, w->cx->a, &(struct q_bank_entry_lock_in){ *id }, &e, &found));
	if (!found || e->state != ENTRY_WAITING)
		return found ? RC_OK : RC_NOT_FOUND;
	TRY(judge(w, e, &v));
	struct q_bank_case c = { 0 };
	enum rc rc = q_bank_case(tx_db(w->tx), w->cx->a, &(struct q_bank_case_in){ e->transaction_id }, &c);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	struct q_bank_entry_heard_in in = {
		.id = *id, .state = v.state, .kind = v.kind, .number = v.number, .outcome = v.outcome, .org = v.org, .case_id = c.id, .now = w->cx->now,
	};
	work_audit(w, (struct event){
		.kind = OBJECT_REMITTANCE, .object = *id, .org = v.org, .name = "hear", .from = bank_entry_state_enum.names[ENTRY_WAITING],
		.to = bank_entry_state_enum.names[v.state], .why = v.number,
	});
	return q_bank_entry_heard(w->tx, &in, &n);
}

enum rc bank_entry_hear(struct cx *cx, uint64_t id)
{
	return work_as_channel(cx, CHANNEL_B2B, hear, &id);
}

enum rc bank_entry_hear_some(struct cx *cx, uint64_t file, size_t most, bool *more)
{
	struct q_bank_entry_waiting *rows;
	enum rc worst = RC_OK;
	size_t n;

	*more = false;
	TRY(q_bank_entry_waiting(cx->db, cx->a, &(struct q_bank_entry_waiting_in){ .file = file, .limit = (int32_t)most }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		size_t mark = arena_mark(cx->a);
		enum rc rc = bank_entry_hear(cx, rows[i].id);
		arena_release(cx->a, mark);
		if (rc == RC_AWAY)
			return rc;
		if (rc != RC_OK)
			worst = rc;
	}
	*more = n == most && worst == RC_OK;
	return worst;
}

/* -- what others say about one ------------------------------------------------------------------------------------- */

enum rc bank_entry_differs(struct work *w, const struct q_bank_entry_insert_in *e)
{
	const char *text = arena_printf(w->cx->a, "%s account=%s reference=%s is told with %s %s", bank_code_enum.names[e->bank], e->account, e->reference,
		e->amount_text, e->currency);
	enum rc rc = case_open(w, &(struct case_of){
		.kind = CASE_DIFFERENCE, .channel = CHANNEL_B2B, .transaction_id = bank_transaction_id(w->cx->a, e->account, e->reference), .payment_number = "",
		.amount = e->amount, .raw = { text, strlen(text) },
	});

	return rc == RC_DUPLICATE ? RC_OK : rc;
}

enum rc bank_entry_claimed(struct work *w, const char *account, const char *reference, uint64_t org, const char *number)
{
	struct q_bank_entry_claim_in in = { .account = account, .reference = reference, .org = org, .number = number, .now = w->cx->now };
	uint64_t n;

	TRY(q_bank_entry_claim(w->tx, &in, &n));
	return n ? RC_OK : RC_CONFLICT;
}
