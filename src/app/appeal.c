#include "app/appeal.h"

#include "app/attachment.h"
#include "app/message.h"
#include "app/refund.h"
#include "app/refund_propose.h"
#include "base/id.h"
#include "base/money.h"

/* -- what all do --------------------------------------------------------------------------------------------------- */

struct going_on { struct q_delivery_lock d; struct q_appeal_lock a; };

static enum rc lock(struct work *w, const char *delivery, struct going_on *g)
{
	struct q_appeal_lock *rows;
	size_t n;

	TRY(delivery_lock(w, delivery, 0, &g->d));
	TRY(q_appeal_lock(w->tx, w->cx->a, &(struct q_appeal_lock_in){ g->d.id }, &rows, &n));
	if (!n)
		return RC_CONFLICT;
	g->a = *rows;
	return RC_OK;
}

/* Whose the actor is; 0: a stranger. */
static enum org_kind side_of(const struct work *w, const struct q_delivery_lock *d)
{
	uint64_t org = w->cx->actor.org;

	return org == d->buyer_id ? ORG_BUYER : org == d->provider_id ? ORG_PROVIDER : 0;
}

/* What was said, with its files. */
static enum rc note(struct work *w, const struct going_on *g, enum appeal_event ev, enum org_kind side, const struct appeal_said *said)
{
	struct q_appeal_note_insert_in in = {
		.appeal = g->a.id, .id = id_new(w->cx->now), .delivery = g->d.id, .event = ev, .side = side, .name = w->cx->actor.name, .text = said->text ? said->text : "",
	};
	struct attachment_of of = { ATTACHED_TO_APPEAL, in.id, g->d.id, g->d.buyer_id, g->d.provider_id };
	uint64_t n;

	TRY(q_appeal_note_insert(w->tx, &in, &n));
	enum rc rc = attachment_keep(w, &of, said->files, said->files_n);
	return rc == RC_NOT_FOUND ? RC_INVALID : rc;
}

static void audit(struct work *w, const struct going_on *g, enum appeal_event ev, enum appeal_state from, const char *why)
{
	work_audit(w, (struct event){
		.kind = OBJECT_APPEAL, .object = g->a.id, .org = g->d.buyer_id, .name = appeal_event_enum.names[ev],
		.from = from ? appeal_state_enum.names[from] : NULL, .to = appeal_state_enum.names[g->a.state], .why = why,
	});
}

struct ending { enum appeal_decision decision; struct money amount; };

/* The only writer of its state. */
static enum rc move(struct work *w, struct going_on *g, enum appeal_event ev, const struct ending *end, const char *why)
{
	struct appeal_facts f = { .owed = g->a.asks_buyer || g->a.asks_provider };
	enum appeal_state from = g->a.state;
	struct move m;
	uint64_t n;

	TRY(appeal_step(from, ev, ACTOR_PERSON, &f, &m));
	g->a.state = (enum appeal_state)m.to;
	struct q_appeal_move_in in = {
		.id = g->a.id, .from = from, .to = g->a.state, .asks_buyer = g->a.asks_buyer, .asks_provider = g->a.asks_provider, .name = "",
	};
	if (!appeal_goes_on(g->a.state))
		in.ended_at = w->cx->now;
	if (end) {
		in.decision = end->decision;
		in.amount = end->amount;
		in.name = w->cx->actor.name;
	}
	TRY(q_appeal_move(w->tx, &in, &n));
	audit(w, g, ev, from, why);
	return n == 1 ? RC_OK : RC_CONFLICT;
}

static enum rc tell(struct work *w, const struct going_on *g, enum org_kind to, enum message_event ev, const char *number, const char *why)
{
	uint64_t org = to == ORG_BUYER ? g->d.buyer_id : to == ORG_PROVIDER ? g->d.provider_id : 0;

	return message_about(w, ev, &(struct message_of){ .org = org, .number = number, .subject = g->d.product_name, .why = why });
}

/* -- buyer and provider -------------------------------------------------------------------------------------------- */

struct acting { const struct appeal_by *by; enum delivery_ground ground; };

static enum rc insert(struct work *w, struct going_on *g, enum org_kind side, enum delivery_ground ground)
{
	const struct q_delivery_lock *d = &g->d;
	struct move m;
	uint64_t n;

