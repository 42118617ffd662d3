/* The storefront's lists: categories, search, filters, ways to sort (CAT-12, IFC-2). */
#include <inttypes.h>

#include "base/money.h"
#include "base/str.h"
#include "web/category.h"
#include "web/storefront/product.h"
#include "web/storefront/search.h"

enum { QUERY_MAX = 60, STARS = 5, STARS_LEAST = 3, COUNT_SHOWN = 999 };

struct product_list_in {
	const char *q, *category;
	struct money price_min, price_max;
	enum delivery_mode delivery;
	enum billing_mode billing;
	int64_t rating, provider;
	bool trial;
	enum product_sort sort;
	LIST_MEMBERS
};
FORM(product_list_form, struct product_list_in,
	TEXT(struct product_list_in, q, .max = QUERY_MAX, .optional = true),
	TEXT(struct product_list_in, category, .max = 30, .optional = true),
	MONEY(struct product_list_in, price_min, .optional = true),
	MONEY(struct product_list_in, price_max, .optional = true),
	ENUM(struct product_list_in, delivery, delivery_mode, .optional = true),
	ENUM(struct product_list_in, billing, billing_mode, .optional = true),
	INT(struct product_list_in, rating, .min = 1, .max = STARS, .optional = true),
	INT(struct product_list_in, provider, .min = 1, .max = INT64_MAX, .optional = true),
	CHECK(struct product_list_in, trial),
	ENUM(struct product_list_in, sort, product_sort, .optional = true),
	LIST_ROWS(struct product_list_in))

const char *product_initial(struct arena *a, const char *name)
{
	size_t n = *name ? 1 : 0;

	while (((unsigned char)name[n] & 0xc0) == 0x80)
		n++;
	return arena_dup(a, name, n);
}

const char *product_stars(struct arena *a, uint64_t sum, uint64_t n)
{
	uint64_t tenths = n ? (sum * 20 + n) / (2 * n) : 0;

	return n ? arena_printf(a, "%" PRIu64 ".%" PRIu64, tenths / 10, tenths % 10) : "";
}

static bool sent(const struct web *w, const char *name)
{
	const char *text = input_text(&w->input, name, TEXT_MAX);

	return text && *text;
}

/* What the list is narrowed by besides its category. */
static bool filtered(const struct product_list_in *in)
{
	return (in->q && *in->q) || in->price_min.fen || in->price_max.fen || in->delivery || in->billing || in->rating || in->provider || in->trial;
}

/* -- what stands around the list ---------------------------------------------------------------------------------- */

/* How many there are in each, on a list that is not narrowed otherwise. */
static enum rc count_categories(struct cx *cx, struct view_category *c, size_t n)
{
	struct q_category_count_list *rows;
	size_t rows_n;

	TRY(q_category_count_list(cx->db, cx->a, &rows, &rows_n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows_n; k++)
			if (str_eq(c[i].code, rows[k].code))
				c[i].count = arena_printf(cx->a, "%" PRIu64, rows[k].n);
	return RC_OK;
}

static enum rc categories(struct cx *cx, const struct web *w, const struct product_list_in *in, struct view_product_list *m)
{
	const struct category *rows;
	const char *chosen = m->category ? m->category : "";
	size_t n;

	TRY(category_all(cx, &rows, &n));
	struct view_category *c = ARENA_ARRAY(cx->a, struct view_category, n + 1);
	c[0] = (struct view_category){ .code = "", .name = web_text(w, MSG_product_list_first),
		.href = list_href(w, "category", NULL), .current = !*chosen };
	for (size_t i = 0; i < n; i++)
		c[i + 1] = (struct view_category){
			.code = rows[i].code, .name = category_name(cx, &rows[i]),
			.href = list_href(w, "category", rows[i].code), .current = str_eq(chosen, rows[i].code),
		};
	m->categories = c;
	m->categories_n = n + 1;
	return filtered(in) ? RC_OK : count_categories(cx, c, n + 1);
}

static const struct view_tabs *sorts_of(struct cx *cx, const struct web *w, enum product_sort chosen)
{
	struct view_tabs *tabs = ARENA_NEW(cx->a, struct view_tabs);
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, product_sort_n);

