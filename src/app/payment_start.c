#include "app/payment.h"

#include <assert.h>
#include <stdlib.h>

#include "app/bank.h"
#include "app/settle.h"
#include "app/voucher.h"
#include "base/id.h"
#include "base/log.h"
#include "base/out.h"
#include "base/str.h"
#include "base/time.h"
#include "q_payment.h"

struct starting {
	const struct payment_wish *wish;
	struct payment_refusal *why;
	/* the orders, by id */
	struct q_pay_order_list *row;
	struct paid_order orders[PAY_ORDERS_MAX];
	struct payee payees[PAY_ORDERS_MAX];
	struct instant first[PAY_ORDERS_MAX];	/* deadlines, before a bank payment extended them */
	size_t n;
	const char *ids;
	struct money total;
	/* what pays them */
	struct holding holdings[HOLDINGS_MAX];
	struct part_pick picks[PAY_ORDERS_MAX];
	struct parts_ask ask;
	struct parts parts;
	enum payment_channel channel;
	struct under_way { struct q_payment_open *rows; struct q_payment_part_list *parts; size_t rows_n, parts_n; } *under_way;
	size_t under_way_n;
	/* found or made */
	struct payment_now payment;
	struct instant begun;
	const char *number, *code_url;
	bool done;			/* paid already */
};

static enum rc refuse(struct starting *s, const char *field, const char *error)
{
	s->why->field = field;
	s->why->error = error;
	return RC_INVALID;
}

/* -- orders -------------------------------------------------------------------------------------------------------- */

const char *payment_numbers(struct arena *a, const char *const *numbers, size_t n)
{
	struct out o = { 0 };

	for (size_t i = 0; i < n; i++) {
		out_str(&o, i ? "," : "[");
		out_json(&o, numbers[i]);
	}
	out_lit(&o, "]");
	const char *text = arena_dup(a, o.p, o.n);
	out_free(&o);
	return text;
}

const char *payment_ids(struct arena *a, const uint64_t *ids, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%llu", text, i ? "," : "", (unsigned long long)ids[i]);
	return arena_printf(a, "[%s]", text);
}

static const struct q_pay_order_list *row_of(const struct starting *s, const char *number)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->row[i].number, number))
			return &s->row[i];
	return NULL;
}

static enum rc find_orders(struct work *w, struct starting *s)
{
	const struct payment_wish *in = s->wish;
	struct q_pay_order_list_in ask = { .buyer = w->cx->actor.org, .numbers = payment_numbers(w->cx->a, in->orders, in->orders_n) };
	uint64_t ids[PAY_ORDERS_MAX];

	if (!in->orders_n)
		return RC_NOT_FOUND;
	TRY(q_pay_order_list(tx_db(w->tx), w->cx->a, &ask, &s->row, &s->n));
	for (size_t i = 0; i < in->orders_n; i++)
		if (!row_of(s, in->orders[i]))
			return RC_NOT_FOUND;
	if (s->n > PAY_ORDERS_MAX)
		return refuse(s, "orders", "pay.too_many");
	for (size_t i = 0; i < s->n; i++)
		ids[i] = s->row[i].id;
	s->ids = payment_ids(w->cx->a, ids, s->n);
	return RC_OK;
}

/* Can they be paid now?  In order of id, as everywhere. */
static enum rc lock_orders(struct work *w, struct starting *s)
{
	struct q_pay_order_lock *o;
	size_t n;

	TRY(q_pay_order_lock(w->tx, w->cx->a, &(struct q_pay_order_lock_in){ .buyer = w->cx->actor.org, .ids = s->ids }, &o, &n));
	for (size_t i = 0; i < n; i++) {
		s->why->orders |= o[i].state != ORDER_TO_PAY || w->cx->now.us >= o[i].deadline_at.us;
		s->orders[i] = (struct paid_order){ .order = ORDER_NOW(&o[i]), .payer = o[i].payer_id, .amount = money_sub(o[i].payable, o[i].paid) };
		s->first[i] = o[i].first_deadline;
		s->payees[i] = (struct payee){ o[i].id, o[i].product_id, s->row[i].category_code, s->orders[i].amount };
		s->total = money_add(s->total, s->orders[i].amount);
		if (o[i].payer_id != o->payer_id)
			return refuse(s, "orders", "pay.other_payer");
	}
	if (n != s->n || s->why->orders)
		return RC_CONFLICT;
	return o->freeze ? refuse(s, NULL, "pay.frozen") : RC_OK;
}

