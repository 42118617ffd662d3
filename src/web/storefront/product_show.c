/* The page of a product: CAT-1, CAT-3, CAT-12, CAT-13; and the agreements that a buyer ticks (ORD-10). */
#include <inttypes.h>

#include "base/money.h"
#include "base/str.h"
#include "q_product.h"
#include "view/phrase.h"
#include "view/product.h"
#include "web/choice.h"
#include "web/list.h"
#include "web/storefront/product.h"

/* What a choice adds to the price: +¥20.00, +15 %. */
static const char *effect_text(struct cx *cx, struct money effect, int64_t pm)
{
	char amount[MONEY_TEXT];

	if (effect.fen)
		return arena_printf(cx->a, "%s¥%s", effect.fen > 0 ? "+" : "", money_text(effect, true, amount));
	if (pm % 10)
		return arena_printf(cx->a, "%+" PRId64 "‰", pm);
	return pm ? arena_printf(cx->a, "%+" PRId64 "%%", pm / 10) : "";
}

/* The options of one plan: rows come ordered by plan and option. */
static void add_options(struct cx *cx, struct view_plan *p, uint64_t id, const struct q_plan_choice_list *rows,
		size_t n)
{
	struct view_plan_option *options = ARENA_ARRAY(cx->a, struct view_plan_option, n), *o = NULL;
	struct view_plan_choice *choices = ARENA_ARRAY(cx->a, struct view_plan_choice, n), *c = choices;

	p->options = options;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].plan_id != id)
			continue;
		if (!o || !str_eq(o->code, rows[i].option_code)) {
			o = &options[p->options_n++];
			*o = (struct view_plan_option){ .code = rows[i].option_code, .name = rows[i].option_name,
				.choices = c };
		}
		*c++ = (struct view_plan_choice){
			.code = rows[i].code, .name = rows[i].name, .effect = rows[i].effect_fen,
			.effect_pm = rows[i].effect_pm,
			.value = arena_printf(cx->a, "%s=%s", rows[i].option_code, rows[i].code),
			.label = effect_text(cx, rows[i].effect_fen, rows[i].effect_pm), .chosen = !o->choices_n,
		};
		o->choices_n++;
	}
}

static struct view_plan plan_of(struct cx *cx, const struct q_plan_list *r)
{
	return (struct view_plan){
		.id = arena_printf(cx->a, "%" PRIu64, r->id), .name = r->name, .summary = r->summary,
		.billing_mode = r->billing_mode, .unit = r->unit, .quantity_min = r->quantity_min,
		.quantity_max = r->quantity_max, .quantity_step = r->quantity_step, .trial = r->trial,
		.sold_out = r->stock < (int64_t)r->quantity_min, .counted = r->quantity_max > r->quantity_min,
		.stepped = r->quantity_step > 1,
	};
}

/* A row for each plan and price becomes plans with their prices. */
static void add_plans(struct cx *cx, struct view_product_show *m, uint64_t chosen, const struct q_plan_list *rows,
		size_t n,
		      const struct q_plan_choice_list *choices, size_t choices_n)
{
	struct view_plan *plans = ARENA_ARRAY(cx->a, struct view_plan, n), *p = NULL;
	struct view_plan_price *prices = ARENA_ARRAY(cx->a, struct view_plan_price, n);

	for (size_t i = 0; i < n; i++) {
		if (!i || rows[i].id != rows[i - 1].id) {
			p = &plans[m->plans_n++];
			*p = plan_of(cx, &rows[i]);
			p->prices = &prices[i];
			add_options(cx, p, rows[i].id, choices, choices_n);
			if (rows[i].id == chosen || !m->plan)
				m->plan = p;
		}
		if (!rows[i].duration_unit)
			continue;
		prices[i] = (struct view_plan_price){
			.duration = choice_duration(cx->a, rows[i].duration, rows[i].duration_unit),
			.price = rows[i].price,
			.label = phrase_duration(cx->a, cx->lang, (int64_t)rows[i].duration, rows[i].duration_unit),
			.chosen = !p->prices_n,
		};
		p->price_from = p->prices_n ? money_min(p->price_from, rows[i].price) : rows[i].price;
		p->prices_n++;
	}
	for (size_t i = 0; i < m->plans_n; i++)
		plans[i].chosen = &plans[i] == m->plan;
	m->plans = plans;
}

/* For search engines (CAT-13). */
static struct json_doc schema_of(struct cx *cx, const struct view_product_show *m, const char *canonical)
{
	struct out o = { 0 };
	struct money low = m->plans_n ? m->plans[0].price_from : fen(0);
	char amount[MONEY_TEXT];