	for (int i = 1; i <= product_sort_n; i++)
		t[i - 1] = list_tab(w, "sort", i == SORT_BEST ? NULL : product_sort_enum.names[i], web_text(w, (enum msg)product_sort_msg[i]),
			i == (int)chosen);
	*tabs = (struct view_tabs){ web_text(w, MSG_search_sort), t, product_sort_n };
	return tabs;
}

static struct view_field stars_choice(struct cx *cx, struct web *w, int64_t chosen)
{
	struct view_field f = web_field(w, &product_list_form, "rating", MSG_search_rating, NULL);
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, STARS + 1);
	size_t n = 1;

	o[0] = (struct view_field_option){ .value = "", .label = web_text(w, MSG_list_all), .chosen = !chosen };
	for (int64_t i = STARS; i >= (chosen && chosen < STARS_LEAST ? chosen : STARS_LEAST); i--) {
		const char *value = arena_printf(cx->a, "%" PRId64, i);
		o[n++] = (struct view_field_option){ .value = value, .chosen = i == chosen,
			.label = MSG_FILL(cx->a, cx->lang, i == STARS ? MSG_search_stars_all : MSG_search_stars, { "n", value }) };
	}
	f.control = FIELD_SELECT;
	f.options = o;
	f.options_n = n;
	return f;
}

static const struct view_filter *filter_of(struct cx *cx, struct web *w, const struct product_list_in *in)
{
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, 6);

	f[0] = web_field(w, &product_list_form, "price_min", MSG_search_price_min, NULL);
	f[1] = web_field(w, &product_list_form, "price_max", MSG_search_price_max, NULL);
	f[2] = list_choice(w, "delivery", MSG_search_delivery, &delivery_mode_enum, delivery_mode_msg, (int)in->delivery);
	f[3] = list_choice(w, "billing", MSG_search_billing, &billing_mode_enum, billing_mode_msg, (int)in->billing);
	f[4] = stars_choice(cx, w, in->rating);
	f[5] = web_field(w, &product_list_form, "trial", MSG_search_trial, NULL);
	return list_filter(w, f, 6);
}

/* -- what narrows it, each with the way to do without -------------------------------------------------------------- */

struct chosen { struct view_link *link; size_t n; };

static void chose(const struct web *w, struct chosen *c, const char *field, const char *label)
{
	if (sent(w, field))
		c->link[c->n++] = (struct view_link){ .label = label, .href = list_href(w, field, NULL) };
}

static const char *amount(struct cx *cx, enum msg msg, struct money m)
{
	char text[MONEY_TEXT];

	return MSG_FILL(cx->a, cx->lang, msg, { "price", arena_printf(cx->a, "¥%s", money_text(m, true, text)) });
}

static enum rc chosen_of(struct cx *cx, const struct web *w, const struct product_list_in *in, struct view_product_list *m)
{
	struct chosen c = { ARENA_ARRAY(cx->a, struct view_link, 9), 0 };
	struct q_provider_show p = { .name = web_text(w, MSG_search_provider_none) };

	if (in->provider) {
		enum rc rc = q_provider_show(cx->db, cx->a, &(struct q_provider_show_in){ (uint64_t)in->provider }, &p);
		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
	}
	if (in->q)
		chose(w, &c, "q", MSG_FILL(cx->a, cx->lang, MSG_search_chosen_q, { "q", in->q }));
	if (m->category)
		chose(w, &c, "category", m->heading);
	chose(w, &c, "provider", MSG_FILL(cx->a, cx->lang, MSG_product_provider, { "name", p.name }));
	if (in->price_min.fen)
		chose(w, &c, "price_min", amount(cx, MSG_search_chosen_min, in->price_min));
	if (in->price_max.fen)
		chose(w, &c, "price_max", amount(cx, MSG_search_chosen_max, in->price_max));
	if (in->delivery)
		chose(w, &c, "delivery", web_text(w, (enum msg)delivery_mode_msg[in->delivery]));
	if (in->billing)
		chose(w, &c, "billing", web_text(w, (enum msg)billing_mode_msg[in->billing]));
	if (in->rating)
		chose(w, &c, "rating", MSG_FILL(cx->a, cx->lang, in->rating == STARS ? MSG_search_stars_all : MSG_search_stars,
			{ "n", arena_printf(cx->a, "%" PRId64, in->rating) }));
	if (in->trial)
		chose(w, &c, "trial", web_text(w, MSG_search_trial));
	m->chosen = c.link;
	m->chosen_n = c.n;
	return RC_OK;
}