bool payment_allows(const char *channels, enum payment_channel c)
{
	const char *name = payment_channel_enum.names[c];
	size_t n = strlen(name);

	if (c != CHANNEL_BALANCE && !channel_of(c))
		return false;
	for (const char *s = channels; *s; s += strcspn(s, ","), s += *s == ',')
		if (strcspn(s, ",") == n && !memcmp(s, name, n))
			return true;
	return false;
}

/* By the policy under which each was sold (CAT-2); where vouchers and cards pay all of an order, any will do. */
static enum rc check_channel(struct work *w, struct starting *s)
{
	enum payment_channel c = s->wish->channel;

	if (!c)
		return s->parts.rest_total.fen ? refuse(s, "channel", "pay.choose_channel") : RC_OK;
	for (size_t i = 0; i < s->n; i++)
		if (s->parts.rest[i].fen && !payment_allows(s->row[i].channels, c))
			return refuse(s, "channel", "pay.refused");
	if (s->channel == CHANNEL_B2B && (!s->wish->bank || !bank_account(w->cx->a, w->cx->conf, s->wish->bank)))
		return refuse(s, "bank", "pay.choose_bank");
	return RC_OK;
}

/* -- vouchers and cards ----------------------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int by_end(const void *a, const void *b)
{
	const struct holding *x = a, *y = b;

	return x->to.us != y->to.us ? (x->to.us > y->to.us) - (x->to.us < y->to.us) : (x->id > y->id) - (x->id < y->id);
}

/* What payments under way for one of these orders hold: it is free for this one, which either goes on with them or closes them. */
static struct money held_of(const struct starting *s, uint64_t voucher)
{
	struct money sum = { 0 };

	for (size_t i = 0; i < s->under_way_n; i++)
		for (size_t k = 0; k < s->under_way[i].parts_n; k++)
			if (s->under_way[i].parts[k].voucher_id == voucher)
				sum = money_add(sum, s->under_way[i].parts[k].held);
	return sum;
}

/* Locked in order of id; then in the order in which cards are spent, that of their end. */
static enum rc lock_holdings(struct work *w, struct starting *s)
{
	const struct payment_wish *in = s->wish;
	uint64_t ids[HOLDINGS_MAX];
	struct q_voucher_lock *v;
	size_t n = 0, found = 0;

	if (in->vouchers_n + in->cards_n > HOLDINGS_MAX)
		return refuse(s, "card", "pay.holding_gone");
	for (size_t i = 0; i < in->vouchers_n; i++)
		ids[n++] = in->vouchers[i].voucher;
	for (size_t i = 0; i < in->cards_n; i++)
		ids[n++] = in->cards[i];
	if (!n)
		return RC_OK;		/* nothing chosen */
	qsort(ids, n, sizeof *ids, by_id);
	for (size_t i = 0; i < n; i++)		/* one voucher may stand at two orders */
		if (!found || ids[i] != ids[found - 1])
			ids[found++] = ids[i];
	struct q_voucher_lock_in ask = { .org = s->orders->payer, .ids = payment_ids(w->cx->a, ids, found) };
	TRY(q_voucher_lock(w->tx, w->cx->a, &ask, &v, &s->ask.holdings_n));
	if (s->ask.holdings_n != found)
		return refuse(s, "voucher", "pay.holding_gone");
	for (size_t i = 0; i < found; i++)
		s->holdings[i] = (struct holding){ v[i].id, v[i].kind, money_add(v[i].available, held_of(s, v[i].id)), v[i].minimum, v[i].categories, v[i].products, v[i].reusable, v[i].valid_from, v[i].valid_to };
	qsort(s->holdings, found, sizeof *s->holdings, by_end);
	return RC_OK;
}

