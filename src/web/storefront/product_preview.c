#include "web/storefront/product_preview.h"

#include <inttypes.h>

#include "q_product_version.h"
#include "web/list.h"

/* The rows that the store would give, in the order of its statements. */
struct rows {
	struct q_plan_list *plan;
	struct q_plan_choice_list *choice;
	struct q_plan_tier_list *tier;
	struct q_plan_part_list *part;
	size_t plans, choices, tiers, parts;
};

static struct q_plan_list plan_row(const struct doc_plan *p)
{
	return (struct q_plan_list){
		.id = p->id, .name = p->name, .summary = p->summary, .billing_mode = p->billing_mode, .unit = p->unit, .quantity_min = (uint64_t)p->quantity_min,
		.quantity_max = (uint64_t)p->quantity_max, .quantity_step = (uint64_t)p->quantity_step, .trial = p->trial, .review = p->review,
		.separate = p->separate, .usage_name = p->usage_name, .package_units = (uint64_t)p->package_units, .begin_later = p->begin_later,
		.stock = p->limited ? p->stock : INT32_MAX,
	};
}

static void add_plan(struct rows *to, const struct doc_plan *p)
{
	struct q_plan_list row = plan_row(p);

	if (!p->prices_n)
		to->plan[to->plans++] = row;
	for (const struct doc_price *r = p->prices; r < p->prices + p->prices_n; r++) {
		row.duration_unit = r->unit;
		row.duration = (uint64_t)r->duration;
		row.price = r->price;
		to->plan[to->plans++] = row;
	}
	for (const struct doc_option *o = p->options; o < p->options + p->options_n; o++)
		for (const struct doc_choice *c = o->choices; c < o->choices + o->choices_n; c++)
			to->choice[to->choices++] = (struct q_plan_choice_list){ p->id, o->code, c->code, o->name, c->name, c->effect, c->effect_pm };
	for (const struct doc_tier *t = p->tiers; t < p->tiers + p->tiers_n; t++)
		to->tier[to->tiers++] = (struct q_plan_tier_list){ p->id, t->above, t->price, t->per };
	for (const struct doc_part *r = p->parts; r < p->parts + p->parts_n; r++)
		to->part[to->parts++] = (struct q_plan_part_list){ p->id, r->name, *r->option_code ? r->option_code : NULL, !r->alone };
}

static void add_plans(struct arena *a, const struct doc_product *d, struct rows *to)
{
	for (const struct doc_plan *p = d->plans; p < d->plans + d->plans_n; p++) {
		to->plans += p->prices_n + 1;
		to->tiers += p->tiers_n;
		to->parts += p->parts_n;
		for (size_t i = 0; i < p->options_n; i++)
			to->choices += p->options[i].choices_n;
	}
	*to = (struct rows){
		.plan = ARENA_ARRAY(a, struct q_plan_list, to->plans), .choice = ARENA_ARRAY(a, struct q_plan_choice_list, to->choices),
		.tier = ARENA_ARRAY(a, struct q_plan_tier_list, to->tiers), .part = ARENA_ARRAY(a, struct q_plan_part_list, to->parts),
	};
	for (int mode = 1; mode <= billing_mode_n; mode++)
		for (const struct doc_plan *p = d->plans; p < d->plans + d->plans_n; p++)
			if (p->on_sale && p->billing_mode == (enum billing_mode)mode && p->quantity_min > 0 && p->quantity_step > 0)
				add_plan(to, p);
}

static const char **pictures_of(struct arena *a, const struct product_preview *p)
{
	const char **to = ARENA_ARRAY(a, const char *, p->doc->pictures_n);

	for (size_t i = 0; i < p->doc->pictures_n; i++)
		to[i] = arena_printf(a, "%s%" PRIu64, p->pictures, p->doc->pictures[i].id);
	return to;
}

static struct q_product_by_slug head_of(struct arena *a, const struct product_preview *p, const struct q_preview_show *r)
{
	const struct doc_product *d = p->doc;

	return (struct q_product_by_slug){
		.id = p->product, .slug = r->slug, .state = PRODUCT_DRAFT, .name = d->name, .summary = d->summary, .picture = r->picture, .category_code = d->category,
		.category_zh = r->category_zh ? r->category_zh : "", .category_en = r->category_en ? r->category_en : "", .delivery = d->delivery, .deals = r->deals,
		.rating_sum = r->rating_sum, .rating_n = r->rating_n, .provider_id = r->provider_id, .provider_name = r->provider_name,
		.provider_phone = r->provider_phone, .provider_email = r->provider_email, .description = d->description, .guide = d->guide,
		.after_sales = d->after_sales, .agreement = d->agreement, .api_doc = doc_api(a, d), .support_phone = d->support_phone, .support_email = d->support_email,
		.buyer_discount_pm = PER_MILLE,
	};
}

enum rc product_preview(struct cx *cx, struct web *w, const struct product_preview *p)
{
	const struct view_product_show *m;
	struct q_preview_show head;
	struct rows r = { 0 };

	TRY(q_preview_show(cx->db, cx->a, &(struct q_preview_show_in){ p->product, p->doc->category }, &head));
	add_plans(cx->a, p->doc, &r);
	struct product_rows rows = {
		.product = head_of(cx->a, p, &head), .plans = r.plan, .choices = r.choice, .tiers = r.tier, .parts = r.part, .pictures = pictures_of(cx->a, p),
		.plans_n = r.plans, .choices_n = r.choices, .tiers_n = r.tiers, .parts_n = r.parts, .pictures_n = p->doc->pictures_n, .path = p->path,
	};
	TRY(product_view(cx, w, &rows, &m));
	struct view_link *back = ARENA_NEW(cx->a, struct view_link);
	struct view_notice *notice = ARENA_NEW(cx->a, struct view_notice);
	*back = (struct view_link){ .label = web_text(w, MSG_product_preview_back), .href = p->back };
	*notice = (struct view_notice){ "warn", web_text(w, MSG_product_preview_notice), back };
	w->page.notice = notice;
	w->page.title = MSG_product_preview_title;
	w->page.name = p->doc->name;
	w->page.noindex = true;
	CRUMBS(w, web_text(w, MSG_product_preview_title), { p->doc->name, p->back });
	return web_show(w, tpl_storefront_product_show, json_product_show, m);
}
