#include "app/delivery.h"

#include "app/attachment.h"
#include "app/message.h"
#include "app/resource.h"
#include "base/id.h"
#include "base/time.h"

/* ---- counts, rounds, messages ---- */

/* Of the buyer and of the provider. */
static enum rc count(struct work *w, const struct q_delivery_lock *d, enum delivery_state from, enum delivery_state to)
{
	struct q_delivery_count_in rows[4];
	size_t n = 0;

	if (from == to)
		return RC_OK;
	for (int i = 0; i < 2; i++) {
		uint64_t org = i ? d->provider_id : d->buyer_id;
		if (from)
			rows[n++] = (struct q_delivery_count_in){ org, from, -1 };
		rows[n++] = (struct q_delivery_count_in){ org, to, 1 };
	}
	return q_delivery_count(w->tx, rows, n);
}

static enum org_kind side_of(const struct work *w, const struct q_delivery_lock *d)
{
	uint64_t org = w->cx->actor.org;

	return org == d->buyer_id ? ORG_BUYER : org == d->provider_id ? ORG_PROVIDER : ORG_PLATFORM;
}

static enum rc note(struct work *w, const struct q_delivery_lock *d, enum delivery_event ev, enum actor_kind who, const char *text, uint64_t *round)
{
	bool person = who == ACTOR_PERSON;
	struct q_delivery_round_insert_in in = {
		.delivery = d->id, .id = id_new(w->cx->now), .event = ev, .side = person ? side_of(w, d) : 0, .person = person ? w->cx->actor.person : 0,
		.name = person ? w->cx->actor.name : "system", .text = text ? text : "",
	};
	uint64_t n;

	if (round)
		*round = in.id;
	return q_delivery_round_insert(w->tx, &in, &n);
}

static void audit(struct work *w, const struct q_delivery_lock *d, enum delivery_event ev, enum delivery_state from, enum delivery_state to)
{
	work_audit(w, (struct event){
		.kind = OBJECT_DELIVERY, .object = d->id, .org = d->buyer_id, .name = delivery_event_enum.names[ev],
		.from = from ? delivery_state_enum.names[from] : NULL, .to = delivery_state_enum.names[to],
	});
}

enum { WHY_CHARS = 120 };
/* What a message has room for; all of it stands on the page. */
static const char *brief(struct arena *a, const char *text)
{
	const char *end = text;

	for (size_t n = 0; *end && n < WHY_CHARS; n++)
		do
			end++;
		while ((*end & 0xc0) == 0x80);
	return *end ? arena_printf(a, "%.*s…", (int)(end - text), text) : text;
}

static enum rc message(struct work *w, enum message_event ev, const struct q_delivery_lock *d, const char *why)
{
	return message_about(w, ev, &(struct message_of){
		.org = message_rules[ev].to == ORG_BUYER ? d->buyer_id : d->provider_id, .number = d->number, .subject = d->product_name, .why = why ? brief(w->cx->a, why) : NULL, .deadline = d->due_at,
	});
}

/* Whoever did not do it is told (ACC-16). */
static enum rc tell(struct work *w, const struct q_delivery_lock *d, enum delivery_event ev, const char *why)
{
	static const enum message_event told[] = {
		[DELIVERY_EV_REQUIRE] = MESSAGE_REQUIREMENT_SUBMITTED, [DELIVERY_EV_CONFIRM] = MESSAGE_REQUIREMENT_CONFIRMED,
		[DELIVERY_EV_REJECT_REQUIREMENT] = MESSAGE_REQUIREMENT_REJECTED, [DELIVERY_EV_REPORT] = MESSAGE_PROGRESS_REPORTED,
		[DELIVERY_EV_SUBMIT] = MESSAGE_ACCEPTANCE_ASKED, [DELIVERY_EV_ACCEPT] = MESSAGE_DELIVERY_COMPLETED,
		[DELIVERY_EV_REJECT_ACCEPTANCE] = MESSAGE_ACCEPTANCE_REJECTED, [DELIVERY_EV_AUTO_ACCEPT] = MESSAGE_DELIVERY_COMPLETED,
		[DELIVERY_EV_COMPLETE] = MESSAGE_DELIVERY_COMPLETED, [DELIVERY_EV_CLOSE] = MESSAGE_DELIVERY_CLOSED,
	};

	return told[ev] ? message(w, told[ev], d, why) : RC_OK;
}

/* ---- its life ---- */

/* The policy says what is supervised (CAT-2); what needs no requirement begins in implementation (DEL-5). */
enum rc delivery_open(struct work *w, const struct delivery_of *of)
{
	bool supervised = of->supervised == SUPERVISED_YES || (of->supervised == SUPERVISED_HUMAN_ONLY && of->mode == DELIVERY_MANUAL);
	struct q_delivery_lock d = {
		.buyer_id = of->buyer, .id = id_new(w->cx->now), .number = number_prefixed(w->cx->a, 'D', w->cx->now), .provider_id = of->provider,
		.product_name = of->product_name, .step_since = w->cx->now,
	};
	struct move m;
	uint64_t n;

