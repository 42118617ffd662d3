/* The page of a product, the price of a choice on it: CAT-4, CAT-12 … CAT-15; and the agreements that a buyer ticks (ORD-10). */
#include <inttypes.h>

#include "base/str.h"
#include "q_product_live.h"
#include "web/list.h"
#include "web/storefront/coupon.h"
#include "web/storefront/product.h"

/* What a visitor may see: listed products, and delisted ones for those who have a link to them. */
static enum rc by_slug(struct cx *cx, const char *slug, uint64_t buyer, struct q_product_by_slug *p)
{
	TRY(q_product_by_slug(cx->db, cx->a, &(struct q_product_by_slug_in){ .slug = slug, .buyer = buyer ? buyer : cx->actor.org }, p));
	return p->state == PRODUCT_LISTED || p->state == PRODUCT_DELISTED ? RC_OK : RC_NOT_FOUND;
}

static enum rc read_pictures(struct cx *cx, struct product_rows *rows)
{
	struct q_live_picture_list *r;

	TRY(q_live_picture_list(cx->db, cx->a, &(struct q_live_picture_list_in){ rows->product.id }, &r, &rows->pictures_n));
	const char **addresses = ARENA_ARRAY(cx->a, const char *, rows->pictures_n);
	for (size_t i = 0; i < rows->pictures_n; i++)
		addresses[i] = arena_printf(cx->a, "/pictures/%" PRIu64, r[i].id);
	rows->pictures = addresses;
	return RC_OK;
}

enum rc product_rows_read(struct cx *cx, const struct product_at *at, const char *slug, struct product_rows *rows)
{
	struct q_plan_list *plans;
	struct q_plan_choice_list *choices;
	struct q_plan_tier_list *tiers;
	struct q_plan_part_list *parts;

	*rows = (struct product_rows){ .path = arena_printf(cx->a, "%s/%s", at->products, slug), .checkout = at->checkout };
	TRY(by_slug(cx, slug, at->buyer, &rows->product));
	uint64_t id = rows->product.id;
	TRY(q_plan_list(cx->db, cx->a, &(struct q_plan_list_in){ id }, &plans, &rows->plans_n));
	TRY(q_plan_choice_list(cx->db, cx->a, &(struct q_plan_choice_list_in){ id }, &choices, &rows->choices_n));
	TRY(q_plan_tier_list(cx->db, cx->a, &(struct q_plan_tier_list_in){ id }, &tiers, &rows->tiers_n));
	TRY(q_plan_part_list(cx->db, cx->a, &(struct q_plan_part_list_in){ id }, &parts, &rows->parts_n));
	rows->plans = plans;
	rows->choices = choices;
	rows->tiers = tiers;
	rows->parts = parts;
	return RC_OK;
}

static void frame(struct cx *cx, struct web *w, const struct view_product_show *m)
{
	w->page.name = m->name;
	w->page.description = m->summary;
	w->page.noindex = !m->buyable;
	w->page.canonical = arena_printf(cx->a, "%s/products/%s", cx->conf->platform_base_url, m->slug);
	w->page.ld = product_schema(cx, m);
	CRUMBS(w, m->name, { web_text(w, MSG_nav_products), "/products" },
	       { m->category_name, arena_printf(cx->a, "/products?category=%s", m->category) });
}

enum rc product_page(struct cx *cx, struct web *w, const struct product_at *at, const char *slug)
{
	const struct view_product_show *m;
	struct product_rows rows;

	TRY(product_rows_read(cx, at, slug, &rows));
	TRY(read_pictures(cx, &rows));
	if (!at->buyer)
		TRY(coupon_offers(cx, w, (struct coupon_of_product){ rows.product.provider_id, rows.product.id, rows.product.slug }, &rows.coupons));
	TRY(product_view(cx, w, &rows, &m));
	frame(cx, w, m);
	return web_show(w, tpl_storefront_product_show, json_product_show, m);
}

enum rc product_price_page(struct cx *cx, struct web *w, const struct product_at *at, const char *slug)
{
	const struct product_show_in *in = w->in;
	const struct view_product_show *m;
	struct product_rows rows;

	TRY(product_rows_read(cx, at, slug, &rows));
	TRY(product_view(cx, w, &rows, &m));
	if (!m->buyable || (in->plan && *in->plan && !str_eq(in->plan, m->plan->id)))
		return RC_NOT_FOUND;
	return web_show(w, tpl_part_product_price, json_product_price, m->price);
}

static const struct product_at storefront = { .products = "/products", .checkout = "/checkout" };

enum rc product_show(struct cx *cx, struct web *w) { return product_page(cx, w, &storefront, web_param(w, "slug")); }
enum rc product_price_show(struct cx *cx, struct web *w) { return product_price_page(cx, w, &storefront, web_param(w, "slug")); }

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

	TRY(by_slug(cx, web_param(w, "slug"), 0, &p));
	return agreement(w, (struct view_agreement){ web_text(w, MSG_agreement_product), p.agreement_version,
		p.agreement });
}
