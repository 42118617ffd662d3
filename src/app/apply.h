#ifndef APP_APPLY_H
#define APP_APPLY_H
#include "app/work.h"
#include "domain/order.h"
#include "domain/payment.h"
#include "domain/refund.h"
#include "domain/resource.h"

/* The only writer of state columns.  Each function takes a row that is locked in this transaction, asks the machine, changes the row
 * where the state is still the old one, keeps the counts, writes the history, and carries out the effects that the row of the
 * machine names.  RC_DENIED, RC_CONFLICT: from the machine, or somebody was faster; nothing is changed. */

struct order_now {
	uint64_t id, buyer, product, plan, provider, quantity, combined, coupon;
	const char *number;
	enum order_kind kind;
	enum order_state state;
	enum billing_mode billing;
	struct money payable, paid;
	struct instant deadline;
	bool review;			/* must be reviewed before it is paid (ORD-8) */
	bool together;			/* one of a combined order with something to pay: it waits for that (ORD-5) */
	bool for_customer;		/* only when it begins: an account manager orders (ORD-9) */
};
/* From a row of any statement that locks orders. */
#define ORDER_NOW(r) \
	((struct order_now){ .id = (r)->id, .buyer = (r)->buyer_id, .product = (r)->product_id, .plan = (r)->plan_id, .provider = (r)->provider_id, \
		.quantity = (r)->quantity, .combined = (r)->combined_id, .coupon = (r)->coupon_id, .number = (r)->number, .kind = (r)->kind, .state = (r)->state, \
		.billing = (r)->billing_mode, .payable = (r)->payable, .paid = (r)->paid, .deadline = (r)->deadline_at, .review = (r)->review })
/* moved: the money that is there for it after this event.  lines counts are read by the event that needs them. */
MUST_USE enum rc apply_order(struct work *w, struct order_now *o, enum order_event ev, enum actor_kind who, struct money moved, const char *why);

/* A new order: decides where it begins (o->state is set), to be stored by the caller, who then calls apply_order_begun for counts,
 * history and effects. */
MUST_USE enum rc apply_order_begin(struct work *w, struct order_now *o, enum actor_kind who, struct move *m);
MUST_USE enum rc apply_order_begun(struct work *w, struct order_now *o, const struct move *m, const char *why);

struct payment_now {
	uint64_t id, org;
	enum payment_channel channel;
	enum payment_state state;
	struct money amount;
	struct instant deadline;
	uint64_t queries;
};
/* From a row of any statement that locks payments. */
#define PAYMENT_NOW(p) \
	((struct payment_now){ .id = (p)->id, .org = (p)->org_id, .channel = (p)->channel, .state = (p)->state, .amount = (p)->amount, .deadline = (p)->deadline_at, .queries = (p)->queries })
/* What a move of a payment stores besides; NULL and 0 leave what is there. */
struct payment_learnt { const char *code_url, *transaction_id; struct instant paid_at; struct money received; };
MUST_USE enum rc apply_payment(struct work *w, struct payment_now *p, enum payment_event ev, enum actor_kind who, const struct payment_learnt *l, const char *why);

struct refund_now {
	uint64_t id, org;
	enum refund_state state;
	struct money amount;
	uint64_t tries;
};
struct refund_learnt {
	const char *refund_id;		/* the channel's */
	struct money said;		/* by the channel, of one that is done */
	bool absent;			/* see struct refund_facts */
	const char *answer;
};
/* Its effects on the books are the caller's: app/refund_hear.c. */
MUST_USE enum rc apply_refund(struct work *w, struct refund_now *r, enum refund_event ev, enum actor_kind who, const struct refund_learnt *l, struct move *m);

struct resource_now {
	uint64_t id, buyer, order, line;
	enum resource_state state;
	/* only what the event looks at */
	enum delivery_mode delivery;
	enum freeze_kind freeze;
	bool ordered, refunding;	/* an order is carried out on it, or pays it back */
	struct instant ends_at, grace_ends_at;
};
struct resource_learnt { const char *sign_id; uint64_t anchor_day; struct instant begin_at, end_at; };
MUST_USE enum rc apply_resource(struct work *w, struct resource_now *r, enum resource_event ev, enum actor_kind who, const struct resource_learnt *l, const char *why);
#endif
