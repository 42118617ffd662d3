#include "app/message.h"
#include "app/offer.h"
#include "app/payment.h"
#include "base/money.h"
#include "q_offer.h"

struct repricing {
	const struct reprice *in;
	const char **field, **error;
};

static enum rc refuse(const struct repricing *r, const char *field, const char *error)
{
	*r->field = field;
	*r->error = error;
	return RC_INVALID;
}

static enum rc check(struct work *w, const struct repricing *r, const struct q_reprice_lock *o)
{
	struct q_reprice_holds held;

	bool priced = o->billing_mode != BILLING_FREE && o->billing_mode != BILLING_PAY_PER_USE;	/* those wait for what is paid with them (ORD-5) */

	if (o->state != ORDER_TO_PAY || !priced || o->payable.fen != r->in->seen.fen)
		return RC_CONFLICT;
	if (o->payable.fen == r->in->payable.fen)
		return refuse(r, "payable", "reprice.same");
	TRY(q_reprice_holds(tx_db(w->tx), w->cx->a, &(struct q_reprice_holds_in){ o->id }, &held));
	return held.holds ? refuse(r, NULL, "reprice.in_flight") : RC_OK;
}

/* Each line its share, as before (NUM-2); of an order that cost nothing, the main lines alike. */
static enum rc share(struct work *w, uint64_t order, struct money was, struct money payable)
{
	struct q_reprice_lines *l;
	size_t n;
	uint64_t changed;

	TRY(q_reprice_lines(w->tx, w->cx->a, &(struct q_reprice_lines_in){ order }, &l, &n));
	int64_t *weights = ARENA_ARRAY(w->cx->a, int64_t, n);
	struct money *amounts = ARENA_ARRAY(w->cx->a, struct money, n);
	for (size_t i = 0; i < n; i++)
		weights[i] = was.fen ? l[i].amount.fen : !l[i].main_line;
	money_split(payable, weights, n, amounts);
	for (size_t i = 0; i < n; i++)
		TRY(q_reprice_line(w->tx, &(struct q_reprice_line_in){ order, l[i].line, amounts[i] }, &changed));
	return RC_OK;
}

static enum rc reprice(struct work *w, void *arg)
{
	const struct repricing *r = arg;
	struct arena *a = w->cx->a;
	struct money to = r->in->payable;
	char was[MONEY_TEXT], is[MONEY_TEXT];
	struct q_reprice_lock o;
	uint64_t n;

	TRY(q_reprice_lock(w->tx, a, &(struct q_reprice_lock_in){ w->cx->actor.org, r->in->number }, &o));
	TRY(check(w, r, &o));
	TRY(payment_close_of_order(w, o.id));
	TRY(q_reprice_order(w->tx, &(struct q_reprice_order_in){ o.buyer_id, o.id, o.payable, to, w->cx->now }, &n));
	if (n != 1)
		return RC_CONFLICT;
	TRY(q_reprice_sold(w->tx, &(struct q_reprice_sold_in){ o.id, money_sub(to, o.payable) }, &n));
	TRY(share(w, o.id, o.payable, to));
	work_audit(w, (struct event){
		.kind = OBJECT_ORDER, .object = o.id, .org = o.buyer_id, .name = "reprice",
		.why = arena_printf(a, "¥%s → ¥%s · %s", money_text(o.payable, true, was), money_text(to, true, is), r->in->why),
		.details = arena_printf(a, "{\"before\":{\"payable\":%lld},\"after\":{\"payable\":%lld}}", (long long)o.payable.fen, (long long)to.fen),
	});
	message_tell(w, o.id, MESSAGE_ORDER_REPRICED);
	w->out.location = arena_printf(a, "/provider/orders/%s", o.number);
	return RC_OK;
}

enum rc offer_reprice(struct cx *cx, const struct reprice *in, const char **field, const char **error, struct outcome *out)
{
	return work_do(cx, reprice, &(struct repricing){ in, field, error }, out);
}