static bool pick(struct starting *s, const struct payment_voucher *v, struct part_pick *to)
{
	for (to->order = 0; to->order < s->n && !str_eq(s->row[to->order].number, v->order); to->order++)
		;
	for (to->holding = 0; to->holding < s->ask.holdings_n && s->holdings[to->holding].id != v->voucher; to->holding++)
		;
	return to->order < s->n && s->holdings[to->holding].kind == HOLDING_VOUCHER;
}

static enum rc make_parts(struct work *w, struct starting *s)
{
	const struct payment_wish *in = s->wish;

	TRY(lock_holdings(w, s));
	if (in->vouchers_n > s->n)
		return refuse(s, "voucher", "part_problem.twice");
	for (size_t i = 0; i < in->vouchers_n; i++)
		if (!pick(s, &in->vouchers[i], &s->picks[i]))
			return refuse(s, "voucher", "pay.holding_gone");
	s->ask = (struct parts_ask){
		.orders = s->payees, .holdings = s->holdings, .orders_n = s->n, .holdings_n = s->ask.holdings_n,
		.vouchers = s->picks, .vouchers_n = in->vouchers_n, .now = w->cx->now,
	};
	enum part_problem problem = parts_of(&s->ask, &s->parts);
	if (problem)
		return refuse(s, "voucher", arena_printf(w->cx->a, "part_problem.%s", part_problem_enum.names[problem]));
	if (in->seen && in->seen->fen != s->parts.rest_total.fen)
		return refuse(s, NULL, "pay.amount_changed");
	s->channel = s->parts.rest_total.fen ? in->channel : CHANNEL_BALANCE;	/* nothing for any other */
	return check_channel(w, s);
}

/* -- other payments under way ----------------------------------------------------------------------------------------- */

/* Of each, its rows and what vouchers and cards pay in it. */
static enum rc lock_open(struct work *w, struct starting *s)
{
	struct q_payment_open *p;
	size_t n;

	TRY(q_payment_open(w->tx, w->cx->a, &(struct q_payment_open_in){ .orders = s->ids }, &p, &n));
	s->under_way = ARENA_ARRAY(w->cx->a, struct under_way, n);
	for (size_t i = 0; i < n; i++) {
		if (!i || p[i].id != p[i - 1].id) {
			struct under_way *u = &s->under_way[s->under_way_n++];
			u->rows = &p[i];
			TRY(q_payment_part_list(tx_db(w->tx), w->cx->a, &(struct q_payment_part_list_in){ .payment = p[i].id }, &u->parts, &u->parts_n));
		}
		s->under_way[s->under_way_n - 1].rows_n++;
	}
	return RC_OK;
}

static bool has_part(const struct starting *s, const struct q_payment_part_list *x)
{
	for (size_t i = 0; i < s->parts.n; i++) {
		const struct part *p = &s->parts.part[i];
		if (s->payees[p->order].id == x->order_id && s->holdings[p->holding].id == x->voucher_id && p->amount.fen == x->amount.fen)
			return true;
	}
	return false;
}

static enum bank_code bank_of(const struct starting *s) { return s->channel == CHANNEL_B2B ? s->wish->bank : 0; }

/* Just these orders, this channel, these parts. */
static bool is_wished(const struct work *w, const struct starting *s, const struct under_way *u)
{
	const struct q_payment_open *p = u->rows;

	if (u->rows_n != s->n || p->orders != s->n || p->channel != s->channel || p->bank != bank_of(s) || p->deadline_at.us <= w->cx->now.us || u->parts_n != s->parts.n)
		return false;
	for (size_t i = 0; i < u->rows_n; i++)
		if (p[i].order_amount.fen != s->orders[i].amount.fen)
			return false;
	for (size_t i = 0; i < u->parts_n; i++)
		if (!has_part(s, &u->parts[i]))
			return false;
	return true;
}

static void go_on(struct starting *s, const struct q_payment_open *p)
{
	s->payment = PAYMENT_NOW(p);
	s->begun = p->created_at;
	s->number = p->number;
	s->code_url = p->code_url;
}

/* Two tabs pay one payment; what is under way in another way is closed, so that an order never has two that can succeed. */
static enum rc settle_open(struct work *w, struct starting *s)
{
	for (const struct under_way *u = s->under_way; u < s->under_way + s->under_way_n; u++) {
		struct payment_now now = PAYMENT_NOW(u->rows);
		if (!s->number && is_wished(w, s, u))
			go_on(s, u->rows);
		else
			TRY(apply_payment(w, &now, PAYMENT_EV_CLOSE, ACTOR_PERSON, &(struct payment_learnt){ 0 }, "another payment begun"));
	}
	return RC_OK;
}

