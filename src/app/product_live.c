#include "app/product_live.h"

#include "base/str.h"
#include "q_product_live.h"

/* ---- reading: rows come ordered by plan ---- */

struct live {
	struct q_live_price_list *price;
	struct q_live_choice_list *choice;
	struct q_live_tier_list *tier;
	struct q_live_part_list *part;
	size_t prices, choices, tiers, parts;
};

static void take_prices(struct arena *a, const struct live *l, struct doc_plan *p)
{
	p->prices = ARENA_ARRAY(a, struct doc_price, l->prices);
	for (size_t i = 0; i < l->prices; i++)
		if (l->price[i].plan_id == p->id)
			p->prices[p->prices_n++] = (struct doc_price){ l->price[i].duration_unit, (int64_t)l->price[i].duration, l->price[i].price };
}

static void take_options(struct arena *a, const struct live *l, struct doc_plan *p)
{
	struct doc_choice *to = ARENA_ARRAY(a, struct doc_choice, l->choices);
	struct doc_option *o = NULL;

	p->options = ARENA_ARRAY(a, struct doc_option, l->choices);
	for (const struct q_live_choice_list *c = l->choice; c < l->choice + l->choices; c++) {
		if (c->plan_id != p->id)
			continue;
		if (!o || !str_eq(o->code, c->option_code)) {
			o = &p->options[p->options_n++];
			*o = (struct doc_option){ .code = c->option_code, .name = c->option_name, .choices = to };
		}
		*to++ = (struct doc_choice){ c->code, c->name, c->effect_fen, c->effect_pm };
		o->choices_n++;
	}
}

static void take_tiers(struct arena *a, const struct live *l, struct doc_plan *p)
{
	p->tiers = ARENA_ARRAY(a, struct doc_tier, l->tiers);
	for (size_t i = 0; i < l->tiers; i++)
		if (l->tier[i].plan_id == p->id)
			p->tiers[p->tiers_n++] = (struct doc_tier){ (int64_t)l->tier[i].above, l->tier[i].price, (int64_t)l->tier[i].per };
}

static void take_parts(struct arena *a, const struct live *l, struct doc_plan *p)
{
	p->parts = ARENA_ARRAY(a, struct doc_part, l->parts);
	for (const struct q_live_part_list *r = l->part; r < l->part + l->parts; r++)
		if (r->plan_id == p->id)
			p->parts[p->parts_n++] = (struct doc_part){ r->name, r->option_code ? r->option_code : "", !r->bound };
}

static struct doc_plan plan_of(const struct q_live_plan_list *r)
{
	return (struct doc_plan){
		.id = r->id, .name = r->name, .summary = r->summary, .billing_mode = r->billing_mode, .trial = r->trial, .unit = r->unit,
		.quantity_min = (int64_t)r->quantity_min, .quantity_max = (int64_t)r->quantity_max, .quantity_step = (int64_t)r->quantity_step,
		.limited = r->limited, .stock = r->stock, .usage_name = r->usage_name, .package_units = (int64_t)r->package_units,
		.begin_later = r->begin_later, .separate = r->separate, .server = r->server, .review = r->review, .on_sale = r->on_sale,
	};
}

static enum rc read_plans(struct db *db, struct arena *a, uint64_t product, struct doc_product *out)
{
	struct q_live_plan_list *rows;
	struct live l;
	size_t n;

	TRY(q_live_plan_list(db, a, &(struct q_live_plan_list_in){ product }, &rows, &n));
	TRY(q_live_price_list(db, a, &(struct q_live_price_list_in){ product }, &l.price, &l.prices));
	TRY(q_live_choice_list(db, a, &(struct q_live_choice_list_in){ product }, &l.choice, &l.choices));
	TRY(q_live_tier_list(db, a, &(struct q_live_tier_list_in){ product }, &l.tier, &l.tiers));
	TRY(q_live_part_list(db, a, &(struct q_live_part_list_in){ product }, &l.part, &l.parts));
	out->plans = ARENA_ARRAY(a, struct doc_plan, n);
	for (; out->plans_n < n; out->plans_n++) {
		struct doc_plan *p = &out->plans[out->plans_n];
		*p = plan_of(&rows[out->plans_n]);
		take_prices(a, &l, p);
		take_options(a, &l, p);
		take_tiers(a, &l, p);
		take_parts(a, &l, p);
	}
	return RC_OK;
}

