/* The model of a product's page, from rows. */
#include <inttypes.h>

#include "base/money.h"
#include "base/str.h"
#include "view/phrase.h"
#include "web/api_doc.h"
#include "web/list.h"
#include "web/storefront/product.h"

enum { FEW_LEFT = 20 };

FORM(product_show_form, struct product_show_in,
	CHOICE_ROWS_OPTIONAL(struct product_show_in),
	INT(struct product_show_in, usage, .max = 1000000000000, .optional = true),
	ENUM(struct product_show_in, tab, product_tab, .optional = true))

/* ---- plans ---- */

static const char *yuan(struct cx *cx, struct money m)
{
	char amount[MONEY_TEXT];

	return arena_printf(cx->a, "%s¥%s", m.fen < 0 ? "-" : "", money_text(fen(m.fen < 0 ? -m.fen : m.fen), true, amount));
}

/* The options of one plan; in the chosen one, what was chosen is marked. */
static void add_options(const struct product_making *k, struct view_plan *p, uint64_t id)
{
	const struct q_plan_choice_list *r = k->rows->choices;
	size_t n = k->rows->choices_n;
	struct view_plan_option *options = ARENA_ARRAY(k->cx->a, struct view_plan_option, n), *o = NULL;
	struct view_plan_choice *choices = ARENA_ARRAY(k->cx->a, struct view_plan_choice, n), *c = choices;

	p->options = options;
	for (size_t i = 0; i < n; i++) {
		if (r[i].plan_id != id)
			continue;
		if (!o || !str_eq(o->code, r[i].option_code)) {
			o = &options[p->options_n++];
			*o = (struct view_plan_option){ .code = r[i].option_code, .name = r[i].option_name, .choices = c };
		}
		*c++ = (struct view_plan_choice){
			.code = r[i].code, .name = r[i].name, .effect = r[i].effect_fen, .effect_pm = r[i].effect_pm,
			.label = choice_effect(k->cx->a, r[i].effect_fen, r[i].effect_pm),
			.chosen = p->chosen && choice_has(k->options, r[i].option_code, r[i].code),
		};
		o->choices_n++;
	}
}

/* 0 – 1000; 1000 – */
static const char *tier_label(struct cx *cx, const struct q_plan_tier_list *t, bool last)
{
	if (last)
		return arena_printf(cx->a, "%" PRId64 " –", t->above);
	return arena_printf(cx->a, "%" PRId64 " – %" PRId64, t->above, t[1].above);
}

static void add_tiers(const struct product_making *k, struct view_plan *p, uint64_t id)
{
	const struct q_plan_tier_list *r = k->rows->tiers, *end = r + k->rows->tiers_n;
	struct view_plan_tier *tiers = ARENA_ARRAY(k->cx->a, struct view_plan_tier, k->rows->tiers_n);

	p->tiers = tiers;
	for (; r < end; r++)
		if (r->plan_id == id)
			tiers[p->tiers_n++] = (struct view_plan_tier){
				r->above, r->price, r->per, tier_label(k->cx, r, r + 1 == end || r[1].plan_id != id),
			};
}

static void add_parts(const struct product_making *k, struct view_plan *p, uint64_t id)
{
	const struct q_plan_part_list *r = k->rows->parts;
	struct view_plan_part *parts = ARENA_ARRAY(k->cx->a, struct view_plan_part, k->rows->parts_n);

	p->parts = parts;
	for (size_t i = 0; i < k->rows->parts_n; i++)
		if (r[i].plan_id == id)
			parts[p->parts_n++] = (struct view_plan_part){ r[i].name, r[i].option_code, r[i].bound };
}

static void add_prices(const struct product_making *k, struct view_plan *p, const struct q_plan_list *r, size_t n)
{
	struct view_plan_price *prices = ARENA_ARRAY(k->cx->a, struct view_plan_price, n);

	p->prices = prices;
	for (size_t i = 0; i < n && r[i].duration_unit; i++) {
		const char *duration = choice_duration(k->cx->a, r[i].duration, r[i].duration_unit);
		prices[i] = (struct view_plan_price){
			.duration = duration, .price = r[i].price, .chosen = p->chosen && str_eq(duration, k->duration),
			.label = phrase_duration(k->cx->a, k->cx->lang, (int64_t)r[i].duration, r[i].duration_unit),
		};
		p->price_from = i ? money_min(p->price_from, r[i].price) : r[i].price;
		p->prices_n++;
	}
}

/* The first price that is not 0, as it is asked. */
static const char *from_text(struct cx *cx, const struct view_plan *p)
{
	for (size_t i = 0; i < p->tiers_n; i++)
		if (p->tiers[i].price.fen)
			return MSG_FILL(cx->a, cx->lang, MSG_product_tier_per, { "price", yuan(cx, p->tiers[i].price) },
				{ "per", arena_printf(cx->a, "%" PRId64, p->tiers[i].per) }, { "unit", p->unit });
	if (!p->price_from.fen)
		return "";
	return MSG_FILL(cx->a, cx->lang, MSG_product_from, { "price", yuan(cx, p->price_from) });
}

