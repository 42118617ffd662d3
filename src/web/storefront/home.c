/* The storefront's first page: CAT-12, CAT-13. */
#include "web/category.h"
#include "web/storefront/search.h"

enum { SHELF = 8, SHORT_SHELF = 4 };

static enum rc shelf(struct cx *cx, const struct search *s, size_t limit, const struct view_product_item **items, size_t *n)
{
	struct search_page page;

	TRY(search_page(cx, s, (const uint64_t[])SEARCH_FIRST, limit, &page));
	*items = page.items;
	*n = page.n;
	return RC_OK;
}

static enum rc categories(struct cx *cx, struct view_home *m)
{
	const struct category *rows;
	size_t n;

	TRY(category_all(cx, &rows, &n));
	struct view_category *c = ARENA_ARRAY(cx->a, struct view_category, n);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct view_category){ .code = rows[i].code, .name = category_name(cx, &rows[i]) };
	m->categories = c;
	m->categories_n = n;
	return RC_OK;
}

enum rc home_show(struct cx *cx, struct web *w)
{
	struct view_home m = { 0 };

	TRY(categories(cx, &m));
	TRY(shelf(cx, &(struct search){ .sort = SORT_DEALS }, SHELF, &m.popular, &m.popular_n));
	TRY(shelf(cx, &(struct search){ .sort = SORT_NEWEST }, SHORT_SHELF, &m.newest, &m.newest_n));
	TRY(shelf(cx, &(struct search){ .sort = SORT_RATING, .stars = 1 }, SHORT_SHELF, &m.rated, &m.rated_n));
	w->page.title = MSG_home_title;
	w->page.description = web_text(w, MSG_home_description);
	w->page.canonical = arena_printf(cx->a, "%s/", cx->conf->platform_base_url);
	w->page.ld = search_schema(cx, m.popular, m.popular_n);
	return web_show(w, tpl_storefront_home, json_home, &m);
}
