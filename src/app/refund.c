#include "app/refund.h"

#include <assert.h>

#include "app/bill.h"
#include "app/delivery.h"
#include "app/ledger.h"
#include "app/voucher.h"
#include "base/id.h"
#include "base/money.h"
#include "q_refund.h"

static enum rc insert(struct work *w, const struct order_now *u, const struct order_now *of, uint64_t resource)
{
	struct q_order_unsubscribe_insert_in order = {
		.id = u->id, .number = u->number, .state = u->state, .amount = u->payable, .now = w->cx->now,
		.buyer = of->buyer, .order = of->id,
	};
	struct q_order_line_insert_in line = {
		.order = u->id, .line = 1, .state = LINE_DELIVERED, .amount = u->payable, .resource = resource, .quantity = of->quantity, .name = "",
	};
	struct q_order_unsubscribe_sold_insert_in sold = { .id = u->id, .order = of->id };
	uint64_t n;

	enum rc rc = q_order_unsubscribe_insert(w->tx, &order, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	TRY(q_order_unsubscribe_sold_insert(w->tx, &sold, &n));
	return q_order_line_insert(w->tx, &line, 1);
}

/* What one order was paid with, and what of it goes back now, in the order: cash, gift, vouchers and cards. */
struct giving {
	uint64_t of, by, payer, provider;	/* the order that was paid, the one that refunds */
	uint64_t buyer, product;
	struct q_order_paid_cash *paid;
	struct q_order_paid_holdings *part;
	size_t parts;
	struct money *back;
	bool no_vouchers;
};

/* In proportion to what each gave and has not back yet (REF-13). */
static enum rc share_out(struct work *w, struct giving *g, struct money amount)
{
	struct money all = { 0 };
	size_t n;

	TRY(q_order_paid_cash(w->tx, w->cx->a, &(struct q_order_paid_cash_in){ .order = g->of }, &g->paid, &n));
	if (!n)
		return RC_CONFLICT;
	TRY(q_order_paid_holdings(w->tx, w->cx->a, &(struct q_order_paid_holdings_in){ .order = g->of, .payment = g->paid->payment_id }, &g->part, &g->parts));
	struct money *left = ARENA_ARRAY(w->cx->a, struct money, g->parts + 2);
	left[0] = money_sub(g->paid->cash, g->paid->cash_returned);
	left[1] = money_sub(g->paid->gift, g->paid->gift_returned);
	for (size_t i = 0; i < g->parts; i++)
		left[i + 2] = g->no_vouchers && g->part[i].kind == HOLDING_VOUCHER ? fen(0) : money_sub(g->part[i].amount, g->part[i].returned);
	for (size_t i = 0; i < g->parts + 2; i++)
		all = money_add(all, left[i]);
	if (amount.fen > all.fen)
		return RC_CONFLICT;
	g->back = ARENA_ARRAY(w->cx->a, struct money, g->parts + 2);
	parts_return(amount, left, g->parts + 2, g->back);
	return RC_OK;
}

/* A voucher that paid for nothing in the end is whole again, also what was forfeited of it; one that is over is not returned (REF-1). */
static enum rc return_part(struct work *w, const struct giving *g, const struct q_order_paid_holdings *x, struct money back)
{
	struct q_payment_part_return_in in = { .payment = g->paid->payment_id, .order = g->of, .voucher = x->voucher_id, .amount = back };
	struct voucher_event e = { VOUCHER_EV_RETURN, x->voucher_id, x->org_id, x->kind, back, g->by, 0 };
	uint64_t n;

	if (!back.fen)
		return RC_OK;
	TRY(q_payment_part_return(w->tx, &in, &n));
	TRY(voucher_move(w, e));
	if (x->valid_to.us <= w->cx->now.us) {
		e.kind = VOUCHER_EV_EXPIRE;
		return voucher_move(w, e);
	}
	if (x->returned.fen + back.fen < x->amount.fen)
		return RC_OK;
	e.kind = VOUCHER_EV_RESTORE;
	e.amount = money_sub(x->held, x->amount);
	return voucher_move(w, e);
}

static void book(struct work *w, const struct giving *g, struct money amount)
{
	struct posting all[] = {
		{ g->provider, ACCOUNT_HELD, money_neg(amount) },
		{ g->payer, ACCOUNT_CASH, g->back[0] }, { g->payer, ACCOUNT_GIFT, g->back[1] },
		{ g->payer, ACCOUNT_VOUCHER, { 0 } }, { g->payer, ACCOUNT_CARD, { 0 } },
	}, p[sizeof all / sizeof *all];
	size_t n = 0;

	for (size_t i = 0; i < g->parts; i++) {
		struct money *to = &all[g->part[i].kind == HOLDING_CARD ? 4 : 3].amount;
		*to = money_add(*to, g->back[i + 2]);
	}
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].amount.fen)
			p[n++] = all[i];
	ledger_post(w, JOURNAL_ORDER_REFUND, g->payer, g->by, 0, p, n);
	bill_note(w, &(struct bill_of){ g->payer, g->buyer, g->product }, p, n);
}

static enum rc give_back(struct work *w, struct giving *g, struct money amount)
{
	uint64_t n;

	TRY(share_out(w, g, amount));
	struct q_payment_order_return_in in = { .payment = g->paid->payment_id, .order = g->of, .cash = g->back[0], .gift = g->back[1] };
	TRY(q_payment_order_return(w->tx, &in, &n));
	book(w, g, amount);	/* before what of it expires */
	for (size_t i = 0; i < g->parts; i++)
		TRY(return_part(w, g, &g->part[i], g->back[i + 2]));
	return RC_OK;
}