	if (!supervised)
		return RC_OK;
	TRY(delivery_step(0, DELIVERY_EV_OPEN, ACTOR_SYSTEM, &(struct delivery_facts){ .requirement = of->requirement }, &m));
	d.state = (enum delivery_state)m.to;
	d.due_at = delivery_due(d.state, d.step_since);
	struct q_delivery_insert_in in = {
		.buyer = d.buyer_id, .id = d.id, .number = d.number, .state = d.state, .provider = d.provider_id, .order = of->order, .order_number = of->order_number,
		.resource = of->resource, .product = of->product, .product_name = of->product_name, .plan_name = of->plan_name, .mode = of->mode,
		.due_at = d.due_at, .alarm_at = delivery_alarm_next(d.state, d.due_at, 0).at, .now = w->cx->now,
	};
	enum rc rc = q_delivery_insert(w->tx, &in, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	TRY(count(w, &d, 0, d.state));
	TRY(note(w, &d, DELIVERY_EV_OPEN, ACTOR_SYSTEM, NULL, NULL));
	audit(w, &d, DELIVERY_EV_OPEN, 0, d.state);
	return d.state == DELIVERY_AWAITING_REQUIREMENT ? message(w, MESSAGE_REQUIREMENT_ASKED, &d, NULL) : RC_OK;
}

enum rc delivery_lock(struct work *w, const char *number, uint64_t resource, struct q_delivery_lock *d)
{
	struct q_delivery_lock *rows;
	size_t n;

	TRY(q_delivery_lock(w->tx, w->cx->a, &(struct q_delivery_lock_in){ number, resource }, &rows, &n));
	if (!n)
		return RC_NOT_FOUND;
	*d = *rows;
	return RC_OK;
}

struct delivery_facts delivery_facts_of(const struct q_delivery_lock *d, struct instant now)
{
	return (struct delivery_facts)DELIVERY_FACTS(d, now);
}

static struct instant later(struct instant t, int64_t us) { return t.us ? instant_add(t, us) : t; }

/* A step's clock begins where the state changes, and stands still while it is held: what was held is added to it. */
static void set_clocks(struct q_delivery_lock *d, const struct move *m, const struct delivery_said *said, struct instant now)
{
	int64_t held = d->hold ? now.us - d->held_at.us : 0;

	if (m->to != (int)d->state) {
		d->state = (enum delivery_state)m->to;
		d->step_since = now;
		d->due_at = delivery_due(d->state, now);
		d->warned = 0;
	} else if (m->effects & DELIVERY_FX_LET_GO) {
		d->step_since = later(d->step_since, held);
		d->due_at = later(d->due_at, held);
		d->material_since = later(d->material_since, held);
	}
	d->hold = m->effects & DELIVERY_FX_HOLD ? said->hold : 0;
	d->held_at = d->hold ? now : (struct instant){ 0 };
	if (said->material && !d->material_since.us)
		d->material_since = now;
	if (m->effects & DELIVERY_FX_MATERIAL_CAME || d->state != DELIVERY_IN_IMPLEMENTATION)
		d->material_since = (struct instant){ 0 };
	d->requirement_rejections += !!(m->effects & DELIVERY_FX_COUNT_REQUIREMENT);
	d->acceptance_rejections += !!(m->effects & DELIVERY_FX_COUNT_ACCEPTANCE);
}

static enum rc store(struct work *w, const struct q_delivery_lock *d)
{
	bool over = !delivery_turn(d->state);
	struct q_delivery_move_in in = {
		.buyer = d->buyer_id, .id = d->id, .version = d->version, .state = d->state, .hold = d->hold, .held_at = d->held_at,
		.requirement_rejections = d->requirement_rejections, .acceptance_rejections = d->acceptance_rejections, .step_since = d->step_since, .due_at = d->due_at,
		.alarm_at = d->hold ? (struct instant){ 0 } : delivery_alarm_next(d->state, d->due_at, (int)d->warned).at, .warned = d->warned,
		.material_since = d->material_since, .ended_at = over ? w->cx->now : (struct instant){ 0 },
	};
	uint64_t n;

	TRY(q_delivery_move(w->tx, &in, &n));
	return n == 1 ? RC_OK : RC_CONFLICT;
}

enum rc delivery_move(struct work *w, struct q_delivery_lock *d, enum delivery_event ev, enum actor_kind who, const struct delivery_said *said, uint64_t *round)
{
	struct delivery_facts f = delivery_facts_of(d, w->cx->now);
	enum delivery_state from = d->state;
	struct move m;

