#ifndef WEB_STOREFRONT_SEARCH_H
#define WEB_STOREFRONT_SEARCH_H
#include "q_search.h"
#include "view/product.h"
#include "web/list.h"

/* Lists of products on the storefront (CAT-12).  Each word, and each value of a filter with each way to sort, is a list in the store
 * (app/product_index.h); what is in all of those that are asked for is found by going along one and looking into the others, row by row:
 *	one	the list in whose order the page is (by relevance that of the rarest word, else that of the rarest filter) is gone along from
 *		where the page begins, until it is full
 *	short	unless that would take more rows than the shortest of the others has, and that is at most SEARCH_SHORT: then all of it is looked at
 * A page looks at no more than SEARCH_LOOK rows of a list: then it ends early and leads on from there, so nothing is lost. */
enum { SEARCH_SHORT = 1000, SEARCH_LOOK = 2000, SEARCH_WORDS = 8, SEARCH_KEYS = 2 };

struct search {
	const char *q, *category;	/* NULL, "": any */
	uint64_t provider;
	enum delivery_mode delivery;
	enum billing_mode billing;
	int64_t stars;			/* at least; 0: any */
	bool trial, priced;
	struct money low, high;		/* of the lowest price, when priced */
	enum product_sort sort;		/* 0: best */
};
struct search_page {
	struct view_product_item *items;
	size_t n;
	bool more, early;		/* early: ended by SEARCH_LOOK */
	uint64_t next[SEARCH_KEYS];
	uint64_t count;			/* of all pages; without `exact` there are at least so many */
	bool exact;
};

/* The page that begins after the keys; the first one after SEARCH_FIRST.
 * RC_TOO_LARGE: more than SEARCH_WORDS words. */
#define SEARCH_FIRST { UINT64_MAX, UINT64_MAX }
MUST_USE enum rc search_page(struct cx *cx, const struct search *s, const uint64_t after[SEARCH_KEYS], size_t limit, struct search_page *out);
/* For search engines (CAT-13): the products of a page as an ItemList. */
struct json_doc search_schema(struct cx *cx, const struct view_product_item *items, size_t n);
#endif
