/* Choosing a new server, and the image that runs on it, step by step: CAT-6.  Everything chosen stands in the address. */
#include <inttypes.h>

#include "base/str.h"
#include "web/buyer/checkout_server.h"
#include "web/list.h"

FORM(checkout_server_form, struct checkout_server_in,
	ITEMS(struct checkout_server_in, items, checkout_item_form, .max = 2),
	INT(struct checkout_server_in, step, .min = STEP_MACHINE, .max = STEP_CONFIRM, .optional = true),
	TEXT(struct checkout_server_in, q, .max = 80, .optional = true))

/* One choice of each option: the one that was chosen, else the first. */
static struct texts options_of(struct arena *a, const char *chosen, const struct order_quote *q)
{
	const char **v = ARENA_ARRAY(a, const char *, q->choices_n);
	size_t n = 0;

	for (size_t i = 0; i < q->choices_n; i++) {
		const struct q_choice_list *c = &q->choices[i];
		bool first = !i || !str_eq(c->option_code, c[-1].option_code);
		if (first)
			n++;
		if (first || choice_has(chosen, c->option_code, c->code))
			v[n - 1] = arena_printf(a, "%s=%s", c->option_code, c->code);
	}
	return (struct texts){ v, n };
}

/* The duration that was chosen, else that of the server, else the first that is offered. */
static const char *duration_of(struct arena *a, const char *chosen, const char *like, const struct order_quote *q)
{
	const char *found = "";

	for (size_t i = q->prices_n; i-- > 0; ) {
		const char *d = choice_duration(a, q->prices[i].duration, q->prices[i].duration_unit);
		if (chosen && str_eq(chosen, d))
			return d;
		if (!i && !*found)
			found = d;
		if (like && str_eq(like, d))
			found = d;
	}
	return found;
}

/* Whether it can be had where it stands: a server's plan first, an image's second. */
static bool fits(const struct q_plan_for_sale *s, bool server)
{
	return s->state == PRODUCT_LISTED && s->on_sale && (server ? s->server : s->delivery_policy == DELIVERED_WITH_SERVER && !s->trial);
}

/* Puts what is offered in the place of what is not.  RC_NOT_FOUND: the plan cannot be had. */
static enum rc settle(struct server_making *k, size_t i)
{
	struct checkout_item_in *in = &k->in_items[i];
	struct checkout_item *x = &k->items[i];

	x->in = in;
	if (!checkout_choice(k->cx, k->at, in, &x->choice)) {
		in->duration = NULL;
		if (!checkout_choice(k->cx, k->at, in, &x->choice))
			return RC_NOT_FOUND;
	}
	TRY(order_quote(k->cx, &x->choice, &x->quote));
	if (!fits(&x->quote.sale, !i))
		return RC_NOT_FOUND;
	in->options = options_of(k->cx->a, x->choice.options, &x->quote);
	in->duration = duration_of(k->cx->a, in->duration, i ? k->in_items[0].duration : NULL, &x->quote);
	in->quantity = k->n == 2 ? 1 : in->quantity ? in->quantity : (int64_t)x->quote.sale.quantity_min;
	return checkout_choice(k->cx, k->at, in, &x->choice) ? order_quote(k->cx, &x->choice, &x->quote) : RC_INTERNAL;
}

/* The one that was chosen, else the first that is sold. */
static enum rc read_server(struct server_making *k)
{
	enum rc rc = settle(k, 0);

	if (rc != RC_NOT_FOUND || !k->plans_n)
		return rc;
	k->in_items[0] = (struct checkout_item_in){ .plan = arena_printf(k->cx->a, "%" PRIu64, k->plans->id), .name = k->in_items[0].name };
	return settle(k, 0);
}

enum rc server_read(struct server_making *k)
{
	const struct checkout_item_in *rows = k->in->items.v;

	TRY(q_server_plan_list(k->cx->db, k->cx->a, &k->plans, &k->plans_n));
	for (size_t i = 0; i < k->in->items.n; i++)
		k->in_items[i] = rows[i];
	k->n = k->in_items[1].plan ? 2 : 1;
	TRY(read_server(k));
	if (k->n == 1)
		return RC_OK;
	k->in_items[1].host = NULL;
	k->in_items[1].host_item = 1;
	enum rc rc = settle(k, 1);
	k->n = rc == RC_OK ? 2 : 1;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static struct server_making making(struct cx *cx, struct web *w, const struct checkout_at *at)
{
	const struct checkout_server_in *in = w->in;

	return (struct server_making){ .cx = cx, .w = w, .at = at, .in = in, .step = in->step ? (enum server_step)in->step : STEP_MACHINE };
}

enum rc checkout_server_page(struct cx *cx, struct web *w, const struct checkout_at *at)
{
	struct server_making k = making(cx, w, at);
	struct view_checkout_server m = { 0 };

	TRY(server_read(&k));
	TRY(server_view(&k, &m));
	w->page.title = MSG_checkout_server_title;
	CRUMBS(w, web_text(w, MSG_checkout_server_title), { web_text(w, MSG_nav_products), at->products },
	       { k.items->quote.sale.product_name, arena_printf(cx->a, "%s/%s", at->products, k.items->quote.sale.slug) });
	return web_show(w, tpl_buyer_checkout_server, json_checkout_server, &m);
}

enum rc checkout_server_sum(struct cx *cx, struct web *w, const struct checkout_at *at)
{
	struct server_making k = making(cx, w, at);

	TRY(server_read(&k));
	return web_show(w, tpl_part_checkout_sum, json_checkout_sum, server_sum(&k));
}
