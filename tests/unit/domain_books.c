/* MON-2: any sequence of events over orders, payments, resources and the ledger keeps the books.  The world here does what
 * app/ does, in memory: it asks the machines, and posts what moved.  YUNSHI_SEED in the environment repeats a run. */
#include <stdlib.h>

#include "domain/ledger.h"
#include "domain/order.h"
#include "domain/payment.h"
#include "domain/resource.h"
#include "unit.h"

enum {
	EVENTS = 100000, ORDERS = 24, PAYMENTS = 24, LINES = 4, MERGED = 3, BUYERS = 4, SELLERS = 3,
	FIRST_BUYER = 10, FIRST_SELLER = 20, OWNERS = 30, PAY_TIME = 300,
};

struct line {
	enum resource_state resource;
	struct money amount, returned;
};
struct order {
	enum order_state state;		/* 0: a free place */
	uint64_t buyer, seller;
	struct money payable, paid;
	struct instant deadline;
	struct line lines[LINES];
	int lines_n;
};
struct payment {
	enum payment_state state;	/* 0: a free place */
	struct order *orders[MERGED];
	struct money parts[MERGED], amount;
	int n;
	uint64_t buyer;
	struct instant deadline;
};

static struct order orders[ORDERS];
static struct payment payments[PAYMENTS];
static int64_t balance[OWNERS][account_kind_n + 1];
static int64_t cash_due[OWNERS], held_due[OWNERS];	/* what must stand there, counted without the ledger */
static struct instant now;
static uint64_t seed, dice;
static int event;
static size_t moved[order_state_n + 1];

#define CHECK(e) do { if (!(e)) fail_msg("seed %llu, event %d: %s", (unsigned long long)seed, event, #e); } while (0)

static int64_t below(int64_t n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (int64_t)(dice % (uint64_t)n);
}

static void post2(enum journal_kind kind, struct posting from, struct posting to)
{
	struct posting p[] = { from, to };

	if (p[0].amount.fen == 0 && p[1].amount.fen == 0)
		return;
	CHECK(ledger_check(kind, p, 2) == RC_OK);
	for (int i = 0; i < 2; i++) {
		int64_t *b = &balance[p[i].owner][p[i].account];
		*b += p[i].amount.fen;
		CHECK(ledger_accounts[p[i].account].bound != LEDGER_FLOOR || *b >= 0);
	}
}

static void pass(enum journal_kind kind, uint64_t owner, enum account_kind from, uint64_t other, enum account_kind to, struct money m)
{
	post2(kind, (struct posting){ owner, from, money_neg(m) }, (struct posting){ other, to, m });
}

/* One in this state, if there is one within reach; else any. */
static struct order *some_order(enum order_state s)
{
	struct order *o = &orders[below(ORDERS)];

	for (int i = 0; i < ORDERS / 2 && o->state != s; i++)
		o = &orders[below(ORDERS)];
	return o;
}

static struct order_facts facts_of(const struct order *o, struct money there)
{
	struct order_facts f = {
		.kind = ORDER_KIND_PURCHASE, .billing = BILLING_YEARLY_MONTHLY, .payable = o->payable, .moved = there,
		.now = now, .deadline = o->deadline, .lines = o->lines_n,
	};

	for (const struct line *l = o->lines; l < o->lines + o->lines_n; l++) {
		f.delivered += l->resource == RESOURCE_IN_USE;
		f.failed += l->resource == RESOURCE_FAILED;
	}
	return f;
}

static bool move_order(struct order *o, enum order_event e, enum actor_kind who, struct money there)
{
	struct order_facts f = facts_of(o, there);
	struct move m;

	if (order_step(o->state, e, who, &f, &m) != RC_OK)
		return false;
	o->state = m.to;
	o->deadline = m.effects & FX_DEADLINE ? order_deadline(m.to, now, 0) : (struct instant){ 0 };
	if (m.effects & FX_DEADLINE)
		o->deadline.us = now.us + PAY_TIME;
	if (m.effects & FX_PROVISION)
		for (int i = 0; i < o->lines_n; i++)
			o->lines[i].resource = RESOURCE_PROVISIONING;
	moved[m.to]++;
	return true;
}

static bool payment_open(const struct payment *p) { return p->state && !machine_final(&payment_machine, (int)p->state); }

static bool in_payment(const struct order *o)
{
	for (const struct payment *p = payments; p < payments + PAYMENTS; p++)
		for (int i = 0; i < p->n; i++)
			if (payment_open(p) && p->orders[i] == o)
				return true;
	return false;
}

