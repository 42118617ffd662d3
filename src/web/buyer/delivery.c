/* The buyer's delivery centre: DEL-5, DEL-11, DEL-16. */
#include "web/delivery.h"

enum rc delivery_list(struct cx *cx, struct web *w)
{
	struct view_delivery_list m = { .title = web_text(w, MSG_delivery_center) };

	TRY(delivery_find(cx, w, DELIVERIES_BOUGHT, &m));
	w->page.title = MSG_delivery_center;
	CRUMBS(w, m.title, { web_text(w, MSG_nav_buyer), "/console" });
	return web_show(w, tpl_console_delivery_list, json_delivery_list, &m);
}

enum rc delivery_show(struct cx *cx, struct web *w)
{
	struct view_delivery_show m;

	TRY(delivery_view(cx, w, false, &m));
	CRUMBS(w, m.number, { web_text(w, MSG_nav_buyer), "/console" }, { web_text(w, MSG_delivery_center), "/console/deliveries" });
	return web_show(w, tpl_console_delivery_show, json_delivery_show, &m);
}
