#include "domain/delivery.h"

#include "base/time.h"
#include "domain/period.h"

#define MACHINE delivery
#define MACHINE_ROWS "domain/delivery.def"
#define MACHINE_FACTS struct delivery_facts
#include "domain/machine_rows.h"

enum rc delivery_step(enum delivery_state state, enum delivery_event event, enum actor_kind who, const struct delivery_facts *f, struct move *out)
{
	return machine_step(&delivery_machine, state, event, who, holds(f), out);
}

uint32_t delivery_offers(enum delivery_state state, const struct delivery_facts *f, enum org_kind org, uint32_t roles)
{
	return machine_offered(&delivery_machine, state, holds(f), org, roles);
}

struct instant delivery_due(enum delivery_state state, struct instant since)
{
	int days = delivery_turn(state) == ORG_PROVIDER ? DELIVERY_PROVIDER_DAYS : state == DELIVERY_AWAITING_ACCEPTANCE ? DELIVERY_ACCEPTANCE_DAYS : 0;

	return days ? instant_add(since, days * DAY_US) : (struct instant){ 0 };
}

enum org_kind delivery_turn(enum delivery_state state)
{
	switch (state) {
	case DELIVERY_AWAITING_REQUIREMENT:
	case DELIVERY_AWAITING_ACCEPTANCE:  return ORG_BUYER;
	case DELIVERY_AWAITING_CONFIRMATION:
	case DELIVERY_IN_IMPLEMENTATION:    return ORG_PROVIDER;
	default:                            return 0;
	}
}

/* -- what comes by itself ----------------------------------------------------------------------------------------- */

static const int warnings[] = { 7, 3, 1 };
enum { WARNINGS = sizeof warnings / sizeof *warnings };

static struct instant before(struct instant due_at, int days) { return instant_add(due_at, -days * DAY_US); }

struct delivery_alarm delivery_alarm_next(enum delivery_state state, struct instant due_at, int warned)
{
	if (!due_at.us || (delivery_turn(state) == ORG_PROVIDER && warned))
		return (struct delivery_alarm){ { 0 }, 0 };
	if (state == DELIVERY_AWAITING_ACCEPTANCE)
		for (size_t i = 0; i < WARNINGS; i++)
			if (!warned || warnings[i] < warned)
				return (struct delivery_alarm){ before(due_at, warnings[i]), warnings[i] };
	return (struct delivery_alarm){ due_at, 0 };
}

int delivery_warning(struct instant due_at, int warned, struct instant now)
{
	int nearest = 0;

	for (size_t i = 0; i < WARNINGS; i++)
		if ((!warned || warnings[i] < warned) && before(due_at, warnings[i]).us <= now.us)
			nearest = warnings[i];
	return nearest;
}

/* -- appeals ------------------------------------------------------------------------------------------------------- */

static struct instant months_later(struct instant t, int months) { return period_end(t, period_anchor(t), months, UNIT_MONTH, PERIOD_TO_SECOND); }

struct instant delivery_ground_at(enum delivery_ground ground, enum delivery_state state, const struct delivery_facts *f)
{
	if (ground == GROUND_PROVIDER_LATE && delivery_turn(state) == ORG_PROVIDER)
		return f->due_at;
	if (ground == GROUND_NO_REQUIREMENT && state == DELIVERY_AWAITING_REQUIREMENT)
		return months_later(f->step_since, DELIVERY_SILENT_MONTHS);
	if (ground == GROUND_NO_MATERIAL && state == DELIVERY_IN_IMPLEMENTATION && f->material_since.us)
		return months_later(f->material_since, DELIVERY_SILENT_MONTHS);
	return (struct instant){ 0 };
}

static bool came(enum delivery_ground ground, enum delivery_state state, const struct delivery_facts *f)
{
	struct instant at = delivery_ground_at(ground, state, f);

	return at.us && f->now.us > at.us;
}

/* At the fourth time (DEL-8): the buyer's fourth submission or acceptance, the provider's fourth confirmation or implementation. */
static bool rejected(enum delivery_ground ground, enum delivery_state state, const struct delivery_facts *f, enum org_kind side)
{
	if (ground == GROUND_REQUIREMENT_REJECTED)
		return f->requirement_rejections >= DELIVERY_REJECTIONS &&
		       (state == DELIVERY_AWAITING_REQUIREMENT || (side == ORG_PROVIDER && state == DELIVERY_AWAITING_CONFIRMATION));
	return f->acceptance_rejections >= DELIVERY_REJECTIONS &&
	       (state == DELIVERY_AWAITING_ACCEPTANCE || (side == ORG_PROVIDER && state == DELIVERY_IN_IMPLEMENTATION));
}

uint32_t delivery_appeals(enum delivery_state state, const struct delivery_facts *f, enum org_kind side)
{
	uint32_t set = 0;

	if (f->hold || !delivery_turn(state))
		return 0;
	if (side == ORG_BUYER && came(GROUND_PROVIDER_LATE, state, f))
		set |= SET_OF(GROUND_PROVIDER_LATE);
	if (rejected(GROUND_REQUIREMENT_REJECTED, state, f, side))
		set |= SET_OF(GROUND_REQUIREMENT_REJECTED);
	if (rejected(GROUND_ACCEPTANCE_REJECTED, state, f, side))
		set |= SET_OF(GROUND_ACCEPTANCE_REJECTED);
	return set;
}

uint32_t delivery_close_requests(enum delivery_state state, const struct delivery_facts *f)
{
	uint32_t set = 0;

	if (f->hold)
		return 0;
	if (came(GROUND_NO_REQUIREMENT, state, f))
		set |= SET_OF(GROUND_NO_REQUIREMENT);
	if (came(GROUND_NO_MATERIAL, state, f))
		set |= SET_OF(GROUND_NO_MATERIAL);
	return set;
}
