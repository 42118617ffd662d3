#ifndef APP_VOUCHER_H
#define APP_VOUCHER_H
#include "app/work.h"
#include "domain/voucher.h"
#include "q_voucher.h"

/* Vouchers and stored-value cards (ORD-16): the only writer of their ledger.  Each of them counts for itself what of its face value is
 * available, reserved, used and gone; the accounts VOUCHER and CARD of its owner hold what it can still pay, reserved or not. */

/* One movement: the row changes by domain/voucher.def, an entry says so, and what the platform gives or takes back is booked.
 * RC_CONFLICT: there is less than that. */
struct voucher_event {
	enum voucher_entry_kind kind;
	uint64_t voucher, org;
	enum voucher_kind of;
	struct money amount;		/* 0: nothing happens */
	uint64_t order, payment;
};
MUST_USE enum rc voucher_move(struct work *w, struct voucher_event e);
/* The account that its value stands in. */
enum account_kind voucher_account(enum voucher_kind k);

/* Parts of payments (ORD-13).  Reserves what vouchers and cards pay in a payment that is begun … */
MUST_USE enum rc voucher_reserve(struct work *w, uint64_t org, uint64_t payment, const struct parts_ask *ask, const struct parts *parts);
/* … sets it free when the payment ended without money … */
MUST_USE enum rc voucher_release(struct work *w, uint64_t payment);
/* … and uses it when it succeeded.  rows: of that payment. */
MUST_USE enum rc voucher_use(struct work *w, uint64_t payment, const struct q_payment_part_list *rows, size_t n);

/* The job: ends what is left of one whose time is over.  RC_NOT_FOUND: nothing is left. */
MUST_USE enum rc voucher_expire(struct cx *cx, uint64_t org, uint64_t id);
#endif
