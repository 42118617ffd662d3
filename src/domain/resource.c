#include "domain/resource.h"

#include <assert.h>

/* ACC-15: arrears and violation do not keep it, the police do; SUB-14: nothing goes while an order works on it. */
static bool resource_releasable(const struct resource_facts *f)
{
	return f->freeze != FREEZE_POLICE && !f->order_running && !f->refunding;
}

#define MACHINE resource
#define MACHINE_ROWS "domain/resource.def"
#define MACHINE_FACTS struct resource_facts
#include "domain/machine_rows.h"

enum rc resource_step(enum resource_state state, enum resource_event event, enum actor_kind who, const struct resource_facts *f, struct move *out)
{
	return machine_step(&resource_machine, state, event, who, holds(f), out);
}

/* A move that a person causes, whoever it is: the permission is the route's. */
static bool open_to(enum resource_state state, enum resource_event event, const struct resource_facts *f)
{
	struct move m;

	return resource_step(state, event, ACTOR_PERSON, f, &m) == RC_OK;
}

static bool renewable(enum resource_state state, const struct resource_facts *f)
{
	return f->ends_at.us && !f->delisted && !f->unpaid_order && !f->order_running && !f->freeze && open_to(state, RESOURCE_EV_RENEW, f);
}

uint32_t resource_actions(enum resource_state state, const struct resource_facts *f)
{
	bool alive = state == RESOURCE_IN_USE || state == RESOURCE_EXPIRED, free = alive && !f->order_running;
	uint32_t set = SET_OF(RESOURCE_MANAGE);

	if (f->refunding)
		return set | SET_OF(RESOURCE_WITHDRAW_REFUND);
	if (renewable(state, f))
		set |= SET_OF(RESOURCE_RENEW);
	if (free && f->convertible && !f->freeze && !f->unpaid_order)
		set |= SET_OF(RESOURCE_CONVERT);
	if ((state == RESOURCE_PROVISIONING || state == RESOURCE_IN_USE) && f->requires)
		set |= SET_OF(RESOURCE_REQUIRE);
	if (alive && f->reviewable)
		set |= SET_OF(RESOURCE_REVIEW);
	if (free && f->refundable && f->freeze != FREEZE_POLICE)
		set |= SET_OF(RESOURCE_ASK_REFUND);
	if (open_to(state, RESOURCE_EV_RELEASE, f))
		set |= SET_OF(RESOURCE_RELEASE_NOW);
	return set;
}

struct resource_next resource_next(enum resource_state state, const struct resource_facts *f)
{
	if (f->refunding)
		return (struct resource_next){ .hint = RESOURCE_HINT_REFUND_UNDER_WAY };
	switch (state) {
	case RESOURCE_PROVISIONING:
		return (struct resource_next){ .hint = RESOURCE_HINT_PREPARED };
	case RESOURCE_IN_USE:
		if (f->freeze)
			return (struct resource_next){ .hint = RESOURCE_HINT_FROZEN };
		return (struct resource_next){ f->ends_at.us ? RESOURCE_HINT_EXPIRES : RESOURCE_HINT_LASTS, f->ends_at };
	case RESOURCE_EXPIRED:
		if (f->freeze == FREEZE_POLICE)
			return (struct resource_next){ .hint = RESOURCE_HINT_FROZEN };
		return (struct resource_next){ RESOURCE_HINT_RELEASES, f->grace_ends_at };
	case RESOURCE_RELEASED:
		return (struct resource_next){ .hint = RESOURCE_HINT_RELEASED };
	case RESOURCE_REFUNDED:
		return (struct resource_next){ .hint = RESOURCE_HINT_REFUNDED };
	case RESOURCE_FAILED:
		return (struct resource_next){ .hint = RESOURCE_HINT_FAILED };
	}
	assert(!"no such state");
	return (struct resource_next){ 0 };
}
