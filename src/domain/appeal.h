#ifndef DOMAIN_APPEAL_H
#define DOMAIN_APPEAL_H
#include "domain/machine.h"

/* Appeals: DEL-8.  The rows stand in appeal.def. */
struct appeal_facts { bool owed; };
extern const struct machine appeal_machine;

enum rc appeal_step(enum appeal_state state, enum appeal_event event, enum actor_kind who, const struct appeal_facts *f, struct move *out) MUST_USE;
/* It is not over. */
static inline bool appeal_goes_on(enum appeal_state s) { return s == APPEAL_OPEN || s == APPEAL_ASKED || s == APPEAL_ANSWERED; }
/* What the mediator's decision does to the delivery. */
enum delivery_event appeal_effect(enum appeal_decision d);
static inline bool appeal_refunds(enum appeal_decision d) { return d == APPEAL_CLOSE_FULL || d == APPEAL_CLOSE_PARTIAL; }
#endif
