#include "app/product_index.h"

#include <assert.h>
#include <inttypes.h>

#include "base/money.h"
#include "base/str.h"
#include "domain/rank.h"
#include "domain/term.h"
#include "q_search.h"

enum { WORDS_MAX = 400, FACETS_MAX = 16, LISTS_MAX = WORDS_MAX + FACETS_MAX * product_sort_n + 1 };

struct index {
	struct cx *cx;
	struct tx *tx;
	uint64_t product;
	struct q_product_index_lock p;
	struct q_product_index_names names;
	struct q_product_index_plans *plans;
	size_t plans_n;
	struct money price;
	uint64_t score[product_sort_n + 1];
	struct q_product_term_insert_in row[LISTS_MAX];
	size_t n;
};

const char *facet_category(struct arena *a, const char *code) { return arena_printf(a, "=c:%s", code); }
const char *facet_provider(struct arena *a, uint64_t id) { return arena_printf(a, "=v:%" PRIu64, id); }
const char *facet_delivery(struct arena *a, enum delivery_mode d) { return arena_printf(a, "=d:%s", delivery_mode_enum.names[d]); }
const char *facet_billing(struct arena *a, enum billing_mode m) { return arena_printf(a, "=b:%s", billing_mode_enum.names[m]); }
const char *facet_stars(struct arena *a, int64_t at_least) { return arena_printf(a, "=r:%" PRId64, at_least); }
const char *facet_price_step(struct arena *a, int step) { return arena_printf(a, "=p:%02d", step); }
const char *facet_list(struct arena *a, const char *facet, enum product_sort sort) { return arena_printf(a, "%s*%s", facet, product_sort_enum.names[sort]); }

static void put(struct index *x, const char *term, uint64_t score)
{
	assert(x->n < LISTS_MAX);
	x->row[x->n++] = (struct q_product_term_insert_in){ term, score, x->product };
}

/* Words of the name come first, so a word that stands elsewhere too counts as one of the name. */
static void put_words(struct index *x)
{
	struct arena *a = x->cx->a;
	uint64_t best = x->score[SORT_BEST];
	const char *terms[WORDS_MAX];
	const char *rest = arena_printf(a, "%s\n%s\n%s\n%s", x->names.provider, x->names.category_zh, x->names.category_en, x->p.summary);
	size_t named = term_split(a, x->p.name, terms, WORDS_MAX);

	named += term_single(a, x->p.name, terms + named, WORDS_MAX - named);
	size_t n = named + term_split(a, rest, terms + named, WORDS_MAX - named);
	for (size_t i = 0; i < n; i++) {
		bool there = false;
		for (size_t k = 0; k < i && !there; k++)
			there = str_eq(terms[k], terms[i]);
		if (!there)
			put(x, terms[i], i < named ? rank_named(best) : best);
	}
}

static void put_facet(struct index *x, const char *facet)
{
	for (int sort = 1; sort <= product_sort_n; sort++)
		put(x, facet_list(x->cx->a, facet, (enum product_sort)sort), x->score[sort]);
}

static void put_facets(struct index *x)
{
	struct arena *a = x->cx->a;
	bool trial = false, mode[billing_mode_n + 1] = { false };
	int64_t stars = x->p.rating_n ? (int64_t)(x->p.rating_sum / x->p.rating_n) : 0;

	put_facet(x, FACET_ALL);
	put_facet(x, facet_category(a, x->p.category_code));
	put_facet(x, facet_provider(a, x->p.provider_id));
	put_facet(x, facet_delivery(a, x->p.delivery));
	for (size_t i = 0; i < x->plans_n; i++) {
		trial |= x->plans[i].trial;
		mode[x->plans[i].billing_mode] = true;
	}
	for (int m = 1; m <= billing_mode_n; m++)
		if (mode[m])
			put_facet(x, facet_billing(a, (enum billing_mode)m));
	if (trial)
		put_facet(x, FACET_TRIAL);
	put(x, facet_price_step(a, rank_step(x->price)), x->score[SORT_PRICE_DOWN]);
	for (; stars > 0; stars--)
		put_facet(x, facet_stars(a, stars));
}

static void set_scores(struct index *x)
{
	x->score[SORT_BEST] = rank_best(x->p.deals, x->p.rating_sum, x->p.rating_n);
	x->score[SORT_DEALS] = x->p.deals;
	x->score[SORT_NEWEST] = (uint64_t)x->p.listed_at.us;
	x->score[SORT_PRICE_UP] = rank_cheap(x->price);
	x->score[SORT_PRICE_DOWN] = (uint64_t)x->price.fen;
	x->score[SORT_RATING] = rank_rating(x->p.rating_sum, x->p.rating_n);
}

/* The lowest price that somebody pays; trials and what is free have none. */
static struct money price_from(const struct index *x)
{
	struct money from = fen(MONEY_MAX);

	for (size_t i = 0; i < x->plans_n; i++)
		if (x->plans[i].billing_mode != BILLING_FREE && x->plans[i].price.fen)
			from = money_min(from, x->plans[i].price);
	return from.fen == MONEY_MAX ? fen(0) : from;
}

static enum rc read_all(struct index *x)
{
	struct arena *a = x->cx->a;

	TRY(q_product_index_lock(x->tx, a, &(struct q_product_index_lock_in){ x->product }, &x->p));
	TRY(q_product_index_names(x->tx, a, &(struct q_product_index_names_in){ x->p.category_code, x->p.provider_id }, &x->names));
	TRY(q_product_index_plans(x->tx, a, &(struct q_product_index_plans_in){ x->product }, &x->plans, &x->plans_n));
	x->price = price_from(x);
	set_scores(x);
	return RC_OK;
}

enum rc product_index(struct cx *cx, struct tx *tx, uint64_t product)
{
	struct index *x = ARENA_NEW(cx->a, struct index);

	*x = (struct index){ .cx = cx, .tx = tx, .product = product };
	TRY(read_all(x));
	TRY(q_product_price_set(tx, &(struct q_product_price_set_in){ product, x->price }, NULL));
	TRY(q_term_count_less(tx, &(struct q_term_count_less_in){ product }, NULL));
	TRY(q_product_term_forget(tx, &(struct q_product_term_forget_in){ product }, NULL));
	if (x->p.state != PRODUCT_LISTED)
		return RC_OK;
	put_words(x);
	put_facets(x);
	TRY(q_product_term_insert(tx, x->row, x->n));
	return q_term_count_more(tx, &(struct q_term_count_more_in){ product }, NULL);
}