static void place(void)
{
	struct order *o = &orders[below(ORDERS)];
	int64_t weights[LINES];
	struct money parts[LINES];

	if (o->state && (!machine_final(&order_machine, (int)o->state) || in_payment(o)))
		return;
	*o = (struct order){ .buyer = FIRST_BUYER + (uint64_t)below(BUYERS), .seller = FIRST_SELLER + (uint64_t)below(SELLERS), .lines_n = 1 + (int)below(LINES) };
	o->payable.fen = below(8) ? 1 + below(100000) : 0;
	for (int i = 0; i < o->lines_n; i++)
		weights[i] = 1 + below(9);
	money_split(o->payable, weights, (size_t)o->lines_n, parts);
	for (int i = 0; i < o->lines_n; i++)
		o->lines[i].amount = parts[i];
	CHECK(move_order(o, ORDER_EV_PLACE, ACTOR_PERSON, (struct money){ 0 }));
}

/* Merged payment (ORD-4): some to-pay orders of one buyer. */
static void start_payment(void)
{
	struct payment *p = &payments[below(PAYMENTS)];
	int want = 1 + (int)below(MERGED);

	if (payment_open(p))
		return;
	*p = (struct payment){ .buyer = FIRST_BUYER + (uint64_t)below(BUYERS), .deadline = { now.us + PAY_TIME } };
	for (struct order *o = orders; o < orders + ORDERS && p->n < want; o++)
		if (o->state == ORDER_TO_PAY && o->buyer == p->buyer) {
			p->orders[p->n] = o;
			p->parts[p->n++] = o->payable;
			p->amount = money_add(p->amount, o->payable);
		}
	p->state = p->n ? PAYMENT_CREATED : 0;
}

static bool move_payment(struct payment *p, enum payment_event e, enum actor_kind who, struct money received)
{
	struct payment_facts f = { .amount = p->amount, .received = received, .now = now, .deadline = p->deadline };
	struct move m;

	if (!p->state || payment_step(p->state, e, who, &f, &m) != RC_OK)
		return false;
	p->state = m.to;
	return true;
}

static void pay_order(struct order *o, enum actor_kind who, struct money part)
{
	pass(JOURNAL_ORDER_PAY, o->buyer, ACCOUNT_CASH, o->seller, ACCOUNT_HELD, part);
	cash_due[o->buyer] -= part.fen;
	held_due[o->seller] += part.fen;
	o->paid = money_add(o->paid, part);
	CHECK(move_order(o, ORDER_EV_PAY, who, o->paid));
}

static bool all_to_pay(const struct payment *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->orders[i]->state != ORDER_TO_PAY)
			return false;
	return true;
}

/* Money that fits moves the orders on; a wrong amount is unexplained; anything later is the buyer's cash (MON-7). */
static void hear(struct payment *p, struct money said)
{
	bool exact = said.fen == p->amount.fen;

	if (!exact) {
		pass(JOURNAL_UNEXPLAINED_IN, CHANNEL_WECHAT, ACCOUNT_CLEARING, 0, ACCOUNT_UNEXPLAINED, said);
		return;
	}
	bool applied = all_to_pay(p) && move_payment(p, PAYMENT_EV_SUCCEED, ACTOR_CHANNEL, said);
	pass(applied ? JOURNAL_PAYMENT_IN : JOURNAL_LATE_IN, CHANNEL_WECHAT, ACCOUNT_CLEARING, p->buyer, ACCOUNT_CASH, said);
	cash_due[p->buyer] += said.fen;
	for (int i = 0; applied && i < p->n; i++)
		pay_order(p->orders[i], ACTOR_CHANNEL, p->parts[i]);
}

static void notice(void)
{
	struct payment *p = &payments[below(PAYMENTS)];

	if (p->state)
		hear(p, below(10) ? p->amount : (struct money){ 1 + below(1000) });
}

static void disturb_payment(void)
{
	static const struct { enum payment_event e; enum actor_kind who; } what[] = {
		{ PAYMENT_EV_START, ACTOR_PERSON }, { PAYMENT_EV_START, ACTOR_SYSTEM }, { PAYMENT_EV_DOUBT, ACTOR_SYSTEM },
		{ PAYMENT_EV_FAIL, ACTOR_CHANNEL }, { PAYMENT_EV_CLOSE, ACTOR_PERSON }, { PAYMENT_EV_EXPIRE, ACTOR_SYSTEM },
	};
	size_t i = (size_t)below(sizeof what / sizeof *what);

	move_payment(&payments[below(PAYMENTS)], what[i].e, what[i].who, (struct money){ 0 });
}

static void pay_from_balance(void)
{
	struct order *o = some_order(ORDER_TO_PAY);

	if (o->state == ORDER_TO_PAY && balance[o->buyer][ACCOUNT_CASH] >= o->payable.fen)
		pay_order(o, ACTOR_PERSON, o->payable);
}

