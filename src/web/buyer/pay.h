#ifndef WEB_BUYER_PAY_H
#define WEB_BUYER_PAY_H
#include "app/payment.h"
#include "q_payment.h"
#include "q_voucher.h"
#include "view/payment.h"
#include "web/web.h"

/* The payment page (ORD-4, ORD-13): pay.c finds the orders and ends the request, pay_choice.c weighs vouchers and
 * cards. */

struct pay_in {
	struct texts orders;
	struct texts voucher;			/* "order's number:voucher's id" */
	struct ids card;
	enum payment_channel channel;
	enum bank_code bank;
	const char *seen;			/* what the page said that the channel takes */
	bool update;				/* new sums, nothing is paid */
};

struct paying {
	struct q_pay_order_list *row;		/* by id */
	struct q_voucher_to_pay *held;		/* the payer's vouchers and cards, those that end first on top */
	struct q_pay_held *open;		/* what payments under way for these orders hold */
	size_t n, held_n, open_n;
	struct payee payees[PAY_ORDERS_MAX];
	struct holding holdings[HOLDINGS_MAX];
	bool chosen[HOLDINGS_MAX];		/* cards */
	struct part_pick picks[PAY_ORDERS_MAX];
	size_t picks_n;
	struct parts_ask ask;
	struct parts parts;
};
/* The orders that are asked for and those combined with them.  RC_NOT_FOUND: one is not the buyer's. */
MUST_USE enum rc paying_find(struct cx *cx, const char *const *numbers, size_t n, struct paying *p);
/* What vouchers and cards pay, by the form, else as in the payment that is under way; a voucher that cannot is
 * refused at its field. */
MUST_USE enum rc paying_choose(struct cx *cx, struct web *w, const struct pay_in *in, struct paying *p);

/* The choice of a form as the use case takes it; false: not such a text. */
bool pay_voucher_read(struct arena *a, const char *text, struct payment_voucher *v);
/* The rows of the page. */
const struct view_field *pay_voucher_field(struct cx *cx, struct web *w, const struct paying *p, size_t order);
const struct view_pay_card *pay_cards(struct cx *cx, const struct paying *p, size_t *n);
/* The banks that are on (MON-5), for the form that chooses one. */
void pay_banks(struct cx *cx, enum bank_code chosen, struct view_pay_channel *c);
/* The choice of a channel with what is wrong with it, for part/pay_choice. */
const struct view_pay_choice *pay_choice(struct web *w, const struct view_pay_channel *channels, size_t n, const char *label);
#endif
