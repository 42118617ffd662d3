#ifndef DOMAIN_PRODUCT_H
#define DOMAIN_PRODUCT_H
#include "domain/machine.h"

/* The life of a product: CAT-9.  The rows stand in product.def. */
struct product_facts {
	bool open;		/* a version of it is being written or reviewed */
};
extern const struct machine product_machine;

enum rc product_step(enum product_state state, enum product_event event, enum actor_kind who, const struct product_facts *f,
		     struct move *out) MUST_USE;
/* SET_OF(product_event): the buttons that a page shows to this person.  version: of the version that is open, or was refused; 0: none. */
uint32_t product_offers(enum product_state state, enum version_state version, enum org_kind org, uint32_t roles);
#endif
