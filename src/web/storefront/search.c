#include "web/storefront/search.h"

#include <inttypes.h>
#include <stdlib.h>

#include "app/product_index.h"
#include "base/money.h"
#include "base/str.h"
#include "domain/rank.h"
#include "domain/term.h"
#include "web/storefront/product.h"

enum { FACETS = 6, LISTS = SEARCH_WORDS + FACETS, STEP_MAX = 1000 };

/* facet: NULL for a word.  term: its list, best first. */
struct list { const char *term, *facet; uint64_t n; };
struct range { uint64_t low, high; };
static const struct range all_scores = { 0, UINT64_MAX };

/* What is asked for as lists, and the one in whose order the page is. */
struct plan {
	struct cx *cx;
	struct list list[LISTS];	/* the shortest first */
	size_t n;
	uint64_t total;			/* all products */
	const char *order;		/* the list that the page goes along, or would */
	const struct list *by;		/* of which of these it is; NULL: of all products */
	uint64_t order_n;
	struct range along;		/* as far as it is gone along */
	bool priced;			/* the price is a condition besides */
	struct range price;
	uint64_t price_n;		/* how many are in the range, at most SEARCH_SHORT + 1; 0: no price is asked for */
	uint64_t price_about;	/* the same, beyond that */
};

/* -- what is asked for --------------------------------------------------------------------------------------------- */

static void add(struct plan *p, const char *facet)
{
	p->list[p->n++] = (struct list){ .term = facet_list(p->cx->a, facet, SORT_BEST), .facet = facet };
}

static enum rc add_words(struct plan *p, const char *q)
{
	const char *words[SEARCH_WORDS + 1];
	size_t n = term_cover(p->cx->a, q, words, SEARCH_WORDS + 1);

	if (n > SEARCH_WORDS)
		return RC_TOO_LARGE;
	for (size_t i = 0; i < n; i++)
		p->list[p->n++] = (struct list){ .term = words[i] };
	return n ? RC_OK : RC_NOT_FOUND;
}

static void add_facets(struct plan *p, const struct search *s)
{
	struct arena *a = p->cx->a;

	if (s->category && *s->category)
		add(p, facet_category(a, s->category));
	if (s->provider)
		add(p, facet_provider(a, s->provider));
	if (s->delivery)
		add(p, facet_delivery(a, s->delivery));
	if (s->billing)
		add(p, facet_billing(a, s->billing));
	if (s->stars)
		add(p, facet_stars(a, s->stars));
	if (s->trial)
		add(p, FACET_TRIAL);
}

static int shorter(const void *a, const void *b)
{
	const struct list *x = a, *y = b;

	return x->n != y->n ? (x->n > y->n) - (x->n < y->n) : strcmp(x->term, y->term);
}

static enum rc measure(struct plan *p)
{
	const struct list *l = p->list;	/* what is not asked for has no term */
	const char *all = facet_list(p->cx->a, FACET_ALL, SORT_BEST);
	struct q_term_count_list_in in = {
		.total = all, .t1 = l[0].term, .t2 = l[1].term, .t3 = l[2].term, .t4 = l[3].term, .t5 = l[4].term,
		.t6 = l[5].term, .t7 = l[6].term, .t8 = l[7].term, .t9 = l[8].term, .t10 = l[9].term, .t11 = l[10].term,
		.t12 = l[11].term, .t13 = l[12].term, .t14 = l[13].term,
	};
	struct q_term_count_list *rows;
	size_t n;