/* -- the list ------------------------------------------------------------------------------------------------------ */

static const char *category_heading(const struct web *w, const struct view_product_list *m)
{
	for (size_t i = 0; i < m->categories_n; i++)
		if (m->categories[i].current && *m->categories[i].code)
			return m->categories[i].name;
	return web_text(w, MSG_product_list_title);
}

static const char *found_text(struct cx *cx, const struct search_page *page)
{
	const char *n = arena_printf(cx->a, page->exact && page->count <= COUNT_SHOWN ? "%" PRIu64 : "%" PRIu64 "+",
		page->count > COUNT_SHOWN ? COUNT_SHOWN : page->count);

	return MSG_FILL(cx->a, cx->lang, MSG_search_found, { "n", n });
}

static enum rc find(struct cx *cx, struct web *w, const struct product_list_in *in, struct view_product_list *m)
{
	uint64_t after[SEARCH_KEYS] = SEARCH_FIRST;
	struct search s = {
		.q = in->q, .category = in->category, .provider = (uint64_t)in->provider, .delivery = in->delivery, .billing = in->billing,
		.stars = in->rating, .trial = in->trial, .priced = sent(w, "price_min") || sent(w, "price_max"), .low = in->price_min,
		.high = sent(w, "price_max") ? in->price_max : fen(MONEY_MAX), .sort = in->sort,
	};
	struct search_page page;

	if (s.low.fen > s.high.fen)
		return list_refuse(w, "price_max", MSG_search_price_reversed);
	TRY(cursor_read(in->after, after, SEARCH_KEYS));
	enum rc rc = search_page(cx, &s, after, list_limit(in->limit), &page);
	if (rc == RC_TOO_LARGE)
		return list_refuse(w, "q", MSG_search_too_many_words);
	if (rc != RC_OK)
		return rc;
	m->items = page.items;
	m->items_n = page.n;
	m->count = page.count;
	m->count_exact = page.exact;
	m->found = found_text(cx, &page);
	m->next = page.more ? cursor_write(cx->a, page.next, SEARCH_KEYS) : NULL;
	if (page.early)
		m->early = MSG_FILL(cx->a, cx->lang, MSG_search_early, { "n", arena_printf(cx->a, "%d", SEARCH_LOOK) });
	return RC_OK;
}

/* Search engines keep the list of all and that of each category, in its first order and from its beginning. */
static void frame(struct cx *cx, struct web *w, const struct product_list_in *in, const struct view_product_list *m, bool known)
{
	const char *query = m->category && known ? arena_printf(cx->a, "?category=%s", m->category) : "";

	w->page.name = m->heading;
	w->page.description = web_text(w, MSG_home_description);
	w->page.query = in->q;
	w->page.noindex = filtered(in) || sent(w, "sort") || sent(w, "after") || sent(w, "limit") || (m->category && !known);
	w->page.canonical = arena_printf(cx->a, "%s/products%s", cx->conf->platform_base_url, query);
	w->page.ld = search_schema(cx, m->items, m->items_n);
	CRUMBS(w, m->heading, { web_text(w, MSG_nav_products), "/products" });
}

enum rc product_list(struct cx *cx, struct web *w)
{
	const struct product_list_in *in = w->in;
	struct view_product_list m = { .q = in->q && *in->q ? in->q : NULL,
		.category = in->category && *in->category ? in->category : NULL };
	struct view_link all = { web_text(w, MSG_list_clear), "/products", .primary = true };
	struct view_empty empty = { web_text(w, MSG_product_list_empty), web_text(w, MSG_product_list_empty_hint), &all };

	TRY(find(cx, w, in, &m));
	TRY(categories(cx, w, in, &m));
	m.heading = category_heading(w, &m);
	TRY(chosen_of(cx, w, in, &m));
	bool known = !str_eq(m.heading, web_text(w, MSG_product_list_title));
	if (m.q)
		m.heading = MSG_FILL(cx->a, cx->lang, MSG_product_list_found, { "q", m.q });
	m.sorts = sorts_of(cx, w, in->sort ? in->sort : SORT_BEST);
	m.filter = filter_of(cx, w, in);
	m.empty = &empty;
	m.pager = list_pager(w, m.items_n, m.next);
	frame(cx, w, in, &m, known);
	return web_show(w, tpl_storefront_product_list, json_product_list, &m);
}