	TRY(appeal_step(0, APPEAL_EV_OPEN, ACTOR_PERSON, &(struct appeal_facts){ 0 }, &m));
	g->a = (struct q_appeal_lock){ .id = id_new(w->cx->now), .number = number_prefixed(w->cx->a, 'A', w->cx->now), .state = (enum appeal_state)m.to, .side = side };
	struct q_appeal_insert_in in = {
		.id = g->a.id, .number = g->a.number, .delivery = d->id, .delivery_number = d->number, .buyer = d->buyer_id, .provider = d->provider_id, .order = d->order_id,
		.order_number = d->order_number, .resource = d->resource_id, .product_name = d->product_name, .side = side, .ground = ground,
	};
	enum rc rc = q_appeal_insert(w->tx, &in, &n);
	return rc == RC_DUPLICATE ? work_again(w) : rc;	/* its number is taken: another open one would hold the delivery */
}

static enum rc open(struct work *w, void *arg)
{
	const struct acting *x = arg;
	const struct appeal_said *said = &x->by->said;
	struct going_on g;

	TRY(delivery_lock(w, x->by->delivery, 0, &g.d));
	enum org_kind side = side_of(w, &g.d);
	struct delivery_facts f = delivery_facts_of(&g.d, w->cx->now);
	uint32_t grounds = delivery_appeals(g.d.state, &f, side) | (side == ORG_PROVIDER ? delivery_close_requests(g.d.state, &f) : 0);
	if (!side)
		return RC_NOT_FOUND;
	if (!set_has(grounds, (int)x->ground))
		return RC_CONFLICT;
	TRY(delivery_move(w, &g.d, DELIVERY_EV_FREEZE, ACTOR_PERSON, &(struct delivery_said){ .text = said->text, .hold = DELIVERY_HELD_BY_APPEAL }, NULL));
	TRY(insert(w, &g, side, x->ground));
	TRY(note(w, &g, APPEAL_EV_OPEN, side, said));
	audit(w, &g, APPEAL_EV_OPEN, 0, said->text);
	w->out = (struct outcome){ .status = 201, .location = arena_printf(w->cx->a, "%s/%s/appeal", x->by->page, g.d.number) };
	return tell(w, &g, ORG_PLATFORM, MESSAGE_APPEAL_OPENED, g.a.number, said->text);
}

static enum rc answer(struct work *w, void *arg)
{
	const struct acting *x = arg;
	struct going_on g;

	TRY(lock(w, x->by->delivery, &g));
	enum org_kind side = side_of(w, &g.d);
	if (!side)
		return RC_NOT_FOUND;
	bool *asked = side == ORG_BUYER ? &g.a.asks_buyer : &g.a.asks_provider;
	if (!*asked)
		return RC_CONFLICT;
	*asked = false;
	TRY(move(w, &g, APPEAL_EV_ANSWER, NULL, NULL));
	TRY(note(w, &g, APPEAL_EV_ANSWER, side, &x->by->said));
	w->out.location = arena_printf(w->cx->a, "%s/%s/appeal", x->by->page, g.d.number);
	return RC_OK;
}

static enum rc withdraw(struct work *w, void *arg)
{
	const struct acting *x = arg;
	struct going_on g;

	TRY(lock(w, x->by->delivery, &g));
	enum org_kind side = side_of(w, &g.d);
	if (!side || side != g.a.side)
		return side ? RC_CONFLICT : RC_NOT_FOUND;
	TRY(move(w, &g, APPEAL_EV_WITHDRAW, NULL, NULL));
	TRY(note(w, &g, APPEAL_EV_WITHDRAW, side, &x->by->said));
	w->out.location = arena_printf(w->cx->a, "%s/%s", x->by->page, g.d.number);
	return delivery_move(w, &g.d, DELIVERY_EV_RESUME, ACTOR_PERSON, &(struct delivery_said){ 0 }, NULL);
}

enum rc appeal_open(struct cx *cx, const struct appeal_by *by, enum delivery_ground ground, struct outcome *out)
{
	return work_do(cx, open, &(struct acting){ by, ground }, out);
}

enum rc appeal_answer(struct cx *cx, const struct appeal_by *by, struct outcome *out) { return work_do(cx, answer, &(struct acting){ .by = by }, out); }
enum rc appeal_withdraw(struct cx *cx, const struct appeal_by *by, struct outcome *out) { return work_do(cx, withdraw, &(struct acting){ .by = by }, out); }

/* -- the mediator -------------------------------------------------------------------------------------------------- */

struct mediating { const char *number; struct q_appeal_find a; enum org_kind side; const struct appeal_said *said; const struct appeal_verdict *v; struct money *left; };

