#ifndef APP_QUOTATION_H
#define APP_QUOTATION_H
#include "app/offer.h"
#include "app/order.h"

/* Quotations: what a provider offers one buyer, until a day; accepted, it becomes an order at that price (ORD-20). */

enum { QUOTATION_DAYS_MAX = 90, QUOTATION_NOTE_MAX = 200 };
struct quotation_in {
	const char *buyer;		/* whole name or id of the organisation */
	struct order_choice choice;
	struct money price;		/* for all of it; 0 or more, at most OFFER_MAX */
	struct date until;		/* the last day on which it can be accepted */
	const char *note;
};
/* RC_INVALID: *field and *error (a message key).  outcome.location is its page. */
MUST_USE enum rc quotation_make(struct cx *cx, const struct quotation_in *in, const char **field, const char **error, struct outcome *out);
/* RC_NOT_FOUND: not this provider's; RC_CONFLICT: it is open no more. */
MUST_USE enum rc quotation_withdraw(struct cx *cx, const char *number, struct outcome *out);

struct quotation_yes {
	struct money seen;
	const char *contact;
	bool agreed;
	uint64_t product_agreement, platform_agreement;
};
/* The buyer's word: one order, however often it is given.  RC_NOT_FOUND: not for this buyer; RC_CONFLICT: accepted, withdrawn or over.  Else as order_place(). */
MUST_USE enum rc quotation_accept(struct cx *cx, const char *number, const struct quotation_yes *yes, struct order_placed *placed, struct outcome *out);

/* For order_place(): the price becomes the quoted one, and the quotation this order's. */
MUST_USE enum rc quotation_take(struct work *w, uint64_t buyer, const struct order_item *item, const char *order, struct price *price);
#endif
