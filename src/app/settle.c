#include "app/settle.h"

#include "app/bill.h"
#include "app/ledger.h"
#include "app/voucher.h"

/* What the payer's vouchers and cards give to this order, by kind. */
static void sum_parts(const struct q_payment_part_list *rows, size_t n, uint64_t order, struct money sum[voucher_kind_n + 1])
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].order_id == order)
			sum[rows[i].kind] = money_add(sum[rows[i].kind], rows[i].amount);
}

/* Each source pays its share to the provider, for whom it is held. */
static void book(struct work *w, uint64_t payment, const struct paid_order *o, const struct q_payment_part_list *rows, size_t n)
{
	struct money parts[voucher_kind_n + 1] = { 0 };

	sum_parts(rows, n, o->order.id, parts);
	const struct posting from[] = {
		{ o->payer, ACCOUNT_CASH, money_neg(o->cash) },
		{ o->payer, ACCOUNT_GIFT, money_neg(o->gift) },
		{ o->payer, ACCOUNT_VOUCHER, money_neg(parts[HOLDING_VOUCHER]) },
		{ o->payer, ACCOUNT_CARD, money_neg(parts[HOLDING_CARD]) },
		{ o->order.provider, ACCOUNT_HELD, o->amount },
	};
	struct posting p[sizeof from / sizeof *from];
	size_t k = 0;

	for (size_t i = 0; i < sizeof from / sizeof *from; i++)
		if (from[i].amount.fen)
			p[k++] = from[i];
	if (!k)
		return;
	ledger_post(w, JOURNAL_ORDER_PAY, o->payer, o->order.id, payment, p, k);
	bill_note(w, &(struct bill_of){ o->payer, o->order.buyer, o->order.product }, p, k);
}

enum rc settle_payment(struct work *w, struct payment_now *p, const struct payment_learnt *l, enum actor_kind who, struct paid_order *orders, size_t n)
{
	struct q_payment_part_list *rows;
	size_t rows_n;

	TRY(apply_payment(w, p, PAYMENT_EV_SUCCEED, who, l, NULL));
	TRY(q_payment_part_list(tx_db(w->tx), w->cx->a, &(struct q_payment_part_list_in){ .payment = p->id }, &rows, &rows_n));
	TRY(voucher_use(w, p->id, rows, rows_n));
	for (size_t i = 0; i < n; i++) {
		book(w, p->id, &orders[i], rows, rows_n);
		TRY(apply_order(w, &orders[i].order, ORDER_EV_PAY, who, money_add(orders[i].order.paid, orders[i].amount), NULL));
	}
	return RC_OK;
}
