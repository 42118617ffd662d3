#include "domain/machine.h"

#include <assert.h>

static const struct move_row *find(const struct machine *m, int state, int event, uint32_t holds)
{
	assert(state >= 0 && state <= m->states->n);
	assert(event >= 1 && event <= m->events->n);
	for (const struct move_row *r = m->rows; r < m->rows + m->n; r++)
		if (r->from == state && r->event == event && holds & UINT32_C(1) << r->guard)
			return r;
	return NULL;
}

enum rc machine_step(const struct machine *m, int state, int event, enum actor_kind who, uint32_t holds, struct move *out)
{
	const struct move_row *r = find(m, state, event, holds);

	assert((int)who >= 1 && (int)who <= actor_kind_n);
	if (!set_has(m->rules[event].actors, who))
		return RC_DENIED;
	if (!r)
		return RC_CONFLICT;
	*out = (struct move){ .to = r->to, .effects = r->effects };
	return RC_OK;
}

bool machine_offers(const struct machine *m, int state, int event, uint32_t holds, enum org_kind org, uint32_t roles)
{
	const struct move_row *r = find(m, state, event, holds);
	const struct event_rule *rule = &m->rules[event];

	return r && set_has(rule->actors, ACTOR_PERSON) && permit_allows(rule->perm, org, roles);
}

uint32_t machine_offered(const struct machine *m, int state, uint32_t holds, enum org_kind org, uint32_t roles)
{
	uint32_t set = 0;

	for (int e = 1; e <= m->events->n; e++)
		if (machine_offers(m, state, e, holds, org, roles))
			set |= SET_OF(e);
	return set;
}

bool machine_final(const struct machine *m, int state)
{
	for (const struct move_row *r = m->rows; r < m->rows + m->n; r++)
		if (r->from == state)
			return false;
	return true;
}

static void actors_text(uint32_t actors, struct out *o)
{
	const char *sep = "";

	for (int a = 1; a <= actor_kind_n; a++)
		if (set_has(actors, a)) {
			out_str(o, sep);
			out_str(o, actor_kind_enum.names[a]);
			sep = ", ";
		}
}

void machine_table(const struct machine *m, struct out *o)
{
	out_lit(o, "| from | event | by | when | to |\n| --- | --- | --- | --- | --- |\n");
	for (const struct move_row *r = m->rows; r < m->rows + m->n; r++) {
		out_printf(o, "| %s | %s | ", r->from ? m->states->names[r->from] : "–", m->events->names[r->event]);
		actors_text(m->rules[r->event].actors, o);
		out_printf(o, " | %s | %s |\n", m->guards[r->guard], m->states->names[r->to]);
	}
}
