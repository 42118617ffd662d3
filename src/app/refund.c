#include "app/refund.h"

#include "app/ledger.h"
#include "base/id.h"
#include "base/money.h"

static enum rc insert(struct work *w, const struct order_now *u, const struct order_now *of, const struct refund_of *r)
{
	struct q_order_unsubscribe_insert_in order = {
		.id = u->id, .number = u->number, .state = u->state, .amount = u->payable, .now = w->cx->now,
		.buyer = of->buyer, .order = of->id,
	};
	struct q_order_line_insert_in line = {
		.order = u->id, .line = 1, .state = LINE_DELIVERED, .amount = u->payable, .resource = r->resource, .quantity = of->quantity, .name = "",
	};
	struct q_order_unsubscribe_sold_insert_in sold = { .id = u->id, .order = of->id };
	uint64_t n;

	enum rc rc = q_order_unsubscribe_insert(w->tx, &order, &n);
	TRY(rc == RC_DUPLICATE ? RC_BUSY : rc);	/* its number is taken: later, with another */
	TRY(q_order_unsubscribe_sold_insert(w->tx, &sold, &n));
	return q_order_line_insert(w->tx, &line, 1);
}

enum rc refund_at_once(struct work *w, const struct order_now *o, const struct refund_of *r, const char *why)
{
	struct order_now u = {
		.id = id_new(w->cx->now), .buyer = o->buyer, .product = o->product, .plan = o->plan, .provider = o->provider,
		.quantity = o->quantity, .number = number_new(w->cx->a, w->cx->now), .kind = ORDER_KIND_UNSUBSCRIBE,
		.billing = o->billing, .payable = r->amount,
	};
	struct posting p[] = {
		{ o->provider, ACCOUNT_HELD, money_neg(r->amount) },
		{ r->payer, ACCOUNT_CASH, r->amount },
	};
	struct move m;

	TRY(apply_order_begin(w, &u, ACTOR_SYSTEM, &m));
	TRY(insert(w, &u, o, r));
	TRY(apply_order_begun(w, &u, &m, why));
	ledger_post(w, JOURNAL_ORDER_REFUND, r->payer, u.id, 0, p, 2);
	return apply_order(w, &u, ORDER_EV_REFUND, ACTOR_SYSTEM, r->amount, why);
}
