/* What search engines may read, and where everything is: CAT-13. */
#include <inttypes.h>

#include "base/str.h"
#include "q_product.h"
#include "q_sitemap.h"
#include "web/web.h"

/* A part may have 50 000 addresses; the first one has pages besides. */
enum { PART_PRODUCTS = 49000, ROWS = 1000 };

enum rc robots_show(struct cx *cx, struct web *w)
{
	return web_raw(w, 200, "text/plain; charset=utf-8", arena_printf(cx->a,
		"User-agent: *\n"
		"Disallow: /console\nDisallow: /provider$\nDisallow: /provider/\nDisallow: /ops\n"
		"Disallow: /checkout\nDisallow: /orders\nDisallow: /callback/\nDisallow: /login\nDisallow: /products/*/price\n"
		"Sitemap: %s/sitemap.xml\n", cx->conf->platform_base_url));
}

#define HEAD(element) \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" element " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"

static void address(struct web *w, const char *element, const char *path, const char *name)
{
	struct out *o = &w->ans->body;

	out_lit(o, "<");
	out_str(o, element);
	out_lit(o, "><loc>");
	out_xml(o, w->cx->conf->platform_base_url);
	out_xml(o, path);
	out_url(o, name);
	out_lit(o, "</loc></");
	out_str(o, element);
	out_lit(o, ">\n");
}

/* A part is named by the product after which it begins. */
enum rc sitemap_index(struct cx *cx, struct web *w)
{
	struct q_sitemap_end_in in = { .skip = PART_PRODUCTS - 1 };
	struct q_sitemap_end end;
	enum rc rc = RC_OK;

	TRY(web_raw(w, 200, "application/xml", HEAD("sitemapindex")));
	while (rc == RC_OK) {
		address(w, "sitemap", "/sitemaps/", arena_printf(cx->a, "%" PRIu64, in.after));
		rc = q_sitemap_end(cx->db, cx->a, &in, &end);
		in.after = end.id;
	}
	out_lit(&w->ans->body, "</sitemapindex>\n");
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc add_pages(struct cx *cx, struct web *w)
{
	struct q_category_list *rows;
	size_t n;

	TRY(q_category_list(cx->db, cx->a, &rows, &n));
	address(w, "url", "/", "");
	address(w, "url", "/products", "");
	for (size_t i = 0; i < n; i++)
		address(w, "url", "/products?category=", rows[i].code);
	return RC_OK;
}

/* Some rows after another, so that a part of any size needs the memory of a few. */
static enum rc add_products(struct cx *cx, struct web *w, uint64_t after)
{
	struct q_sitemap_list_in in = { .after = after, .limit = ROWS };
	size_t mark = arena_mark(cx->a), n = ROWS;

	for (size_t left = PART_PRODUCTS; left && n == ROWS; left -= n) {
		struct q_sitemap_list *rows;
		TRY(q_sitemap_list(cx->db, cx->a, &in, &rows, &n));
		for (size_t i = 0; i < n; i++)
			address(w, "url", "/products/", rows[i].slug);
		in.after = n ? rows[n - 1].id : 0;
		arena_release(cx->a, mark);
	}
	return RC_OK;
}

enum rc sitemap_part(struct cx *cx, struct web *w)
{
	uint64_t after;

	if (!str_u64(web_param(w, "after"), &after))
		return RC_NOT_FOUND;
	TRY(web_raw(w, 200, "application/xml", HEAD("urlset")));
	if (!after)
		TRY(add_pages(cx, w));
	TRY(add_products(cx, w, after));
	out_lit(&w->ans->body, "</urlset>\n");
	return RC_OK;
}
