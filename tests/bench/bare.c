/* What a payment notification commits (doc/performance.md): its statements alone, in their order, without rules, web server, XML or
 * signature; and the use case that sends them. */
#include <assert.h>

#include "app/apply.h"
#include "app/ledger.h"
#include "app/payment.h"
#include "base/id.h"
#include "base/time.h"
#include "notices.h"
#include "q_audit.h"
#include "q_bill.h"
#include "q_ledger.h"
#include "q_outbox.h"
#include "q_payment.h"
#include "q_resource.h"
#include "q_sales.h"
#include "q_voucher.h"

struct bare {
	struct cx *cx;
	const struct waiting *w;
	const struct q_payment_lock *payment;
	const struct q_payment_order_lock *order;
	const struct q_order_delivery *line;
};

static enum rc move(struct tx *tx, struct bare *b)
{
	const struct q_payment_order_lock *o = b->order;
	struct instant now = b->cx->now;
	struct q_notice_insert_in notice = {
		.channel = CHANNEL_WECHAT, .transaction_id = b->w->transaction, .payment_number = b->w->number, .amount = b->w->amount, .outcome = NOTICE_APPLIED,
		.source = NOTICE_NOTIFICATION, .raw = { b->w->xml, strlen(b->w->xml) }, .now = now,
	};
	struct q_payment_move_in payment = {
		.id = b->payment->id, .from_state = PAYMENT_WAITING, .to_state = PAYMENT_SUCCEEDED, .transaction_id = b->w->transaction, .paid_at = now,
		.queries = b->payment->queries,
	};
	struct q_order_move_in order = {
		.buyer = o->buyer_id, .id = o->id, .from_state = ORDER_TO_PAY, .to_state = ORDER_PROCESSING, .paid = o->amount, .paid_at = now,
	};
	struct q_payment_part_list *parts;
	size_t parts_n;
	uint64_t n;

	TRY(q_notice_insert(tx, &notice, &n));
	TRY(q_payment_move(tx, &payment, &n));
	TRY(q_payment_part_list(tx_db(tx), b->cx->a, &(struct q_payment_part_list_in){ .payment = b->payment->id }, &parts, &parts_n));
	return q_order_move(tx, &order, &n);
}

static enum rc provide(struct tx *tx, struct bare *b)
{
	const struct q_payment_order_lock *o = b->order;
	struct q_payment_open_in ask = { .orders = payment_ids(b->cx->a, &o->id, 1) };
	struct q_payment_open *open;
	struct q_order_delivery *lines;
	size_t n;

	TRY(q_payment_open(tx, b->cx->a, &ask, &open, &n));
	TRY(q_order_delivery(tx, b->cx->a, &(struct q_order_delivery_in){ .order = o->id }, &lines, &n));
	assert(n == 1);
	b->line = lines;
	struct q_resource_insert_in resource = {
		.id = lines->resource_id, .buyer = o->buyer_id, .delivery = lines->delivery, .order = o->id, .order_number = lines->number, .order_line = lines->line,
		.product = lines->product_id, .plan = lines->plan_id, .provider = lines->provider_id, .name = lines->product_name,
		.product_name = lines->product_name, .plan_name = lines->plan_name, .quantity = lines->quantity, .unit = lines->unit, .options = "", .now = b->cx->now,
	};
	return q_resource_insert(tx, &resource, 1);
}

static enum rc book(struct tx *tx, const struct bare *b)
{
	const struct q_payment_order_lock *o = b->order;
	uint64_t payment = b->payment->id;
	struct money in = o->amount, out = money_neg(in);
	struct instant now = b->cx->now;
	uint64_t first = id_new(now), second = id_new(now);
	struct q_journal_insert_in journals[] = {
		{ .id = first, .kind = JOURNAL_PAYMENT_IN, .org = o->payer_id, .payment = payment, .now = now },
		{ .id = second, .kind = JOURNAL_ORDER_PAY, .org = o->payer_id, .order = o->id, .payment = payment, .now = now },
	};
	struct q_posting_insert_in postings[] = {
		{ first, 1, CHANNEL_WECHAT, ACCOUNT_CLEARING, ledger_shard(ACCOUNT_CLEARING, first), out, first, false, fen(0) },
		{ first, 2, o->payer_id, ACCOUNT_CASH, 0, in, first, true, in },
		{ second, 1, o->payer_id, ACCOUNT_CASH, 0, out, second, true, fen(0) },
		{ second, 2, o->provider_id, ACCOUNT_HELD, ledger_shard(ACCOUNT_HELD, second), in, second, false, fen(0) },
	};
	struct q_account_add_in accounts[] = {
		{ CHANNEL_WECHAT, ACCOUNT_CLEARING, postings[0].shard, out, 0 }, { o->payer_id, ACCOUNT_CASH, 0, fen(0), second },
		{ o->provider_id, ACCOUNT_HELD, postings[3].shard, in, 0 },
	};
	struct q_account_add *after;

