#include "app/remit.h"

#include "app/ledger.h"
#include "base/id.h"
#include "base/money.h"
#include "domain/remit.h"
#include "q_payment.h"
#include "q_topup.h"

enum { NUMBERS = 100000000, NUMBER_TRIES = 20 };

struct numbering { uint64_t org; const char *number; struct instant now; };

static enum rc make_number(struct tx *tx, void *arg)
{
	const struct numbering *n = arg;
	uint64_t changed;

	return q_remit_number_insert(tx, &(struct q_remit_number_insert_in){ n->org, n->number, n->now }, &changed);
}

static enum rc find_number(struct cx *cx, uint64_t org, const char **number)
{
	struct q_remit_number r;

	TRY(q_remit_number(cx->db, cx->a, &(struct q_remit_number_in){ org }, &r));
	*number = r.number;
	return RC_OK;
}

/* Scattered over all numbers, so that one tells nothing of another; taken by somebody, or made by somebody for this one: once more. */
enum rc remit_number_of(struct cx *cx, uint64_t org, const char **number)
{
	enum rc rc = find_number(cx, org, number);

	for (int i = 0; i < NUMBER_TRIES && rc == RC_NOT_FOUND; i++) {
		char text[REMIT_LEN + 1];
		remit_number((uint32_t)((id_new(cx->now) * UINT64_C(0x9E3779B97F4A7C15) >> 32) % NUMBERS), text);
		struct numbering n = { org, text, cx->now };
		rc = db_tx(cx->db, cx->a, make_number, &n);
		if (rc == RC_OK || rc == RC_DUPLICATE)
			rc = find_number(cx, org, number);
	}
	return rc;
}

/* -- money ---------------------------------------------------------------------------------------------------------- */

static enum rc keep_notice(struct work *w, const struct topup_transfer *t, const char *payment)
{
	struct q_notice_insert_in in = {
		.channel = CHANNEL_B2B, .transaction_id = t->transaction_id, .payment_number = payment, .amount = t->amount, .outcome = NOTICE_APPLIED,
		.source = NOTICE_STATEMENT, .raw = t->raw, .now = w->cx->now,
	};
	uint64_t n;

	return q_notice_insert(w->tx, &in, &n);
}

/* The payment that a transfer is: its number is what the organisation sees. */
static enum rc make_payment(struct work *w, const struct topup_transfer *t, uint64_t org, uint64_t claim, struct q_remit_payment_insert_in *p)
{
	uint64_t n;

	*p = (struct q_remit_payment_insert_in){
		.id = id_new(w->cx->now), .number = number_prefixed(w->cx->a, 'P', w->cx->now), .org = org, .bank = t->bank, .amount = t->amount,
		.transaction_id = t->transaction_id, .paid_at = t->paid_at, .now = w->cx->now,
	};
	enum rc rc = q_remit_payment_insert(w->tx, p, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	work_audit(w, (struct event){
		.kind = OBJECT_PAYMENT, .object = p->id, .org = org, .name = claim ? "topup_claimed" : "topup_transfer", .to = payment_state_enum.names[PAYMENT_SUCCEEDED],
	});
	return q_remittance_insert(w->tx, &(struct q_remittance_insert_in){
		.org = org, .payment = p->id, .bank = t->bank, .account = t->account, .reference = t->reference, .payer_name = t->payer_name ? t->payer_name : "",
		.payer_account = t->payer_account ? t->payer_account : "", .claim = claim,
	}, &n);
}

static enum rc book(struct work *w, const struct q_remit_payment_insert_in *p, bool claimed)
{
	struct posting posts[] = {
		{ claimed ? 0 : CHANNEL_B2B, claimed ? ACCOUNT_UNEXPLAINED : ACCOUNT_CLEARING, money_neg(p->amount) },
		{ p->org, ACCOUNT_CASH, p->amount },
	};

	ledger_post(w, claimed ? JOURNAL_UNEXPLAINED_CLAIM : JOURNAL_TOPUP, p->org, 0, p->id, posts, 2);
	return topup_tell(w, p->org, p->number, p->amount);
}

enum rc topup_by_transfer(struct work *w, const struct topup_transfer *t, uint64_t *org)
{
	struct q_remit_payment_insert_in p;
	struct q_remit_org r;

	TRY(q_remit_org(tx_db(w->tx), w->cx->a, &(struct q_remit_org_in){ t->number }, &r));
	*org = r.org;
	TRY(make_payment(w, t, r.org, 0, &p));
	TRY(keep_notice(w, t, p.number));
	return book(w, &p, false);
}

enum rc topup_by_claim(struct work *w, const struct topup_transfer *t, uint64_t org, uint64_t claim)
{
	struct q_remit_payment_insert_in p;

	TRY(make_payment(w, t, org, claim, &p));
	return book(w, &p, true);
}
