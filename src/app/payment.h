#ifndef APP_PAYMENT_H
#define APP_PAYMENT_H
#include "app/apply.h"
#include "app/channel.h"
#include "domain/voucher.h"

/* Payments: started by the buyer, moved by what the channel says (MON-4 to MON-8). */

/* A voucher for one of the orders. */
struct payment_voucher { const char *order; uint64_t voucher; };
struct payment_wish {
	const char *const *orders;		/* numbers, each once, at most PAY_ORDERS_MAX with those that are combined with them (ORD-4) */
	size_t orders_n;
	enum bank_code bank;			/* with CHANNEL_B2B */
	enum payment_channel channel;		/* for what vouchers and cards leave; 0: it is meant to be nothing */
	const struct payment_voucher *vouchers;
	size_t vouchers_n;
	const uint64_t *cards;
	size_t cards_n;
	const struct money *seen;		/* what the buyer saw that the channel shall take; NULL: whatever it is */
};
/* Why nothing was begun. */
struct payment_refusal {
	bool orders;				/* one of them cannot be paid (any more): the page tells which and why (ORD-4) */
	const char *field, *error;		/* message key, and its field */
	struct money missing;			/* of the balance */
};
/* Starts paying orders together through a channel, or goes on with the payment that is under way for just these and in just this way; any other that
 * is under way for one of them is closed.  From the balance, or when nothing is left for a channel, all are paid at once.
 * A channel is asked for its code after the payment is stored, so an answer that is lost is asked for again under the same number.
 * RC_NOT_FOUND: an order is not the buyer's; RC_INVALID, RC_CONFLICT: see *why.  outcome.location is the payment's page. */
MUST_USE enum rc payment_start(struct cx *cx, const struct payment_wish *wish, struct payment_refusal *why, struct outcome *out);
/* A payment may be paid for so long, unless what it pays ends before: a code of the channel lives no longer. */
#define PAYMENT_LIFE_US (2 * HOUR_US)
/* Asks the channel for the code of a payment that was just stored, outside of any transaction.  When none comes, its page offers to try again. */
void payment_code(struct cx *cx, const struct payment_now *p, enum payment_channel c, const struct channel_start *in);
/* In a transaction that does more: orders of that buyer are paid out of the balance at once, on behalf of the buyer (MON-7). */
MUST_USE enum rc payment_from_balance(struct work *w, uint64_t buyer, const struct payment_wish *wish, struct payment_refusal *why);
/* Can it be paid through this channel here and now: is it in the list of a policy, and does this program serve it? */
bool payment_allows(const char *channels, enum payment_channel c);
/* The lists that statements take: ["…","…"], [1,2]. */
const char *payment_numbers(struct arena *a, const char *const *numbers, size_t n);
const char *payment_ids(struct arena *a, const uint64_t *ids, size_t n);

/* What became of a channel's word that money came. */
struct payment_result {
	enum notice_outcome outcome;
	uint64_t payment;
};
/* Books it exactly once (MON-6, MON-7, WXP-6): the payment and its orders move on, all of them or none, or the money goes to the payer's cash or
 * to unexplained receipts with a case for the finance desk.  RC_OK: it stands in the books for good, now or since before. */
MUST_USE enum rc payment_heard(struct cx *cx, const struct channel_said *said, struct payment_result *out);

/* The same inside a transaction that locks no orders, payments or accounts before it. */
MUST_USE enum rc payment_hear(struct work *w, const struct channel_said *said, struct payment_result *out);

/* An authentic word that cannot be our money (another currency): a case for the finance desk, once; nothing is booked. */
MUST_USE enum rc payment_suspect(struct cx *cx, const struct channel_said *said);

/* Asks the channel about a payment and acts on the answer; the buyer's button and the job share it. */
MUST_USE enum rc payment_ask(struct cx *cx, const char *number);

/* When its channel is asked next; one that cannot be asked is looked at when its time is over. */
struct instant payment_query_at(const struct payment_now *p, struct instant now);

/* In the transaction that cancels an order: its open payments are closed here at once, and at the channel by the outbox. */
MUST_USE enum rc payment_close_of_order(struct work *w, uint64_t order);
/* The outbox: closes a payment at its channel; money that had come meanwhile is heard. */
MUST_USE enum rc payment_close_at_channel(struct cx *cx, uint64_t payment);
#endif
