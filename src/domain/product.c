#include "domain/product.h"

#include "domain/version.h"

#define MACHINE product
#define MACHINE_ROWS "domain/product.def"
#define MACHINE_FACTS struct product_facts
#include "domain/machine_rows.h"

enum rc product_step(enum product_state state, enum product_event event, enum actor_kind who, const struct product_facts *f, struct move *out)
{
	return machine_step(&product_machine, state, event, who, holds(f), out);
}

/* What is done to the version must be possible there too. */
static bool version_allows(enum version_state version, enum product_event event)
{
	enum version_event e = version_event_of(event);
	struct move m;

	if (!e || e == VERSION_EV_BEGIN)
		return true;
	return version && version_step(version, e, ACTOR_PERSON, &m) == RC_OK;
}

uint32_t product_offers(enum product_state state, enum version_state version, enum org_kind org, uint32_t roles)
{
	struct product_facts f = { .open = version_is_open(version) };
	uint32_t set = machine_offered(&product_machine, state, holds(&f), org, roles);

	for (int e = 1; e <= product_event_n; e++)
		if (!version_allows(version, (enum product_event)e))
			set &= ~SET_OF(e);
	return set;
}
