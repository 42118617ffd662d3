#include "app/sales.h"

#include "base/time.h"
#include "q_sales.h"

enum { SALES_SHARDS = 4 };

static enum rc add(struct work *w, const struct order_now *o, struct q_sales_add_in in)
{
	uint64_t n;

	in.provider = o->provider;
	in.product = o->product;
	in.shard = o->id % SALES_SHARDS;
	in.day = date_of(w->cx->now);
	return q_sales_add(w->tx, &in, &n);
}

static enum rc delivered(struct work *w, const struct order_now *o)
{
	struct q_sales_delivered_in in = {
		.provider = o->provider, .day = date_of(w->cx->now), .product = o->product, .shard = o->id % SALES_SHARDS, .buyer = o->buyer, .order = o->id, .now = w->cx->now,
	};
	uint64_t n;

	return q_sales_delivered(w->tx, &in, &n);
}

enum rc sales_note(struct work *w, const struct order_now *o, enum order_event ev, const struct move *m)
{
	bool refund = o->kind == ORDER_KIND_UNSUBSCRIBE, sold = m->effects & FX_PROVISION;

	if (refund)
		return m->to == ORDER_COMPLETED ? add(w, o, (struct q_sales_add_in){ .refunded = 1, .refund_amount = o->payable }) : RC_OK;
	if (ev == ORDER_EV_PLACE || sold)
		return add(w, o, (struct q_sales_add_in){ .placed = ev == ORDER_EV_PLACE, .sold = sold, .amount = { sold ? o->payable.fen : 0 } });
	return m->to == ORDER_COMPLETED ? delivered(w, o) : RC_OK;
}
