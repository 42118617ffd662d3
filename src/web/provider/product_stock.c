/* What is left of a product's plans, changed at once and not by a version: CAT-3. */
#include <inttypes.h>

#include "base/str.h"
#include "web/provider/product.h"

enum { STOCK_STEP_MAX = 99999999 };
struct stock_in { int64_t by; };
FORM(plan_stock_form, struct stock_in, INT(struct stock_in, by, .min = -STOCK_STEP_MAX, .max = STOCK_STEP_MAX))

enum rc product_stock_show(struct cx *cx, struct web *w)
{
	struct q_stock_list *rows;
	struct editing e;
	struct view_stock_show m;
	const char *typed = w->req->method == METHOD_POST ? web_param(w, "plan") : "";

	TRY(editing_open(cx, w, &e));
	m = (struct view_stock_show){ .id = e.id_text, .name = e.row.name };
	TRY(q_stock_list(cx->db, cx->a, &(struct q_stock_list_in){ e.id }, &rows, &m.items_n));
	struct view_stock_item *to = ARENA_ARRAY(cx->a, struct view_stock_item, m.items_n);
	for (size_t i = 0; i < m.items_n; i++) {
		const char *id = arena_printf(cx->a, "%" PRIu64, rows[i].id);
		struct view_field by = web_field(w, &plan_stock_form, "by", MSG_product_stock_by, NULL);
		if (!str_eq(id, typed)) {	/* what was typed, and what is wrong with it, belongs to one of the forms */
			by.value = "";
			by.error = NULL;
			by.id = arena_printf(cx->a, "by-%s", id);
		}
		by.placeholder = "+10";
		to[i] = (struct view_stock_item){
			.plan = id, .name = rows[i].name, .stock = rows[i].stock, .unit = rows[i].unit, .by = may_edit(cx) ? web_keep(w, by) : NULL,
			.action = editing_href(cx, &e, arena_printf(cx->a, "/stock/%s", id)),
		};
	}
	m.items = to;
	w->page.title = MSG_product_stock_title;
	w->page.name = e.row.name;
	editing_crumbs(cx, w, &e, web_text(w, MSG_product_stock_title));
	return web_show(w, tpl_provider_product_stock, json_stock_show, &m);
}

enum rc product_stock_do(struct cx *cx, struct web *w)
{
	const struct stock_in *in = w->in;
	struct outcome out;
	enum rc rc = product_stock(cx, web_param_id(w, "id"), web_param_id(w, "plan"), in->by, &out);

	if (rc == RC_INVALID)
		return web_refuse(w, "by", MSG_product_stock_few);
	TRY(rc);
	return web_done(w, &out);
}