static struct view_plan plan_of(const struct product_making *k, const struct q_plan_list *r, size_t n)
{
	struct cx *cx = k->cx;
	struct view_plan p = {
		.id = arena_printf(cx->a, "%" PRIu64, r->id), .name = r->name, .summary = r->summary,
		.billing_mode = r->billing_mode, .unit = r->unit, .quantity_min = r->quantity_min,
		.quantity_max = r->quantity_max, .quantity_step = r->quantity_step, .trial = r->trial,
		.review = r->review, .separate = r->separate && r->quantity_max > 1, .begin_later = r->begin_later,
		.usage_name = r->usage_name, .package_units = r->package_units,
		.sold_out = r->stock < (int64_t)r->quantity_min,
		.left = r->stock <= FEW_LEFT ? r->stock : 0, .metered = r->billing_mode == BILLING_PAY_PER_USE,
		.counted = r->quantity_max > r->quantity_min, .stepped = r->quantity_step > 1, .chosen = r == k->first,
	};

	p.href = arena_printf(cx->a, "%s?plan=%s#buy", k->rows->path, p.id);
	add_prices(k, &p, r, n);
	add_options(k, &p, r->id);
	add_tiers(k, &p, r->id);
	add_parts(k, &p, r->id);
	p.from = from_text(cx, &p);
	return p;
}

static size_t rows_of_plan(const struct product_rows *rows, size_t i)
{
	size_t n = 1;

	while (i + n < rows->plans_n && rows->plans[i + n].id == rows->plans[i].id)
		n++;
	return n;
}

static void add_plans(struct product_making *k)
{
	struct view_product_show *m = k->m;
	const struct q_plan_list *r = k->rows->plans;
	struct view_plan *plans = ARENA_ARRAY(k->cx->a, struct view_plan, k->rows->plans_n);
	bool several = k->rows->plans_n && r[0].billing_mode != r[k->rows->plans_n - 1].billing_mode;

	for (size_t i = 0, n; i < k->rows->plans_n; i += n) {
		struct view_plan *p = &plans[m->plans_n++];
		n = rows_of_plan(k->rows, i);
		*p = plan_of(k, &r[i], n);
		p->first = several && (!i || r[i].billing_mode != r[i - 1].billing_mode);
		if (p->chosen)
			m->plan = p;
	}
	m->plans = plans;
}

/* ---- the choice ---- */

/* The plan that the address names, else the first; what else was chosen counts only for a plan that is there. */
static void find_plan(struct product_making *k)
{
	static const struct product_show_in nothing = { 0 };
	const struct product_rows *rows = k->rows;
	uint64_t id = 0;
	size_t at = 0;

	if (k->in->plan && str_u64(k->in->plan, &id))
		while (at < rows->plans_n && rows->plans[at].id != id)
			at++;
	if (k->in->plan && *k->in->plan && (!id || at == rows->plans_n)) {
		at = 0;
		k->in = &nothing;
	}
	k->first = rows->plans + at;
	k->first_n = rows->plans_n ? rows_of_plan(rows, at) : 0;
}

/* The first choice of each option. */
static const char *first_options(const struct product_making *k)
{
	const struct q_plan_choice_list *r = k->rows->choices;
	const char *text = "", *option = "";

	for (size_t i = 0; i < k->rows->choices_n; i++) {
		if (r[i].plan_id != k->first->id || str_eq(option, r[i].option_code))
			continue;
		option = r[i].option_code;
		text = arena_printf(k->cx->a, "%s%s%s=%s", text, *text ? "," : "", option, r[i].code);
	}
	return text;
}

static void choose(struct product_making *k)
{
	struct arena *a = k->cx->a;

	find_plan(k);
	k->options = k->duration = "";
	if (!k->first_n)
		return;
	k->options = k->in->options.n ? choice_options(a, &k->in->options) : first_options(k);
	if (k->first->billing_mode != BILLING_PAY_PER_USE)
		k->duration = k->in->duration && *k->in->duration ? k->in->duration :
			choice_duration(a, k->first->duration, k->first->duration_unit);
	k->quantity = k->in->quantity ? k->in->quantity : (int64_t)k->first->quantity_min;
}

/* ---- the page ---- */