	for (size_t i = 1; i < m->plans_n; i++)
		low = money_min(low, m->plans[i].price_from);
	out_lit(&o, "{\"@context\":\"https://schema.org\",\"@type\":\"Product\",\"name\":");
	out_json(&o, m->name);
	out_lit(&o, ",\"description\":");
	out_json(&o, m->summary);
	out_lit(&o, ",\"category\":");
	out_json(&o, m->category_name);
	out_lit(&o, ",\"url\":");
	out_json(&o, canonical);
	out_lit(&o, ",\"brand\":{\"@type\":\"Brand\",\"name\":");
	out_json(&o, m->provider_name);
	out_lit(&o, "},\"offers\":{\"@type\":\"AggregateOffer\",\"priceCurrency\":\"CNY\"");
	out_printf(&o, ",\"lowPrice\":\"%s\",\"offerCount\":%zu", money_text(low, false, amount), m->plans_n);
	out_lit(&o, ",\"availability\":");
	out_json(&o, m->buyable ? "https://schema.org/InStock" : "https://schema.org/Discontinued");
	out_lit(&o, "}}");
	struct json_doc doc = { arena_dup(cx->a, o.p, o.n) };
	out_free(&o);
	return doc;
}

static void frame(struct cx *cx, struct web *w, const struct view_product_show *m)
{
	w->page.name = m->name;
	w->page.description = m->summary;
	w->page.noindex = !m->buyable;
	w->page.canonical = arena_printf(cx->a, "%s/products/%s", cx->conf->platform_base_url, m->slug);
	w->page.ld = schema_of(cx, m, w->page.canonical);
	CRUMBS(w, m->name, { web_text(w, MSG_nav_products), "/products" },
	       { m->category_name, arena_printf(cx->a, "/products?category=%s", m->category) });
}

/* What a visitor may see: listed products, and delisted ones for those who have a link to them. */
static enum rc by_slug(struct cx *cx, const char *slug, struct q_product_by_slug *p)
{
	TRY(q_product_by_slug(cx->db, cx->a, &(struct q_product_by_slug_in){ .slug = slug }, p));
	return p->state == PRODUCT_LISTED || p->state == PRODUCT_DELISTED ? RC_OK : RC_NOT_FOUND;
}

enum rc product_page(struct cx *cx, struct web *w, const char *slug, uint64_t plan)
{
	struct q_product_by_slug p;
	struct q_plan_list *plans;
	struct q_plan_choice_list *choices;
	size_t plans_n, choices_n;

	TRY(by_slug(cx, slug, &p));
	TRY(q_plan_list(cx->db, cx->a, &(struct q_plan_list_in){ .product = p.id }, &plans, &plans_n));
	TRY(q_plan_choice_list(cx->db, cx->a, &(struct q_plan_choice_list_in){ .product = p.id }, &choices,
		&choices_n));
	struct view_product_show m = {
		.slug = p.slug, .state = p.state, .name = p.name, .summary = p.summary, .picture = p.picture,
		.category = p.category_code, .delivery = p.delivery, .deals = p.deals, .provider_name = p.provider_name,
		.provider_phone = p.provider_phone, .provider_email = p.provider_email,
		.support_phone = p.support_phone, .support_email = p.support_email, .description = p.description,
		.guide = p.guide, .after_sales = p.after_sales,
		.category_name = cx->lang == LANG_EN ? p.category_en : p.category_zh,
		.initial = product_initial(cx->a, p.name), .buyable = p.state == PRODUCT_LISTED && plans_n,
	};
	add_plans(cx, &m, plan, plans, plans_n, choices, choices_n);
	frame(cx, w, &m);
	return web_show(w, tpl_storefront_product_show, json_product_show, &m);
}

struct product_show_in { const char *plan; };
FORM(product_show_form, struct product_show_in,
	TEXT(struct product_show_in, plan, .max = 20, .optional = true))

enum rc product_show(struct cx *cx, struct web *w)
{
	const struct product_show_in *in = w->in;
	uint64_t plan = 0;

	if (in->plan && !str_u64(in->plan, &plan))
		plan = 0;
	return product_page(cx, w, web_param(w, "slug"), plan);
}

static enum rc agreement(struct web *w, struct view_agreement m)
{
	w->page.name = m.title;
	CRUMBS(w, m.title, { web_text(w, MSG_nav_products), "/products" });
	return web_show(w, tpl_storefront_agreement, json_agreement, &m);
}

enum rc agreement_platform(struct cx *cx, struct web *w)
{
	struct q_agreement_show g;

	TRY(q_agreement_show(cx->db, cx->a, &(struct q_agreement_show_in){ .kind = AGREEMENT_PLATFORM }, &g));
	return agreement(w, (struct view_agreement){ web_text(w, MSG_agreement_platform), g.version,
		cx->lang == LANG_EN ? g.text_en : g.text_zh });
}

enum rc agreement_product(struct cx *cx, struct web *w)
{
	struct q_product_by_slug p;

	TRY(by_slug(cx, web_param(w, "slug"), &p));
	return agreement(w, (struct view_agreement){ web_text(w, MSG_agreement_product), p.agreement_version,
		p.agreement });
}
