/* The provider's products, and a new one: CAT-9. */
#include <inttypes.h>

#include "base/str.h"
#include "web/category.h"
#include "web/provider/product.h"

/* The tabs: of the product's own state, or of the version beside what sells. */
struct product_mine_in { const char *tab, *q; LIST_MEMBERS };
FORM(product_mine_form, struct product_mine_in,
	TEXT(struct product_mine_in, tab, .max = 20, .optional = true),
	TEXT(struct product_mine_in, q, .max = 40, .optional = true),
	LIST_ROWS(struct product_mine_in))

static const struct { enum product_state state; enum version_state edit; } tab_is[] = {
	{ 0, 0 }, { PRODUCT_LISTED, 0 }, { 0, VERSION_SUBMITTED }, { 0, VERSION_DRAFT }, { 0, VERSION_REFUSED }, { PRODUCT_DELISTED, 0 },
};
enum { TABS = sizeof tab_is / sizeof *tab_is };

static const char *tab_name(size_t i)
{
	return tab_is[i].state ? product_state_enum.names[tab_is[i].state] : tab_is[i].edit ? version_state_enum.names[tab_is[i].edit] : "";
}

static const struct view_tabs *tabs_of(struct cx *cx, struct web *w, const struct q_product_tabs *c, size_t current)
{
	const int64_t counts[TABS] = { c->every, c->listed, c->submitted, c->draft, c->refused, c->delisted };
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, TABS);
	struct view_tabs *m = ARENA_NEW(cx->a, struct view_tabs);

	for (size_t i = 0; i < TABS; i++) {
		enum msg label = tab_is[i].state ? (enum msg)product_state_msg[tab_is[i].state] : tab_is[i].edit ? (enum msg)version_state_msg[tab_is[i].edit] : MSG_list_all;
		t[i] = list_tab(w, "tab", tab_name(i), web_text(w, label), i == current);
		t[i].count = counts[i];
		t[i].counted = true;
	}
	*m = (struct view_tabs){ web_text(w, MSG_portal_products_tabs), t, TABS };
	return m;
}

static void add_items(struct cx *cx, const struct q_product_list_provider *r, struct view_portal_products *m)
{
	struct view_portal_product *to = ARENA_ARRAY(cx->a, struct view_portal_product, m->items_n);

	for (size_t i = 0; i < m->items_n; i++)
		to[i] = (struct view_portal_product){
			.id = arena_printf(cx->a, "%" PRIu64, r[i].id), .slug = r[i].slug, .name = r[i].name, .state = r[i].state, .edit_state = r[i].edit_state,
			.version = r[i].version, .category = r[i].category_code, .delivery = r[i].delivery, .price_from = r[i].price_from, .deals = r[i].deals,
			.created_at = r[i].created_at, .saved_at = r[i].saved_at.us ? r[i].saved_at : r[i].created_at, .tone = tone_product(r[i].state),
			.category_name = category_label(cx, r[i].category_code), .picture = r[i].picture, .sells = r[i].state == PRODUCT_LISTED,
			.beside = r[i].version && r[i].edit_state,
		};
	m->items = to;
}

static const struct view_filter *filter_of(struct web *w)
{
	struct view_field *q = ARENA_NEW(w->cx->a, struct view_field);

	*q = list_search(w, "q", MSG_portal_products_q, MSG_portal_products_q);
	return list_filter(w, q, 1);
}

enum rc product_mine(struct cx *cx, struct web *w)
{
	const struct product_mine_in *in = w->in;
	size_t limit = list_limit(in->limit), tab = 0;
	struct q_product_list_provider_in ask = { .provider = cx->actor.org, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_product_list_provider *rows;
	struct q_product_tabs counts;
	struct view_portal_products m = { .may_edit = may_edit(cx) };

	for (size_t i = 0; in->tab && i < TABS; i++)
		if (str_eq(in->tab, tab_name(i)))
			tab = i;
	ask.state = tab_is[tab].state;
	ask.edit_state = tab_is[tab].edit;
	ask.like = in->q ? list_like(cx->a, in->q) : NULL;
	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_product_tabs(cx->db, cx->a, &(struct q_product_tabs_in){ cx->actor.org }, &counts));
	TRY(q_product_list_provider(cx->db, cx->a, &ask, &rows, &m.items_n));
	if (list_more(&m.items_n, limit))
		m.next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	add_items(cx, rows, &m);
	m.tabs = tabs_of(cx, w, &counts, tab);
	m.filter = filter_of(w);
	m.pager = list_pager(w, m.items_n, m.next);
	m.empty = list_empty(w, tab || in->q, MSG_portal_products_empty, MSG_portal_products_empty_hint,
			     (struct view_link){ .label = web_text(w, MSG_product_new_title), .href = "/provider/products/new", .primary = true });
	w->page.title = MSG_portal_products_title;
	CRUMBS(w, web_text(w, MSG_portal_products_title), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_product_list, json_portal_products, &m);
}

/* ---- a new one ---- */

struct product_new_in { const char *name, *category, *slug; enum delivery_mode delivery; };
FORM(product_new_form, struct product_new_in,
	TEXT(struct product_new_in, name, .max = 80),
	TEXT(struct product_new_in, category, .max = 30),
	ENUM(struct product_new_in, delivery, delivery_mode),
	TEXT(struct product_new_in, slug, .max = 60, .optional = true))

enum rc product_new(struct cx *cx, struct web *w)
{
	struct view_field fields[4] = {
		web_field(w, &product_new_form, "name", MSG_product_doc_name, NULL),
		web_field(w, &product_new_form, "category", MSG_product_doc_category, NULL),
		web_enum(w, &product_new_form, "delivery", MSG_product_doc_delivery, FIELD_RADIO, delivery_mode_msg, DELIVERY_AUTOMATIC),
		web_field(w, &product_new_form, "slug", MSG_product_new_slug, NULL),
	};
	struct view_product_new m = { fields, 4 };

	TRY(category_select(cx, MSG_product_new_choose, &fields[1]));
	fields[3].hint = web_text(w, MSG_product_new_slug_hint);
	w->page.title = MSG_product_new_title;
	CRUMBS(w, web_text(w, MSG_product_new_title), { web_text(w, MSG_nav_provider), "/provider" }, { web_text(w, MSG_portal_products_title), "/provider/products" });
	return web_show(w, tpl_provider_product_new, json_product_new, &m);
}

enum rc product_create_do(struct cx *cx, struct web *w)
{
	const struct product_new_in *in = w->in;
	const struct product_new ask = { in->name, in->category, in->slug, in->delivery };
	const char *at, *wrong;
	struct outcome out;
	enum rc rc = product_create(cx, &ask, &at, &wrong, &out);

	if (rc == RC_INVALID)
		return web_refuse(w, at, msg_of(wrong));
	TRY(rc);
	return web_done(w, &out);
}
