#include "web/storefront/search.h"

#include <inttypes.h>
#include <stdlib.h>

#include "app/product_index.h"
#include "base/money.h"
#include "base/str.h"
#include "domain/rank.h"
#include "domain/term.h"
#include "web/storefront/product.h"

enum { FACETS = 6, LISTS = SEARCH_WORDS + FACETS, STEP_MAX = 500 };

struct list { const char *term; uint64_t n; bool word; };
struct range { uint64_t low, high; };

/* What is asked for as lists, and which of them is gone along. */
struct plan {
	struct cx *cx;
	struct list list[LISTS];	/* the shortest first */
	size_t n;
	uint64_t total;			/* all products */
	const char *order;		/* the list in whose order the page is */
	struct range along;		/* as far as that goes */
	bool priced;			/* the price is a condition, as another list gives the order */
	struct range price;
	uint64_t price_n;		/* how many are in the range, at most SEARCH_SHORT + 1 */
};

/* -- what is asked for --------------------------------------------------------------------------------------------- */

static void add(struct plan *p, const char *term, bool word) { p->list[p->n++] = (struct list){ .term = term, .word = word }; }

static enum rc add_words(struct plan *p, const char *q)
{
	const char *words[SEARCH_WORDS + 1];
	size_t n = term_cover(p->cx->a, q, words, SEARCH_WORDS + 1);

	if (n > SEARCH_WORDS)
		return RC_TOO_LARGE;
	for (size_t i = 0; i < n; i++)
		add(p, words[i], true);
	return n ? RC_OK : RC_NOT_FOUND;
}

static void add_facets(struct plan *p, const struct search *s)
{
	struct arena *a = p->cx->a;

	if (s->category && *s->category)
		add(p, term_category(a, s->category), false);
	if (s->provider)
		add(p, term_provider(a, s->provider), false);
	if (s->delivery)
		add(p, term_delivery(a, s->delivery), false);
	if (s->billing)
		add(p, term_billing(a, s->billing), false);
	if (s->stars)
		add(p, term_stars(a, s->stars), false);
	if (s->trial)
		add(p, TERM_TRIAL, false);
}

static int shorter(const void *a, const void *b)
{
	const struct list *x = a, *y = b;

	return x->n != y->n ? (x->n > y->n) - (x->n < y->n) : strcmp(x->term, y->term);
}

static enum rc measure(struct plan *p)
{
	const struct list *l = p->list;	/* what is not asked for has no term */
	struct q_term_count_list_in in = {
		.total = TERM_BEST, .t1 = l[0].term, .t2 = l[1].term, .t3 = l[2].term, .t4 = l[3].term, .t5 = l[4].term,
		.t6 = l[5].term, .t7 = l[6].term, .t8 = l[7].term, .t9 = l[8].term, .t10 = l[9].term, .t11 = l[10].term,
		.t12 = l[11].term, .t13 = l[12].term, .t14 = l[13].term,
	};
	struct q_term_count_list *rows;
	size_t n;

	TRY(q_term_count_list(p->cx->db, p->cx->a, &in, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (str_eq(rows[i].term, TERM_BEST))
			p->total = rows[i].n;
		for (size_t k = 0; k < p->n; k++)
			if (str_eq(rows[i].term, p->list[k].term))
				p->list[k].n = rows[i].n;
	}
	qsort(p->list, p->n, sizeof *p->list, shorter);
	return p->total && (!p->n || p->list[0].n) ? RC_OK : RC_NOT_FOUND;
}

/* By relevance: the rarest word says most.  The values of filters and all products stand in one and the same order. */
static const char *best_list(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].word)
			return p->list[i].term;
	return p->n ? p->list[0].term : TERM_BEST;
}

static enum rc set_price(struct plan *p, const struct search *s)
{
	struct q_price_count c;

	p->along = (struct range){ 0, UINT64_MAX };
	if (!s->priced)
		return RC_OK;
	p->price = (struct range){ (uint64_t)s->low.fen, (uint64_t)s->high.fen };
	TRY(q_price_count(p->cx->db, p->cx->a, &(struct q_price_count_in){ p->price.low, p->price.high, SEARCH_SHORT + 1 }, &c));
	p->price_n = (uint64_t)c.n;
	p->priced = s->sort != SORT_PRICE_UP && s->sort != SORT_PRICE_DOWN;
	if (s->sort == SORT_PRICE_DOWN)
		p->along = p->price;
	if (s->sort == SORT_PRICE_UP)
		p->along = (struct range){ rank_cheap(s->high), rank_cheap(s->low) };
	return p->price_n ? RC_OK : RC_NOT_FOUND;
}

