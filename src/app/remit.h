#ifndef APP_REMIT_H
#define APP_REMIT_H
#include "app/topup.h"

/* Topping up by transfer (MON-11): each organisation has a number of its own that its transfers bear; money that comes with one is its cash.
 * What bears none can be claimed, with proof; two people of finance decide. */

/* The organisation's number, made when it is asked for first. */
MUST_USE enum rc remit_number_of(struct cx *cx, uint64_t org, const char **number);

/* An entry of one of our accounts. */
struct topup_transfer {
	const char *number;		/* the organisation's */
	const char *transaction_id;	/* of the channel b2b: what its notice and payment are known by */
	enum bank_code bank;
	const char *account, *reference;	/* ours; the bank's own of the entry */
	const char *payer_name, *payer_account;	/* NULL: not said */
	struct money amount;
	struct instant paid_at;
	struct bytes raw;
};
/* In the caller's transaction, once for each entry: a payment of its own, its notice, TOPUP, the remittance; the organisation (its paying account,
 * ACC-4) is told.  RC_NOT_FOUND: nobody has that number, nothing is done. */
MUST_USE enum rc topup_by_transfer(struct work *w, const struct topup_transfer *t, uint64_t *org);
/* The same of one whose money stands in unexplained receipts, whose notice is there, for an organisation that finance knows. */
MUST_USE enum rc topup_by_claim(struct work *w, const struct topup_transfer *t, uint64_t org, uint64_t claim);
#endif
