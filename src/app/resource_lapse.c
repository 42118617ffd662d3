#include "app/apply.h"
#include "app/message.h"
#include "app/resource.h"
#include "base/time.h"
#include "q_resource.h"

static enum rc lapse(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	struct q_resource_term r;

	TRY(q_resource_term(w->tx, w->cx->a, &(struct q_resource_term_in){ .id = *id }, &r));
	struct resource_now now = {
		.id = *id, .buyer = r.buyer_id, .order = r.order_id, .line = r.order_line, .state = r.state, .delivery = r.delivery, .freeze = r.freeze, .ordered = r.ordered,
		.refunding = r.refunding, .ends_at = r.end_at,
		.grace_ends_at = r.end_at.us ? instant_add(r.end_at, r.grace_days * DAY_US) : r.end_at,
	};
	enum resource_event ev = r.state == RESOURCE_IN_USE ? RESOURCE_EV_EXPIRE : RESOURCE_EV_LAPSE;
	TRY(apply_resource(w, &now, ev, ACTOR_SYSTEM, &(struct resource_learnt){ 0 }, NULL));
	struct message_of m = {
		.org = r.buyer_id, .number = arena_printf(w->cx->a, "%llu", (unsigned long long)*id), .subject = r.name, .deadline = now.grace_ends_at,
	};
	return message_about(w, ev == RESOURCE_EV_EXPIRE ? MESSAGE_RESOURCE_EXPIRED : MESSAGE_RESOURCE_RELEASED, &m);
}

enum rc resource_lapse(struct cx *cx, uint64_t id) { return work_do(cx, lapse, &id, NULL); }