	TRY(delivery_step(from, ev, who, &f, &m));
	set_clocks(d, &m, said, w->cx->now);
	TRY(store(w, d));
	d->version++;
	TRY(count(w, d, from, d->state));
	TRY(note(w, d, ev, who, said->text, round));
	audit(w, d, ev, from, d->state);
	if (m.effects & DELIVERY_FX_HAND_OVER)
		TRY(resource_handed_over(w, d->resource_id, who));
	return tell(w, d, ev, said->text);
}

/* ---- with its resource and its order ---- */

/* Locks the resource's delivery when it goes on; *there says whether. */
static enum rc lock_open(struct work *w, uint64_t resource, struct q_delivery_lock *d, bool *there)
{
	enum rc rc = delivery_lock(w, NULL, resource, d);

	*there = rc == RC_OK && delivery_turn(d->state);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc delivery_refund_begins(struct work *w, uint64_t resource)
{
	struct q_delivery_lock d;
	bool there;

	TRY(lock_open(w, resource, &d, &there));
	return there ? delivery_move(w, &d, DELIVERY_EV_FREEZE, ACTOR_SYSTEM, &(struct delivery_said){ .hold = DELIVERY_HELD_BY_REFUND }, NULL) : RC_OK;
}

enum rc delivery_refund_ends(struct work *w, uint64_t resource)
{
	struct q_delivery_lock d;
	bool there;

	TRY(lock_open(w, resource, &d, &there));
	return there && d.hold == DELIVERY_HELD_BY_REFUND ? delivery_move(w, &d, DELIVERY_EV_RESUME, ACTOR_SYSTEM, &(struct delivery_said){ 0 }, NULL) : RC_OK;
}

enum rc delivery_resource_ended(struct work *w, uint64_t resource, const char *why)
{
	struct q_delivery_lock d;
	bool there;

	TRY(lock_open(w, resource, &d, &there));
	return there ? delivery_move(w, &d, DELIVERY_EV_CLOSE, ACTOR_SYSTEM, &(struct delivery_said){ .text = why }, NULL) : RC_OK;
}

/* ---- the pages ---- */

static enum rc act(struct work *w, void *arg)
{
	const struct delivery_act *in = arg;
	struct q_delivery_lock d;
	uint64_t round;

	TRY(delivery_lock(w, in->number, 0, &d));
	if (w->cx->actor.org != d.buyer_id && w->cx->actor.org != d.provider_id)
		return RC_NOT_FOUND;
	if (in->version && in->version != d.version)
		return RC_CONFLICT;
	w->out.location = arena_printf(w->cx->a, "%s/%s", in->page, d.number);
	TRY(delivery_move(w, &d, in->event, ACTOR_PERSON, &in->said, &round));
	if (!in->files_n)
		return RC_OK;
	struct attachment_of of = { .kind = ATTACHED_TO_ROUND, .id = round, .delivery = d.id, .buyer = d.buyer_id, .provider = d.provider_id };
	enum rc rc = attachment_keep(w, &of, in->files, in->files_n);
	return rc == RC_NOT_FOUND ? RC_INVALID : rc;
}

enum rc delivery_act(struct cx *cx, const struct delivery_act *in, struct outcome *out) { return work_do(cx, act, (void *)in, out); }

/* ---- the job ---- */

static enum rc warn(struct work *w, const struct q_delivery_lock *d, enum message_event ev, int days)
{
	struct q_delivery_warned_in in = { d->buyer_id, d->id, (uint64_t)days, delivery_alarm_next(d->state, d->due_at, days).at };
	uint64_t n;

	TRY(q_delivery_warned(w->tx, &in, &n));
	return message(w, ev, d, NULL);
}

static enum rc alarm(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	struct q_delivery_alarm_lock *due;
	struct q_delivery_lock d;
	size_t n;

	TRY(q_delivery_alarm_lock(w->tx, w->cx->a, &(struct q_delivery_alarm_lock_in){ *id, w->cx->now }, &due, &n));
	if (!n)
		return RC_CONFLICT;
	TRY(delivery_lock(w, due->number, 0, &d));
	if (delivery_turn(d.state) == ORG_PROVIDER)
		return warn(w, &d, MESSAGE_DELIVERY_OVERDUE, 1);
	if (d.due_at.us <= w->cx->now.us)
		return delivery_move(w, &d, DELIVERY_EV_AUTO_ACCEPT, ACTOR_SYSTEM, &(struct delivery_said){ 0 }, NULL);
	return warn(w, &d, MESSAGE_ACCEPTANCE_DUE, delivery_warning(d.due_at, (int)d.warned, w->cx->now));
}

enum rc delivery_alarm(struct cx *cx, uint64_t id) { return work_do(cx, alarm, &id, NULL); }
