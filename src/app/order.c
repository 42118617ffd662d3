#include "app/order.h"

#include "app/coupon.h"
#include "base/id.h"
#include "base/out.h"

enum { STOCK_UNLIMITED = INT32_MAX };	/* as the statement gives it for a plan without a stock */

struct placing {
	const struct order_place_in *in;
	struct order_placed *out;
};

static enum rc refuse(struct order_placed *out, const char *field, const char *error)
{
	out->error_field = field;
	out->error = error;
	return RC_INVALID;
}

/* What the buyer agreed to is what would be charged now, or the page is shown again (CAT-4, ORD-10). */
static enum rc agree(const struct placing *p, const struct order_quote *q)
{
	const struct order_place_in *in = p->in;

	if (q->error)
		return refuse(p->out, q->error_field, q->error);
	if (q->sale.buyer_freeze)
		return refuse(p->out, NULL, "order.frozen");
	if (!in->agreed)
		return refuse(p->out, "agree", "order.agree_first");
	if (in->product_agreement != q->sale.agreement_version || in->platform_agreement != q->sale.platform_agreement)
		return refuse(p->out, "agree", "order.agreement_changed");
	p->out->price_changed = in->seen.fen != q->price.total.fen;
	return p->out->price_changed ? RC_INVALID : RC_OK;
}

static const char *plan_json(struct cx *cx, const struct order_choice *c, const struct order_quote *q)
{
	struct out o = { 0 };

	out_lit(&o, "{\"plan\":");
	out_json(&o, q->sale.plan_name);
	out_lit(&o, ",\"unit\":");
	out_json(&o, q->sale.unit);
	out_lit(&o, ",\"options\":");
	out_json(&o, c->options);
	out_lit(&o, ",\"prices\":[");
	for (size_t i = 0; i < q->prices_n; i++) {
		const struct q_plan_price_list *p = &q->prices[i];
		out_str(&o, i ? ",{\"duration\":" : "{\"duration\":");
		out_i64(&o, (int64_t)p->duration);
		out_lit(&o, ",\"unit\":");
		out_json(&o, enum_name(&time_unit_enum, (int)p->duration_unit));
		out_lit(&o, ",\"price\":");
		out_i64(&o, p->price.fen);
		out_lit(&o, "}");
	}
	out_lit(&o, "]}");
	const char *json = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return json;
}

const char *order_price_json(struct arena *a, const struct price *p)
{
	struct out o = { 0 };

	out_lit(&o, "[");
	for (size_t i = 0; i < p->lines_n; i++) {
		out_str(&o, i ? ",{\"kind\":" : "{\"kind\":");
		out_json(&o, price_line_kind_enum.names[p->lines[i].kind]);
		out_lit(&o, ",\"amount\":");
		out_i64(&o, p->lines[i].amount.fen);
		out_lit(&o, "}");
	}
	out_lit(&o, "]");
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}

static enum rc take_stock(struct work *w, const struct placing *p, const struct order_quote *q)
{
	uint64_t n;

	if (q->sale.stock == STOCK_UNLIMITED)
		return RC_OK;
	TRY(q_plan_take(w->tx, &(struct q_plan_take_in){ .product = q->sale.product_id, .plan = p->in->choice.plan, .quantity = (uint64_t)p->in->choice.quantity }, &n));
	return n ? RC_OK : refuse(p->out, "quantity", "order.sold_out");
}

static enum rc insert(struct work *w, const struct placing *p, const struct order_quote *q, const struct order_now *o)
{
	const struct q_plan_for_sale *s = &q->sale;
	const struct order_choice *c = &p->in->choice;
	const struct actor *by = &w->cx->actor;
	uint64_t n;
	struct q_order_insert_in order = {
		.id = o->id, .buyer = o->buyer, .number = o->number, .kind = o->kind, .state = o->state, .billing_mode = s->billing_mode, .category = s->category_code,
		.product = s->product_id, .plan = c->plan, .provider = s->provider_id, .product_name = s->product_name, .plan_name = s->plan_name,
		.provider_name = s->provider_name, .unit = s->unit, .quantity = (uint64_t)c->quantity, .duration = (uint64_t)c->duration, .duration_unit = c->duration_unit,
		.list_total = q->price.list, .payable = q->price.total, .creator = by->person, .payer = s->buyer_paying_org ? s->buyer_paying_org : o->buyer,
		.now = w->cx->now, .deadline_at = o->deadline, .coupon = o->coupon,
	};
	struct q_order_sold_insert_in sold = {
		.order = o->id, .policy_version = s->policy_version, .product_agreement = p->in->product_agreement, .platform_agreement = p->in->platform_agreement,
		.plan = plan_json(w->cx, c, q), .price = order_price_json(w->cx->a, &q->price), .contact = p->in->contact, .memo = p->in->memo ? p->in->memo : "", .creator_name = by->name,
	};
	struct q_order_line_insert_in line = { .order = o->id, .line = 1, .state = LINE_WAITING, .amount = o->payable, .resource = id_new(w->cx->now) };

