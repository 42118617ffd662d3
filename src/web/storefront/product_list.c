/* The storefront's first page and its lists: CAT-12. */
#include "base/str.h"
#include "domain/term.h"
#include "q_product.h"
#include "view/product.h"
#include "web/category.h"
#include "web/storefront/product.h"

enum { POPULAR = 8, TERMS = 3, QUERY_MAX = 60 };

struct product_list_in { const char *q, *category; LIST_MEMBERS };
FORM(product_list_form, struct product_list_in,
	TEXT(struct product_list_in, q, .max = QUERY_MAX, .optional = true),
	TEXT(struct product_list_in, category, .max = 30, .optional = true),
	LIST_ROWS(struct product_list_in))

const char *product_initial(struct arena *a, const char *name)
{
	size_t n = *name ? 1 : 0;

	while (((unsigned char)name[n] & 0xc0) == 0x80)
		n++;
	return arena_dup(a, name, n);
}

static const struct view_product_item *items_of(struct cx *cx, const struct q_product_list *rows, size_t n)
{
	struct view_product_item *m = ARENA_ARRAY(cx->a, struct view_product_item, n);

	for (size_t i = 0; i < n; i++)
		m[i] = (struct view_product_item){
			.slug = rows[i].slug, .name = rows[i].name, .summary = rows[i].summary,
			.picture = rows[i].picture, .category = rows[i].category_code,
			.provider_name = rows[i].provider_name, .delivery = rows[i].delivery,
			.price_from = rows[i].price_from, .deals = rows[i].deals,
			.initial = product_initial(cx->a, rows[i].name),
		};
	return m;
}

/* All categories; with `chosen` as the filter of a list, "all" stands on top. */
static enum rc categories(struct cx *cx, const struct web *w, const char *chosen, const struct view_category **out,
		size_t *n)
{
	const struct category *rows;
	size_t count, k = 0;

	TRY(category_all(cx, &rows, &count));
	struct view_category *c = ARENA_ARRAY(cx->a, struct view_category, count + 1);
	if (chosen)
		c[k++] = (struct view_category){ .code = "", .name = web_text(w, MSG_product_list_first),
			.href = list_href(w, "category", NULL), .current = !*chosen };
	for (size_t i = 0; i < count; i++)
		c[k++] = (struct view_category){
			.code = rows[i].code, .name = category_name(cx, &rows[i]),
			.href = chosen ? list_href(w, "category", rows[i].code) : NULL,
			.current = chosen && str_eq(chosen, rows[i].code),
		};
	*out = c;
	*n = k;
	return RC_OK;
}

enum rc home_show(struct cx *cx, struct web *w)
{
	struct view_home m = { 0 };
	struct q_product_list *rows;

	TRY(categories(cx, w, NULL, &m.categories, &m.categories_n));
	TRY(q_product_list(cx->db, cx->a, &(struct q_product_list_in){ .limit = POPULAR }, &rows, &m.popular_n));
	m.popular = items_of(cx, rows, m.popular_n);
	w->page.title = MSG_home_title;
	w->page.description = web_text(w, MSG_home_description);
	w->page.canonical = arena_printf(cx->a, "%s/", cx->conf->platform_base_url);
	return web_show(w, tpl_storefront_home, json_home, &m);
}

/* The terms to look for.  False: a search that can find nothing. */
static bool terms_of(struct cx *cx, const char *q, struct q_product_list_in *in)
{
	const char *terms[TERMS] = { NULL };
	size_t n = q ? term_split(cx->a, q, terms, TERMS) : 0;

	in->term1 = terms[0];
	in->term2 = terms[1];
	in->term3 = terms[2];
	return !q || !*q || n;
}

static enum rc find(struct cx *cx, const struct product_list_in *in, struct view_product_list *m)
{
	size_t limit = list_limit(in->limit);
	uint64_t after[2] = { 0, 0 };
	struct q_product_list_in ask = { .category = in->category && *in->category ? in->category : NULL,
		.limit = (int32_t)limit + 1 };
	struct q_product_list *rows;

	TRY(cursor_read(in->after, after, 2));
	ask.before_deals = after[0];
	ask.before_id = after[1];
	if (!terms_of(cx, in->q, &ask))
		return RC_OK;
	TRY(q_product_list(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, (uint64_t[]){ rows[limit - 1].deals, rows[limit - 1].id }, 2);
	m->items = items_of(cx, rows, m->items_n);
	return RC_OK;
}

static const char *heading_of(const struct web *w, const struct view_product_list *m)
{
	if (m->q)
		return MSG_FILL(w->cx->a, w->cx->lang, MSG_product_list_found, { "q", m->q });
	for (size_t i = 0; i < m->categories_n; i++)
		if (m->categories[i].current && *m->categories[i].code)
			return m->categories[i].name;
	return web_text(w, MSG_product_list_title);
}

enum rc product_list(struct cx *cx, struct web *w)
{
	const struct product_list_in *in = w->in;
	struct view_product_list m = { .q = in->q && *in->q ? in->q : NULL,
		.category = in->category && *in->category ? in->category : NULL };
	struct view_link all = { web_text(w, MSG_list_clear), "/products", .primary = true };
	struct view_empty empty = { web_text(w, MSG_product_list_empty), web_text(w, MSG_product_list_empty_hint),
		&all };

	TRY(find(cx, in, &m));
	TRY(categories(cx, w, m.category ? m.category : "", &m.categories, &m.categories_n));
	m.heading = heading_of(w, &m);
	m.empty = &empty;
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.name = m.heading;
	w->page.query = in->q;
	w->page.noindex = m.q || in->after;
	w->page.canonical = arena_printf(cx->a, "%s%s", cx->conf->platform_base_url, list_href(w, "q", NULL));
	CRUMBS(w, m.heading, { web_text(w, MSG_nav_products), "/products" });
	return web_show(w, tpl_storefront_product_list, json_product_list, &m);
}