/* RC_NOT_FOUND: nothing can be found. */
static enum rc plan_of(struct plan *p, const struct search *s)
{
	static const char *const orders[] = {
		[SORT_DEALS] = TERM_DEALS, [SORT_NEWEST] = TERM_NEWEST, [SORT_PRICE_UP] = TERM_CHEAP,
		[SORT_PRICE_DOWN] = TERM_PRICE, [SORT_RATING] = TERM_RATING,
	};

	if (s->q && *s->q)
		TRY(add_words(p, s->q));
	add_facets(p, s);
	TRY(measure(p));
	TRY(set_price(p, s));
	p->order = s->sort && s->sort != SORT_BEST ? orders[s->sort] : best_list(p);
	return RC_OK;
}

/* -- the ways ------------------------------------------------------------------------------------------------------ */

/* The terms that are looked up for each row of `source`: all but that one and the one that gives the order. */
static void others(const struct plan *p, const char *source, const char *order, const char *to[LISTS])
{
	for (size_t i = 0, n = 0; i < p->n; i++)
		if (!str_eq(p->list[i].term, source) && !str_eq(p->list[i].term, order))
			to[n++] = p->list[i].term;
}
#define LOOK_UP(p, t, priced_) \
	.priced = (priced_), .price_low = (p)->price.low, .price_high = (p)->price.high, \
	.t1 = (t)[0], .t2 = (t)[1], .t3 = (t)[2], .t4 = (t)[3], .t5 = (t)[4], .t6 = (t)[5], .t7 = (t)[6], \
	.t8 = (t)[7], .t9 = (t)[8], .t10 = (t)[9], .t11 = (t)[10], .t12 = (t)[11], .t13 = (t)[12], .t14 = (t)[13]

#define ITEM_OF(cx, r) (struct view_product_item){ \
	.slug = (r)->slug, .name = (r)->name, .summary = (r)->summary, .picture = (r)->picture, .category = (r)->category_code, \
	.provider = arena_printf((cx)->a, "%" PRIu64, (r)->provider_id), .provider_name = (r)->provider_name, .delivery = (r)->delivery, \
	.price_from = (r)->price_from, .deals = (r)->deals, .rating = product_stars((cx)->a, (r)->rating_sum, (r)->rating_n), \
	.rating_n = (r)->rating_n, .initial = product_initial((cx)->a, (r)->name) }

/* The shortest of what is asked for, besides the list that gives the order; its range, when it is the price. */
struct source { const char *term; uint64_t n; struct range range; };
static struct source shortest(const struct plan *p, const char *besides)
{
	struct source s = { .n = UINT64_MAX, .range = { 0, UINT64_MAX } };

	for (size_t i = 0; i < p->n && !s.term; i++)
		if (!str_eq(p->list[i].term, besides))
			s = (struct source){ p->list[i].term, p->list[i].n, s.range };
	if (p->price_n && p->price_n < s.n && p->price_n <= SEARCH_SHORT && !str_eq(besides, TERM_PRICE) && !str_eq(besides, TERM_CHEAP))
		s = (struct source){ TERM_PRICE, p->price_n, p->price };
	return s;
}

static enum rc few(const struct plan *p, const struct source *s, const uint64_t after[SEARCH_KEYS], size_t limit, struct search_page *out)
{
	const char *t[LISTS] = { NULL };
	struct q_search_few *rows;
	size_t n;

	others(p, s->term, p->order, t);
	struct q_search_few_in in = {
		.source = s->term, .low = s->range.low, .high = s->range.high, .order = p->order, .before_score = after[0],
		.before_id = after[1], .limit = (int32_t)limit + 1, LOOK_UP(p, t, p->price_n && !str_eq(s->term, TERM_PRICE)),
	};
	TRY(q_search_few(p->cx->db, p->cx->a, &in, &rows, &n));
	out->more = list_more(&n, limit);
	for (size_t i = 0; i < n; i++)
		out->items[out->n++] = ITEM_OF(p->cx, &rows[i]);
	if (n)
		memcpy(out->next, (uint64_t[]){ rows[n - 1].score, rows[n - 1].product_id }, sizeof out->next);
	return RC_OK;
}

/* One step along the list.  Gives how many rows it had. */
static enum rc step(struct q_search_walk_in *in, const struct plan *p, size_t limit, struct search_page *out, size_t *n)
{
	struct q_search_walk *rows;

	TRY(q_search_walk(p->cx->db, p->cx->a, in, &rows, n));
	for (size_t i = 0; i < *n; i++) {
		if (rows[i].slug && out->n == limit) {
			out->more = true;
			return RC_OK;
		}
		if (rows[i].slug)
			out->items[out->n++] = ITEM_OF(p->cx, &rows[i]);
		out->next[0] = in->before_score = rows[i].score;
		out->next[1] = in->before_id = rows[i].product_id;
	}
	return RC_OK;
}

