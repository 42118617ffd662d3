#include "app/demo_catalog.h"
#include "app/demo_plan.h"
#include "app/product_index.h"
#include "base/out.h"
#include "base/str.h"
#include "crypto/seal.h"
#include "db/db.h"
#include "q_demo.h"

enum { CATEGORIES_MAX = 30, AGREEMENT_VERSION = 1 };

/* What products share. */
struct shared {
	struct demo_category category[CATEGORIES_MAX];
	size_t categories;
	const char *agreement;
	struct seal_key key;
};

struct rows {
	struct cx *cx;
	struct q_demo_product_put_in product;
	struct q_demo_text_put_in text;
	struct demo_plan_rows plan;
};

static enum rc put_product(struct tx *tx, void *arg)
{
	const struct rows *r = arg;

	TRY(q_demo_product_put(tx, &r->product, NULL));
	if (r->product.dialect)
		TRY(q_demo_probe_put(tx, &(struct q_demo_probe_put_in){ r->product.id, r->product.dialect, r->product.webhook_url, r->product.now }, NULL));
	TRY(q_demo_text_put(tx, &r->text, NULL));
	TRY(q_demo_plan_put(tx, r->plan.plan, r->plan.plans));
	TRY(q_demo_price_put(tx, r->plan.price, r->plan.prices));
	if (r->plan.choices)
		TRY(q_demo_choice_put(tx, r->plan.choice, r->plan.choices));
	if (r->plan.tiers)
		TRY(q_demo_tier_put(tx, r->plan.tier, r->plan.tiers));
	if (r->plan.parts)
		TRY(q_demo_part_put(tx, r->plan.part, r->plan.parts));
	return product_index(r->cx, tx, r->product.id);
}

static const struct demo_category *category_of(const struct shared *s, const char *code)
{
	for (size_t i = 0; i < s->categories; i++)
		if (str_eq(s->category[i].code, code))
			return &s->category[i];
	demo_bad("no such category", code);
}

/* Products that are opened by a system: the sandbox's sample provider plays it. */
static void set_webhook(const struct demo_catalog *c, const struct shared *s, const struct demo_product *p, struct q_demo_product_put_in *in)
{
	struct arena *a = c->cx->a;
	const char *token = c->cx->conf->sandbox_provider_token;
	const char *use = arena_printf(a, "webhook_secret:%llu", (unsigned long long)p->id);

	in->dialect = DIALECT_TENCENT;
	in->webhook_url = arena_printf(a, "%s/provider/%s", c->cx->conf->sandbox_base_url, p->provider->code);
	in->webhook_secret = seal_close(a, &s->key, use, token, strlen(token));
}

/* The sandbox plays https://api.PROVIDER.example. */
static const char *api_doc(const struct demo_catalog *c, const struct demo_product *p, const char *json)
{
	const char *address = arena_printf(c->cx->a, "https://api.%s.example", p->provider->code), *at;
	const char *ours = arena_printf(c->cx->a, "%s/api/%s", c->cx->conf->sandbox_base_url, p->slug);
	struct out o = { 0 };

	for (; (at = strstr(json, address)); json = at + strlen(address)) {
		out_bytes(&o, json, (size_t)(at - json));
		out_str(&o, ours);
	}
	out_str(&o, json);
	const char *filled = arena_dup(c->cx->a, o.p, o.n);
	out_free(&o);
	return *filled ? filled : NULL;
}

static void set_text(const struct demo_catalog *c, const struct shared *s, const struct demo_product *p, const struct demo_record *r, struct q_demo_text_put_in *in)
{
	const struct demo_category *category = category_of(s, p->category);
	const struct pair fill[] = {
		{ "product", p->name }, { "provider", p->provider->name }, { "phone", p->provider->phone }, { "email", p->provider->email },
		{ "clause", category->clause },
	};
	size_t n = sizeof fill / sizeof *fill;

	*in = (struct q_demo_text_put_in){
		.product = p->id, .description = demo_field(r, "description"), .guide = demo_field(r, "guide"),
		.after_sales = demo_fill(c->cx->a, category->after_sales, fill, n), .agreement = demo_fill(c->cx->a, s->agreement, fill, n),
		.support_phone = p->provider->phone, .support_email = p->provider->email,
		.api_doc = api_doc(c, p, demo_field(r, "api")),
	};
}

static enum delivery_mode delivery_of(const char *name)
{
	int v = enum_of(&delivery_mode_enum, name, strlen(name));

	if (!v)
		demo_bad("not a way of delivery", name);
	return (enum delivery_mode)v;
}

static enum rc take_product(struct demo_catalog *c, const struct shared *s, const struct demo_record *r)
{
	struct demo_product *p = &c->product[c->products++];
	struct rows *rows = ARENA_NEW(c->cx->a, struct rows);
	const char *summary = demo_field(r, "summary");

	if (c->products > DEMO_PRODUCTS_MAX)
		demo_bad("too many products", r->field->value);
	p->slug = r->field->value;
	p->id = demo_id(c, "product:", p->slug);
	p->name = demo_field(r, "name");
	p->category = demo_field(r, "category");
	p->provider = demo_org_of(c, demo_field(r, "provider"));
	p->delivery = delivery_of(demo_field(r, "delivery"));
	demo_plans(c, p, r, &rows->plan);
	rows->product = (struct q_demo_product_put_in){
		.id = p->id, .slug = p->slug, .provider = p->provider->id, .category = p->category, .name = p->name, .summary = summary,
		.picture = arena_printf(c->cx->a, "/static/product/%s.svg", p->slug), .delivery = p->delivery, .webhook_url = "",
		.agreement_version = AGREEMENT_VERSION, .now = c->begun,
	};
	if (p->delivery == DELIVERY_AUTOMATIC)
		set_webhook(c, s, p, &rows->product);
	set_text(c, s, p, r, &rows->text);
	rows->cx = c->cx;
	return db_tx(c->cx->db, c->cx->a, put_product, rows);
}

static void take_category(struct shared *s, const struct demo_record *r)
{
	if (demo_is(r, "agreement"))
		s->agreement = demo_field(r, "text");
	else if (s->categories == CATEGORIES_MAX)
		demo_bad("too many categories", r->field->value);
	else
		s->category[s->categories++] = (struct demo_category){ r->field->value, demo_field(r, "after_sales"), demo_field(r, "clause") };
}

enum rc demo_products(struct demo_catalog *c)
{
	static const char *const files[] = { "saas", "image", "service", "resource" };
	struct shared s = { 0 };
	struct demo_reader r;
	struct demo_record rec;

	TRY(seal_key_from(c->cx->conf->platform_secret, &s.key));
	if (!demo_read(&r, c->cx->a, demo_path(c, "category")))
		return RC_NOT_FOUND;
	while (demo_next(&r, &rec))
		take_category(&s, &rec);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		if (!demo_read(&r, c->cx->a, demo_path(c, files[i])))
			return RC_NOT_FOUND;
		while (demo_next(&r, &rec))
			TRY(take_product(c, &s, &rec));
	}
	return RC_OK;
}
