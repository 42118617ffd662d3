/* Turns the rows of one .def file into a `struct machine`; included once by each machine's .c file, which names
 *   MACHINE       the stem, e.g. order: gives order_machine, states order_state, events order_event
 *   MACHINE_ROWS  the file, e.g. "domain/order.def"
 *   MACHINE_FACTS the struct the guards look at, as `f`
 * and gets `holds(f)` besides.  The rows:
 *   GUARD(name, expression over f)   WHO(event, actors, perm)   MOVE(from, event, to, guard, effects)
 * A MOVE written twice, an unknown guard, state or event does not compile. */
#define MACHINE_GLUE(a, b) a##b
#define MACHINE_PASTE(a, b) MACHINE_GLUE(a, b)
#define BY(actor) SET_OF(ACTOR_##actor)
#define NEW 0

#define GUARD(name, holds) guard_##name,
#define WHO(event, actors, perm)
#define MOVE(from, event, to, guard, effects)
enum {
#include MACHINE_ROWS
	guard__n
};
_Static_assert(guard__n <= 32, "guards are bits of 32");

#undef GUARD
#undef MOVE
#define GUARD(name, holds)
#define MOVE(from, event, to, guard, effects) once_##from##_##event##_##guard,
enum { /* a duplicate row is a duplicate name here */
#include MACHINE_ROWS
	once__n
};

#undef GUARD
#undef MOVE
#define GUARD(name, holds) #name,
#define MOVE(from, event, to, guard, effects)
static const char *const guard_names[] = {
#include MACHINE_ROWS
};

#undef GUARD
#define GUARD(name, holds) | (uint32_t)(holds) << guard_##name
static uint32_t holds(const MACHINE_FACTS *f)
{
	(void)f;	/* of a machine whose only guard is that there is none */
	return 0
#include MACHINE_ROWS
	;
}

#undef GUARD
#undef WHO
#define GUARD(name, holds)
#define WHO(event, by, need) [event] = { .actors = by, .perm = need },
static const struct event_rule rules[] = {
#include MACHINE_ROWS
};

#undef WHO
#undef MOVE
#define WHO(event, actors, perm)
#define MOVE(f, e, t, g, x) { .from = f, .event = e, .to = t, .guard = guard_##g, .effects = x },
static const struct move_row rows[] = {
#include MACHINE_ROWS
};
_Static_assert(sizeof rules / sizeof *rules == MACHINE_PASTE(MACHINE, _event_n) + 1, "each event says who may cause it");

const struct machine MACHINE_PASTE(MACHINE, _machine) = {
	.states = &MACHINE_PASTE(MACHINE, _state_enum), .events = &MACHINE_PASTE(MACHINE, _event_enum),
	.rows = rows, .n = sizeof rows / sizeof *rows,
	.rules = rules, .guards = guard_names, .guard_n = guard__n,
};
#undef GUARD
#undef WHO
#undef MOVE
#undef BY
#undef NEW