	enum rc rc = q_order_insert(w->tx, &order, &n);
	TRY(rc == RC_DUPLICATE ? RC_BUSY : rc);	/* its number is taken: everything again, with another */
	TRY(q_order_sold_insert(w->tx, &sold, &n));
	return q_order_line_insert(w->tx, &line, 1);
}

static enum rc place(struct work *w, void *arg)
{
	struct placing *p = arg;
	struct cx *cx = w->cx;
	struct order_quote q;
	struct move m;

	*p->out = (struct order_placed){ 0 };
	TRY(order_quote(cx, &p->in->choice, &q));
	TRY(agree(p, &q));
	struct order_now o = {
		.id = id_new(cx->now), .buyer = cx->actor.org, .product = q.sale.product_id, .plan = p->in->choice.plan, .provider = q.sale.provider_id,
		.quantity = (uint64_t)p->in->choice.quantity, .number = number_new(cx->a, cx->now), .kind = ORDER_KIND_PURCHASE, .billing = q.sale.billing_mode, .payable = q.price.total,
		.coupon = q.coupon ? q.coupon->claim : 0,
	};
	TRY(take_stock(w, p, &q));
	TRY(apply_order_begin(w, &o, ACTOR_PERSON, &m));
	TRY(coupon_hold(w, &o, q.coupon ? q.coupon->saves : fen(0)));
	TRY(insert(w, p, &q, &o));
	TRY(apply_order_begun(w, &o, &m));
	p->out->number = o.number;
	w->out = (struct outcome){
		201, arena_printf(cx->a, "/console/orders/%s%s", o.number, o.state == ORDER_TO_PAY ? "/pay" : ""),
		arena_printf(cx->a, "{\"number\":\"%s\",\"state\":\"%s\",\"payable\":%lld}", o.number, order_state_enum.names[o.state], (long long)o.payable.fen),
	};
	return RC_OK;
}

enum rc order_place(struct cx *cx, const struct order_place_in *in, struct order_placed *placed, struct outcome *out)
{
	return work_do(cx, place, &(struct placing){ in, placed }, out);
}

struct closing {
	const char *number, *why;	/* the buyer's */
	uint64_t buyer, id;		/* the system's */
};

static struct order_now now_of(const struct q_order_lock *o)
{
	return (struct order_now){
		.id = o->id, .buyer = o->buyer_id, .product = o->product_id, .plan = o->plan_id, .provider = o->provider_id, .quantity = o->quantity, .number = o->number,
		.kind = o->kind, .state = o->state, .billing = o->billing_mode, .payable = o->payable, .paid = o->paid, .deadline = o->deadline_at, .coupon = o->coupon_id,
	};
}

static enum rc cancel(struct work *w, void *arg)
{
	const struct closing *c = arg;
	struct q_order_lock row;

	TRY(q_order_lock(w->tx, w->cx->a, &(struct q_order_lock_in){ .buyer = w->cx->actor.org, .number = c->number }, &row));
	struct order_now o = now_of(&row);
	w->out.location = arena_printf(w->cx->a, "/console/orders/%s", o.number);
	return apply_order(w, &o, ORDER_EV_CANCEL, ACTOR_PERSON, o.paid, c->why);
}

enum rc order_cancel(struct cx *cx, const char *number, const char *why, struct outcome *out)
{
	return work_do(cx, cancel, &(struct closing){ .number = number, .why = why }, out);
}

static enum rc expire(struct work *w, void *arg)
{
	const struct closing *c = arg;
	struct q_order_lock_id row;

	TRY(q_order_lock_id(w->tx, w->cx->a, &(struct q_order_lock_id_in){ .buyer = c->buyer, .id = c->id }, &row));
	_Static_assert(sizeof row == sizeof(struct q_order_lock), "both locks read the same columns");
	struct order_now o = now_of((const struct q_order_lock *)&row);
	return apply_order(w, &o, ORDER_EV_LAPSE, ACTOR_SYSTEM, o.paid, "not paid in time");
}

enum rc order_expire(struct cx *cx, uint64_t buyer, uint64_t id)
{
	return work_do(cx, expire, &(struct closing){ .buyer = buyer, .id = id }, NULL);
}
