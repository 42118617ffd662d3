#include "app/order.h"

/* The statements' rows as the price function wants them. */
static struct price_plan plan_of(struct cx *cx, const struct order_quote *q)
{
	struct price_duration *durations = ARENA_ARRAY(cx->a, struct price_duration, q->prices_n);
	struct price_choice *choices = ARENA_ARRAY(cx->a, struct price_choice, q->choices_n);

	for (size_t i = 0; i < q->prices_n; i++)
		durations[i] = (struct price_duration){ q->prices[i].duration_unit, (int64_t)q->prices[i].duration, q->prices[i].price };
	for (size_t i = 0; i < q->choices_n; i++)
		choices[i] = (struct price_choice){ q->choices[i].option_code, q->choices[i].code, q->choices[i].effect_fen, q->choices[i].effect_pm };
	return (struct price_plan){
		.billing = q->sale.billing_mode, .durations = durations, .choices = choices, .durations_n = q->prices_n, .choices_n = q->choices_n,
		.quantity_min = (int64_t)q->sale.quantity_min, .quantity_max = (int64_t)q->sale.quantity_max, .quantity_step = (int64_t)q->sale.quantity_step,
	};
}

enum rc order_quote(struct cx *cx, const struct order_choice *c, struct order_quote *q)
{
	*q = (struct order_quote){ 0 };
	TRY(q_plan_for_sale(cx->db, cx->a, &(struct q_plan_for_sale_in){ .plan = c->plan, .buyer = cx->actor.org }, &q->sale));
	if (q->sale.state != PRODUCT_LISTED || !q->sale.on_sale)
		return RC_NOT_FOUND;
	TRY(q_plan_price_list(cx->db, cx->a, &(struct q_plan_price_list_in){ .plan = c->plan }, &q->prices, &q->prices_n));
	TRY(q_choice_list(cx->db, cx->a, &(struct q_choice_list_in){ .plan = c->plan }, &q->choices, &q->choices_n));
	struct price_plan plan = plan_of(cx, q);
	struct price_ask ask = {
		.kind = ORDER_KIND_PURCHASE, .quantity = c->quantity, .duration = c->duration, .unit = c->duration_unit, .options = c->options,
		.agreed_pm = (int64_t)q->sale.buyer_discount_pm,
	};
	enum price_problem problem = price_of(&plan, &ask, &q->price);
	if (problem) {
		q->error_field = price_field(problem);
		q->error = arena_printf(cx->a, "price_problem.%s", price_problem_enum.names[problem]);
	}
	return RC_OK;
}
