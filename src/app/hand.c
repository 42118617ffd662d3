#include "app/hand.h"

#include "base/str.h"
#include "q_hand.h"

/* The secret that stands there under this name already; without one there is nothing to keep. */
static enum rc keep(struct work *w, uint64_t id, const struct q_resource_field_list *there, size_t n, struct resource_field *f)
{
	for (size_t i = 0; i < n; i++)
		if (there[i].sealed.n && str_eq(there[i].name, f->name))
			return resource_field_open(w->cx, id, there[i].position, there[i].sealed, &f->value);
	return RC_OK;
}

static enum rc merge(struct work *w, const struct hand_fill *in, struct resource_delivered *d)
{
	struct resource_field *fields = ARENA_ARRAY(w->cx->a, struct resource_field, in->n);
	struct q_resource_field_list *there;
	size_t n;

	*d = (struct resource_delivered){ .fields = fields };
	TRY(q_resource_field_list(tx_db(w->tx), w->cx->a, &(struct q_resource_field_list_in){ .resource = in->id }, &there, &n));
	for (size_t i = 0; i < in->n; i++) {
		struct resource_field f = in->fields[i];
		if (!f.value)
			TRY(keep(w, in->id, there, n, &f));
		if (f.value)
			fields[d->fields_n++] = f;
	}
	return RC_OK;
}

static enum rc fill(struct work *w, void *arg)
{
	const struct hand_fill *in = arg;
	struct q_hand_lock r;
	struct resource_delivered d;

	TRY(q_hand_lock(w->tx, w->cx->a, &(struct q_hand_lock_in){ w->cx->actor.org, in->id }, &r));
	if (r.held || (r.state != RESOURCE_PROVISIONING && r.state != RESOURCE_IN_USE && r.state != RESOURCE_EXPIRED))
		return RC_CONFLICT;
	TRY(merge(w, in, &d));
	TRY(resource_fields_replace(w, in->id, &d));
	work_audit(w, (struct event){ .kind = OBJECT_RESOURCE, .object = in->id, .org = r.buyer_id, .name = "fields" });
	w->out.location = arena_printf(w->cx->a, "/provider/resources/%llu", (unsigned long long)in->id);
	return r.supervised ? RC_OK : resource_handed_over(w, in->id, ACTOR_PERSON);
}

enum rc hand_fill(struct cx *cx, const struct hand_fill *in, struct outcome *out)
{
	struct hand_fill copy = *in;

	return work_do(cx, fill, &copy, out);
}
