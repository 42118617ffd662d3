/* What a choice on a product's page costs: CAT-4, CAT-14. */
#include "view/phrase.h"
#include "web/list.h"
#include "web/page.h"
#include "web/storefront/product.h"

static struct price_plan plan_of(const struct product_making *k)
{
	const struct q_plan_list *l = k->first;
	const struct product_rows *rows = k->rows;
	struct price_duration *durations = ARENA_ARRAY(k->cx->a, struct price_duration, k->first_n);
	struct price_choice *choices = ARENA_ARRAY(k->cx->a, struct price_choice, rows->choices_n);
	struct price_plan plan = {
		.billing = l->billing_mode, .durations = durations, .choices = choices,
		.package_units = (int64_t)l->package_units, .quantity_min = (int64_t)l->quantity_min,
		.quantity_max = (int64_t)l->quantity_max, .quantity_step = (int64_t)l->quantity_step,
	};

	for (size_t i = 0; i < k->first_n && l[i].duration_unit; i++)
		durations[plan.durations_n++] =
			(struct price_duration){ l[i].duration_unit, (int64_t)l[i].duration, l[i].price };
	for (size_t i = 0; i < rows->choices_n; i++) {
		const struct q_plan_choice_list *c = &rows->choices[i];
		if (c->plan_id == l->id)
			choices[plan.choices_n++] = (struct price_choice){
				c->option_code, c->code, c->effect_fen, c->effect_pm, c->option_name, c->name,
			};
	}
	return plan;
}

static const struct view_price_row *rows_of(const struct product_making *k, const struct price *p)
{
	struct view_price_row *r = ARENA_ARRAY(k->cx->a, struct view_price_row, p->lines_n);

	for (size_t i = 0; i < p->lines_n; i++)
		r[i] = (struct view_price_row){
			.kind = p->lines[i].kind, .name = phrase_price_line(k->cx->a, k->cx->lang, &p->lines[i]),
			.amount = p->lines[i].amount, .less = p->lines[i].amount.fen < 0,
		};
	return r;
}

/* The main resource by its plan's name, then its components. */
static void add_shares(const struct product_making *k, const struct price *p, struct view_product_price *m)
{
	const struct view_plan *l = k->m->plan;
	size_t n = l->parts_n < PRICE_PARTS_MAX ? l->parts_n : PRICE_PARTS_MAX;
	struct view_price_share *shares = ARENA_ARRAY(k->cx->a, struct view_price_share, 1 + n);
	const char *options[PRICE_PARTS_MAX];
	struct money amounts[1 + PRICE_PARTS_MAX];

	for (size_t i = 0; i < n; i++)
		options[i] = l->parts[i].option;
	price_shares(p, options, n, amounts);
	for (size_t i = 0; i <= n; i++)
		shares[i] = (struct view_price_share){ i ? l->parts[i - 1].name : l->name, amounts[i] };
	m->shares = shares;
	m->shares_n = n ? 1 + n : 0;
}

/* What a month's usage would cost. */
static enum price_problem estimate(const struct product_making *k, struct view_product_price *m)
{
	const struct view_plan *l = k->m->plan;
	struct price_tier tiers[PRICE_TIERS_MAX];
	struct price_usage cost;

	m->metered = l->metered;
	m->usage = k->in->usage;
	for (size_t i = 0; i < l->tiers_n && i < PRICE_TIERS_MAX; i++)
		tiers[i] = (struct price_tier){ l->tiers[i].above, l->tiers[i].price, l->tiers[i].per };
	if (!m->usage || !price_tiers_good(tiers, l->tiers_n))
		return 0;
	enum price_problem bad = price_usage(tiers, l->tiers_n, 0, m->usage, &cost);
	m->usage_cost = cost.total;
	m->estimated = !bad;
	return bad;
}

static enum price_problem price(const struct product_making *k, struct view_product_price *m)
{
	struct price_plan plan = plan_of(k);
	struct price_ask ask = {
		.kind = ORDER_KIND_PURCHASE, .quantity = k->quantity, .options = k->options,
		.agreed_pm = k->rows->product.buyer_discount_pm,
	};
	struct price p;

	if (!choice_duration_read(k->duration, &ask.duration, &ask.unit))
		return PRICE_DURATION_NOT_OFFERED;
	enum price_problem bad = price_of(&plan, &ask, &p);
	if (bad)
		return bad;
	*m = (struct view_product_price){
		.plan = k->m->plan->id, .quantity = (uint64_t)k->quantity, .duration = k->duration,
		.options = k->options, .unit = k->first->unit, .usage_name = k->first->usage_name,
		.unit_price = p.unit, .list_total = p.list, .total = p.total, .rows = rows_of(k, &p),
		.rows_n = p.lines_n, .package_units = p.package_units,
	};
	add_shares(k, &p, m);
	return estimate(k, m);
}

static void add_fields(struct product_making *k)
{
	struct web *w = k->w;
	struct view_field *f = ARENA_ARRAY(k->cx->a, struct view_field, 2);
	const char *chosen = arena_printf(k->cx->a, "%lld", (long long)k->quantity);

	f[0] = web_field(w, &product_show_form, "quantity", MSG_product_quantity_name, chosen);
	f[1] = web_field(w, &product_show_form, "usage", MSG_product_usage, NULL);
	f[0].label = MSG_FILL(k->cx->a, k->cx->lang, MSG_product_quantity, { "unit", k->first->unit });
	k->m->quantity = &f[0];
	k->m->usage = &f[1];
	k->m->duration_error = web_field(w, &product_show_form, "duration", MSG_product_duration, NULL).error;
	k->m->options_error = web_field(w, &product_show_form, "options", MSG_product_options, NULL).error;
}

enum rc product_price(struct product_making *k)
{
	struct view_product_price *m = ARENA_NEW(k->cx->a, struct view_product_price);
	struct web *w = k->w;

	if (!w->errors.n) {
		enum price_problem bad = price(k, m);
		if (bad)
			TRY(list_refuse(w, m->metered ? "usage" : price_field(bad), (enum msg)price_problem_msg[bad]));
		else if (k->first->stock < k->quantity && !k->m->plan->sold_out)
			TRY(list_refuse(w, "quantity", MSG_order_sold_out));
	}
	if (w->errors.n) {
		m->error = page_error_text(w, &w->errors.e[0]);
		m->field = w->errors.e[0].field;
	}
	k->m->price = m;
	add_fields(k);
	return RC_OK;
}
