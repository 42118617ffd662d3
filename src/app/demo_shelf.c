/* What the demo's providers are about to publish, by the use cases that they would call themselves (CAT-9). */
#include "app/demo_catalog.h"
#include "app/demo_plan.h"
#include "app/product.h"
#include "app/product_live.h"
#include "base/str.h"
#include "q_product_version.h"

static uint64_t id_in(const char *location)
{
	char digits[24] = "";
	uint64_t id;

	strncpy(digits, location + strcspn(location, "0123456789"), sizeof digits - 1);
	digits[strspn(digits, "0123456789")] = '\0';
	if (!str_u64(digits, &id))
		demo_bad("no product in", location);
	return id;
}

static void act_as(struct demo_catalog *c, const struct demo_org *o)
{
	c->cx->actor = (struct actor){ .person = o->person, .org = o->id, .name = o->person_name, .org_kind = (int)o->kind };
}

static struct doc_plan plan_of(struct arena *a, const struct demo_plan *l)
{
	struct doc_plan p;

	doc_blank(doc_plan(), &p);
	p.id = l->id;
	p.name = l->name;
	p.summary = l->summary;
	p.billing_mode = l->mode;
	p.unit = l->unit;
	p.quantity_min = (int64_t)l->min;
	p.quantity_max = (int64_t)l->max;
	p.quantity_step = (int64_t)l->step;
	p.trial = l->trial;
	p.on_sale = true;
	p.prices = ARENA_ARRAY(a, struct doc_price, l->prices);
	for (; p.prices_n < l->prices; p.prices_n++)
		p.prices[p.prices_n] = (struct doc_price){ l->price[p.prices_n].unit, l->price[p.prices_n].n, l->price[p.prices_n].price };
	return p;
}

/* The document of the record; what is not in it is not written yet. */
static void fill(struct demo_catalog *c, const struct demo_record *r, const struct demo_org *provider, struct doc_product *d)
{
	struct demo_product *p = ARENA_NEW(c->cx->a, struct demo_product);

	p->slug = r->field->value;
	demo_plans(c, p, r, ARENA_NEW(c->cx->a, struct demo_plan_rows));
	d->summary = demo_field(r, "summary");
	d->description = demo_field(r, "description");
	d->guide = demo_field(r, "guide");
	d->after_sales = demo_field(r, "after_sales");
	d->agreement = demo_field(r, "agreement");
	d->support_phone = provider->phone;
	d->support_email = provider->email;
	d->plans = ARENA_ARRAY(c->cx->a, struct doc_plan, p->plans);
	for (; d->plans_n < p->plans; d->plans_n++)
		d->plans[d->plans_n] = plan_of(c->cx->a, &p->plan[d->plans_n]);
}

/* Saves the version, and takes it as far as the record says. */
static enum rc go_on(struct demo_catalog *c, const struct demo_record *r, uint64_t product, uint64_t version, const struct doc_product *d)
{
	struct product_save_in in = { .product = product, .version = version, .doc = d, .location = "/" };
	struct product_saved saved;
	struct doc_problems problems;
	const char *state = demo_field(r, "state");

	TRY(product_save(c->cx, &in, &saved, NULL));
	if (str_eq(state, "draft"))
		return RC_OK;
	TRY(product_submit(c->cx, product, version, &problems, NULL));
	if (str_eq(state, "submitted"))
		return RC_OK;
	act_as(c, demo_org_of(c, "platform"));
	return product_refuse(c->cx, product, version, demo_field(r, "reason"), NULL);
}

static enum rc take_draft(struct demo_catalog *c, const struct demo_record *r)
{
	const struct demo_org *provider = demo_org_of(c, demo_field(r, "provider"));
	const char *delivery = demo_field(r, "delivery"), *at, *wrong;
	struct product_new new = {
		.name = demo_field(r, "name"), .category = demo_field(r, "category"), .slug = r->field->value,
		.delivery = (enum delivery_mode)enum_of(&delivery_mode_enum, delivery, strlen(delivery)),
	};
	struct doc_product d;
	struct outcome out;

	act_as(c, provider);
	enum rc rc = product_create(c->cx, &new, &at, &wrong, &out);
	if (rc == RC_INVALID && str_eq(at, "slug"))	/* it is there from before */
		return RC_OK;
	TRY(rc);
	doc_blank(doc_product(), &d);
	d.name = new.name;
	d.category = new.category;
	d.delivery = new.delivery;
	fill(c, r, provider, &d);
	return go_on(c, r, id_in(out.location), 1, &d);
}

/* The next version of what sells: another summary, another first price. */
static enum rc take_revision(struct demo_catalog *c, const struct demo_record *r)
{
	const struct demo_product *p = c->product;
	struct q_product_edit now;
	struct doc_product d;
	struct demo_plan *l = ARENA_NEW(c->cx->a, struct demo_plan);

	while (p < c->product + c->products && !str_eq(p->slug, r->field->value))
		p++;
	if (p == c->product + c->products)
		demo_bad("no such product", r->field->value);
	TRY(q_product_edit(c->cx->db, c->cx->a, &(struct q_product_edit_in){ .id = p->id, .provider = p->provider->id }, &now));
	if (now.version != 1 || now.edit_version)	/* it has gone on since */
		return RC_OK;
	act_as(c, p->provider);
	TRY(product_revise(c->cx, p->id, NULL));
	TRY(product_live_read(c->cx->db, c->cx->a, p->id, &d));
	d.summary = demo_field(r, "summary");
	demo_prices(c, l, demo_field(r, "price"));
	for (size_t i = 0; i < d.plans_n; i++)
		for (size_t k = 0; k < d.plans[i].prices_n; k++)
			if (d.plans[i].prices[k].unit == l->price[0].unit && d.plans[i].prices[k].duration == l->price[0].n)
				d.plans[i].prices[k].price = l->price[0].price;
	return go_on(c, r, p->id, 2, &d);
}

enum rc demo_shelf(struct demo_catalog *c)
{
	struct actor before = c->cx->actor;
	struct demo_reader r;
	struct demo_record rec;

	if (!demo_read(&r, c->cx->a, demo_path(c, "shelf")))
		return RC_NOT_FOUND;
	while (demo_next(&r, &rec))
		TRY(demo_is(&rec, "revise") ? take_revision(c, &rec) : take_draft(c, &rec));
	c->cx->actor = before;
	return RC_OK;
}
