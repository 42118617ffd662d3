#include "app/integration.h"

#include "app/message.h"
#include "base/str.h"
#include "domain/outbox.h"
#include "q_integration.h"

bool integration_replays(enum outbox_state state, const char *action)
{
	bool refunded = str_eq(action, provision_action_enum.names[PROVISION_CREATE]) || str_eq(action, provision_action_enum.names[PROVISION_MODIFY]);

	return state == OUTBOX_WAITING || (state == OUTBOX_FAILED && !refunded);
}

static void finish(struct work *w, uint64_t id, const char *event, enum outbox_state from, enum outbox_state to)
{
	work_audit(w, (struct event){
		.kind = OBJECT_SYSTEM, .object = id, .org = w->cx->actor.org, .name = event, .from = outbox_state_enum.names[from], .to = outbox_state_enum.names[to],
	});
	w->out.location = arena_printf(w->cx->a, "/provider/integration/%llu", (unsigned long long)id);
}

static enum rc replay(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	struct q_integration_lock e;
	uint64_t n;

	TRY(q_integration_lock(w->tx, w->cx->a, &(struct q_integration_lock_in){ w->cx->actor.org, *id }, &e));
	if (!integration_replays(e.state, e.action) || e.overtaken)
		return RC_CONFLICT;
	struct q_integration_send_in in = { .id = *id, .state = e.state, .tries = e.state == OUTBOX_FAILED ? 0 : e.tries, .now = w->cx->now };
	TRY(q_integration_send(w->tx, &in, &n));
	finish(w, *id, "replay", e.state, OUTBOX_WAITING);
	return n ? RC_OK : RC_CONFLICT;
}

enum rc integration_replay(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, replay, &id, out); }

static enum rc acknowledge(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	struct q_integration_lock e;
	uint64_t n;

	TRY(q_integration_lock(w->tx, w->cx->a, &(struct q_integration_lock_in){ w->cx->actor.org, *id }, &e));
	TRY(q_integration_acknowledge(w->tx, &(struct q_integration_acknowledge_in){ *id, w->cx->now }, &n));
	finish(w, *id, "acknowledge", e.state, e.state);
	return n ? RC_OK : RC_CONFLICT;
}

enum rc integration_acknowledge(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, acknowledge, &id, out); }

enum rc integration_failed(struct work *w, uint64_t id, uint64_t resource, const char *why)
{
	struct q_integration_about r;

	TRY(q_integration_about(tx_db(w->tx), w->cx->a, &(struct q_integration_about_in){ resource }, &r));
	return message_about(w, MESSAGE_EVENT_FAILED, &(struct message_of){
		.org = r.provider_id, .number = arena_printf(w->cx->a, "%llu", (unsigned long long)id), .subject = r.product_name, .why = why,
	});
}

struct giving_up {
	uint64_t id, resource;
	const char *why;
};

static enum rc give_up(struct work *w, void *arg)
{
	const struct giving_up *x = arg;
	uint64_t n;

	TRY(q_outbox_done(w->tx, &(struct q_outbox_done_in){ .id = x->id, .state = OUTBOX_FAILED, .now = w->cx->now }, &n));
	return n ? integration_failed(w, x->id, x->resource, x->why) : RC_CONFLICT;
}

enum rc integration_give_up(struct cx *cx, uint64_t id, uint64_t resource, const char *why)
{
	return work_do(cx, give_up, &(struct giving_up){ id, resource, why }, NULL);
}