static void go_to(struct work *w, const char *number) { w->out.location = arena_printf(w->cx->a, "/ops/appeals/%s", number); }

static enum rc ask(struct work *w, void *arg)
{
	const struct mediating *x = arg;
	bool buyer = x->side == ORG_BUYER;
	struct going_on g;

	TRY(lock(w, x->a.delivery_number, &g));
	if (strcmp(g.a.number, x->number))
		return RC_CONFLICT;
	*(buyer ? &g.a.asks_buyer : &g.a.asks_provider) = true;
	TRY(move(w, &g, APPEAL_EV_ASK, NULL, NULL));
	TRY(note(w, &g, APPEAL_EV_ASK, x->side, x->said));
	go_to(w, x->number);
	return tell(w, &g, x->side, buyer ? MESSAGE_APPEAL_ASKED : MESSAGE_PROVIDER_APPEAL_ASKED, g.d.number, x->said->text);
}

enum rc appeal_ask(struct cx *cx, const char *number, enum org_kind side, const struct appeal_said *said, struct outcome *out)
{
	struct mediating x = { .number = number, .side = side, .said = said };

	TRY(q_appeal_find(cx->db, cx->a, &(struct q_appeal_find_in){ number }, &x.a));
	return work_do(cx, ask, &x, out);
}

enum rc appeal_left(struct cx *cx, uint64_t order, uint64_t resource, struct money *left)
{
	struct q_appeal_line line;

	TRY(q_appeal_line(cx->db, cx->a, &(struct q_appeal_line_in){ order, resource }, &line));
	TRY(refund_left(cx, order, left));
	*left = money_min(*left, line.amount);
	return RC_OK;
}

static enum rc give_back(struct work *w, const struct mediating *x, const struct order_now *o, struct money amount)
{
	struct refund_order of = { o, x->a.resource_id, amount };
	struct refund_ask ask = { .orders = &of, .n = 1, .no_vouchers = true, .by = ACTOR_PERSON, .why = x->v->why };
	struct refund_begun begun;

	return refund_begin(w, &ask, &begun);
}

/* What goes back, of what can: the order is locked. */
static enum rc amount_of(struct work *w, const struct mediating *x, struct money *amount)
{
	*amount = fen(0);
	if (!appeal_refunds(x->v->decision))
		return RC_OK;
	TRY(appeal_left(w->cx, x->a.order_id, x->a.resource_id, x->left));
	*amount = x->v->decision == APPEAL_CLOSE_FULL ? *x->left : x->v->amount;
	return amount->fen > 0 && amount->fen <= x->left->fen ? RC_OK : RC_INVALID;
}

static enum rc decide(struct work *w, void *arg)
{
	const struct mediating *x = arg;
	struct ending end = { .decision = x->v->decision };
	struct q_order_lock_id o;
	struct going_on g;

	TRY(q_order_lock_id(w->tx, w->cx->a, &(struct q_order_lock_id_in){ .buyer = x->a.buyer_id, .id = x->a.order_id }, &o));
	TRY(lock(w, x->a.delivery_number, &g));
	if (strcmp(g.a.number, x->number))
		return RC_CONFLICT;
	TRY(amount_of(w, x, &end.amount));
	struct order_now order = ORDER_NOW(&o);
	TRY(move(w, &g, APPEAL_EV_DECIDE, &end, x->v->why));
	TRY(note(w, &g, APPEAL_EV_DECIDE, ORG_PLATFORM, &(struct appeal_said){ .text = x->v->why }));
	TRY(delivery_move(w, &g.d, appeal_effect(end.decision), ACTOR_PERSON, &(struct delivery_said){ .text = x->v->why }, NULL));
	if (appeal_refunds(end.decision))
		TRY(give_back(w, x, &order, end.amount));
	go_to(w, x->number);
	TRY(tell(w, &g, ORG_BUYER, MESSAGE_APPEAL_DECIDED, g.d.number, x->v->why));
	return tell(w, &g, ORG_PROVIDER, MESSAGE_PROVIDER_APPEAL_DECIDED, g.d.number, x->v->why);
}

enum rc appeal_decide(struct cx *cx, const char *number, const struct appeal_verdict *v, struct money *left, struct outcome *out)
{
	struct mediating x = { .number = number, .v = v, .left = left };

	TRY(q_appeal_find(cx->db, cx->a, &(struct q_appeal_find_in){ number }, &x.a));
	return work_do(cx, decide, &x, out);
}
