/* One order of a provider's products. */
#include "web/order_show.h"

enum rc portal_order(struct cx *cx, struct web *w)
{
	struct q_order_show o;
	struct view_order_show m;

	TRY(q_order_show(cx->db, cx->a, &(struct q_order_show_in){ .provider = cx->actor.org, .number = web_param(w, "number") }, &o));
	TRY(order_view(cx, &o, SEEN_BY_PROVIDER, &m));
	if (o.state == ORDER_TO_PAY && permit_allows(PERM_PORTAL_OFFER, (enum org_kind)cx->actor.org_kind, cx->actor.roles)) {
		struct view_action *a = ARENA_NEW(cx->a, struct view_action);
		*a = (struct view_action){ "reprice", arena_printf(cx->a, "/provider/orders/%s/reprice", o.number), MSG_reprice_action, false };
		m.actions = a;
		m.actions_n = 1;
	}
	w->page.title = MSG_order_show_title;
	w->page.name = o.number;
	CRUMBS(w, o.number, { web_text(w, MSG_nav_provider), "/provider" }, { web_text(w, MSG_portal_orders), "/provider/orders" });
	return web_show(w, tpl_provider_order_show, json_order_show, &m);
}
