#ifndef DOMAIN_ORDER_H
#define DOMAIN_ORDER_H
#include "domain/machine.h"

/* The life of an order: ORD-1, ORD-2, ORD-6.  The rows stand in order.def. */

/* What a move asks app/ to do in the same transaction. */
enum order_fx {
	FX_DEADLINE        = 1 << 0,	/* set it by order_deadline(); without this bit there is none any more */
	FX_CLOSE_PAYMENTS  = 1 << 1,	/* payments still open for it are closed */
	FX_USE_HOLDS       = 1 << 2,	/* coupon, voucher, card, stock: used for good */
	FX_RELEASE_HOLDS   = 1 << 3,	/* … free again (ORD-6) */
	FX_RETURN_COUPON   = 1 << 4,	/* every line failed: the coupon too goes back (REF-13) */
	FX_PROVISION       = 1 << 5,	/* each line: its resource and its outbox row (DEL-1) */
	FX_REFUND          = 1 << 6,	/* the money starts on its way back */
	FX_END_RESOURCE    = 1 << 7,	/* unsubscribed: closed, access withdrawn (REF-4) */
	FX_RESTORE         = 1 << 8,	/* the marker 退款中 goes, everything is as before (REF-3) */
	FX_NOTIFY_BUYER    = 1 << 9,
	FX_NOTIFY_PROVIDER = 1 << 10,
	FX_NOTIFY_REVIEWER = 1 << 11,
};

/* Read under the order's lock.  moved is the money that has come (payments, vouchers, cards), or has gone back for an unsubscribe. */
struct order_facts {
	enum order_kind kind;
	enum billing_mode billing;
	bool for_customer;		/* an account manager orders (ORD-9) */
	bool review;			/* must be reviewed first (ORD-8) */
	bool together;			/* one of a combined order with something to pay: it waits for that (ORD-5) */
	bool answered;			/* unsubscribe: the provider, or the platform, has decided */
	struct money payable, moved;
	struct instant now, deadline;
	int lines, delivered, failed;	/* delivered includes human delivery that is open; failed = failed and refunded */
};

extern const struct machine order_machine;

/* state 0 with ORDER_EV_PLACE: where a new order begins.  RC_DENIED, RC_CONFLICT: see machine_step. */
enum rc order_step(enum order_state state, enum order_event event, enum actor_kind who, const struct order_facts *f,
		   struct move *out) MUST_USE;
/* SET_OF(order_event): the buttons that a page shows to this person.  An event that would bring money (pay) is offered as if it
 * brought all of it. */
uint32_t order_offers(enum order_state state, const struct order_facts *f, enum org_kind org, uint32_t roles);

/* When an order that enters the state now is cancelled by the system: pay_hours in to-pay, 7 days in to-confirm and
 * in-review, never (0) elsewhere. */
enum { ORDER_REVIEW_DAYS = 7 };
struct instant order_deadline(enum order_state state, struct instant now, int pay_hours);

/* What happens next, and when (at 0: no instant belongs to it); shown beside the state (ORD-6, ORD-19).
 * began: when the order came into this state. */
enum { ORDER_DELIVERY_MINUTES = 10 };
struct order_next {
	enum order_hint hint;
	struct instant at;
};
struct order_next order_next(enum order_state state, const struct order_facts *f, struct instant began);
#endif