static void end_order(void)
{
	struct order *o = &orders[below(ORDERS)];

	if (o->state)
		move_order(o, below(2) ? ORDER_EV_CANCEL : ORDER_EV_LAPSE, below(2) ? ACTOR_PERSON : ACTOR_SYSTEM, o->paid);
}

/* A line is delivered, or fails and its money goes back at once (REF-13). */
static void provision(void)
{
	struct order *o = some_order(ORDER_PROCESSING);
	struct line *l = &o->lines[below(LINES)];
	struct resource_facts f = { .now = now };
	struct move m;

	if (!l->resource || resource_step(l->resource, below(4) ? RESOURCE_EV_DELIVER : RESOURCE_EV_FAIL, ACTOR_PROVIDER_SYSTEM, &f, &m) != RC_OK)
		return;
	l->resource = m.to;
	if (l->resource == RESOURCE_FAILED) {
		pass(JOURNAL_ORDER_REFUND, o->seller, ACCOUNT_HELD, o->buyer, ACCOUNT_CASH, l->amount);
		cash_due[o->buyer] += l->amount.fen;
		held_due[o->seller] -= l->amount.fen;
		l->returned = money_add(l->returned, l->amount);
	}
	move_order(o, ORDER_EV_SETTLE, ACTOR_SYSTEM, o->paid);
}

static void withdraw(void)
{
	uint64_t buyer = FIRST_BUYER + (uint64_t)below(BUYERS);
	struct money m = { below(balance[buyer][ACCOUNT_CASH] + 1) };

	pass(JOURNAL_REFUND_OUT, buyer, ACCOUNT_CASH, CHANNEL_WECHAT, ACCOUNT_REFUND_DUE, m);
	cash_due[buyer] -= m.fen;
	if (below(2))
		pass(JOURNAL_REFUND_DONE, CHANNEL_WECHAT, ACCOUNT_REFUND_DUE, CHANNEL_WECHAT, ACCOUNT_CLEARING, (struct money){ balance[CHANNEL_WECHAT][ACCOUNT_REFUND_DUE] });
}

static void check_order(const struct order *o)
{
	bool paid = o->state == ORDER_PROCESSING || o->state == ORDER_COMPLETED;
	int64_t returned = 0;

	for (const struct line *l = o->lines; l < o->lines + o->lines_n; l++) {
		CHECK(o->state != ORDER_COMPLETED || l->resource == RESOURCE_IN_USE || l->resource == RESOURCE_FAILED);
		CHECK(l->returned.fen == (l->resource == RESOURCE_FAILED ? l->amount.fen : 0));
		CHECK(o->state == ORDER_PROCESSING || o->state == ORDER_COMPLETED || l->resource != RESOURCE_IN_USE);
		returned += l->returned.fen;
	}
	CHECK(paid ? o->paid.fen == o->payable.fen : o->paid.fen == 0 || o->state == ORDER_CANCELLED);
	CHECK(returned <= o->paid.fen);
	CHECK(o->state != ORDER_CANCELLED || returned == o->paid.fen);
	CHECK(o->state != ORDER_TO_PAY || o->payable.fen > 0);
}

static void check_books(void)
{
	int64_t sum = 0;

	for (int owner = 0; owner < OWNERS; owner++) {
		for (int a = 1; a <= account_kind_n; a++)
			sum += balance[owner][a];
		CHECK(balance[owner][ACCOUNT_CASH] == cash_due[owner]);
		CHECK(balance[owner][ACCOUNT_HELD] == held_due[owner]);
		CHECK(held_due[owner] >= 0);
	}
	CHECK(sum == 0);
	for (const struct order *o = orders; o < orders + ORDERS; o++)
		if (o->state)
			check_order(o);
}

static void happen(void)
{
	static void (*const what[])(void) = {
		place, place, place, start_payment, start_payment, notice, notice, disturb_payment, disturb_payment, pay_from_balance, end_order, end_order, provision, provision, provision, withdraw,
	};

	now.us += below(20);
	what[below(sizeof what / sizeof *what)]();
}

TEST(books_balance, "MON-1 MON-2 100000 random events over orders, payments and resources keep the books")
{
	const char *given = getenv("YUNSHI_SEED");

	seed = given ? strtoull(given, NULL, 10) : 20261121;
	dice = seed * 2685821657736338717ULL + 1;
	now.us = 1;
	for (event = 1; event <= EVENTS; event++) {
		happen();
		check_books();
	}
	CHECK(moved[ORDER_COMPLETED] > 500 && moved[ORDER_CANCELLED] > 500 && moved[ORDER_PROCESSING] > 500);
	CHECK(balance[0][ACCOUNT_UNEXPLAINED] > 0);
}
