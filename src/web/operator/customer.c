/* Orders for customers: their account manager chooses, they confirm or decline (ORD-9). */
#include <inttypes.h>

#include "base/str.h"
#include "q_org.h"
#include "view/customer.h"
#include "web/buyer/checkout.h"
#include "web/list.h"
#include "web/storefront/product.h"
#include "web/storefront/search.h"

enum { FOUND_MAX = 20 };

/* Administrators look after all customers, auditors look at all, account managers after theirs. */
static uint64_t manager_of(const struct cx *cx)
{
	return cx->actor.roles & (SET_OF(ROLE_ADMINISTRATOR) | SET_OF(ROLE_AUDITOR)) ? 0 : cx->actor.person;
}
static const char *id_text(struct cx *cx, uint64_t id) { return arena_printf(cx->a, "%" PRIu64, id); }

static enum rc customer_of(struct cx *cx, struct web *w, struct q_customer *c)
{
	return q_customer(cx->db, cx->a, &(struct q_customer_in){ .id = web_param_id(w, "id"), .manager = manager_of(cx) }, c);
}

struct customer_list_in { const char *q; LIST_MEMBERS };
FORM(customer_list_form, struct customer_list_in,
	TEXT(struct customer_list_in, q, .max = 80, .optional = true),
	LIST_ROWS(struct customer_list_in))

enum rc customer_list(struct cx *cx, struct web *w)
{
	const struct customer_list_in *in = w->in;
	size_t limit = list_limit(in->limit);
	struct q_org_list_in ask = { .before = UINT64_MAX, .kind = ORG_BUYER, .manager = manager_of(cx), .limit = (int32_t)limit + 1 };
	struct view_empty empty = { web_text(w, MSG_customer_none), web_text(w, MSG_customer_none_hint), NULL };
	struct view_customer_list m = { .empty = &empty };
	struct view_field q = list_search(w, "q", MSG_customer_q, MSG_customer_q);
	struct q_org_list *r;

	if (in->q && *in->q)
		ask.like = list_like(cx->a, in->q);
	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_org_list(cx->db, cx->a, &ask, &r, &m.items_n));
	if (list_more(&m.items_n, limit))
		m.next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_customer *items = ARENA_ARRAY(cx->a, struct view_customer, m.items_n);
	for (size_t i = 0; i < m.items_n; i++)
		items[i] = (struct view_customer){ .id = id_text(cx, r[i].id), .name = r[i].name, .phone = r[i].phone, .email = r[i].email, .freeze = r[i].freeze_kind };
	m.items = items;
	m.filter = list_filter(w, &q, 1);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_customer_title;
	CRUMBS(w, web_text(w, MSG_customer_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_customer_list, json_customer_list, &m);
}

struct customer_show_in { const char *q; };
FORM(customer_show_form, struct customer_show_in,
	TEXT(struct customer_show_in, q, .max = 60, .optional = true))

/* Its pages on this desk. */
static const char *path_of(struct cx *cx, const struct q_customer *c, const char *more)
{
	return arena_printf(cx->a, "/ops/customers/%" PRIu64 "%s", c->id, more);
}

static void frame(struct cx *cx, struct web *w, const struct q_customer *c, const char *here)
{
	w->page.title = MSG_customer_order;
	w->page.name = c->name;
	CRUMBS(w, here, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_customer_title), "/ops/customers" },
	       { c->name, path_of(cx, c, "") });
}

enum rc customer_show(struct cx *cx, struct web *w)
{
	static const uint64_t first[SEARCH_KEYS] = SEARCH_FIRST;
	const struct customer_show_in *in = w->in;
	struct search_page found = { 0 };
	struct q_customer c;

	TRY(customer_of(cx, w, &c));
	if (in->q && *in->q) {
		enum rc rc = search_page(cx, &(struct search){ .q = in->q }, first, FOUND_MAX, &found);
		TRY(rc == RC_TOO_LARGE ? RC_OK : rc);
	}
	struct view_customer_show m = {
		.id = id_text(cx, c.id), .name = c.name, .phone = c.phone, .email = c.email, .freeze = c.freeze_kind, .freeze_reason = c.freeze_reason,
		.to_confirm = c.to_confirm, .in_review = c.in_review, .to_pay = c.to_pay, .processing = c.processing,
		.path = path_of(cx, &c, ""), .q = in->q && *in->q ? in->q : NULL, .items = found.items, .items_n = found.n,
	};
	frame(cx, w, &c, web_text(w, MSG_customer_order));
	return web_show(w, tpl_operator_customer_show, json_customer_show, &m);
}

static struct product_at products_of(struct cx *cx, const struct q_customer *c)
{
	return (struct product_at){ .buyer = c->id, .products = path_of(cx, c, "/products"), .checkout = path_of(cx, c, "/checkout") };
}

enum rc customer_product(struct cx *cx, struct web *w)
{
	struct q_customer c;

	TRY(customer_of(cx, w, &c));
	struct product_at at = products_of(cx, &c);
	return product_page(cx, w, &at, web_param(w, "slug"));
}

enum rc customer_price(struct cx *cx, struct web *w)
{
	struct q_customer c;

	TRY(customer_of(cx, w, &c));
	struct product_at at = products_of(cx, &c);
	return product_price_page(cx, w, &at, web_param(w, "slug"));
}

/* The buyer's own review page, for the customer (ORD-10). */
static enum rc checkout_of(struct cx *cx, struct web *w, struct checkout_at *at)
{
	struct q_customer c;

	TRY(customer_of(cx, w, &c));
	*at = (struct checkout_at){
		.buyer = c.id, .review = path_of(cx, &c, "/checkout"), .place = path_of(cx, &c, "/orders"), .products = path_of(cx, &c, "/products"),
		.host = path_of(cx, &c, "/checkout/host"), .server = path_of(cx, &c, "/checkout/server"),
	};
	return RC_OK;
}

enum rc customer_checkout(struct cx *cx, struct web *w)
{
	struct checkout_at at;

	TRY(checkout_of(cx, w, &at));
	return checkout_page(cx, w, &at);
}

enum rc customer_order_do(struct cx *cx, struct web *w)
{
	struct checkout_at at;

	TRY(checkout_of(cx, w, &at));
	return checkout_place(cx, w, &at);
}

/* An image needs a server, one of the customer's or a new one (CAT-6). */
enum rc customer_host(struct cx *cx, struct web *w)
{
	struct checkout_at at;

	TRY(checkout_of(cx, w, &at));
	return checkout_host_page(cx, w, &at);
}

enum rc customer_server(struct cx *cx, struct web *w)
{
	struct checkout_at at;

	TRY(checkout_of(cx, w, &at));
	return checkout_server_page(cx, w, &at);
}

enum rc customer_server_price(struct cx *cx, struct web *w)
{
	struct checkout_at at;

	TRY(checkout_of(cx, w, &at));
	return checkout_server_sum(cx, w, &at);
}