static enum rc read_pictures(struct db *db, struct arena *a, uint64_t product, struct doc_product *out)
{
	struct q_live_picture_list *rows;

	TRY(q_live_picture_list(db, a, &(struct q_live_picture_list_in){ product }, &rows, &out->pictures_n));
	out->pictures = ARENA_ARRAY(a, struct doc_picture, out->pictures_n);
	for (size_t i = 0; i < out->pictures_n; i++)
		out->pictures[i].id = rows[i].id;
	return RC_OK;
}

static enum rc read_calls(struct arena *a, const char *api_doc, struct doc_product *out)
{
	struct doc_product calls;

	if (!api_doc)
		return RC_OK;
	TRY(doc_read(a, api_doc, strlen(api_doc), &calls));
	out->calls = calls.calls;
	out->calls_n = calls.calls_n;
	return RC_OK;
}

enum rc product_live_read(struct db *db, struct arena *a, uint64_t product, struct doc_product *out)
{
	struct q_live_product r;

	TRY(q_live_product(db, a, &(struct q_live_product_in){ product }, &r));
	*out = (struct doc_product){
		.name = r.name, .summary = r.summary, .category = r.category_code, .delivery = r.delivery, .description = r.description, .guide = r.guide,
		.agreement = r.agreement, .after_sales = r.after_sales, .support_phone = r.support_phone, .support_email = r.support_email,
		.dialect = r.dialect, .webhook_url = r.webhook_url,
	};
	TRY(read_calls(a, r.api_doc, out));
	TRY(read_pictures(db, a, product, out));
	return read_plans(db, a, product, out);
}

/* ---- writing ---- */

static enum rc write_prices(struct work *w, const struct doc_plan *p)
{
	struct q_live_price_put_in *rows = ARENA_ARRAY(w->cx->a, struct q_live_price_put_in, p->prices_n);

	for (size_t i = 0; i < p->prices_n; i++)
		rows[i] = (struct q_live_price_put_in){ p->id, p->prices[i].unit, p->prices[i].duration, p->prices[i].price };
	TRY(q_live_price_forget(w->tx, &(struct q_live_price_forget_in){ p->id }, NULL));
	return p->prices_n ? q_live_price_put(w->tx, rows, p->prices_n) : RC_OK;
}

static enum rc write_tiers(struct work *w, const struct doc_plan *p)
{
	struct q_live_tier_put_in *rows = ARENA_ARRAY(w->cx->a, struct q_live_tier_put_in, p->tiers_n);

	for (size_t i = 0; i < p->tiers_n; i++)
		rows[i] = (struct q_live_tier_put_in){ p->id, p->tiers[i].above, p->tiers[i].price, p->tiers[i].per };
	TRY(q_live_tier_forget(w->tx, &(struct q_live_tier_forget_in){ p->id }, NULL));
	return p->tiers_n ? q_live_tier_put(w->tx, rows, p->tiers_n) : RC_OK;
}

static enum rc write_options(struct work *w, const struct doc_plan *p)
{
	size_t n = 0, at = 0;

	for (size_t i = 0; i < p->options_n; i++)
		n += p->options[i].choices_n;
	struct q_live_choice_put_in *rows = ARENA_ARRAY(w->cx->a, struct q_live_choice_put_in, n);
	for (const struct doc_option *o = p->options; o < p->options + p->options_n; o++)
		for (const struct doc_choice *c = o->choices; c < o->choices + o->choices_n; c++, at++)
			rows[at] = (struct q_live_choice_put_in){ p->id, o->code, c->code, (uint64_t)(c - o->choices) + 1, o->name, c->name, c->effect, c->effect_pm };
	TRY(q_live_choice_forget(w->tx, &(struct q_live_choice_forget_in){ p->id }, NULL));
	return n ? q_live_choice_put(w->tx, rows, n) : RC_OK;
}

static enum rc write_parts(struct work *w, const struct doc_plan *p)
{
	struct q_live_part_put_in *rows = ARENA_ARRAY(w->cx->a, struct q_live_part_put_in, p->parts_n);