	TRY(q_term_count_list(p->cx->db, p->cx->a, &in, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (str_eq(rows[i].term, all))
			p->total = rows[i].n;
		for (size_t k = 0; k < p->n; k++)
			if (str_eq(rows[i].term, p->list[k].term))
				p->list[k].n = rows[i].n;
	}
	qsort(p->list, p->n, sizeof *p->list, shorter);
	return p->total && (!p->n || p->list[0].n) ? RC_OK : RC_NOT_FOUND;
}

/* By relevance: the rarest word says most.  Else the rarest value of a filter has a list of its own for each way to sort. */
static void set_order(struct plan *p, enum product_sort sort)
{
	const struct list *word = NULL, *facet = NULL;

	for (size_t i = p->n; i-- > 0;)
		*(p->list[i].facet ? &facet : &word) = &p->list[i];
	p->by = sort == SORT_BEST && word ? word : facet;
	p->order = p->by == word && word ? word->term : facet_list(p->cx->a, facet ? facet->facet : FACET_ALL, sort);
	p->order_n = p->by ? p->by->n : p->total;
}

/* Counted one by one only when the steps of prices that lie inside do not show that there are many. */
static enum rc count_prices(struct plan *p, struct money low, struct money high)
{
	struct arena *a = p->cx->a;
	struct q_price_step_count_in steps = { facet_price_step(a, rank_step(low) + (low.fen > 0)), facet_price_step(a, rank_step(high) - 1) };
	struct q_price_step_count inside;
	struct q_price_count c = { .n = SEARCH_SHORT + 1 };

