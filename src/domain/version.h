#ifndef DOMAIN_VERSION_H
#define DOMAIN_VERSION_H
#include "domain/machine.h"

/* The life of one version of a product: CAT-9.  The rows stand in version.def. */
extern const struct machine version_machine;

enum rc version_step(enum version_state state, enum version_event event, enum actor_kind who, struct move *out) MUST_USE;
/* It is being written, or waits for an approver; there is one such of a product at most. */
static inline bool version_is_open(enum version_state s) { return s == VERSION_DRAFT || s == VERSION_SUBMITTED; }
/* What an event of the product does to its version; 0: nothing. */
enum version_event version_event_of(enum product_event e);
#endif
