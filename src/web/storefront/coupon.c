/* Coupons on the storefront: ORD-14, ORD-15.  A coupon's own page shows the products that it is for. */
#include "web/storefront/coupon.h"

#include <inttypes.h>

#include "app/coupon.h"
#include "base/str.h"
#include "q_coupon.h"
#include "view/phrase.h"
#include "web/list.h"
#include "web/storefront/product.h"

enum { OFFERS_MAX = 20, PRODUCTS_MAX = 60 };

/* 2026-11-01 00:00:00 到 … 间使用, or so many days from the claim on. */
static const char *life(struct cx *cx, const struct q_coupon_offer_list *r)
{
	char from[TIME_TEXT], to[TIME_TEXT];

	if (r->valid_days)
		return MSG_FILL(cx->a, cx->lang, MSG_coupon_valid_days,
			{ "n", arena_printf(cx->a, "%" PRIu64, r->valid_days) });
	return MSG_FILL(cx->a, cx->lang, MSG_coupon_valid, { "from", instant_text(r->valid_from, from) },
		{ "to", instant_text(r->valid_to, to) });
}

/* back: the page that it stands on. */
static struct view_coupon_offer offer_of(struct cx *cx, const struct web *w, const struct q_coupon_offer_list *r,
		const char *back)
{
	struct view_coupon *terms = ARENA_NEW(cx->a, struct view_coupon);
	uint64_t left = r->total - r->claimed, mine = (uint64_t)r->mine;
	bool buyer = w->session && permit_allows(PERM_COUPON_CLAIM, (enum org_kind)cx->actor.org_kind, cx->actor.roles);

	*terms = COUPON_OF(cx, r, r->id);
	return (struct view_coupon_offer){
		.coupon = terms, .claim_to = r->claim_to, .valid_from = r->valid_from, .valid_to = r->valid_to,
		.valid_days = r->valid_days, .left = left, .per_buyer = r->per_buyer, .mine = mine,
		.claimable = buyer && left && mine < r->per_buyer, .enough = mine >= r->per_buyer, .life = life(cx, r),
		.soon = coupon_left(cx->a, cx->lang, cx->now, r->claim_to), .back = back,
		.login = w->session || !left ? NULL : arena_printf(cx->a, "/login?back=%s", back),
	};
}

enum rc coupon_offers(struct cx *cx, const struct web *w, struct coupon_of_product p,
		const struct view_coupon_offers **out)
{
	struct q_coupon_offer_list_in in = { .provider = p.provider, .product = p.product, .buyer = cx->actor.org,
		.now = cx->now, .limit = OFFERS_MAX };
	struct view_coupon_offers *m = ARENA_NEW(cx->a, struct view_coupon_offers);
	struct q_coupon_offer_list *rows;

	TRY(q_coupon_offer_list(cx->db, cx->a, &in, &rows, &m->items_n));
	struct view_coupon_offer *items = ARENA_ARRAY(cx->a, struct view_coupon_offer, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = offer_of(cx, w, &rows[i], arena_printf(cx->a, "/products/%s", p.slug));
	m->items = items;
	*out = m;
	return RC_OK;
}

static enum rc products(struct cx *cx, const struct q_coupon_show *r, struct view_coupon_show *m)
{
	struct q_coupon_product_list *rows;
	_Static_assert(sizeof *rows == sizeof(struct q_coupon_provider_list), "both lists have the same columns");

	if (r->scope == COUPON_OF_PRODUCTS)
		TRY(q_coupon_product_list(cx->db, cx->a, &(struct q_coupon_product_list_in){ r->id, PRODUCTS_MAX },
			&rows, &m->products_n));
	else
		TRY(q_coupon_provider_list(cx->db, cx->a,
			&(struct q_coupon_provider_list_in){ r->provider_id, PRODUCTS_MAX },
			(struct q_coupon_provider_list **)&rows, &m->products_n));
	struct view_product_item *items = ARENA_ARRAY(cx->a, struct view_product_item, m->products_n);
	for (size_t i = 0; i < m->products_n; i++)
		items[i] = (struct view_product_item){
			.slug = rows[i].slug, .name = rows[i].name, .summary = rows[i].summary,
			.picture = rows[i].picture, .category = rows[i].category_code,
			.provider_name = r->provider_name, .delivery = rows[i].delivery,
			.price_from = rows[i].price_from, .deals = rows[i].deals,
			.initial = product_initial(cx->a, rows[i].name),
		};
	m->products = items;
	return RC_OK;
}

enum rc coupon_show(struct cx *cx, struct web *w)
{
	struct q_coupon_show_in in = { .id = web_param_id(w, "id"), .buyer = cx->actor.org };
	struct view_coupon_offer offer;
	struct view_empty empty = { .title = web_text(w, MSG_coupon_show_empty) };
	struct q_coupon_show r;

	TRY(q_coupon_show(cx->db, cx->a, &in, &r));
	offer = offer_of(cx, w, (const struct q_coupon_offer_list *)&r, arena_printf(cx->a, "/coupons/%" PRIu64, r.id));
	struct view_coupon_show m = {
		.offer = &offer, .state = r.state, .provider_name = r.provider_name, .claim_from = r.claim_from,
		.empty = &empty,
		.open = r.state == COUPON_PUBLISHED && r.claim_from.us <= cx->now.us && r.claim_to.us >= cx->now.us,
	};
	TRY(products(cx, &r, &m));
	w->page.name = r.name;
	CRUMBS(w, r.name, { web_text(w, MSG_nav_products), "/products" });
	return web_show(w, tpl_storefront_coupon_show, json_coupon_show, &m);
}
_Static_assert(offsetof(struct q_coupon_show, provider_id) == sizeof(struct q_coupon_offer_list),
		"a coupon's page begins like an offer");

struct coupon_claim_in { const char *back; };
FORM(coupon_claim_form, struct coupon_claim_in,
	TEXT(struct coupon_claim_in, back, .max = 200, .optional = true))

enum rc coupon_claim_do(struct cx *cx, struct web *w)
{
	const char *error = NULL;
	struct outcome out;
	enum rc rc = coupon_claim(cx, web_param_id(w, "id"), &error, &out);

	if (rc == RC_INVALID && error)
		return web_refuse(w, NULL, msg_of(error));
	TRY(rc);
	return w->json ? web_done(w, &out) : web_see(w, web_back(w, "back", out.location));
}