/* expected: rows that will probably fill the page. */
static enum rc walk(const struct plan *p, const uint64_t after[SEARCH_KEYS], size_t limit, double expected, struct search_page *out)
{
	const char *t[LISTS] = { NULL };
	size_t looked = 0, n;

	others(p, p->order, p->order, t);
	struct q_search_walk_in in = {
		.source = p->order, .low = p->along.low, .before_score = after[0], .before_id = after[1], LOOK_UP(p, t, p->priced),
	};
	in.chunk = (int32_t)limit + 1;
	if (t[0] || p->priced)
		in.chunk = expected > STEP_MAX ? STEP_MAX : (int32_t)(expected * 5 / 4) + 8;
	do {
		TRY(step(&in, p, limit, out, &n));
		looked += n;
	} while (!out->more && n == (size_t)in.chunk && looked < SEARCH_LOOK);
	out->early = !out->more && n == (size_t)in.chunk;
	out->more |= out->early;
	return RC_OK;
}

/* How many rows of the order's list will fill a page, if what is asked for has nothing to do with each other. */
static double expected_rows(const struct plan *p, size_t limit)
{
	double rows = (double)limit + 1;

	for (size_t i = 0; i < p->n; i++)
		if (!str_eq(p->list[i].term, p->order))
			rows *= (double)p->total / (double)p->list[i].n;
	if (p->priced)
		rows *= p->price_n > SEARCH_SHORT ? 2 : (double)p->total / (double)p->price_n;
	return rows;
}

static enum rc count(const struct plan *p, bool first, struct search_page *out)
{
	struct source s = shortest(p, "");
	const char *t[LISTS] = { NULL };
	struct q_search_count c;

	out->exact = true;
	out->count = p->total;
	if (p->n == 1 && !p->price_n)
		out->count = s.n;
	else if (first && !out->more)
		out->count = out->n;
	else if (s.term && s.n <= SEARCH_SHORT) {
		others(p, s.term, s.term, t);
		struct q_search_count_in in = { .source = s.term, .low = s.range.low, .high = s.range.high,
			LOOK_UP(p, t, p->price_n && !str_eq(s.term, TERM_PRICE)) };
		TRY(q_search_count(p->cx->db, p->cx->a, &in, &c));
		out->count = (uint64_t)c.n;
	} else if (s.term || p->price_n) {
		out->exact = false;
		out->count = out->n;
	}
	return RC_OK;
}

static enum rc find(const struct plan *p, uint64_t after[SEARCH_KEYS], size_t limit, struct search_page *out)
{
	double expected = expected_rows(p, limit);
	struct source s = shortest(p, p->order);

	if (after[0] > p->along.high)
		after[0] = p->along.high;	/* where the range of prices begins */
	if (s.term && s.n <= SEARCH_SHORT && (double)s.n < expected)
		return few(p, &s, after, limit, out);
	return walk(p, after, limit, expected, out);
}

enum rc search_page(struct cx *cx, const struct search *s, const uint64_t after[SEARCH_KEYS], size_t limit, struct search_page *out)
{
	struct plan *p = ARENA_NEW(cx->a, struct plan);
	uint64_t from[SEARCH_KEYS] = { after[0], after[1] };
	bool first = after[0] == UINT64_MAX;

	*p = (struct plan){ .cx = cx };
	*out = (struct search_page){ .items = ARENA_ARRAY(cx->a, struct view_product_item, limit), .exact = true };
	enum rc rc = plan_of(p, s);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	TRY(find(p, from, limit, out));
	return count(p, first, out);
}

struct json_doc search_schema(struct cx *cx, const struct view_product_item *items, size_t n)
{
	struct out o = { 0 };

	out_lit(&o, "{\"@context\":\"https://schema.org\",\"@type\":\"ItemList\",\"itemListElement\":[");
	for (size_t i = 0; i < n; i++) {
		out_printf(&o, "%s{\"@type\":\"ListItem\",\"position\":%zu,\"name\":", i ? "," : "", i + 1);
		out_json(&o, items[i].name);
		out_lit(&o, ",\"url\":");
		out_json(&o, arena_printf(cx->a, "%s/products/%s", cx->conf->platform_base_url, items[i].slug));
		out_lit(&o, "}");
	}
	out_lit(&o, "]}");
	struct json_doc doc = { arena_dup(cx->a, o.p, o.n) };
	out_free(&o);
	return doc;
}