/* ---- several orders ---- */

/* One of them, and how much of its cash leaves through which payment's channel. */
struct going {
	struct order_now unsubscribe;
	uint64_t payer, payment;
	struct money origin;
};

/* Of this cash: what goes to its origin, as far as its payment has room for all that goes there now; the rest stays where it is. */
static enum rc to_origin(struct work *w, const struct giving *g, const struct going *before, const struct going *to, struct money *amount)
{
	struct q_refund_payment p;

	if (!g->back[0].fen || !refund_possible(g->paid->channel))
		return RC_OK;
	TRY(q_refund_payment(w->tx, w->cx->a, &(struct q_refund_payment_in){ .id = g->paid->payment_id }, &p));
	struct money room = money_sub(p.amount, p.refunded);
	for (; before < to; before++)
		if (before->payment == g->paid->payment_id)
			room = money_sub(room, before->origin);
	*amount = money_min(g->back[0], room);
	return RC_OK;
}

static struct order_now unsubscribe_of(struct work *w, const struct refund_order *r)
{
	const struct order_now *o = r->order;

	return (struct order_now){
		.id = id_new(w->cx->now), .buyer = o->buyer, .product = o->product, .plan = o->plan, .provider = o->provider,
		.quantity = o->quantity, .number = number_new(w->cx->a, w->cx->now), .kind = ORDER_KIND_UNSUBSCRIBE,
		.billing = o->billing, .payable = r->amount,
	};
}

static enum rc give_one(struct work *w, const struct refund_ask *ask, const struct refund_order *r, struct going *all, struct going *x)
{
	struct q_refund_target y;
	struct move m;

	if (r->amount.fen <= 0)
		return RC_INVALID;
	TRY(q_refund_target(tx_db(w->tx), w->cx->a, &(struct q_refund_target_in){ .order = r->order->id }, &y));
	*x = (struct going){ .unsubscribe = unsubscribe_of(w, r), .payer = y.payer_id };
	struct giving g = { .of = r->order->id, .by = x->unsubscribe.id, .payer = x->payer, .provider = r->order->provider, .buyer = r->order->buyer,
		.product = r->order->product, .no_vouchers = ask->no_vouchers };
	TRY(apply_order_begin(w, &x->unsubscribe, ask->by, &m));
	TRY(insert(w, &x->unsubscribe, r->order, r->resource));
	TRY(apply_order_begun(w, &x->unsubscribe, &m, ask->why));
	if (r->resource)
		TRY(delivery_refund_begins(w, r->resource));
	TRY(give_back(w, &g, r->amount));
	x->payment = g.paid->payment_id;
	return (ask->to ? ask->to : y.refund_to) == REFUND_TO_ORIGIN ? to_origin(w, &g, all, x, &x->origin) : RC_OK;
}

/* Those that one payment paid leave together; each waits for its own share. */
static enum rc send_off(struct work *w, const struct refund_ask *ask, const struct going *first, const struct going *end)
{
	struct q_refund_order_insert_in rows[REFUND_ORDERS_MAX];
	struct refund_way way = {
		.cause = REFUND_OF_ORDERS, .cause_id = first->unsubscribe.id, .org = first->payer, .payment = first->payment, .by = ask->by, .why = ask->why,
	};
	size_t n = 0;

	for (const struct going *x = first; x < end; x++)
		if (x->payment == first->payment && x->origin.fen) {
			way.amount = money_add(way.amount, x->origin);
			rows[n++] = (struct q_refund_order_insert_in){ .order = x->unsubscribe.id, .buyer = x->unsubscribe.buyer, .amount = x->origin };
		}
	struct refund_sent sent;
	TRY(refund_out(w, &way, &sent));
	for (size_t i = 0; i < n; i++)
		rows[i].refund = sent.id;
	return q_refund_order_insert(w->tx, rows, n);
}

static bool is_first(const struct going *all, const struct going *x)
{
	for (; all < x; all++)
		if (all->payment == x->payment && all->origin.fen)
			return false;
	return true;
}

enum rc refund_begin(struct work *w, const struct refund_ask *ask, struct refund_begun *out)
{
	struct going *all = ARENA_ARRAY(w->cx->a, struct going, REFUND_ORDERS_MAX), *end = all + ask->n;

	assert(ask->n >= 1 && ask->n <= REFUND_ORDERS_MAX);
	for (size_t i = 0; i < ask->n; i++)
		TRY(give_one(w, ask, &ask->orders[i], all, &all[i]));
	*out = (struct refund_begun){ all->unsubscribe.id, all->unsubscribe.number };
	for (struct going *x = all; x < end; x++) {
		if (!x->origin.fen)
			TRY(apply_order(w, &x->unsubscribe, ORDER_EV_REFUND, ACTOR_SYSTEM, x->unsubscribe.payable, ask->why));
		else if (is_first(all, x))
			TRY(send_off(w, ask, x, end));
	}
	return RC_OK;
}

enum rc refund_at_once(struct work *w, const struct order_now *o, struct money amount, uint64_t resource, const char *why)
{
	struct refund_order order = { o, resource, amount };
	struct refund_begun begun;

	return refund_begin(w, &(struct refund_ask){ .orders = &order, .n = 1, .by = ACTOR_SYSTEM, .why = why }, &begun);
}
