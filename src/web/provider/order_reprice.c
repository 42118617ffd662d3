/* Another price for one order that waits to be paid (ORD-20). */
#include "app/offer.h"
#include "web/order_show.h"

struct order_reprice_in {
	struct money payable, seen;
	const char *why;
};
FORM(order_reprice_form, struct order_reprice_in,
	MONEY(struct order_reprice_in, payable, .max = OFFER_MAX),
	MONEY(struct order_reprice_in, seen, .max = OFFER_MAX),
	TEXT(struct order_reprice_in, why, .max = OFFER_WHY_MAX))

enum rc order_reprice(struct cx *cx, struct web *w)
{
	struct q_order_show o;
	struct view_field payable = web_field(w, &order_reprice_form, "payable", MSG_reprice_payable, NULL);
	struct view_field why = web_field(w, &order_reprice_form, "why", MSG_reprice_why, NULL);

	TRY(q_order_show(cx->db, cx->a, &(struct q_order_show_in){ .provider = cx->actor.org, .number = web_param(w, "number") }, &o));
	if (o.state != ORDER_TO_PAY)
		return RC_CONFLICT;
	payable.hint = web_text(w, MSG_reprice_payable_hint);
	struct view_order_reprice m = {
		.number = o.number, .product_name = o.product_name, .buyer_name = o.buyer_name, .list_total = o.list_total, .payable = o.payable,
		.summary = order_summary(cx, o.plan_name, o.unit, o.quantity, o.duration, o.duration_unit), .amount = &payable, .why = &why,
	};
	w->page.title = MSG_reprice_title;
	w->page.name = o.number;
	CRUMBS(w, web_text(w, MSG_reprice_title), { web_text(w, MSG_portal_orders), "/provider/orders" },
	       { o.number, arena_printf(cx->a, "/provider/orders/%s", o.number) });
	return web_show(w, tpl_provider_order_reprice, json_order_reprice, &m);
}

enum rc order_reprice_do(struct cx *cx, struct web *w)
{
	const struct order_reprice_in *in = w->in;
	struct reprice r = { web_param(w, "number"), in->seen, in->payable, in->why };
	const char *field = NULL, *error = NULL;
	struct outcome out;
	enum rc rc = offer_reprice(cx, &r, &field, &error, &out);

	if (rc == RC_INVALID && error)
		return web_refuse(w, field, msg_of(error));
	TRY(rc);
	return web_done(w, &out);
}
