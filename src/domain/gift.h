#ifndef DOMAIN_GIFT_H
#define DOMAIN_GIFT_H
#include "domain/machine.h"

/* Grants of gift money: MON-3.  The rows stand in gift.def. */
extern const struct machine gift_machine;

enum rc gift_step(enum gift_state state, enum gift_event event, enum actor_kind who, struct move *out) MUST_USE;
#endif
