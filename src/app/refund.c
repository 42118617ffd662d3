#include "app/refund.h"

#include "app/ledger.h"
#include "app/voucher.h"
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
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	TRY(q_order_unsubscribe_sold_insert(w->tx, &sold, &n));
	return q_order_line_insert(w->tx, &line, 1);
}

/* What one order was paid with, and what of it goes back now, in the order: cash, gift, vouchers and cards. */
struct giving {
	uint64_t of, by, payer, provider;	/* the order that was paid, the one that refunds */
	struct q_order_paid_cash *paid;
	struct q_order_paid_holdings *part;
	size_t parts;
	struct money *back;
};

/* In proportion to what each gave and has not back yet (REF-13). */
static enum rc share_out(struct work *w, struct giving *g, struct money amount)
{
	size_t n;

	TRY(q_order_paid_cash(w->tx, w->cx->a, &(struct q_order_paid_cash_in){ .order = g->of }, &g->paid, &n));
	if (!n)
		return RC_INTERNAL;
	TRY(q_order_paid_holdings(w->tx, w->cx->a, &(struct q_order_paid_holdings_in){ .order = g->of, .payment = g->paid->payment_id }, &g->part, &g->parts));
	struct money *left = ARENA_ARRAY(w->cx->a, struct money, g->parts + 2);
	left[0] = money_sub(g->paid->cash, g->paid->cash_returned);
	left[1] = money_sub(g->paid->gift, g->paid->gift_returned);
	for (size_t i = 0; i < g->parts; i++)
		left[i + 2] = money_sub(g->part[i].amount, g->part[i].returned);
	g->back = ARENA_ARRAY(w->cx->a, struct money, g->parts + 2);
	parts_return(amount, left, g->parts + 2, g->back);
	return RC_OK;
}

/* A voucher that paid for nothing in the end is whole again, also what was forfeited of it. */
static enum rc return_part(struct work *w, const struct giving *g, const struct q_order_paid_holdings *x, struct money back)
{
	struct q_payment_part_return_in in = { .payment = g->paid->payment_id, .order = g->of, .voucher = x->voucher_id, .amount = back };
	struct voucher_event e = { VOUCHER_EV_RETURN, x->voucher_id, x->org_id, x->kind, back, g->by, 0 };
	uint64_t n;

	if (!back.fen)
		return RC_OK;
	TRY(q_payment_part_return(w->tx, &in, &n));
	TRY(voucher_move(w, e));
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
}

static enum rc give_back(struct work *w, struct giving *g, struct money amount)
{
	uint64_t n;

	TRY(share_out(w, g, amount));
	struct q_payment_order_return_in in = { .payment = g->paid->payment_id, .order = g->of, .cash = g->back[0], .gift = g->back[1] };
	TRY(q_payment_order_return(w->tx, &in, &n));
	for (size_t i = 0; i < g->parts; i++)
		TRY(return_part(w, g, &g->part[i], g->back[i + 2]));
	book(w, g, amount);
	return RC_OK;
}

enum rc refund_at_once(struct work *w, const struct order_now *o, const struct refund_of *r, const char *why)
{
	struct order_now u = {
		.id = id_new(w->cx->now), .buyer = o->buyer, .product = o->product, .plan = o->plan, .provider = o->provider,
		.quantity = o->quantity, .number = number_new(w->cx->a, w->cx->now), .kind = ORDER_KIND_UNSUBSCRIBE,
		.billing = o->billing, .payable = r->amount,
	};
	struct giving g = { .of = o->id, .by = u.id, .payer = r->payer, .provider = o->provider };
	struct move m;

	TRY(apply_order_begin(w, &u, ACTOR_SYSTEM, &m));
	TRY(insert(w, &u, o, r));
	TRY(apply_order_begun(w, &u, &m, why));
	TRY(give_back(w, &g, r->amount));
	return apply_order(w, &u, ORDER_EV_REFUND, ACTOR_SYSTEM, r->amount, why);
}
