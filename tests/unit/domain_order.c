#include "base/time.h"
#include "domain/order.h"
#include "unit.h"

static const struct instant early = { 1000 }, late = { 2000 }, due = { 1500 };

static struct order_facts facts(enum order_kind kind)
{
	return (struct order_facts){ .kind = kind, .billing = BILLING_YEARLY_MONTHLY, .payable = { 100 }, .now = early, .deadline = due, .lines = 1 };
}

/* 0 when the step is refused. */
static int to(enum order_state from, enum order_event e, enum actor_kind who, struct order_facts f)
{
	struct move m;

	return order_step(from, e, who, &f, &m) == RC_OK ? m.to : 0;
}

static int begins(struct order_facts f) { return to(0, ORDER_EV_PLACE, ACTOR_PERSON, f); }

TEST(order_begins, "ORD-2 where each kind of order begins")
{
	struct order_facts f = facts(ORDER_KIND_PURCHASE);

	assert_int_equal(begins(f), ORDER_TO_PAY);
	f.review = true;
	assert_int_equal(begins(f), ORDER_IN_REVIEW);
	f.for_customer = true;
	assert_int_equal(begins(f), ORDER_TO_CONFIRM);
	f = facts(ORDER_KIND_PURCHASE);
	f.payable.fen = 0;
	assert_int_equal(begins(f), ORDER_PROCESSING);
	f.review = true;	/* nothing left to pay is not free: it is reviewed like any other */
	assert_int_equal(begins(f), ORDER_IN_REVIEW);
	f.billing = BILLING_FREE;
	assert_int_equal(begins(f), ORDER_PROCESSING);
	f.billing = BILLING_PAY_PER_USE;
	assert_int_equal(begins(f), ORDER_PROCESSING);
	f = facts(ORDER_KIND_TO_PAY_PER_USE);
	assert_int_equal(begins(f), ORDER_PROCESSING);
	f = facts(ORDER_KIND_UNSUBSCRIBE);
	assert_int_equal(begins(f), ORDER_REFUNDING);
	f.review = true;
	assert_int_equal(begins(f), ORDER_IN_REVIEW);
	f.billing = BILLING_FREE;
	f.for_customer = true;
	assert_int_equal(begins(f), ORDER_IN_REVIEW);
}

TEST(order_begins_all, "ORD-2 every order begins somewhere, an unsubscribe never where money is asked for")
{
	for (int kind = 1; kind <= order_kind_n; kind++)
		for (int billing = 1; billing <= billing_mode_n; billing++)
			for (int bits = 0; bits < 8; bits++) {
				struct order_facts f = facts(kind);
				f.billing = billing;
				f.review = bits & 1;
				f.for_customer = bits & 2;
				f.payable.fen = bits & 4 ? 100 : 0;
				int s = begins(f);
				if (kind == ORDER_KIND_UNSUBSCRIBE)
					assert_int_equal(s, f.review ? ORDER_IN_REVIEW : ORDER_REFUNDING);
				else
					assert_true(s && s != ORDER_REFUNDING && (s != ORDER_TO_PAY || f.payable.fen));
			}
}

TEST(order_pays, "ORD-2 MON-4 only the exact amount moves an order on")
{
	struct order_facts f = facts(ORDER_KIND_PURCHASE);

	for (int64_t moved = 0; moved <= 200; moved++) {
		f.moved.fen = moved;
		assert_int_equal(to(ORDER_TO_PAY, ORDER_EV_PAY, ACTOR_CHANNEL, f), moved == 100 ? ORDER_PROCESSING : 0);
	}
	f.moved = f.payable;
	for (int s = 1; s <= order_state_n; s++)
		assert_int_equal(to(s, ORDER_EV_PAY, ACTOR_CHANNEL, f), s == ORDER_TO_PAY ? ORDER_PROCESSING : 0);
	assert_int_equal(to(ORDER_TO_PAY, ORDER_EV_PAY, ACTOR_PROVIDER_SYSTEM, f), 0);
}

