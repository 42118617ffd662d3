#ifndef DOMAIN_DELIVERY_H
#define DOMAIN_DELIVERY_H
#include "domain/machine.h"

/* Supervised delivery: DEL-5 to DEL-11.  The rows stand in delivery.def. */

enum delivery_fx {
	DELIVERY_FX_COUNT_REQUIREMENT = 1 << 0,	/* one rejection more */
	DELIVERY_FX_COUNT_ACCEPTANCE  = 1 << 1,
	DELIVERY_FX_MATERIAL_CAME     = 1 << 2,	/* nothing is waited for any more */
	DELIVERY_FX_HAND_OVER         = 1 << 3,	/* the resource is in use from now on */
	DELIVERY_FX_HOLD              = 1 << 4,	/* its clocks stand still */
	DELIVERY_FX_LET_GO            = 1 << 5,	/* and go on */
};

enum { DELIVERY_TEXT_MAX = 1000, DELIVERY_REJECTIONS = 3, DELIVERY_PROVIDER_DAYS = 5, DELIVERY_ACCEPTANCE_DAYS = 30, DELIVERY_SILENT_MONTHS = 3 };

struct delivery_facts {
	enum delivery_hold hold;
	bool requirement;		/* its product and category ask for one */
	int requirement_rejections, acceptance_rejections;
	struct instant now, step_since, due_at, material_since;
};

extern const struct machine delivery_machine;
MUST_USE enum rc delivery_step(enum delivery_state state, enum delivery_event event, enum actor_kind who, const struct delivery_facts *f, struct move *out);

/* SET_OF(delivery_event): what this person's page offers now. */
uint32_t delivery_offers(enum delivery_state state, const struct delivery_facts *f, enum org_kind org, uint32_t roles);

/* What a step that begins at `since` ends by: the provider's five days, the buyer's thirty for accepting; 0: nothing does. */
struct instant delivery_due(enum delivery_state state, struct instant since);
/* Whose turn it is; 0: nobody's, it is over. */
enum org_kind delivery_turn(enum delivery_state state);

/* What comes by itself.  warned: the days before due_at of the latest warning of this step, 0 for none; of a provider's step 1 for told. */
struct delivery_alarm { struct instant at; int days; };	/* at 0: nothing; days 0: at the very end */
struct delivery_alarm delivery_alarm_next(enum delivery_state state, struct instant due_at, int warned);
/* The warning that is due now, the nearest of those that are: 7, 3 or 1 days before; 0: none. */
int delivery_warning(struct instant due_at, int warned, struct instant now);

/* SET_OF(delivery_ground): on what this side may appeal (DEL-8); nobody while it is held or over. */
uint32_t delivery_appeals(enum delivery_state state, const struct delivery_facts *f, enum org_kind side);
/* On what the provider may ask to close it. */
uint32_t delivery_close_requests(enum delivery_state state, const struct delivery_facts *f);
/* When these grounds will be there, if nothing happens; 0: not by time alone.  For "from … on" beside a button that is not there yet. */
struct instant delivery_ground_at(enum delivery_ground ground, enum delivery_state state, const struct delivery_facts *f);
#endif
