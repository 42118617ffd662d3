#include "base/time.h"
#include "domain/outbox.h"
#include "domain/payment.h"
#include "unit.h"

static int to(enum payment_state from, enum payment_event e, enum actor_kind who, int64_t received, int64_t now)
{
	struct payment_facts f = { .amount = { 100 }, .received = { received }, .now = { now }, .deadline = { 50 } };
	struct move m;

	return payment_step(from, e, who, &f, &m) == RC_OK ? m.to : 0;
}

TEST(payment_exact, "MON-4 MON-6 only the exact amount succeeds, and only while the payment is open")
{
	for (int s = 1; s <= payment_state_n; s++)
		for (int64_t received = 0; received <= 101; received++) {
			bool open = s == PAYMENT_CREATED || s == PAYMENT_WAITING || s == PAYMENT_UNKNOWN;
			assert_int_equal(to(s, PAYMENT_EV_SUCCEED, ACTOR_CHANNEL, received, 10), open && received == 100 ? PAYMENT_SUCCEEDED : 0);
		}
}

TEST(payment_deadline, "MON-4 MON-8 it expires by the system, not before its deadline; money at the last moment still counts")
{
	assert_int_equal(to(PAYMENT_WAITING, PAYMENT_EV_EXPIRE, ACTOR_SYSTEM, 0, 49), 0);
	assert_int_equal(to(PAYMENT_WAITING, PAYMENT_EV_EXPIRE, ACTOR_SYSTEM, 0, 50), PAYMENT_EXPIRED);
	assert_int_equal(to(PAYMENT_WAITING, PAYMENT_EV_EXPIRE, ACTOR_CHANNEL, 0, 50), 0);
	assert_int_equal(to(PAYMENT_WAITING, PAYMENT_EV_SUCCEED, ACTOR_CHANNEL, 100, 60), PAYMENT_SUCCEEDED);
}

TEST(payment_doubt, "MON-4 an unknown payment resolves by asking again")
{
	assert_int_equal(to(PAYMENT_WAITING, PAYMENT_EV_DOUBT, ACTOR_SYSTEM, 0, 10), PAYMENT_UNKNOWN);
	assert_int_equal(to(PAYMENT_UNKNOWN, PAYMENT_EV_DOUBT, ACTOR_SYSTEM, 0, 10), 0);
	assert_int_equal(to(PAYMENT_UNKNOWN, PAYMENT_EV_START, ACTOR_SYSTEM, 0, 10), PAYMENT_WAITING);
	assert_int_equal(to(PAYMENT_UNKNOWN, PAYMENT_EV_FAIL, ACTOR_SYSTEM, 0, 10), PAYMENT_FAILED);
}

TEST(payment_effects, "MON-4 only success moves orders on; what is closed here is closed at the channel")
{
	for (const struct move_row *r = payment_machine.rows; r < payment_machine.rows + payment_machine.n; r++) {
		assert_int_equal(!!(r->effects & PAYMENT_FX_PAY_ORDERS), r->to == PAYMENT_SUCCEEDED);
		assert_int_equal(!!(r->effects & PAYMENT_FX_CLOSE), r->to == PAYMENT_CLOSED);
		assert_int_equal(!!(r->effects & PAYMENT_FX_ASK), r->to == PAYMENT_WAITING || r->to == PAYMENT_UNKNOWN);
	}
}

TEST(payment_pauses, "MON-8 the channel is asked with growing pauses, for as long as it takes")
{
	assert_int_equal(payment_query_pause(0), 15 * SECOND_US);
	for (int i = 1; i < 50; i++)
		assert_true(payment_query_pause(i) >= payment_query_pause(i - 1));
	assert_int_equal(payment_query_pause(1000000), HOUR_US);
}

TEST(outbox_pauses, "PRV-5 repeats after 10s, 1m, 5m, 15m, 30m, 1h, 2h, 4h, 8h, then failed")
{
	static const int64_t pauses[] = { 10, 60, 300, 900, 1800, 3600, 7200, 14400, 28800 };
	struct outbox_facts f;
	struct move m;

	for (f.tries = 1; f.tries <= 9; f.tries++) {
		assert_int_equal(outbox_pause(f.tries), pauses[f.tries - 1] * SECOND_US);
		assert_int_equal(outbox_step(OUTBOX_WAITING, OUTBOX_EV_TRY_AGAIN, ACTOR_SYSTEM, &f, &m), RC_OK);
		assert_int_equal(m.to, OUTBOX_WAITING);
		assert_int_equal(m.effects, 0);
	}
	assert_int_equal(outbox_pause(10), 0);
	assert_int_equal(outbox_step(OUTBOX_WAITING, OUTBOX_EV_TRY_AGAIN, ACTOR_SYSTEM, &f, &m), RC_OK);
	assert_int_equal(m.to, OUTBOX_FAILED);
	assert_int_equal(m.effects, OUTBOX_FX_FAIL_LINE);
}

TEST(outbox_refused, "DEL-2 a definite refusal fails at once; a person may send it again")
{
	struct outbox_facts f = { .tries = 1 };
	struct move m;

	assert_int_equal(outbox_step(OUTBOX_WAITING, OUTBOX_EV_GIVE_UP, ACTOR_SYSTEM, &f, &m), RC_OK);
	assert_int_equal(m.to, OUTBOX_FAILED);
	assert_int_equal(outbox_step(OUTBOX_FAILED, OUTBOX_EV_REPLAY, ACTOR_PERSON, &f, &m), RC_OK);
	assert_int_equal(m.to, OUTBOX_WAITING);
	assert_int_equal(outbox_step(OUTBOX_DONE, OUTBOX_EV_REPLAY, ACTOR_PERSON, &f, &m), RC_CONFLICT);
}