	for (size_t i = 0; i < p->parts_n; i++)
		rows[i] = (struct q_live_part_put_in){ p->id, i + 1, p->parts[i].name, *p->parts[i].option_code ? p->parts[i].option_code : NULL, !p->parts[i].alone };
	TRY(q_live_part_forget(w->tx, &(struct q_live_part_forget_in){ p->id }, NULL));
	return p->parts_n ? q_live_part_put(w->tx, rows, p->parts_n) : RC_OK;
}

static struct q_live_plan_insert_in row_of(const struct product_live *l, const struct doc_plan *p)
{
	return (struct q_live_plan_insert_in){
		.product = l->product, .id = p->id, .position = (uint64_t)(p - l->doc->plans) + 1, .name = p->name, .summary = p->summary,
		.billing_mode = p->billing_mode, .unit = p->unit, .quantity_min = p->quantity_min, .quantity_max = p->quantity_max,
		.quantity_step = p->quantity_step, .trial = p->trial, .on_sale = p->on_sale, .review = p->review, .separate = p->separate, .server = p->server,
		.usage_name = p->usage_name, .package_units = p->package_units, .begin_later = p->begin_later,
	};
}

/* What is left of a stock changes with every order: only what the provider typed anew is set. */
static enum rc write_stock(struct work *w, const struct product_live *l, const struct doc_plan *p)
{
	for (size_t i = 0; i < l->was->plans_n; i++) {
		const struct doc_plan *was = &l->was->plans[i];
		if (was->id == p->id && was->limited == p->limited && (!p->limited || was->stock == p->stock))
			return RC_OK;
	}
	return q_live_stock_put(w->tx, &(struct q_live_stock_put_in){ l->product, p->id, p->limited, p->stock }, NULL);
}

static enum rc write_plan(struct work *w, const struct product_live *l, const struct doc_plan *p)
{
	struct q_live_plan_insert_in row = row_of(l, p);
	_Static_assert(sizeof row == sizeof(struct q_live_plan_put_in), "both take the same row");
	uint64_t n;

	TRY(q_live_plan_put(w->tx, (const struct q_live_plan_put_in *)&row, &n));
	if (!n)
		TRY(q_live_plan_insert(w->tx, &row, 1));
	TRY(write_stock(w, l, p));
	TRY(write_prices(w, p));
	TRY(write_tiers(w, p));
	TRY(write_options(w, p));
	return write_parts(w, p);
}

static enum rc write_pictures(struct work *w, const struct product_live *l)
{
	TRY(q_live_picture_hide(w->tx, &(struct q_live_picture_hide_in){ l->product }, NULL));
	for (size_t i = 0; i < l->doc->pictures_n; i++)
		TRY(q_live_picture_show(w->tx, &(struct q_live_picture_show_in){ l->product, l->doc->pictures[i].id, i + 1 }, NULL));
	return RC_OK;
}

static enum rc write_product(struct work *w, const struct product_live *l)
{
	const struct doc_product *d = l->doc;
	uint64_t n;

	TRY(q_live_product_put(w->tx, &(struct q_live_product_put_in){
		.id = l->product, .version = l->version, .name = d->name, .summary = d->summary, .category = d->category, .delivery = d->delivery,
		.dialect = d->dialect, .webhook_url = d->webhook_url, .agreement = !str_eq(d->agreement, l->was->agreement),
		.picture = d->pictures_n ? arena_printf(w->cx->a, "/pictures/%llu", (unsigned long long)d->pictures[0].id) : NULL, .now = w->cx->now,
	}, &n));
	if (n != 1)
		return RC_INTERNAL;
	return q_live_text_put(w->tx, &(struct q_live_text_put_in){
		.product = l->product, .description = d->description, .guide = d->guide, .after_sales = d->after_sales, .agreement = d->agreement,
		.support_phone = d->support_phone, .support_email = d->support_email, .api_doc = doc_api(w->cx->a, d),
	}, NULL);
}

enum rc product_live_write(struct work *w, const struct product_live *l)
{
	TRY(write_product(w, l));
	TRY(q_live_plan_off(w->tx, &(struct q_live_plan_off_in){ l->product }, NULL));
	for (const struct doc_plan *p = l->doc->plans; p < l->doc->plans + l->doc->plans_n; p++)
		TRY(write_plan(w, l, p));
	return write_pictures(w, l);
}
