#ifndef DOMAIN_RESOURCE_H
#define DOMAIN_RESOURCE_H
#include "domain/machine.h"

/* What a buyer holds: DEL-4, SUB-1, SUB-2, ACC-15.  The rows stand in resource.def. */

/* What a move asks app/ to do in the same transaction: mostly an event to the provider's system (SUB-3). */
enum resource_fx {
	RESOURCE_FX_RENEW   = 1 << 0,
	RESOURCE_FX_EXPIRE  = 1 << 1,	/* suspended during the grace period */
	RESOURCE_FX_DESTROY = 1 << 2,
	RESOURCE_FX_NOTIFY  = 1 << 3,	/* the buyer */
};

struct resource_facts {
	enum billing_mode billing;
	enum freeze_kind freeze;		/* 0 = none */
	struct instant now, ends_at, grace_ends_at;	/* 0 = it has no end */
	bool refunding;		/* marker 退款中: an unsubscribe is under way */
	bool unpaid_order;	/* an order on it waits to be paid */
	bool order_running;	/* an order on it is processing */
	bool delisted;		/* the product is no longer sold (CAT-9) */
	bool convertible;	/* a trial whose product has a paid plan (CAT-5) */
	bool requires;		/* its delivery waits for the buyer's requirement (DEL-6) */
	bool reviewable;	/* delivered and not reviewed yet */
	bool refundable;	/* the refund policy allows asking today */
};

extern const struct machine resource_machine;

enum rc resource_step(enum resource_state state, enum resource_event event, enum actor_kind who, const struct resource_facts *f,
		      struct move *out) MUST_USE;

/* SET_OF(resource_action): what the row and the page of the resource offer (SUB-2).  Only managing and withdrawing stay
 * open while a refund is under way (REF-3). */
uint32_t resource_actions(enum resource_state state, const struct resource_facts *f);

/* What happens next, and when (at 0: no instant belongs to it). */
struct resource_next {
	enum resource_hint hint;
	struct instant at;
};
struct resource_next resource_next(enum resource_state state, const struct resource_facts *f);
#endif
