/* What search engines read of a product's page: schema.org (CAT-13). */
#include "base/money.h"
#include "web/list.h"
#include "web/storefront/product.h"

static void text(struct out *o, const char *key, const char *value)
{
	json_key(o, key);
	out_json(o, value);
}

static void amount(struct out *o, const char *key, struct money m)
{
	char buf[MONEY_TEXT];

	text(o, key, money_text(m, false, buf));
}

static void availability(struct out *o, const struct view_product_show *m, const struct view_plan *p)
{
	text(o, "availability", !m->buyable ? "https://schema.org/Discontinued" :
		p->sold_out ? "https://schema.org/SoldOut" : "https://schema.org/InStock");
}

/* What is paid by usage is priced for so many units. */
static void price(struct out *o, const struct view_plan *p)
{
	const struct view_plan_tier *t = p->tiers;

	if (!p->metered || !p->tiers_n) {
		amount(o, "price", p->price_from);
		text(o, "priceCurrency", "CNY");
		return;
	}
	while (!t->price.fen && t + 1 < p->tiers + p->tiers_n)
		t++;
	out_lit(o, ",\"priceSpecification\":{\"@type\":\"UnitPriceSpecification\"");
	amount(o, "price", t->price);
	text(o, "priceCurrency", "CNY");
	out_printf(o, ",\"referenceQuantity\":{\"@type\":\"QuantitativeValue\",\"value\":%lld", (long long)t->per);
	text(o, "unitText", p->unit);
	out_lit(o, "}}");
}

static void offer(struct out *o, struct cx *cx, const struct view_product_show *m, const struct view_plan *p,
		const char *url)
{
	out_lit(o, "{\"@type\":\"Offer\"");
	text(o, "name", p->name);
	text(o, "url", arena_printf(cx->a, "%s?plan=%s", url, p->id));
	price(o, p);
	availability(o, m, p);
	out_printf(o, ",\"eligibleQuantity\":{\"@type\":\"QuantitativeValue\",\"minValue\":%llu,\"maxValue\":%llu",
		(unsigned long long)p->quantity_min, (unsigned long long)p->quantity_max);
	text(o, "unitText", p->unit);
	out_lit(o, "},\"seller\":{\"@type\":\"Organization\"");
	text(o, "name", m->provider_name);
	out_lit(o, "}}");
}

static void offers(struct out *o, struct cx *cx, const struct view_product_show *m, const char *url)
{
	struct money low = fen(MONEY_MAX), high = fen(0);

	for (size_t i = 0; i < m->plans_n; i++) {
		struct money price = m->plans[i].price_from;
		if (!m->plans[i].metered)
			low = money_min(low, price);
		high = price.fen > high.fen ? price : high;
	}
	out_lit(o, ",\"offers\":{\"@type\":\"AggregateOffer\",\"priceCurrency\":\"CNY\"");
	amount(o, "lowPrice", low.fen < MONEY_MAX ? low : fen(0));
	amount(o, "highPrice", high);
	out_printf(o, ",\"offerCount\":%zu,\"offers\":[", m->plans_n);
	for (size_t i = 0; i < m->plans_n; i++) {
		if (i)
			out_lit(o, ",");
		offer(o, cx, m, &m->plans[i], url);
	}
	out_lit(o, "]}");
}

static void product(struct out *o, struct cx *cx, const struct view_product_show *m, const char *url)
{
	out_lit(o, "{\"@type\":\"Product\"");
	text(o, "name", m->name);
	text(o, "description", m->summary);
	text(o, "sku", m->slug);
	text(o, "category", m->category_name);
	text(o, "url", url);
	if (*m->picture)
		text(o, "image", arena_printf(cx->a, "%s%s", cx->conf->platform_base_url, m->picture));
	out_lit(o, ",\"brand\":{\"@type\":\"Brand\"");
	text(o, "name", m->provider_name);
	out_lit(o, "}");
	if (m->rating_n) {
		out_lit(o, ",\"aggregateRating\":{\"@type\":\"AggregateRating\"");
		text(o, "ratingValue", m->rating);
		out_printf(o, ",\"reviewCount\":%llu,\"bestRating\":\"5\"}", (unsigned long long)m->rating_n);
	}
	if (m->plans_n)
		offers(o, cx, m, url);
	out_lit(o, "}");
}

static void crumb(struct out *o, int position, const char *name, const char *url)
{
	out_str(o, position > 1 ? ",{\"@type\":\"ListItem\"" : "{\"@type\":\"ListItem\"");
	out_printf(o, ",\"position\":%d", position);
	text(o, "name", name);
	text(o, "item", url);
	out_lit(o, "}");
}

struct json_doc product_schema(struct cx *cx, const struct view_product_show *m)
{
	const char *base = cx->conf->platform_base_url, *url = arena_printf(cx->a, "%s/products/%s", base, m->slug);
	struct out o = { 0 };

	out_lit(&o, "{\"@context\":\"https://schema.org\",\"@graph\":[");
	product(&o, cx, m, url);
	out_lit(&o, ",{\"@type\":\"BreadcrumbList\",\"itemListElement\":[");
	crumb(&o, 1, msg_text(cx->lang, MSG_nav_products), arena_printf(cx->a, "%s/products", base));
	crumb(&o, 2, m->category_name, arena_printf(cx->a, "%s/products?category=%s", base, m->category));
	crumb(&o, 3, m->name, url);
	out_lit(&o, "]}]}");
	struct json_doc doc = { arena_dup(cx->a, o.p, o.n) };
	out_free(&o);
	return doc;
}
