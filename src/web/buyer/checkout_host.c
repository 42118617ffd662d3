/* On which of the buyer's servers an image is to run: CAT-6. */
#include <inttypes.h>

#include "base/str.h"
#include "q_resource.h"
#include "web/buyer/checkout.h"
#include "web/list.h"

enum { HOSTS_SHOWN = 50 };

struct checkout_host_in { struct items items; const char *q; };
FORM(checkout_host_form, struct checkout_host_in,
	ITEMS(struct checkout_host_in, items, checkout_item_form, .max = ORDER_ITEMS_MAX),
	TEXT(struct checkout_host_in, q, .max = 80, .optional = true))

static enum rc add_hosts(struct cx *cx, const struct checkout_at *at, const char *q, struct view_checkout_hosts *m)
{
	struct q_host_list_in in = { .buyer = at->buyer ? at->buyer : cx->actor.org, .like = q ? list_like(cx->a, q) : NULL, .limit = HOSTS_SHOWN };
	struct q_host_list *rows;

	if (q && !str_u64(q, &in.ref))
		in.ref = 0;
	TRY(q_host_list(cx->db, cx->a, &in, &rows, &m->items_n));
	struct view_checkout_host *items = ARENA_ARRAY(cx->a, struct view_checkout_host, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = (struct view_checkout_host){
			.id = arena_printf(cx->a, "%" PRIu64, rows[i].id), .name = rows[i].name, .product_name = rows[i].product_name, .plan_name = rows[i].plan_name,
			.end_at = rows[i].end_at, .taken = rows[i].taken,
		};
	m->items = items;
	m->searched = q;
	return RC_OK;
}

/* A new server is the first thing of its checkout, the image the second. */
static const char *new_server(struct cx *cx, const struct checkout_at *at, const struct checkout_item_in *image)
{
	struct checkout_item_in both[] = { { 0 }, *image };
	size_t n;

	both[1].host = NULL;
	both[1].host_item = 1;
	const struct view_hidden *fields = checkout_fields(cx->a, &(struct items){ both, 2 }, true, &n);
	return checkout_address(cx->a, at->server, fields, n);
}

enum rc checkout_host_page(struct cx *cx, struct web *w, const struct checkout_at *at)
{
	const struct checkout_host_in *in = w->in;
	const struct checkout_item_in *rows = in->items.v;
	struct checkout_item *items;
	size_t wants = 0;

	TRY(checkout_quote(cx, at, &in->items, &items));
	while (wants < in->items.n && !checkout_needs_host(&items[wants]))
		wants++;
	if (wants == in->items.n)
		return RC_NOT_FOUND;
	struct view_checkout_hosts m = {
		.product_name = items[wants].quote.sale.product_name, .review = at->review, .path = w->req->path, .field = form_name(cx->a, "host", wants + 1),
		.server = in->items.n == 1 ? new_server(cx, at, &rows[0]) : NULL,
	};
	m.hidden = checkout_fields(cx->a, &in->items, true, &m.hidden_n);
	struct view_field q = web_field(w, &checkout_host_form, "q", MSG_checkout_host_q, NULL);
	q.type = "search";
	m.q = &q;
	TRY(add_hosts(cx, at, in->q, &m));
	w->page.title = MSG_checkout_host_title;
	CRUMBS(w, web_text(w, MSG_checkout_host_title), { web_text(w, MSG_nav_products), at->products },
	       { m.product_name, arena_printf(cx->a, "%s/%s", at->products, items[wants].quote.sale.slug) });
	return web_show(w, tpl_buyer_checkout_host, json_checkout_hosts, &m);
}