/* -- a new payment ----------------------------------------------------------------------------------------------------- */

/* Gift is spent before cash (MON-3). */
static enum rc from_balance(struct work *w, struct starting *s)
{
	struct q_balance_show *b;
	struct money have[account_kind_n + 1] = { 0 }, rest = s->parts.rest_total, free = { 0 };
	size_t n;

	TRY(q_balance_show(tx_db(w->tx), w->cx->a, &(struct q_balance_show_in){ .owner = s->orders->payer }, &b, &n));
	for (size_t i = 0; i < n; i++)
		have[b[i].kind] = b[i].balance;
	free = money_add(money_add(have[ACCOUNT_CASH], have[ACCOUNT_GIFT]), have[ACCOUNT_ARREARS]);
	if (free.fen < rest.fen) {
		s->why->missing = money_sub(rest, free);
		return refuse(s, "channel", "pay.balance_short");
	}
	for (struct paid_order *o = s->orders; o < s->orders + s->n; o++) {
		o->gift = money_min(have[ACCOUNT_GIFT], o->cash);
		o->cash = money_sub(o->cash, o->gift);
		have[ACCOUNT_GIFT] = money_sub(have[ACCOUNT_GIFT], o->gift);
	}
	return RC_OK;
}

/* No longer than the first of its orders may be paid. */
static struct instant end_of(struct work *w, const struct starting *s)
{
	bool bank = s->channel == CHANNEL_B2B;
	struct instant end = { bank ? INT64_MAX : instant_add(w->cx->now, PAYMENT_LIFE_US).us };

	for (size_t i = 0; i < s->n; i++) {
		struct instant of = s->orders[i].order.deadline;
		if (bank)
			of = bank_deadline(w->cx->conf, of, s->first[i]);
		if (of.us < end.us)
			end = of;
	}
	return end;
}

static enum rc insert_payment(struct work *w, struct starting *s)
{
	struct instant now = w->cx->now, end = end_of(w, s);
	struct q_payment_order_insert_in rows[PAY_ORDERS_MAX];
	uint64_t n;

	s->payment = (struct payment_now){
		.id = id_new(now), .org = w->cx->actor.org, .channel = s->channel, .state = PAYMENT_CREATED, .amount = s->parts.rest_total, .deadline = end,
	};
	s->number = number_prefixed(w->cx->a, 'P', now);
	struct q_payment_insert_in in = {
		.id = s->payment.id, .number = s->number, .org = s->payment.org, .channel = s->channel, .bank = bank_of(s), .amount = s->payment.amount,
		.now = now, .deadline_at = end, .query_at = s->done ? (struct instant){ 0 } : payment_query_at(&s->payment, now),
	};
	TRY(q_payment_insert(w->tx, &in, &n));
	work_audit(w, (struct event){ .kind = OBJECT_PAYMENT, .object = s->payment.id, .org = s->payment.org, .name = "start", .to = "created" });
	for (size_t i = 0; i < s->n; i++)
		rows[i] = (struct q_payment_order_insert_in){ s->payment.id, s->orders[i].order.id, s->orders[i].amount, s->orders[i].cash, s->orders[i].gift };
	TRY(q_payment_order_insert(w->tx, rows, s->n));
	for (size_t i = 0; i < s->n && s->channel == CHANNEL_B2B; i++)
		TRY(bank_extend(w, &s->orders[i].order, s->first[i]));
	return voucher_reserve(w, s->orders->payer, s->payment.id, &s->ask, &s->parts);
}

static enum rc make(struct work *w, struct starting *s)
{
	for (size_t i = 0; i < s->n; i++)
		s->orders[i].cash = s->parts.rest[i];
	s->done = s->channel == CHANNEL_BALANCE;
	if (s->done)
		TRY(from_balance(w, s));
	s->begun = w->cx->now;
	TRY(insert_payment(w, s));
	if (!s->done)
		return RC_OK;
	struct payment_learnt learnt = { .paid_at = w->cx->now, .received = s->payment.amount };
	return settle_payment(w, &s->payment, &learnt, ACTOR_PERSON, s->orders, s->n);
}