	TRY(q_price_step_count(p->cx->db, a, &steps, &inside));
	if (inside.n <= SEARCH_SHORT)
		TRY(q_price_count(p->cx->db, a, &(struct q_price_count_in){ p->price.low, p->price.high, SEARCH_SHORT + 1 }, &c));
	p->price_n = (uint64_t)c.n;
	p->price_about = (uint64_t)(inside.n > c.n ? inside.n : c.n);
	return c.n ? RC_OK : RC_NOT_FOUND;
}

static enum rc set_price(struct plan *p, const struct search *s)
{
	p->along = all_scores;
	if (!s->priced)
		return RC_OK;
	p->price = (struct range){ (uint64_t)s->low.fen, (uint64_t)s->high.fen };
	p->priced = s->sort != SORT_PRICE_UP && s->sort != SORT_PRICE_DOWN;
	if (s->sort == SORT_PRICE_DOWN)
		p->along = p->price;
	if (s->sort == SORT_PRICE_UP)
		p->along = (struct range){ rank_cheap(s->high), rank_cheap(s->low) };
	return count_prices(p, s->low, s->high);
}

/* RC_NOT_FOUND: nothing can be found. */
static enum rc plan_of(struct plan *p, const struct search *s)
{
	if (s->q && *s->q)
		TRY(add_words(p, s->q));
	add_facets(p, s);
	TRY(measure(p));
	set_order(p, s->sort ? s->sort : SORT_BEST);
	return set_price(p, s);
}

/* -- the ways ------------------------------------------------------------------------------------------------------ */

/* The terms that are looked up for each row: those of all lists but these two. */
static void others(const struct plan *p, const struct list *source, const struct list *by, const char *to[LISTS])
{
	size_t n = 0;

	for (const struct list *l = p->list; l < p->list + p->n; l++)
		if (l != source && l != by)
			to[n++] = l->term;
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

/* The shortest of what is asked for besides `by`: a list, or (of none) the range of prices. */
struct source { const struct list *of; const char *term; uint64_t n; struct range range; };
static struct source shortest(const struct plan *p, const struct list *by)
{
	const struct list *l = p->list == by ? p->list + 1 : p->list;
	struct source s = { .range = all_scores };

	if (l < p->list + p->n)
		s = (struct source){ l, l->term, l->n, all_scores };
	if (p->price_n && p->price_n <= SEARCH_SHORT && (!s.term || p->price_n < s.n))
		s = (struct source){ NULL, facet_list(p->cx->a, FACET_ALL, SORT_PRICE_DOWN), p->price_n, p->price };
	return s;
}

static enum rc few(const struct plan *p, const struct source *s, const uint64_t after[SEARCH_KEYS], size_t limit, struct search_page *out)
{
	const char *t[LISTS] = { NULL };
	struct q_search_few *rows;
	size_t n;

	others(p, s->of, p->by, t);
	struct q_search_few_in in = {
		.source = s->term, .low = s->range.low, .high = s->range.high, .order = p->order, .before_score = after[0],
		.before_id = after[1], .limit = (int32_t)limit + 1, LOOK_UP(p, t, p->price_n && s->of),
	};
	TRY(q_search_few(p->cx->db, p->cx->a, &in, &rows, &n));
	out->more = list_more(&n, limit);
	for (size_t i = 0; i < n; i++)
		out->items[out->n++] = ITEM_OF(p->cx, &rows[i]);
	if (n)
		memcpy(out->next, (uint64_t[]){ rows[n - 1].score, rows[n - 1].product_id }, sizeof out->next);
	return RC_OK;
}

static int further(const void *a, const void *b)
{
	const struct q_search_walk *x = a, *y = b;

	return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : (x->product_id < y->product_id) - (x->product_id > y->product_id);
}

/* One step along the list.  Gives how many rows it had. */
static enum rc step(struct q_search_walk_in *in, const struct plan *p, size_t limit, struct search_page *out, size_t *n)
{
	struct q_search_walk *rows;

	TRY(q_search_walk(p->cx->db, p->cx->a, in, &rows, n));
	qsort(rows, *n, sizeof *rows, further);
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

/* How many rows to take for what is missing, when each takes so many: half as many again, as they do not lie evenly. */
static int32_t step_rows(double each, size_t missing)
{
	double rows = each * (double)missing * 1.5 + 8;

	return rows > STEP_MAX ? STEP_MAX : (int32_t)rows;
}

/* expected: rows that will probably fill the page. */
static enum rc walk(const struct plan *p, const uint64_t after[SEARCH_KEYS], size_t limit, double expected, struct search_page *out)
{
	const char *t[LISTS] = { NULL };
	size_t looked = 0, n;

	others(p, NULL, p->by, t);
	struct q_search_walk_in in = {
		.source = p->order, .low = p->along.low, .before_score = after[0], .before_id = after[1], LOOK_UP(p, t, p->priced),
	};
	do {
		in.chunk = t[0] || p->priced ? step_rows(expected / (double)(limit + 1), limit + 1 - out->n) : (int32_t)limit + 1;
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

	for (const struct list *l = p->list; l < p->list + p->n; l++)
		if (l != p->by)
			rows *= (double)p->total / (double)l->n;
	if (p->priced)
		rows *= (double)p->total / (double)p->price_about;
	return rows < (double)p->order_n ? rows : (double)p->order_n;
}

static enum rc find(const struct plan *p, uint64_t after[SEARCH_KEYS], size_t limit, struct search_page *out)
{
	double expected = expected_rows(p, limit);
	struct source s = shortest(p, p->by);

	if (after[0] > p->along.high)
		after[0] = p->along.high;	/* where the range of prices begins */
	if (s.term && s.n <= SEARCH_SHORT && (double)s.n < expected)
		return few(p, &s, after, limit, out);
	return walk(p, after, limit, expected, out);
}

static enum rc count(const struct plan *p, bool first, struct search_page *out)
{
	struct source s = shortest(p, NULL);
	const char *t[LISTS] = { NULL };
	struct q_search_count c;

	if (p->n + (p->price_n > 0) <= 1 && (!p->price_n || s.term)) {
		out->count = s.term ? s.n : p->total;
	} else if (first && !out->more) {
		out->count = out->n;
	} else if (s.term && s.n <= SEARCH_SHORT) {
		others(p, s.of, NULL, t);
		struct q_search_count_in in = { .source = s.term, .low = s.range.low, .high = s.range.high, LOOK_UP(p, t, p->price_n && s.of) };
		TRY(q_search_count(p->cx->db, p->cx->a, &in, &c));
		out->count = (uint64_t)c.n;
	} else {
		out->exact = false;
		out->count = out->n;
	}
	return RC_OK;
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