	TRY(q_account_add(tx, b->cx->a, accounts, 3, &after));
	TRY(q_journal_insert(tx, journals, 2));
	return q_posting_insert(tx, postings, 4);
}

/* The kept sums of the product's day and of the payer's month. */
static enum rc count(struct tx *tx, const struct bare *b)
{
	const struct q_payment_order_lock *o = b->order;
	struct date day = date_of(b->cx->now), month = date_make(date_civil(day).year, date_civil(day).month, 1);
	struct q_sales_add_in sold = { .provider = o->provider_id, .day = day, .product = o->product_id, .shard = o->id % 4, .sold = 1, .amount = o->amount };
	struct q_bill_sum_add_in bills[] = {
		{ .org = o->payer_id, .month = month, .cash = o->amount },
		{ .org = o->payer_id, .month = month, .product = o->product_id, .cash = o->amount },
		{ .org = o->payer_id, .month = month, .buyer = o->buyer_id, .cash = o->amount },
	};
	uint64_t n;

	TRY(q_sales_add(tx, &sold, &n));
	return q_bill_sum_add(tx, bills, 3);
}

static enum rc note(struct tx *tx, const struct bare *b)
{
	const struct q_payment_lock *p = b->payment;
	const struct q_payment_order_lock *o = b->order;
	struct instant now = b->cx->now;
	struct q_outbox_insert_in outbox = { .id = id_new(now), .kind = OUTBOX_PROVISION, .subject = b->line->resource_id, .action = "create", .now = now };
	struct q_audit_insert_in log[] = {
		{ .id = id_new(now), .object_kind = OBJECT_PAYMENT, .object = p->id, .org = p->org_id, .event = "succeed", .from_state = "waiting",
		  .to_state = "succeeded", .why = "", .actor_name = "wechat", .address = "", .request_id = "" },
		{ .id = id_new(now), .object_kind = OBJECT_ORDER, .object = o->id, .org = o->buyer_id, .event = "pay", .from_state = "to_pay",
		  .to_state = "processing", .why = "", .actor_name = "wechat", .address = "", .request_id = "" },
	};

	if (b->line->delivery == DELIVERY_AUTOMATIC)
		TRY(q_outbox_insert(tx, &outbox, 1));
	return q_audit_insert(tx, log, 2);
}

static enum rc bare(struct tx *tx, void *arg)
{
	struct bare *b = arg;
	struct q_payment_order_lock *orders;
	struct q_payment_lock *payment;
	size_t n;
	uint64_t changed;

	TRY(q_payment_order_lock(tx, b->cx->a, &(struct q_payment_order_lock_in){ .number = b->w->number }, &orders, &n));
	TRY(q_payment_lock(tx, b->cx->a, &(struct q_payment_lock_in){ .number = b->w->number }, &payment, &n));
	assert(n == 1 && payment->state == PAYMENT_WAITING);
	b->payment = payment;
	b->order = orders;
	TRY(move(tx, b));
	TRY(provide(tx, b));
	TRY(q_org_counter_move(tx, &(struct q_org_counter_move_in){ .org = orders->buyer_id, .to_pay = -1, .processing = 1 }, &changed));
	TRY(book(tx, b));
	TRY(count(tx, b));
	return note(tx, b);
}

enum rc notice_bare(struct cx *cx, const struct waiting *w)
{
	return db_tx(cx->db, cx->a, bare, &(struct bare){ .cx = cx, .w = w });
}

enum rc notice_use(struct cx *cx, const struct waiting *w)
{
	struct channel_said said = {
		.verdict = CHANNEL_SAYS_PAID, .channel = CHANNEL_WECHAT, .number = w->number, .transaction_id = w->transaction, .amount = w->amount,
		.paid_at = cx->now, .sign_type = SIGN_HMAC_SHA256, .source = NOTICE_NOTIFICATION, .raw = { w->xml, strlen(w->xml) },
	};
	struct payment_result result;
	enum rc rc = payment_heard(cx, &said, &result);

	assert(rc != RC_OK || result.outcome == NOTICE_APPLIED);
	return rc;
}
