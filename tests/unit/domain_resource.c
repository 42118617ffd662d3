#include "domain/resource.h"
#include "unit.h"

static struct resource_facts facts(int64_t now)
{
	return (struct resource_facts){ .billing = BILLING_YEARLY_MONTHLY, .now = { now }, .ends_at = { 100 }, .grace_ends_at = { 200 } };
}

static int to(enum resource_state from, enum resource_event e, enum actor_kind who, struct resource_facts f)
{
	struct move m;

	return resource_step(from, e, who, &f, &m) == RC_OK ? m.to : 0;
}

TEST(resource_expires, "SUB-2 it expires at its end, is kept for the grace period, then released by the system")
{
	assert_int_equal(to(RESOURCE_IN_USE, RESOURCE_EV_EXPIRE, ACTOR_SYSTEM, facts(99)), 0);
	assert_int_equal(to(RESOURCE_IN_USE, RESOURCE_EV_EXPIRE, ACTOR_SYSTEM, facts(100)), RESOURCE_EXPIRED);
	assert_int_equal(to(RESOURCE_EXPIRED, RESOURCE_EV_LAPSE, ACTOR_SYSTEM, facts(199)), 0);
	assert_int_equal(to(RESOURCE_EXPIRED, RESOURCE_EV_LAPSE, ACTOR_SYSTEM, facts(200)), RESOURCE_RELEASED);
	assert_int_equal(to(RESOURCE_IN_USE, RESOURCE_EV_LAPSE, ACTOR_SYSTEM, facts(200)), 0);
}

TEST(resource_renews, "SUB-2 SUB-7 renewal in use and within the grace period, never after release")
{
	assert_int_equal(to(RESOURCE_IN_USE, RESOURCE_EV_RENEW, ACTOR_CHANNEL, facts(50)), RESOURCE_IN_USE);
	assert_int_equal(to(RESOURCE_EXPIRED, RESOURCE_EV_RENEW, ACTOR_CHANNEL, facts(199)), RESOURCE_IN_USE);
	assert_int_equal(to(RESOURCE_EXPIRED, RESOURCE_EV_RENEW, ACTOR_CHANNEL, facts(200)), 0);
	for (int s = RESOURCE_RELEASED; s <= RESOURCE_FAILED; s++)
		assert_int_equal(to(s, RESOURCE_EV_RENEW, ACTOR_CHANNEL, facts(50)), 0);
}

TEST(resource_frozen, "ACC-15 under a police freeze nothing is released or refunded; other freezes do not keep it")
{
	for (int freeze = 0; freeze <= freeze_kind_n; freeze++) {
		struct resource_facts f = facts(300);
		bool kept = freeze == FREEZE_POLICE;
		f.freeze = freeze;
		assert_int_equal(to(RESOURCE_EXPIRED, RESOURCE_EV_RELEASE, ACTOR_PERSON, f), kept ? 0 : RESOURCE_RELEASED);
		assert_int_equal(to(RESOURCE_EXPIRED, RESOURCE_EV_LAPSE, ACTOR_SYSTEM, f), kept ? 0 : RESOURCE_RELEASED);
		assert_int_equal(to(RESOURCE_IN_USE, RESOURCE_EV_REFUND, ACTOR_SYSTEM, f), kept ? 0 : RESOURCE_REFUNDED);
	}
}

TEST(resource_released, "SUB-14 SUB-15 released by its owner: expired, or pay-per-use; not while an order works on it")
{
	struct resource_facts f = facts(50);

	assert_int_equal(to(RESOURCE_IN_USE, RESOURCE_EV_RELEASE, ACTOR_PERSON, f), 0);
	f.billing = BILLING_PAY_PER_USE;
	assert_int_equal(to(RESOURCE_IN_USE, RESOURCE_EV_RELEASE, ACTOR_PERSON, f), RESOURCE_RELEASED);
	f.order_running = true;
	assert_int_equal(to(RESOURCE_IN_USE, RESOURCE_EV_RELEASE, ACTOR_PERSON, f), 0);
	assert_int_equal(to(RESOURCE_EXPIRED, RESOURCE_EV_RELEASE, ACTOR_PERSON, f), 0);
}

TEST(resource_buttons, "SUB-2 the actions of a row by its state")
{
	struct resource_facts f = facts(50);
	uint32_t manage = SET_OF(RESOURCE_MANAGE), renew = SET_OF(RESOURCE_RENEW);

	f.refundable = f.reviewable = true;
	assert_int_equal(resource_actions(RESOURCE_PROVISIONING, &f), manage);
	assert_int_equal(resource_actions(RESOURCE_IN_USE, &f), manage | renew | SET_OF(RESOURCE_REVIEW) | SET_OF(RESOURCE_ASK_REFUND));
	f.unpaid_order = true;
	assert_int_equal(resource_actions(RESOURCE_IN_USE, &f) & renew, 0);
	f.unpaid_order = false;
	f.delisted = true;
	assert_int_equal(resource_actions(RESOURCE_IN_USE, &f) & renew, 0);
	f = facts(150);
	assert_int_equal(resource_actions(RESOURCE_EXPIRED, &f), manage | renew | SET_OF(RESOURCE_RELEASE_NOW));
	f.refunding = true;
	assert_int_equal(resource_actions(RESOURCE_EXPIRED, &f), manage | SET_OF(RESOURCE_WITHDRAW_REFUND));
	f = facts(50);
	f.convertible = f.requires = true;
	assert_int_equal(resource_actions(RESOURCE_IN_USE, &f), manage | renew | SET_OF(RESOURCE_CONVERT) | SET_OF(RESOURCE_REQUIRE));
	assert_int_equal(resource_actions(RESOURCE_PROVISIONING, &f), manage | SET_OF(RESOURCE_REQUIRE));
	f.ends_at.us = f.grace_ends_at.us = 0;	/* nothing to renew when it has no end */
	assert_int_equal(resource_actions(RESOURCE_IN_USE, &f) & renew, 0);
	assert_int_equal(resource_actions(RESOURCE_RELEASED, &f), manage);
}

TEST(resource_hints, "SUB-2 what happens next and when")
{
	struct resource_facts f = facts(50);
	struct resource_next n = resource_next(RESOURCE_IN_USE, &f);

	assert_int_equal(n.hint, RESOURCE_HINT_EXPIRES);
	assert_int_equal(n.at.us, 100);
	n = resource_next(RESOURCE_EXPIRED, &f);
	assert_int_equal(n.hint, RESOURCE_HINT_RELEASES);
	assert_int_equal(n.at.us, 200);
	f.ends_at.us = 0;
	assert_int_equal(resource_next(RESOURCE_IN_USE, &f).hint, RESOURCE_HINT_LASTS);
	f.freeze = FREEZE_POLICE;
	assert_int_equal(resource_next(RESOURCE_IN_USE, &f).hint, RESOURCE_HINT_FROZEN);
	assert_int_equal(resource_next(RESOURCE_EXPIRED, &f).hint, RESOURCE_HINT_FROZEN);
	f.refunding = true;
	for (int s = 1; s <= resource_state_n; s++)
		assert_int_equal(resource_next(s, &f).hint, RESOURCE_HINT_REFUND_UNDER_WAY);
}
