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

/* Puts what is offered in the place of what is not.  *sold: false when the plan cannot be had. */
static enum rc settle(struct server_making *k, size_t i, bool server, bool *sold)
{
	struct checkout_item_in *in = &k->in_items[i];
	struct checkout_item *x = &k->items[i];
	const struct q_plan_for_sale *s = &x->quote.sale;

	x->in = in;
	*sold = checkout_choice(k->cx, k->at, in, &x->choice);
	if (!*sold && in->plan)	/* a duration that is none */
		in->duration = NULL;
	*sold = checkout_choice(k->cx, k->at, in, &x->choice);
	enum rc rc = *sold ? order_quote(k->cx, &x->choice, &x->quote) : RC_NOT_FOUND;
	*sold = rc == RC_OK && s->state == PRODUCT_LISTED && s->on_sale && (server ? s->server : s->delivery_policy == DELIVERED_WITH_SERVER && !s->trial);
	if (!*sold)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	in->options = options_of(k->cx->a, x->choice.options, &x->quote);
	in->duration = duration_of(k->cx->a, in->duration, i ? k->in_items[0].duration : NULL, &x->quote);
	in->quantity = k->n == 2 ? 1 : in->quantity ? in->quantity : (int64_t)s->quantity_min;
	if (!checkout_choice(k->cx, k->at, in, &x->choice))
		return RC_INTERNAL;
	return order_quote(k->cx, &x->choice, &x->quote);
}

static enum rc read_server(struct server_making *k)
{
	bool sold;

	TRY(settle(k, 0, true, &sold));
	if (sold || !k->plans_n)
		return sold ? RC_OK : RC_NOT_FOUND;
	k->in_items[0] = (struct checkout_item_in){ .plan = arena_printf(k->cx->a, "%" PRIu64, k->plans->id), .name = k->in_items[0].name };
	TRY(settle(k, 0, true, &sold));
	return sold ? RC_OK : RC_NOT_FOUND;
}

enum rc server_read(struct server_making *k)
{
	const struct checkout_item_in *rows = k->in->items.v;
	bool sold = false;

	TRY(q_server_plan_list(k->cx->db, k->cx->a, &k->plans, &k->plans_n));
	for (size_t i = 0; i < k->in->items.n; i++)
		k->in_items[i] = rows[i];
	k->n = k->in_items[1].plan && *k->in_items[1].plan ? 2 : 1;
	TRY(read_server(k));
	k->in_items[1].host = NULL;
	k->in_items[1].host_item = 1;
	if (k->n == 2)
		TRY(settle(k, 1, false, &sold));
	k->n = sold ? 2 : 1;
	return RC_OK;
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
