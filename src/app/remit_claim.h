#ifndef APP_REMIT_CLAIM_H
#define APP_REMIT_CLAIM_H
#include "app/work.h"
#include "domain/remit_claim.h"

/* Claims (MON-11): a buyer says, with the bank's receipt, that a transfer without a number is his; one of finance proposes the bank's entry that it is,
 * another accepts, and the money leaves unexplained receipts for the organisation's cash. */

enum { CLAIMS_UNDER_WAY_MAX = 20, CLAIM_DAYS_MAX = 365 };
struct remit_claim_wish {
	struct money amount;
	struct date paid_on;
	const char *payer_name, *payer_account, *note;	/* the account and the note may be NULL */
	struct bytes proof;
};
/* RC_INVALID: *field and *error (a message's key) say what. */
struct remit_claim_refusal { const char *field, *error; };
MUST_USE enum rc remit_claim_make(struct cx *cx, const struct remit_claim_wish *wish, struct remit_claim_refusal *why, struct outcome *out);
/* By the organisation, while nobody has proposed an entry. */
MUST_USE enum rc remit_claim_withdraw(struct cx *cx, uint64_t id, struct outcome *out);

/* By finance.  RC_INVALID: that entry is not of this amount, or its money is somewhere else by now.  RC_CONFLICT: the claim moved meanwhile. */
MUST_USE enum rc remit_claim_propose(struct cx *cx, uint64_t id, uint64_t entry, struct outcome *out);
/* By another person (RC_DENIED): a payment, the remittance, UNEXPLAINED_CLAIM, the entry and its case, all at once.  RC_INVALID: as above. */
MUST_USE enum rc remit_claim_accept(struct cx *cx, uint64_t id, struct outcome *out);
/* The proposal is not right: it is open again.  Or there is no such money: the organisation is told why. */
MUST_USE enum rc remit_claim_return(struct cx *cx, uint64_t id, struct outcome *out);
MUST_USE enum rc remit_claim_refuse(struct cx *cx, uint64_t id, const char *why, struct outcome *out);
#endif
