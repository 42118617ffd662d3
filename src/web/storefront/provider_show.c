/* A provider as buyers see it: who it is, how it is reached, what it sells (CAT-12). */
#include "web/storefront/product.h"
#include "web/storefront/search.h"

enum { SHOWN = 12 };

enum rc provider_show(struct cx *cx, struct web *w)
{
	uint64_t id = web_param_id(w, "id");
	struct q_provider_show p;
	struct search_page page;

	TRY(q_provider_show(cx->db, cx->a, &(struct q_provider_show_in){ id }, &p));
	TRY(search_page(cx, &(struct search){ .provider = id }, (const uint64_t[])SEARCH_FIRST, SHOWN, &page));
	struct view_provider_show m = {
		.id = web_param(w, "id"), .name = p.name, .phone = p.phone, .email = p.email, .products = page.count, .items = page.items,
		.items_n = page.n, .more = page.more, .initial = product_initial(cx->a, p.name),
	};
	w->page.name = p.name;
	w->page.description = MSG_FILL(cx->a, cx->lang, MSG_search_provider_description, { "name", p.name });
	w->page.canonical = arena_printf(cx->a, "%s/providers/%s", cx->conf->platform_base_url, m.id);
	w->page.noindex = !page.n;
	w->page.ld = search_schema(cx, page.items, page.n);
	CRUMBS(w, p.name, { web_text(w, MSG_nav_products), "/products" });
	return web_show(w, tpl_storefront_provider_show, json_provider_show, &m);
}
