#include "app/order.h"
#include "base/money.h"
#include "domain/coupon.h"

/* The statements' rows as the price function wants them. */
static struct price_plan plan_of(struct cx *cx, const struct order_quote *q)
{
	struct price_duration *durations = ARENA_ARRAY(cx->a, struct price_duration, q->prices_n);
	struct price_choice *choices = ARENA_ARRAY(cx->a, struct price_choice, q->choices_n);

	for (size_t i = 0; i < q->prices_n; i++)
		durations[i] = (struct price_duration){ q->prices[i].duration_unit, (int64_t)q->prices[i].duration,
			q->prices[i].price };
	for (size_t i = 0; i < q->choices_n; i++) {
		const struct q_choice_list *c = &q->choices[i];
		choices[i] = (struct price_choice){ c->option_code, c->code, c->effect_fen, c->effect_pm, c->option_name, c->name };
	}
	return (struct price_plan){
		.billing = q->sale.billing_mode, .durations = durations, .choices = choices, .durations_n = q->prices_n,
		.choices_n = q->choices_n, .quantity_min = (int64_t)q->sale.quantity_min,
		.quantity_max = (int64_t)q->sale.quantity_max, .quantity_step = (int64_t)q->sale.quantity_step,
		.package_units = (int64_t)q->sale.package_units,
	};
}

/* -- coupons (ORD-12) ---------------------------------------------------------------------------------------------- */

enum { HELD_MAX = 1000 };

static struct price_coupon strength(const struct q_coupon_held_list *h)
{
	return coupon_strength(h->kind, h->percent, h->amount, h->minimum);
}

/* The price with it says what it takes off, or why it cannot. */
static void weigh(struct cx *cx, const struct price_plan *plan, struct price_ask ask, const struct price *without,
		struct order_coupon *c)
{
	const struct q_coupon_held_list *h = c->held;
	struct coupon_held held = { h->state, h->used_for, h->valid_from, h->valid_to };
	struct price with;

	c->claim = h->id;
	c->why_not = coupon_obstacle(&held, ask.kind, cx->now);
	if (c->why_not)
		return;
	ask.coupon = strength(h);
	if (price_of(plan, &ask, &with))
		c->why_not = COUPON_BELOW_MINIMUM;
	else if (with.total.fen == without->total.fen)
		c->why_not = COUPON_SAVES_NOTHING;
	else
		c->saves = money_sub(without->total, with.total);
}

/* What saves more stands first; they come in order of their end. */
static void put(struct order_quote *q, struct order_coupon c)
{
	size_t at = q->coupons_n++;

	for (; at && q->coupons[at - 1].saves.fen < c.saves.fen; at--)
		q->coupons[at] = q->coupons[at - 1];
	q->coupons[at] = c;
	q->coupons_held += c.same;
	q->coupons_usable += c.why_not ? 0 : c.same;
}

/* What another item of the checkout takes is as good as locked. */
static void lock_taken(const struct order_choice *c, struct q_coupon_held_list *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < c->taken_n; k++)
			if (rows[i].id == c->taken[k])
				rows[i].state = CLAIM_LOCKED;
}

/* Claims of one coupon in one state stand as one: the one that was chosen, else the one that ends first. */
static size_t join(const struct order_choice *c, const struct q_coupon_held_list *rows, size_t n,
		struct order_coupon *to)
{
	size_t joined = 0, i;

	for (const struct q_coupon_held_list *r = rows; r < rows + n; r++) {
		for (i = 0; i < joined && (to[i].held->coupon_id != r->coupon_id || to[i].held->state != r->state); )
			i++;
		if (i == joined)
			to[joined++] = (struct order_coupon){ .held = r };
		else if (r->id == c->coupon)
			to[i].held = r;
		to[i].same++;
	}
	return joined;
}

static void choose(struct cx *cx, const struct order_choice *c, struct order_quote *q)
{
	const struct order_coupon *found = NULL;

	if (c->best_coupon) {
		q->coupon = q->coupons_usable ? q->coupons : NULL;
		return;
	}
	for (size_t i = 0; i < q->coupons_n; i++)
		if (q->coupons[i].claim == c->coupon)
			found = &q->coupons[i];
	if (found && !found->why_not) {
		q->coupon = found;
	} else if (c->coupon) {
		q->error_field = "coupon";
		q->error = arena_printf(cx->a, "coupon_obstacle.%s",
			coupon_obstacle_enum.names[found ? found->why_not : COUPON_GONE]);
	}
}

static enum rc add_coupons(struct cx *cx, const struct order_choice *c, const struct price_plan *plan,
		struct price_ask *ask, struct order_quote *q)
{
	struct q_coupon_held_list_in in = {
		.buyer = c->buyer ? c->buyer : cx->actor.org, .provider = q->sale.provider_id,
		.product = q->sale.product_id, .now = cx->now, .limit = HELD_MAX,
	};
	struct q_coupon_held_list *rows;
	size_t n;

	TRY(q_coupon_held_list(cx->db, cx->a, &in, &rows, &n));
	lock_taken(c, rows, n);
	struct order_coupon *each = ARENA_ARRAY(cx->a, struct order_coupon, n);
	n = join(c, rows, n, each);
	q->coupons = ARENA_ARRAY(cx->a, struct order_coupon, n);
	for (size_t i = 0; i < n; i++) {
		weigh(cx, plan, *ask, &q->price, &each[i]);
		put(q, each[i]);
	}
	choose(cx, c, q);
	if (!q->coupon)
		return RC_OK;
	ask->coupon = strength(q->coupon->held);
	return price_of(plan, ask, &q->price) ? RC_INTERNAL : RC_OK;
}

/* -- the choice ---------------------------------------------------------------------------------------------------- */

enum rc order_quote(struct cx *cx, const struct order_choice *c, struct order_quote *q)
{
	*q = (struct order_quote){ 0 };
	TRY(q_plan_for_sale(cx->db, cx->a, &(struct q_plan_for_sale_in){ .plan = c->plan,
		.buyer = c->buyer ? c->buyer : cx->actor.org }, &q->sale));
	if (q->sale.state != PRODUCT_LISTED || !q->sale.on_sale) {
		q->error_field = "plan";
		q->error = "order.off_sale";
		return RC_OK;
	}
	TRY(q_plan_price_list(cx->db, cx->a, &(struct q_plan_price_list_in){ .plan = c->plan }, &q->prices,
		&q->prices_n));
	TRY(q_choice_list(cx->db, cx->a, &(struct q_choice_list_in){ .plan = c->plan }, &q->choices, &q->choices_n));
	struct price_plan plan = plan_of(cx, q);
	struct price_ask ask = {
		.kind = c->kind ? c->kind : ORDER_KIND_PURCHASE, .quantity = c->quantity, .duration = c->duration,
		.unit = c->duration_unit, .options = c->options, .agreed_pm = (int64_t)q->sale.buyer_discount_pm,
	};
	enum price_problem problem = price_of(&plan, &ask, &q->price);
	if (problem) {
		q->error_field = price_field(problem);
		q->error = arena_printf(cx->a, "price_problem.%s", price_problem_enum.names[problem]);
		return RC_OK;
	}
	return add_coupons(cx, c, &plan, &ask, q);
}