TEST(order_lapses, "ORD-6 the system cancels after the deadline, the buyer before it")
{
	struct order_facts f = facts(ORDER_KIND_PURCHASE);

	assert_int_equal(to(ORDER_TO_PAY, ORDER_EV_LAPSE, ACTOR_SYSTEM, f), 0);
	assert_int_equal(to(ORDER_TO_PAY, ORDER_EV_CANCEL, ACTOR_PERSON, f), ORDER_CANCELLED);
	f.now = due;
	assert_int_equal(to(ORDER_TO_PAY, ORDER_EV_LAPSE, ACTOR_SYSTEM, f), ORDER_CANCELLED);
	assert_int_equal(to(ORDER_TO_PAY, ORDER_EV_LAPSE, ACTOR_PERSON, f), 0);
	f.now = late;
	assert_int_equal(to(ORDER_PROCESSING, ORDER_EV_LAPSE, ACTOR_SYSTEM, f), 0);
	assert_int_equal(to(ORDER_PROCESSING, ORDER_EV_CANCEL, ACTOR_PERSON, f), 0);
	f.deadline.us = 0;	/* no deadline never passes */
	assert_int_equal(to(ORDER_TO_PAY, ORDER_EV_LAPSE, ACTOR_SYSTEM, f), 0);
}

TEST(order_settles, "ORD-2 processing ends when each line has its resource or was refunded")
{
	struct order_facts f = facts(ORDER_KIND_PURCHASE);

	for (f.lines = 0; f.lines <= 3; f.lines++)
		for (f.delivered = 0; f.delivered <= f.lines; f.delivered++)
			for (f.failed = 0; f.failed + f.delivered <= f.lines; f.failed++) {
				bool settled = f.lines && f.delivered + f.failed == f.lines;
				int expect = !settled ? 0 : f.delivered ? ORDER_COMPLETED : ORDER_CANCELLED;
				assert_int_equal(to(ORDER_PROCESSING, ORDER_EV_SETTLE, ACTOR_SYSTEM, f), expect);
			}
}

TEST(order_unsubscribes, "ORD-2 REF-3 an unsubscribe: approved, withdrawn or refused before the answer, done when the money went back")
{
	struct order_facts f = facts(ORDER_KIND_UNSUBSCRIBE);

	assert_int_equal(to(ORDER_IN_REVIEW, ORDER_EV_APPROVE, ACTOR_PERSON, f), ORDER_REFUNDING);
	assert_int_equal(to(ORDER_IN_REVIEW, ORDER_EV_WITHDRAW, ACTOR_PERSON, f), ORDER_CANCELLED);
	assert_int_equal(to(ORDER_IN_REVIEW, ORDER_EV_CANCEL, ACTOR_PERSON, f), 0);
	assert_int_equal(to(ORDER_IN_REVIEW, ORDER_EV_REFUSE, ACTOR_PERSON, f), 0);
	assert_int_equal(to(ORDER_IN_REVIEW, ORDER_EV_REFUSE_REFUND, ACTOR_PERSON, f), ORDER_CANCELLED);
	assert_int_equal(to(ORDER_REFUNDING, ORDER_EV_REFUND, ACTOR_SYSTEM, f), 0);
	assert_int_equal(to(ORDER_REFUNDING, ORDER_EV_WITHDRAW, ACTOR_PERSON, f), ORDER_CANCELLED);
	f.answered = true;
	assert_int_equal(to(ORDER_REFUNDING, ORDER_EV_WITHDRAW, ACTOR_PERSON, f), 0);
	f.moved = f.payable;
	assert_int_equal(to(ORDER_REFUNDING, ORDER_EV_REFUND, ACTOR_CHANNEL, f), ORDER_COMPLETED);
}

TEST(order_effects, "ORD-6 DEL-1 what a move causes: paid ones are provisioned, cancelled ones give back what they held")
{
	for (const struct move_row *r = order_machine.rows; r < order_machine.rows + order_machine.n; r++) {
		bool held = r->from == ORDER_TO_CONFIRM || r->from == ORDER_IN_REVIEW || r->from == ORDER_TO_PAY;
		bool restores = r->effects & FX_RESTORE, refund = r->event == ORDER_EV_WITHDRAW || r->event == ORDER_EV_REFUSE_REFUND;
		assert_int_equal(!!(r->effects & FX_PROVISION), r->to == ORDER_PROCESSING);
		assert_int_equal(!!(r->effects & FX_USE_HOLDS), r->to == ORDER_PROCESSING);
		assert_int_equal(!!(r->effects & FX_RELEASE_HOLDS), r->to == ORDER_CANCELLED && held && !refund);
		assert_int_equal(!!(r->effects & FX_CLOSE_PAYMENTS), r->from == ORDER_TO_PAY);
		assert_int_equal(!!(r->effects & FX_REFUND), r->to == ORDER_REFUNDING);
		assert_int_equal(!!(r->effects & FX_DEADLINE), order_deadline(r->to, early, 24).us != 0);
		assert_true(!refund || restores);
	}
}