static enum rc find_or_make(struct work *w, void *arg)
{
	struct starting *s = arg;

	*s = (struct starting){ .wish = s->wish, .why = s->why };
	*s->why = (struct payment_refusal){ 0 };
	TRY(find_orders(w, s));
	TRY(lock_orders(w, s));
	TRY(lock_open(w, s));
	TRY(make_parts(w, s));
	TRY(settle_open(w, s));
	bool found = s->number;
	if (!found)
		TRY(make(w, s));
	w->out = (struct outcome){ found ? 200 : 201, arena_printf(w->cx->a, "/console/payments/%s%s", s->number, s->channel == CHANNEL_B2B ? "?go=1" : ""), NULL };
	return RC_OK;
}

/* -- the channel's code ------------------------------------------------------------------------------------------------- */

struct started { const struct payment_now *payment; struct channel_started answer; };

static enum rc store_code(struct work *w, void *arg)
{
	struct started *d = arg;
	struct payment_now p = *d->payment;
	uint64_t n;

	if (d->answer.sign_type)
		TRY(q_payment_sign_type(w->tx, &(struct q_payment_sign_type_in){ .id = p.id, .sign_type = d->answer.sign_type }, &n));
	return apply_payment(w, &p, PAYMENT_EV_START, ACTOR_PERSON, &(struct payment_learnt){ .code_url = d->answer.code_url }, NULL);
}

/* The channel is asked outside of any transaction.  When the process dies here, the payment is there without a code: the same number is
 * asked for again, by the buyer's next click. */
static enum rc ask_for_code(struct cx *cx, const struct payment_now *p, enum payment_channel channel, const struct channel_start *in)
{
	const struct channel *c = channel_of(channel);
	struct started d = { .payment = p };
	const char *key = cx->key;

	enum rc rc = c->start(cx, in, &d.answer);
	if (rc == RC_CONFLICT)
		return payment_ask(cx, in->number);
	TRY(rc);
	cx->key = NULL;		/* the key belongs to the transaction before */
	rc = work_do(cx, store_code, &d, NULL);
	cx->key = key;
	return rc == RC_CONFLICT ? RC_OK : rc;	/* another click, or the notification, was faster */
}

void payment_code(struct cx *cx, const struct payment_now *p, enum payment_channel c, const struct channel_start *in)
{
	enum rc rc = ask_for_code(cx, p, c, in);

	if (rc != RC_OK)	/* the payment's page offers to try again */
		log_event('W', "payment_start", LOG_STR("payment", in->number), LOG_STR("result", rc_info[rc].name), LOG_STR("request", cx->request_id));
}

enum rc payment_start(struct cx *cx, const struct payment_wish *wish, struct payment_refusal *why, struct outcome *out)
{
	struct starting *s = ARENA_NEW(cx->a, struct starting);

	s->wish = wish;
	s->why = why;
	TRY(work_do(cx, find_or_make, s, out));
	if (!s->number || s->code_url || s->payment.state == PAYMENT_WAITING || s->done)
		return RC_OK;
	const char *name = s->row->product_name;
	payment_code(cx, &s->payment, s->wish->channel, &(struct channel_start){
		.number = s->number, .subject = s->n > 1 ? arena_printf(cx->a, "%s ×%zu", name, s->n) : name, .order_number = s->row->number,
		.client_ip = cx->actor.address, .amount = s->payment.amount, .now = s->begun, .deadline = s->payment.deadline,
	});
	return RC_OK;
}

enum rc payment_from_balance(struct work *w, uint64_t buyer, const struct payment_wish *wish, struct payment_refusal *why)
{
	struct starting *s = ARENA_NEW(w->cx->a, struct starting);
	uint64_t own = w->cx->actor.org;

	assert(wish->channel == CHANNEL_BALANCE);
	s->wish = wish;
	s->why = why;
	w->cx->actor.org = buyer;
	enum rc rc = find_or_make(w, s);
	w->cx->actor.org = own;
	return rc;
}
