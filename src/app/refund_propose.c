#include "app/refund_propose.h"

#include <inttypes.h>

#include "app/case.h"
#include "base/id.h"
#include "base/money.h"
#include "q_order.h"
#include "q_refund.h"
#include "q_voucher.h"

enum rc refund_left(struct cx *cx, uint64_t order, struct money *left)
{
	struct q_order_paid_parts *rows;
	size_t n;

	*left = fen(0);
	TRY(q_order_paid_parts(cx->db, cx->a, &(struct q_order_paid_parts_in){ .order = order }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].source != PAID_VOUCHER)
			*left = money_add(*left, money_sub(rows[i].amount, rows[i].returned));
	return RC_OK;
}

static enum rc go_to(struct work *w, uint64_t id)
{
	w->out.location = arena_printf(w->cx->a, "/ops/finance/refunds/proposals/%" PRIu64, id);
	return RC_OK;
}

/* -- proposed ---------------------------------------------------------------------------------------------------- */

struct proposing {
	const struct refund_proposal *p;
	const char **field, **error;
	struct q_refund_proposal_insert_in in;
};

static enum rc refuse(struct proposing *x, const char *field, const char *error)
{
	*x->field = field;
	*x->error = error;
	return RC_INVALID;
}

/* What is proposed can be, as it looks now; the decision looks again under locks. */
static enum rc check(struct cx *cx, struct proposing *x)
{
	struct q_refund_order_find o;
	struct q_refund_line_list *lines;
	struct money left;
	size_t n;

	TRY(q_refund_order_find(cx->db, cx->a, &(struct q_refund_order_find_in){ .number = x->p->order }, &o));
	TRY(refund_left(cx, o.id, &left));
	x->in.order = o.id;
	x->in.buyer = o.buyer_id;
	if (x->p->amount.fen <= 0)
		return refuse(x, "amount", "refund.nothing");
	if (x->p->amount.fen > left.fen)
		return refuse(x, "amount", "refund.too_much");
	TRY(q_refund_line_list(cx->db, cx->a, &(struct q_refund_line_list_in){ .order = o.id }, &lines, &n));
	for (size_t i = 0; i < n; i++) {
		if (lines[i].line != x->p->line)
			continue;
		if (lines[i].appealed)
			return refuse(x, "line", "refund.appealed");
		x->in.resource = lines[i].resource_id;
	}
	return x->p->line && !x->in.resource ? refuse(x, "line", "refund.line_gone") : RC_OK;
}

static enum rc propose(struct work *w, void *arg)
{
	struct proposing *x = arg;
	uint64_t n;

	x->in.id = id_new(w->cx->now);
	x->in.amount = x->p->amount;
	x->in.target = x->p->to;
	x->in.why = x->p->why;
	x->in.by = w->cx->actor.person;
	x->in.name = w->cx->actor.name;
	enum rc rc = q_refund_proposal_insert(w->tx, &x->in, &n);
	if (rc == RC_DUPLICATE)
		return refuse(x, NULL, "refund.proposed_already");
	TRY(rc);
	work_audit(w, (struct event){ .kind = OBJECT_REFUND, .object = x->in.id, .org = x->in.buyer, .name = "propose", .to = "proposed", .why = x->p->why });
	return go_to(w, x->in.id);
}

enum rc refund_propose(struct cx *cx, const struct refund_proposal *p, const char **field, const char **error, struct outcome *out)
{
	struct proposing x = { .p = p, .field = field, .error = error };

	*field = *error = NULL;
	TRY(check(cx, &x));
	return work_do(cx, propose, &x, out);
}

/* -- decided ----------------------------------------------------------------------------------------------------- */

struct deciding { uint64_t id; bool approve; const char *why; };

static enum rc begin(struct work *w, const struct q_refund_proposal_show *p, const struct order_now *order, uint64_t *unsubscribe)
{
	struct refund_order of = { order, p->resource_id, p->amount };
	struct refund_ask ask = { .orders = &of, .n = 1, .to = p->target, .no_vouchers = true, .by = ACTOR_PERSON, .why = p->why };
	struct refund_begun begun;

	TRY(refund_begin(w, &ask, &begun));
	*unsubscribe = begun.unsubscribe;
	return RC_OK;
}

static enum rc decide(struct work *w, void *arg)
{
	const struct deciding *d = arg;
	struct q_refund_proposal_show p;
	struct q_refund_proposal_lock now;
	struct q_order_lock_id o;
	uint64_t n, unsubscribe = 0;

	TRY(q_refund_proposal_show(tx_db(w->tx), w->cx->a, &(struct q_refund_proposal_show_in){ .id = d->id }, &p));
	TRY(q_order_lock_id(w->tx, w->cx->a, &(struct q_order_lock_id_in){ .buyer = p.buyer_id, .id = p.order_id }, &o));
	TRY(q_refund_proposal_lock(w->tx, w->cx->a, &(struct q_refund_proposal_lock_in){ .id = d->id }, &now));
	struct order_now order = ORDER_NOW(&o);
	if (now.state != REFUND_PROPOSED)
		return RC_CONFLICT;
	TRY(four_eyes(w->cx, now.proposed_by));
	if (d->approve)
		TRY(begin(w, &p, &order, &unsubscribe));
	struct q_refund_proposal_decide_in in = {
		.id = d->id, .state = d->approve ? REFUND_APPROVED : REFUND_DECLINED, .by = w->cx->actor.person, .name = w->cx->actor.name, .now = w->cx->now,
		.why = d->why ? d->why : "", .unsubscribe = unsubscribe,
	};
	TRY(q_refund_proposal_decide(w->tx, &in, &n));
	work_audit(w, (struct event){
		.kind = OBJECT_REFUND, .object = d->id, .org = p.buyer_id, .name = d->approve ? "approve" : "decline", .from = "proposed",
		.to = refund_proposal_state_enum.names[in.state], .why = d->why,
	});
	return go_to(w, d->id);
}

enum rc refund_approve(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, decide, &(struct deciding){ .id = id, .approve = true }, out); }

enum rc refund_decline(struct cx *cx, uint64_t id, const char *why, struct outcome *out)
{
	return work_do(cx, decide, &(struct deciding){ .id = id, .why = why }, out);
}
