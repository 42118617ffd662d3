#include "app/order.h"

enum rc order_lock_group(struct work *w, uint64_t buyer, const char *number, struct order_group *g)
{
	struct q_order_find found;
	struct q_order_lock_group *rows;

	TRY(q_order_find(tx_db(w->tx), w->cx->a, &(struct q_order_find_in){ .number = number, .buyer = buyer }, &found));
	struct q_order_lock_group_in in = { .buyer = found.buyer_id, .id = found.id, .combined = found.combined_id };
	TRY(q_order_lock_group(w->tx, w->cx->a, &in, &rows, &g->n));
	g->orders = ARENA_ARRAY(w->cx->a, struct order_now, g->n);
	g->priced = false;
	for (size_t i = 0; i < g->n; i++) {
		g->orders[i] = ORDER_NOW(&rows[i]);
		g->priced |= rows[i].payable.fen > 0;
	}
	for (size_t i = 0; i < g->n; i++)
		g->orders[i].together = g->n > 1 && g->priced;
	return g->n ? RC_OK : RC_NOT_FOUND;
}

enum rc order_group_move(struct work *w, struct order_group *g, enum order_event ev, enum actor_kind who, const char *why)
{
	size_t moved = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct order_now *o = &g->orders[i];
		if (machine_final(&order_machine, (int)o->state))
			continue;
		TRY(apply_order(w, o, ev, who, o->paid, why));
		moved++;
	}
	return moved ? RC_OK : RC_CONFLICT;
}

struct moving {
	const char *number, *why;
	uint64_t buyer;			/* 0: anybody's */
	enum order_event event;
	enum actor_kind who;
	const char *page;		/* where to go on: the address up to the number */
};

static enum rc move_all(struct work *w, void *arg)
{
	const struct moving *m = arg;
	struct order_group g;

	TRY(order_lock_group(w, m->buyer, m->number, &g));
	w->out.location = arena_printf(w->cx->a, "%s%s", m->page, m->number);
	return order_group_move(w, &g, m->event, m->who, m->why);
}

static enum rc by_buyer(struct cx *cx, const char *number, enum order_event ev, const char *why, struct outcome *out)
{
	return work_do(cx, move_all, &(struct moving){ number, why, cx->actor.org, ev, ACTOR_PERSON, "/console/orders/" }, out);
}

static enum rc by_approver(struct cx *cx, const char *number, enum order_event ev, const char *why, struct outcome *out)
{
	return work_do(cx, move_all, &(struct moving){ number, why, 0, ev, ACTOR_PERSON, "/ops/orders/" }, out);
}

enum rc order_cancel(struct cx *cx, const char *number, const char *why, struct outcome *out)
{
	return by_buyer(cx, number, ORDER_EV_CANCEL, why, out);
}

enum rc order_confirm(struct cx *cx, const char *number, struct outcome *out) { return by_buyer(cx, number, ORDER_EV_CONFIRM, NULL, out); }

enum rc order_approve(struct cx *cx, const char *number, const char *why, struct outcome *out)
{
	return by_approver(cx, number, ORDER_EV_APPROVE, why, out);
}

enum rc order_refuse(struct cx *cx, const char *number, const char *why, struct outcome *out)
{
	return by_approver(cx, number, ORDER_EV_REFUSE, why, out);
}

enum rc order_expire(struct cx *cx, const char *number)
{
	return work_do(cx, move_all, &(struct moving){ number, "not in time", 0, ORDER_EV_LAPSE, ACTOR_SYSTEM, "" }, NULL);
}
