/* The review page and placing an order: ORD-10, ORD-11, ORD-12. */
#include "web/buyer/checkout.h"

#include "base/str.h"
#include "crypto/token.h"
#include "web/buyer/checkout_view.h"
#include "web/buyer/order.h"
#include "web/buyer/resource_tag.h"
#include "web/list.h"
#include "web/storefront/product.h"

enum { CHECKOUT_KEY_MAX = 64 };
#define CHECKOUT_ROWS(S) ITEMS(S, items, checkout_item_form, .max = ORDER_ITEMS_MAX), TAG_ROWS(S)
FORM(checkout_form, struct checkout_in,
	CHECKOUT_ROWS(struct checkout_in),
	TEXT(struct checkout_in, key, .max = CHECKOUT_KEY_MAX, .optional = true))

FORM(order_place_form, struct order_place_form_in,
	CHECKOUT_ROWS(struct order_place_form_in),
	INT(struct order_place_form_in, platform_agreement, .optional = true),
	TEXT(struct order_place_form_in, contact, .max = 20, .check = order_contact_wrong),
	TEXT(struct order_place_form_in, memo, .max = 200, .optional = true),
	CHECK(struct order_place_form_in, agree, .must = MSG_order_agree_first))

/* The key of the order stands in the page's address: whoever comes back to it and sends it again means the same order (ORD-11). */
static enum rc keyed(struct cx *cx, struct web *w)
{
	return web_see(w, arena_printf(cx->a, "%s?%s&key=%s", w->req->path, w->req->query, token_new(arena_alloc(cx->a, TOKEN_SIZE))));
}

/* A choice that cannot be sold is told at its item. */
static enum rc refuse_choices(struct cx *cx, struct web *w, const struct checkout_item *items, size_t n)
{
	if (w->errors.n)
		return RC_OK;
	for (size_t i = 0; i < n; i++)
		if (items[i].in->base && items[i].about.open_order)
			TRY(list_refuse(w, form_name(cx->a, "base", i + 1), MSG_order_base_busy));
		else if (items[i].in->base && !items[i].about.trial)
			TRY(list_refuse(w, form_name(cx->a, "base", i + 1), MSG_order_not_convertible));
		else if (items[i].quote.error)
			TRY(list_refuse(w, form_name(cx->a, items[i].quote.error_field, i + 1), msg_of(items[i].quote.error)));
	return RC_OK;
}

/* What is wrong with the only item is best put right where it was chosen. */
static bool choose_again(const struct checkout_item *items, size_t n)
{
	return n == 1 && items->quote.error && !str_eq(items->quote.error_field, "coupon") && !items->in->base;
}

/* Where a server is chosen for the image that has none; NULL: nothing to choose. */
static const char *host_address(struct cx *cx, const struct checkout_at *at, const struct items *in, const struct checkout_item *items)
{
	size_t wants = 0, n;

	while (wants < in->n && !checkout_needs_host(&items[wants]))
		wants++;
	if (wants == in->n || !at->host)
		return NULL;
	const struct view_hidden *fields = checkout_fields(cx->a, in, true, &n);
	return checkout_address(cx->a, at->host, fields, n);
}

enum rc checkout_page(struct cx *cx, struct web *w, const struct checkout_at *at)
{
	const struct checkout_in *in = w->in;
	struct checkout_item *items;

	if (!in->items.n && w->errors.n)	/* too many */
		return RC_INVALID;
	TRY(checkout_quote(cx, at, &in->items, &items));
	TRY(refuse_choices(cx, w, items, in->items.n));
	if (choose_again(items, in->items.n))
		return product_page(cx, w, &(struct product_at){ at->buyer, at->products, at->review }, items->quote.sale.slug);
	const char *host = host_address(cx, at, &in->items, items);
	if (host && !w->json && w->req->method == METHOD_GET)
		return web_see(w, host);
	if (w->req->method == METHOD_GET) {
		if (!w->json && !in->key)
			return keyed(cx, w);
		w->page.key = in->key;
	}
	struct view_checkout m = checkout_view(cx, w, at, in, items);
	w->page.title = MSG_checkout_title;
	CRUMBS(w, web_text(w, MSG_checkout_title), { web_text(w, MSG_nav_products), at->products },
	       { items->quote.sale.product_name, arena_printf(cx->a, "%s/%s", at->products, items->quote.sale.slug) });
	return web_show(w, tpl_buyer_checkout, json_checkout, &m);
}

static enum rc read_items(struct cx *cx, struct web *w, const struct checkout_at *at, struct order_place_in *ask)
{
	const struct order_place_form_in *in = w->in;
	const struct checkout_item_in *rows = in->items.v;
	struct order_item *items = ARENA_ARRAY(cx->a, struct order_item, in->items.n);
	const char *tags;

	TRY(tags_read(w, &in->tags, &tags));
	for (size_t i = 0; i < in->items.n; i++)
		if (!checkout_order_item(cx, at, &rows[i], tags, &items[i]))
			return RC_NOT_FOUND;
	ask->items = items;
	ask->items_n = in->items.n;
	return in->items.n ? RC_OK : RC_NOT_FOUND;
}

/* What kept the order from being placed, at its field. */
static enum rc refuse(struct web *w, const struct order_placed *placed)
{
	const char *field = placed->error_field;

	if (placed->price_changed)
		return web_refuse(w, NULL, MSG_checkout_price_changed);
	if (!placed->error)
		return RC_INVALID;
	if (field && !str_eq(field, "agree"))
		field = form_name(w->cx->a, field, placed->item + 1);
	return web_refuse(w, field, msg_of(placed->error));
}

enum rc checkout_place(struct cx *cx, struct web *w, const struct checkout_at *at)
{
	const struct order_place_form_in *in = w->in;
	struct order_place_in ask = {
		.buyer = at->buyer, .contact = in->contact, .memo = in->memo, .agreed = in->agree, .platform_agreement = (uint64_t)in->platform_agreement,
	};
	struct order_placed placed = { 0 };
	struct outcome out;

	TRY(read_items(cx, w, at, &ask));
	enum rc rc = order_place(cx, &ask, &placed, &out);
	if (rc == RC_KEY_REUSED && !w->json)	/* came back, changed something: with a new key it is another order */
		return web_refuse(w, NULL, MSG_checkout_placed_before);
	if (rc == RC_INVALID)
		return refuse(w, &placed);
	TRY(rc);
	return web_done(w, &out);
}

static const struct checkout_at own = {
	.review = "/checkout", .place = "/orders", .products = "/products", .host = "/checkout/host", .server = "/checkout/server",
};

enum rc checkout_show(struct cx *cx, struct web *w) { return checkout_page(cx, w, &own); }
enum rc checkout_host(struct cx *cx, struct web *w) { return checkout_host_page(cx, w, &own); }
enum rc checkout_server(struct cx *cx, struct web *w) { return checkout_server_page(cx, w, &own); }
enum rc checkout_server_price(struct cx *cx, struct web *w) { return checkout_server_sum(cx, w, &own); }
enum rc order_place_do(struct cx *cx, struct web *w) { return checkout_place(cx, w, &own); }
