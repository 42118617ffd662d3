#include "app/product_apply.h"

#include "app/product_index.h"
#include "domain/product.h"
#include "q_product_version.h"

enum rc product_lock(struct work *w, uint64_t id, uint64_t provider, uint64_t edit, struct product_now *p)
{
	struct q_product_lock row;
	struct q_version_lock v = { 0 };

	TRY(q_product_lock(w->tx, w->cx->a, &(struct q_product_lock_in){ id }, &row));
	if (provider && row.provider_id != provider)
		return RC_NOT_FOUND;
	if (edit && row.edit_version != edit)
		return RC_CONFLICT;
	if (row.edit_version)
		TRY(q_version_lock(w->tx, w->cx->a, &(struct q_version_lock_in){ id, row.edit_version }, &v));
	*p = (struct product_now){
		.id = id, .provider = row.provider_id, .version = row.version, .edit = row.edit_version, .saves = v.saves, .agreement_version = row.agreement_version,
		.state = row.state, .edit_state = v.state, .name = row.name, .slug = row.slug, .body = v.body, .secret = row.secret,
	};
	return RC_OK;
}

static enum rc move_version(struct work *w, struct product_now *p, enum version_event ev, const char *why)
{
	struct q_version_move_in in = { .product = p->id, .version = p->edit, .from_state = p->edit_state, .reason = why ? why : "" };
	struct move m;
	uint64_t n;

	if (!ev || ev == VERSION_EV_BEGIN)
		return RC_OK;
	if (!p->edit)
		return RC_CONFLICT;
	TRY(version_step(p->edit_state, ev, ACTOR_PERSON, &m));
	in.to_state = m.to;
	if (ev == VERSION_EV_SUBMIT) {
		in.submitted_at = w->cx->now;
		in.submitted_by = w->cx->actor.person;
	} else if (ev == VERSION_EV_APPROVE || ev == VERSION_EV_REFUSE) {
		in.decided_at = w->cx->now;
		in.decided_by = w->cx->actor.person;
	}
	TRY(q_version_move(w->tx, &in, &n));
	p->edit_state = m.to;
	return n == 1 ? RC_OK : RC_CONFLICT;
}

enum rc apply_product(struct work *w, struct product_now *p, enum product_event ev, uint64_t edit, const char *why)
{
	struct product_facts f = { .open = version_is_open(p->edit_state) };
	uint64_t n, version = p->edit ? p->edit : edit ? edit : p->version;
	struct move m;

	TRY(product_step(p->state, ev, ACTOR_PERSON, &f, &m));
	TRY(move_version(w, p, version_event_of(ev), why));
	if (p->state) {		/* a new one is inserted as it begins */
		TRY(q_product_move(w->tx, &(struct q_product_move_in){ .id = p->id, .from_state = p->state, .to_state = m.to, .edit_version = edit }, &n));
		if (n != 1)
			return RC_CONFLICT;
	}
	work_audit(w, (struct event){
		.kind = OBJECT_PRODUCT, .object = p->id, .org = p->provider, .name = product_event_enum.names[ev], .from = p->state ? product_state_enum.names[p->state] : NULL,
		.to = product_state_enum.names[m.to], .why = why, .details = arena_printf(w->cx->a, "{\"version\":%llu}", (unsigned long long)version),
	});
	bool sells = ev == PRODUCT_EV_APPROVE || (p->state == PRODUCT_LISTED) != (m.to == PRODUCT_LISTED);
	p->state = m.to;
	p->edit = edit;
	return sells ? product_index(w->cx, w->tx, p->id) : RC_OK;
}