/* One picture is shown large; several besides as a row of small ones. */
static void add_pictures(struct product_making *k)
{
	struct view_product_picture *p = ARENA_ARRAY(k->cx->a, struct view_product_picture, k->rows->pictures_n);

	for (size_t i = 0; i < k->rows->pictures_n; i++)
		p[i] = (struct view_product_picture){ k->rows->pictures[i], (int64_t)i + 1 };
	k->m->pictures = p;
	k->m->pictures_n = k->rows->pictures_n;
	k->m->several = k->rows->pictures_n > 1;
	if (k->rows->pictures_n)
		k->m->picture = p[0].address;
}

static void add_api(struct product_making *k)
{
	struct view_api_doc *doc = ARENA_NEW(k->cx->a, struct view_api_doc);

	if (api_doc_read(k->cx->a, k->rows->product.api_doc, doc) == RC_OK && doc->calls_n)
		k->m->api = doc;
}

/* The choice goes along from tab to tab. */
static const char *tab_href(const struct product_making *k, enum product_tab tab)
{
	struct out o = { 0 };

	out_str(&o, k->rows->path);
	out_lit(&o, "?");
	if (k->in->plan && *k->in->plan) {
		out_lit(&o, "plan=");
		out_url(&o, k->in->plan);
		out_lit(&o, "&duration=");
		out_url(&o, k->duration);
		out_lit(&o, "&options=");
		out_url(&o, k->options);
		out_lit(&o, "&quantity=");
		out_i64(&o, k->quantity);
		out_lit(&o, "&");
	}
	out_lit(&o, "tab=");
	out_str(&o, product_tab_enum.names[tab]);
	out_lit(&o, "#tabs");
	const char *href = arena_dup(k->cx->a, o.p, o.n);
	out_free(&o);
	return href;
}

static void add_tabs(struct product_making *k)
{
	struct view_product_show *m = k->m;
	struct view_tab *items = ARENA_ARRAY(k->cx->a, struct view_tab, (size_t)product_tab_enum.n);
	struct view_tabs *tabs = ARENA_NEW(k->cx->a, struct view_tabs);

	m->tab = k->in->tab ? k->in->tab : PRODUCT_TAB_API;
	if (m->tab == PRODUCT_TAB_API && !m->api)
		m->tab = PRODUCT_TAB_DETAILS;
	for (enum product_tab t = PRODUCT_TAB_API; t <= PRODUCT_TAB_SERVICE; t++)
		if (t != PRODUCT_TAB_API || m->api)
			items[tabs->items_n++] = (struct view_tab){
				.label = web_text(k->w, (enum msg)product_tab_msg[t]), .href = tab_href(k, t),
				.current = t == m->tab, .count = (int64_t)m->rating_n, .counted = t == PRODUCT_TAB_REVIEWS,
			};
	tabs->label = web_text(k->w, MSG_product_sections);
	tabs->items = items;
	m->tabs = tabs;
}

static struct view_product_show show_of(const struct product_making *k)
{
	const struct q_product_by_slug *p = &k->rows->product;

	return (struct view_product_show){
		.slug = p->slug, .state = p->state, .name = p->name, .summary = p->summary, .picture = p->picture,
		.category = p->category_code, .category_name = k->cx->lang == LANG_EN ? p->category_en : p->category_zh,
		.delivery = p->delivery, .deals = p->deals, .rating_n = p->rating_n,
		.rating = product_stars(k->cx->a, p->rating_sum, p->rating_n),
		.provider = arena_printf(k->cx->a, "%" PRIu64, p->provider_id), .provider_name = p->provider_name,
		.provider_phone = p->provider_phone, .provider_email = p->provider_email,
		.support_phone = p->support_phone, .support_email = p->support_email, .description = p->description,
		.guide = p->guide, .after_sales = p->after_sales,
		.initial = product_initial(k->cx->a, p->name), .path = k->rows->path, .checkout = k->rows->checkout ? k->rows->checkout : "/checkout",
		.coupons = k->rows->coupons,
		.shown = p->state != PRODUCT_DELISTED && k->rows->plans_n,
		.buyable = p->state == PRODUCT_LISTED && k->rows->plans_n,
	};
}

enum rc product_view(struct cx *cx, struct web *w, const struct product_rows *rows,
		const struct view_product_show **out)
{
	struct view_product_show *m = ARENA_NEW(cx->a, struct view_product_show);
	struct form_errors known;	/* to the route's form, or the checkout's */
	struct product_making k = { .cx = cx, .w = w, .rows = rows, .m = m };

	known.n = 0;
	k.in = form_read(&product_show_form, cx->a, &w->input, &known);
	choose(&k);
	*m = show_of(&k);
	if (m->buyable)
		m->price_path = rows->checkout ? arena_printf(cx->a, "%s/price", rows->path) : arena_printf(cx->a, "/products/%s/price", m->slug);
	add_plans(&k);
	if (m->shown)
		TRY(product_price(&k));
	add_pictures(&k);
	add_api(&k);
	add_tabs(&k);
	*out = m;
	return RC_OK;
}
