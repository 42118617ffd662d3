#include "app/message.h"

#include <assert.h>

#include "base/id.h"

enum { PEOPLE_MAX = 50 };	/* told of one event, of one organisation */
enum { SUBJECT_MAX = 80, WHY_MAX = 200 };

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

/* At most so many characters of it, as the table holds. */
static const char *cut(struct arena *a, const char *s, size_t max)
{
	size_t n = 0;

	for (; s && s[n]; n++)
		if ((s[n] & 0xc0) != 0x80 && !max--)
			return arena_dup(a, s, n);
	return s ? s : "";
}

enum rc message_about(struct work *w, enum message_event ev, const struct message_of *m)
{
	uint64_t n, id = id_new(w->cx->now);
	struct q_message_draft_insert_in in = {
		.id = id, .org = m->org, .number = m->number ? m->number : "", .subject = cut(w->cx->a, m->subject, SUBJECT_MAX), .amount = m->amount,
		.deadline_at = m->deadline, .why = cut(w->cx->a, m->why, WHY_MAX),
	};

	assert(message_rules[ev].draft);
	TRY(q_message_draft_insert(w->tx, &in, &n));
	work_outbox(w, OUTBOX_NOTIFY, id, message_event_enum.names[ev]);
	return RC_OK;
}

struct spreading {
	uint64_t outbox, subject;
	enum message_event event;
};

/* The history's row that says why: the decision's own. */
static const char *why_event(enum message_event ev)
{
	return ev == MESSAGE_ORDER_REFUSED ? "refuse" : ev == MESSAGE_ORDER_APPROVED ? "approve" : ev == MESSAGE_REFUND_REFUSED ? "refuse_refund" :
	       ev == MESSAGE_ORDER_REPRICED ? "reprice" : "place";
}

/* What it says, and of which organisation's members; 0: all of that kind. */
struct said {
	uint64_t org;
	const char *number, *subject, *why;
	struct money amount;
	struct instant deadline;
};

static enum rc of_order(struct work *w, const struct spreading *s, struct said *m)
{
	struct q_message_order o;
	enum org_kind to = message_rules[s->event].to;

	TRY(q_message_order(tx_db(w->tx), w->cx->a, &(struct q_message_order_in){ .order = s->subject, .why_event = why_event(s->event) }, &o));
	*m = (struct said){ to == ORG_BUYER ? o.buyer_id : to == ORG_PROVIDER ? o.provider_id : 0, o.number, o.subject, o.why, o.amount, o.deadline_at };
	return RC_OK;
}

static enum rc of_draft(struct work *w, const struct spreading *s, struct said *m)
{
	struct q_message_draft_show d;
	uint64_t n;

	TRY(q_message_draft_show(tx_db(w->tx), w->cx->a, &(struct q_message_draft_show_in){ .id = s->subject }, &d));
	*m = (struct said){ d.org_id, d.number, d.subject, d.why, d.amount, d.deadline };
	return q_message_draft_delete(w->tx, &(struct q_message_draft_delete_in){ .id = s->subject }, &n);
}

static enum rc tell(struct work *w, const struct spreading *s, const struct said *m)
{
	const struct message_rule *rule = &message_rules[s->event];
	struct q_message_people_in who = {
		.org = m->org, .kind = rule->to, .roles = rule->roles, .texted = rule->texted, .event = message_event_enum.names[s->event], .must = rule->must,
		.limit = PEOPLE_MAX,
	};
	struct q_message_people *people;
	size_t n;

	TRY(q_message_people(tx_db(w->tx), w->cx->a, &who, &people, &n));
	struct q_message_insert_in *rows = ARENA_ARRAY(w->cx->a, struct q_message_insert_in, n);
	struct q_inbox_add_in *inbox = ARENA_ARRAY(w->cx->a, struct q_inbox_add_in, n);
	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct q_message_insert_in){
			.person = people[i].person, .id = id_new(w->cx->now), .org = people[i].org, .event = s->event, .topic = rule->topic, .number = m->number, .subject = m->subject,
			.link = arena_printf(w->cx->a, "%s%s", rule->page, m->number), .amount = m->amount, .deadline_at = m->deadline, .why = m->why,
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

static enum rc spread(struct work *w, void *arg)
{
	const struct spreading *s = arg;
	struct said m;
	uint64_t done;

	TRY(q_outbox_done(w->tx, &(struct q_outbox_done_in){ .id = s->outbox, .state = OUTBOX_DONE, .now = w->cx->now }, &done));
	if (!done)
		return RC_CONFLICT;
	TRY(message_rules[s->event].draft ? of_draft(w, s, &m) : of_order(w, s, &m));
	return tell(w, s, &m);
}

enum rc message_spread(struct cx *cx, uint64_t outbox, uint64_t subject, enum message_event ev)
{
	return work_do(cx, spread, &(struct spreading){ outbox, subject, ev }, NULL);
}

struct resending {
	uint64_t outbox;
	bool all;
};

static enum rc resend(struct work *w, void *arg)
{
	const struct resending *x = arg;
	struct q_message_failed *rows;
	uint64_t done;
	size_t n;

	TRY(q_message_failed(w->tx, w->cx->a, &(struct q_message_failed_in){ .id = x->outbox, .all = x->all, .limit = MESSAGE_RESEND_MAX }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(q_message_failed_done(w->tx, &(struct q_message_failed_done_in){ .id = rows[i].id, .now = w->cx->now }, &done));
		work_outbox(w, OUTBOX_NOTIFY, rows[i].subject, rows[i].action);
		work_audit(w, (struct event){ .kind = OBJECT_SYSTEM, .object = rows[i].id, .org = w->cx->actor.org, .name = "message_resend" });
	}
	w->out.location = "/ops/messages";
	return n ? RC_OK : RC_CONFLICT;
}

enum rc message_resend(struct cx *cx, uint64_t outbox, bool all, struct outcome *out)
{
	return work_do(cx, resend, &(struct resending){ outbox, all }, out);
}
