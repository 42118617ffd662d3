/* What providers deliver: the work queue and each delivery (DEL-11).  The platform's own products have the same pages at its desk (DEL-10). */
#include "web/delivery.h"

static struct crumb home(const struct web *w)
{
	bool platform = w->cx->actor.org_kind == ORG_PLATFORM;

	return (struct crumb){ web_text(w, platform ? MSG_nav_platform : MSG_nav_provider), platform ? "/ops" : "/provider" };
}

enum rc portal_deliveries(struct cx *cx, struct web *w)
{
	struct view_delivery_list m = { .title = web_text(w, MSG_delivery_queue) };

	TRY(delivery_find(cx, w, DELIVERIES_SOLD, &m));
	w->page.title = MSG_delivery_queue;
	CRUMBS(w, m.title, home(w));
	return web_show(w, tpl_console_delivery_list, json_delivery_list, &m);
}

/* Operators look at anybody's; they act on their own alone. */
enum rc portal_delivery(struct cx *cx, struct web *w)
{
	struct view_delivery_show m;

	TRY(delivery_view(cx, w, cx->actor.org_kind == ORG_PLATFORM, &m));
	CRUMBS(w, m.number, home(w), { web_text(w, MSG_delivery_queue), delivery_base(cx) });
	return web_show(w, tpl_console_delivery_show, json_delivery_show, &m);
}
