#include "app/message.h"

#include "base/id.h"

enum { PEOPLE_MAX = 50 };	/* told of one event, of one organisation */

void message_tell(struct work *w, uint64_t order, enum message_event ev)
{
	if (ev)
		work_outbox(w, OUTBOX_NOTIFY, order, message_event_enum.names[ev]);
}

void message_order(struct work *w, const struct order_now *o, enum order_event ev, const struct move *m)
{
	if (m->effects & FX_NOTIFY_BUYER)
		message_tell(w, o->id, message_to_buyer((enum order_state)m->to, ev));
	if (m->effects & FX_NOTIFY_PROVIDER)
		message_tell(w, o->id, MESSAGE_ORDER_SOLD);
	if (m->effects & FX_NOTIFY_REVIEWER)
		message_tell(w, o->id, MESSAGE_ORDER_TO_REVIEW);
}

struct spreading {
	uint64_t outbox, order;
	enum message_event event;
};

/* The history's row that says why: the decision's own. */
static const char *why_event(enum message_event ev)
{
	return ev == MESSAGE_ORDER_REFUSED ? "refuse" : ev == MESSAGE_ORDER_APPROVED ? "approve" : ev == MESSAGE_REFUND_REFUSED ? "refuse_refund" :
	       ev == MESSAGE_ORDER_REPRICED ? "reprice" : "place";
}

static enum rc people_of(struct work *w, const struct q_message_order *o, const struct message_rule *rule, struct q_message_people **rows, size_t *n)
{
	struct q_message_people_in in = {
		.org = rule->to == ORG_BUYER ? o->buyer_id : rule->to == ORG_PROVIDER ? o->provider_id : 0,
		.kind = rule->to, .roles = rule->roles, .limit = PEOPLE_MAX,
	};

	return q_message_people(tx_db(w->tx), w->cx->a, &in, rows, n);
}

static enum rc spread(struct work *w, void *arg)
{
	const struct spreading *s = arg;
	const struct message_rule *rule = &message_rules[s->event];
	struct q_message_order o;
	struct q_message_people *people;
	size_t n;
	uint64_t done;

	TRY(q_outbox_done(w->tx, &(struct q_outbox_done_in){ .id = s->outbox, .state = OUTBOX_DONE, .now = w->cx->now }, &done));
	if (!done)
		return RC_CONFLICT;
	TRY(q_message_order(tx_db(w->tx), w->cx->a, &(struct q_message_order_in){ .order = s->order, .why_event = why_event(s->event) }, &o));
	TRY(people_of(w, &o, rule, &people, &n));
	struct q_message_insert_in *rows = ARENA_ARRAY(w->cx->a, struct q_message_insert_in, n);
	struct q_inbox_add_in *inbox = ARENA_ARRAY(w->cx->a, struct q_inbox_add_in, n);
	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct q_message_insert_in){
			.person = people[i].person, .id = id_new(w->cx->now), .org = people[i].org, .event = s->event, .number = o.number, .subject = o.subject,
			.link = arena_printf(w->cx->a, "%s%s", rule->page, o.number), .amount = o.amount, .deadline_at = o.deadline_at, .why = o.why,
		};
		inbox[i] = (struct q_inbox_add_in){ .person = people[i].person, .org = people[i].org };
		if (people[i].mailed)
			work_outbox(w, OUTBOX_NOTIFY, rows[i].id, MESSAGE_BY_EMAIL);
		if (people[i].texted)
			work_outbox(w, OUTBOX_NOTIFY, rows[i].id, MESSAGE_BY_SMS);
	}
	if (!n)
		return RC_OK;
	TRY(q_message_insert(w->tx, rows, n));
	return q_inbox_add(w->tx, inbox, n);
}

enum rc message_spread(struct cx *cx, uint64_t outbox, uint64_t order, enum message_event ev)
{
	return work_do(cx, spread, &(struct spreading){ outbox, order, ev }, NULL);
}

static enum rc mark_read(struct work *w, void *arg)
{
	const struct actor *me = &w->cx->actor;
	const uint64_t *up_to = arg;
	uint64_t n, kept;

	TRY(q_message_read(w->tx, &(struct q_message_read_in){ .person = me->person, .org = me->org, .up_to = *up_to, .now = w->cx->now }, &n));
	if (n)
		TRY(q_inbox_read(w->tx, &(struct q_inbox_read_in){ .person = me->person, .org = me->org, .read = n }, &kept));
	w->out.location = "/console/messages";
	return RC_OK;
}

enum rc message_read(struct cx *cx, uint64_t up_to, struct outcome *out) { return work_do(cx, mark_read, &up_to, out); }
