#ifndef APP_REFUND_H
#define APP_REFUND_H
#include "app/apply.h"
#include "app/channel.h"
#include "domain/refund.h"

/* Money that goes back (REF-1): first to the sources that paid an order (ORDER_REFUND), and what of it came through a channel from there on to its
 * origin (REFUND_OUT), where it stands as due until the channel says that it arrived (REFUND_DONE) or that it never will (REFUND_BACK). */

/* -- orders ------------------------------------------------------------------------------------------------------ */

enum { REFUND_ORDERS_MAX = 30 };
/* A part of what was paid for one order, which is locked in this transaction. */
struct refund_order {
	const struct order_now *order;
	uint64_t resource;		/* ends when the money is there (REF-4); 0: it goes on */
	struct money amount;
};
struct refund_ask {
	const struct refund_order *orders;	/* in the order of their ids; of one payment or of several */
	size_t n;
	enum refund_target to;		/* 0: what the policy says under which each order was sold */
	bool no_vouchers;		/* vouchers do not come back (REF-1): the amount is out of cash, gift and cards only */
	enum actor_kind by;
	const char *why;
};
/* Each order gives back in proportion to what each source gave and has not back yet, exact to the fen (parts_return), by an unsubscribe order of its
 * own.  A voucher or card that is over comes back and expires in the same transaction: it is not returned (REF-1).  What cash came through a channel
 * that can give back goes there where the category says so, in one refund for each payment, as far as the payment still has room; the rest stays in
 * the payer's cash.  An unsubscribe order is complete when its money is there.
 * RC_CONFLICT: an order has less left than that (two refunds at once); RC_INVALID: an amount of nothing or less.  out: the first such order. */
struct refund_begun { uint64_t unsubscribe; const char *number; };
MUST_USE enum rc refund_begin(struct work *w, const struct refund_ask *ask, struct refund_begun *out);

/* What was paid for a resource that could not be made (ORD-2, REF-13): refund_begin for one order by the system, vouchers too. */
MUST_USE enum rc refund_at_once(struct work *w, const struct order_now *o, struct money amount, uint64_t resource, const char *why);

/* -- through a channel ------------------------------------------------------------------------------------------- */

/* Money that came by one transaction of a channel and goes back there. */
struct refund_way {
	enum refund_cause cause;	/* CASE: money that no order has (MON-7); WITHDRAWAL: 原路 (MON-12) */
	uint64_t cause_id, cause_line;	/* the case; the withdrawal and its part */
	uint64_t org;			/* whose money it is: its cash (of a withdrawal: its frozen cash); 0: unexplained receipts */
	uint64_t payment;		/* that brought it, succeeded; of a case 0: the receipt of the case itself */
	struct money amount;
	enum actor_kind by;
	const char *why;		/* what the payer reads */
};
/* In the caller's transaction: the row of the refund, due at once, and REFUND_OUT.  Never more over all refunds than what came.
 * RC_CONFLICT: it has less room than that, or the channel cannot give back; and at the end of the work, when the account has less. */
struct refund_sent { uint64_t id, journal; const char *number; };
MUST_USE enum rc refund_out(struct work *w, const struct refund_way *way, struct refund_sent *out);

/* Can money go back through it here? */
bool refund_possible(enum payment_channel c);

/* The job: says a refund to its channel, or asks how it stands, and acts on the answer.  RC_CONFLICT: another instance does it. */
MUST_USE enum rc refund_go(struct cx *cx, uint64_t id);
/* What became of it, from whoever knows for sure: the channel when asked, a payout, a bank's entry.  Done: the money is there.  Refused: it is
 * in the payer's cash again (of unexplained receipts: there), with a case for the finance desk.  Twice is once.
 * RC_NOT_FOUND: no number of ours; RC_CONFLICT: it ended otherwise before. */
MUST_USE enum rc refund_heard(struct cx *cx, const struct channel_refund_said *said);
/* The same inside a transaction that does more. */
MUST_USE enum rc refund_hear(struct work *w, const struct channel_refund_said *said);
/* A notification that proves nothing (WXP-8), or a person: the job asks the channel now.  One that is over is not asked any more.  RC_NOT_FOUND: no
 * number of ours. */
MUST_USE enum rc refund_hint(struct cx *cx, const char *number);

/* -- by finance -------------------------------------------------------------------------------------------------- */

/* Giving up a refund that its channel does not take: one person stops it, another decides; the channel is asked before, and only what it does not
 * know goes to the balance.  RC_DENIED: the same person. */
MUST_USE enum rc refund_stop(struct cx *cx, const char *number, const char *why, struct outcome *out);
MUST_USE enum rc refund_resume(struct cx *cx, const char *number, struct outcome *out);
MUST_USE enum rc refund_give_up(struct cx *cx, const char *number, struct outcome *out);
#endif
