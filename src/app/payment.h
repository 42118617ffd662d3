#ifndef APP_PAYMENT_H
#define APP_PAYMENT_H
#include "app/channel.h"
#include "app/work.h"

/* Payments: started by the buyer, moved by what the channel says (MON-4 to MON-8). */

/* Starts paying one order through a channel, or goes on with the payment that is under way for it.  The channel is asked for its
 * code after the payment is stored, so an answer that is lost is asked for again under the same number.
 * RC_NOT_FOUND: not the buyer's order; RC_CONFLICT: it cannot be paid now; RC_INVALID: the category does not allow this channel;
 * RC_BUSY: the channel does not answer.  outcome.location is the payment's page. */
MUST_USE enum rc payment_start(struct cx *cx, const char *order_number, enum payment_channel channel, struct outcome *out);

/* What became of a channel's word that money came. */
struct payment_result {
	enum notice_outcome outcome;
	uint64_t payment;
};
/* Books it exactly once (MON-6, MON-7, WXP-6): the payment and its orders move on, or the money goes to the buyer's cash or to unexplained
 * receipts with a case for the finance desk.  RC_OK: it stands in the books for good, now or since before. */
MUST_USE enum rc payment_heard(struct cx *cx, const struct channel_said *said, struct payment_result *out);

/* An authentic word that cannot be our money (another currency): a case for the finance desk, once; nothing is booked. */
MUST_USE enum rc payment_suspect(struct cx *cx, const struct channel_said *said);

/* Asks the channel about a payment and acts on the answer; the buyer's button and the job share it. */
MUST_USE enum rc payment_ask(struct cx *cx, const char *number);

/* In the transaction that cancels an order: its open payments are closed here at once, and at the channel by the outbox. */
MUST_USE enum rc payment_close_of_order(struct work *w, uint64_t order);
/* The outbox: closes a payment at its channel; money that had come meanwhile is heard. */
MUST_USE enum rc payment_close_at_channel(struct cx *cx, uint64_t payment);
#endif
