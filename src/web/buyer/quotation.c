/* Quotations that a buyer received: ORD-20. */
#include "app/quotation.h"
#include "web/buyer/order.h"
#include "web/quotation.h"

struct quotation_accept_in {
	const char *contact;
	struct money seen;
	int64_t product_agreement, platform_agreement;
	bool agree;
};
FORM(quotation_accept_form, struct quotation_accept_in,
	TEXT(struct quotation_accept_in, contact, .max = 20, .check = order_contact_wrong),
	MONEY(struct quotation_accept_in, seen),
	INT(struct quotation_accept_in, product_agreement),
	INT(struct quotation_accept_in, platform_agreement),
	CHECK(struct quotation_accept_in, agree, .must = MSG_order_agree_first))

enum rc quotation_list(struct cx *cx, struct web *w)
{
	struct view_empty empty = { web_text(w, MSG_quotation_empty), web_text(w, MSG_quotation_empty_hint), NULL };
	struct view_quotation_list m = { .empty = &empty };

	TRY(quotation_rows(cx, w, false, &m));
	w->page.title = MSG_quotation_all;
	CRUMBS(w, web_text(w, MSG_quotation_all), { web_text(w, MSG_nav_buyer), "/console" });
	return web_show(w, tpl_buyer_quotation_list, json_quotation_list, &m);
}

enum rc quotation_show(struct cx *cx, struct web *w)
{
	struct view_quotation m;
	struct view_field contact = web_field(w, &quotation_accept_form, "contact", MSG_checkout_contact, NULL);
	struct view_field agree = web_field(w, &quotation_accept_form, "agree", MSG_checkout_agree, NULL);

	TRY(quotation_view(cx, w, false, &m));
	contact.hint = web_text(w, MSG_checkout_contact_hint);
	m.contact = &contact;
	m.agree_error = agree.error;
	w->page.title = MSG_quotation_title;
	w->page.name = m.number;
	CRUMBS(w, m.number, { web_text(w, MSG_nav_buyer), "/console" }, { web_text(w, MSG_quotation_all), "/console/quotations" });
	return web_show(w, tpl_buyer_quotation_show, json_quotation, &m);
}

enum rc quotation_file(struct cx *cx, struct web *w) { return quotation_paper(cx, w, false); }

enum rc quotation_accept_do(struct cx *cx, struct web *w)
{
	const struct quotation_accept_in *in = w->in;
	const struct quotation_yes yes = { in->seen, in->contact, in->agree, (uint64_t)in->product_agreement, (uint64_t)in->platform_agreement };
	struct order_placed placed;
	struct view_quotation m;
	struct outcome out;
	enum rc rc = quotation_accept(cx, web_param(w, "number"), &yes, &placed, &out);

	if (rc == RC_INVALID && (placed.error || placed.price_changed))
		return web_refuse(w, placed.error_field, placed.price_changed ? MSG_quotation_changed : msg_of(placed.error));
	if (rc != RC_CONFLICT) {
		TRY(rc);
		return web_done(w, &out);
	}
	TRY(quotation_view(cx, w, false, &m));	/* accepted before: its order is the answer */
	return m.order_number ? web_see(w, arena_printf(cx->a, "/console/orders/%s", m.order_number)) : RC_CONFLICT;
}