TEST(order_deadlines, "ORD-2 ORD-6 24 hours to pay, 7 days to confirm and to review")
{
	assert_int_equal(order_deadline(ORDER_TO_PAY, early, 24).us - early.us, 24 * HOUR_US);
	assert_int_equal(order_deadline(ORDER_IN_REVIEW, early, 24).us - early.us, 7 * DAY_US);
	assert_int_equal(order_deadline(ORDER_TO_CONFIRM, early, 24).us - early.us, 7 * DAY_US);
	assert_int_equal(order_deadline(ORDER_PROCESSING, early, 24).us, 0);
}

TEST(order_buttons, "ORD-2 ACC-2 a page offers what the step would do for this person, and nothing else")
{
	struct order_facts f = facts(ORDER_KIND_PURCHASE);
	uint32_t purchaser = SET_OF(ROLE_PURCHASER), finance = SET_OF(ROLE_FINANCE), viewer = SET_OF(ROLE_VIEWER), all = ~UINT32_C(0);

	assert_int_equal(order_offers(ORDER_TO_PAY, &f, ORG_BUYER, purchaser), SET_OF(ORDER_EV_PAY) | SET_OF(ORDER_EV_CANCEL));
	assert_int_equal(order_offers(ORDER_TO_PAY, &f, ORG_BUYER, finance), SET_OF(ORDER_EV_PAY));
	assert_int_equal(order_offers(ORDER_TO_PAY, &f, ORG_BUYER, viewer), 0);
	assert_int_equal(order_offers(ORDER_TO_PAY, &f, ORG_PLATFORM, all), 0);
	assert_int_equal(order_offers(ORDER_IN_REVIEW, &f, ORG_PLATFORM, all), SET_OF(ORDER_EV_APPROVE) | SET_OF(ORDER_EV_REFUSE));
	assert_int_equal(order_offers(ORDER_TO_CONFIRM, &f, ORG_BUYER, purchaser), SET_OF(ORDER_EV_CONFIRM) | SET_OF(ORDER_EV_CANCEL));
	assert_int_equal(order_offers(ORDER_COMPLETED, &f, ORG_BUYER, all), 0);
	f.kind = ORDER_KIND_UNSUBSCRIBE;
	assert_int_equal(order_offers(ORDER_REFUNDING, &f, ORG_BUYER, purchaser), SET_OF(ORDER_EV_WITHDRAW));
	f.answered = true;
	assert_int_equal(order_offers(ORDER_REFUNDING, &f, ORG_BUYER, purchaser), 0);
}

TEST(order_hints, "ORD-6 ORD-19 what happens next and when")
{
	struct order_facts f = facts(ORDER_KIND_PURCHASE);
	struct order_next n = order_next(ORDER_TO_PAY, &f, early);

	assert_int_equal(n.hint, ORDER_HINT_PAY_BEFORE);
	assert_int_equal(n.at.us, due.us);
	n = order_next(ORDER_PROCESSING, &f, early);
	assert_int_equal(n.hint, ORDER_HINT_DELIVERED_BY);
	assert_int_equal(n.at.us, early.us + 10 * MINUTE_US);
	f.now.us = early.us + 10 * MINUTE_US;
	assert_int_equal(order_next(ORDER_PROCESSING, &f, early).hint, ORDER_HINT_DELAYED);
	f.failed = 1;
	assert_int_equal(order_next(ORDER_CANCELLED, &f, early).hint, ORDER_HINT_ALL_FAILED);
	f.lines = 2;
	assert_int_equal(order_next(ORDER_PROCESSING, &f, early).hint, ORDER_HINT_SOME_FAILED);
	assert_int_equal(order_next(ORDER_COMPLETED, &f, early).hint, ORDER_HINT_SOME_FAILED);
	assert_int_equal(order_next(ORDER_CANCELLED, &f, early).hint, ORDER_HINT_CANCELLED);
	for (int s = 1; s <= order_state_n; s++)
		assert_true(order_next(s, &f, early).hint);
}
