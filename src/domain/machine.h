#ifndef DOMAIN_MACHINE_H
#define DOMAIN_MACHINE_H
#include "base/out.h"
#include "base/rc.h"
#include "domain/enums.h"
#include "domain/permit.h"

/* One engine for every life cycle.  A machine is data: rows of moves (from, event, to) under a named guard, and for
 * each event who may cause it.  Rows of the same (from, event) are tried from the top: the first whose guard holds wins.
 * State 0 is "not there yet": its rows say how a life begins. */

struct move_row {
	uint8_t from, event, to, guard;
	uint32_t effects;	/* bits of the machine's own FX enum, for app/ to carry out */
};

struct event_rule {
	uint32_t actors;	/* SET_OF(actor_kind) */
	enum perm perm;		/* what a person needs; PERM_NONE = never a person */
};

struct machine {
	const struct enum_def *states, *events;
	const struct move_row *rows;
	size_t n;
	const struct event_rule *rules;		/* by event */
	const char *const *guards;		/* names, by number */
	int guard_n;
};

/* What a step decided. */
struct move {
	int to;
	uint32_t effects;
};

/* holds: bit g is set when guard g is true of the facts.  RC_DENIED: this kind of actor never causes the event.
 * RC_CONFLICT: no such move from here, or its guard does not hold: somebody else was first, or it is too early. */
enum rc machine_step(const struct machine *m, int state, int event, enum actor_kind who, uint32_t holds,
		     struct move *out) MUST_USE;

/* Would this person's event move it now?  Drives the buttons: what a page offers is what the step would do. */
bool machine_offers(const struct machine *m, int state, int event, uint32_t holds, enum org_kind org, uint32_t roles);

/* All such events, as a set. */
uint32_t machine_offered(const struct machine *m, int state, uint32_t holds, enum org_kind org, uint32_t roles);

/* No event leads away, so nothing more will ever happen to it. */
bool machine_final(const struct machine *m, int state);

/* The rows as a table in Markdown: doc/states.md is made of these. */
void machine_table(const struct machine *m, struct out *o);
#endif
