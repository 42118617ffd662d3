/* 转正式版: a trial becomes a paid plan of its product, CAT-5. */
#include <inttypes.h>

#include "q_resource.h"
#include "web/list.h"
#include "web/storefront/product.h"

/* Those of the plans that are paid for. */
static void keep_paid(struct cx *cx, struct product_rows *rows)
{
	struct q_plan_list *paid = ARENA_ARRAY(cx->a, struct q_plan_list, rows->plans_n);
	size_t n = 0;

	for (size_t i = 0; i < rows->plans_n; i++)
		if (!rows->plans[i].trial && rows->plans[i].billing_mode != BILLING_FREE && rows->plans[i].billing_mode != BILLING_PAY_PER_USE)
			paid[n++] = rows->plans[i];
	rows->plans = paid;
	rows->plans_n = n;
}

enum rc resource_convert(struct cx *cx, struct web *w)
{
	static const struct product_at at = { .products = "/products" };
	uint64_t id = web_param_id(w, "id");
	const char *path = arena_printf(cx->a, "/console/resources/%" PRIu64, id);
	const struct view_product_show *product;
	struct product_rows rows;
	struct q_resource_brief r;

	TRY(q_resource_brief(cx->db, cx->a, &(struct q_resource_brief_in){ .buyer = cx->actor.org, .id = id }, &r));
	if (r.open_order)	/* which says what has to be done first */
		return w->json ? RC_CONFLICT : web_see(w, path);
	if (!r.trial || (r.state != RESOURCE_IN_USE && r.state != RESOURCE_EXPIRED))
		return RC_CONFLICT;
	TRY(product_rows_read(cx, &at, r.slug, &rows));
	keep_paid(cx, &rows);
	if (!rows.plans_n || rows.product.state != PRODUCT_LISTED)
		return RC_CONFLICT;
	rows.path = arena_printf(cx->a, "%s/convert", path);
	TRY(product_view(cx, w, &rows, &product));
	struct view_product_show m = *product;
	m.base = arena_printf(cx->a, "%" PRIu64, id);
	w->page.title = MSG_resource_convert_title;
	CRUMBS(w, web_text(w, MSG_resource_convert_title), { web_text(w, MSG_resource_list_title), "/console/resources" }, { r.name, path });
	return web_show(w, tpl_buyer_resource_convert, json_product_show, &m);
}
