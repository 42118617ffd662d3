#ifndef WEB_STOREFRONT_PRODUCT_H
#define WEB_STOREFRONT_PRODUCT_H
#include "domain/price.h"
#include "q_product.h"
#include "view/product.h"
#include "web/choice.h"
#include "web/web.h"

/* The page of a product: CAT-1, CAT-3, CAT-12 … CAT-15. */

/* What it is made of: rows of the store, or of a version that nobody sees yet. */
struct product_rows {
	struct q_product_by_slug product;
	const struct q_plan_list *plans;		/* one for each plan and price, those of a plan together */
	const struct q_plan_choice_list *choices;	/* by plan and option */
	const struct q_plan_tier_list *tiers;		/* by plan, rising */
	const struct q_plan_part_list *parts;		/* by plan, in their order */
	const char *const *pictures;			/* addresses; the first one is the large one */
	size_t plans_n, choices_n, tiers_n, parts_n, pictures_n;
	const struct view_coupon_offers *coupons;	/* that can be claimed */
	const char *path;				/* of the page, to which its choices, tabs and buttons lead */
	const char *checkout;				/* where a choice is ordered; NULL: /checkout */
};

/* Where products are looked at and ordered: the storefront; for each customer, the operator's desk (ORD-9). */
struct product_at {
	uint64_t buyer;			/* whose price it is; 0: the reader's */
	const char *products;		/* the pages of products are below */
	const char *checkout;
};

/* What stands in the page's address. */
struct product_show_in { CHOICE_MEMBERS; int64_t usage; enum product_tab tab; };
extern const struct form product_show_form;

/* RC_NOT_FOUND: it neither is listed nor was. */
MUST_USE enum rc product_rows_read(struct cx *cx, const struct product_at *at, const char *slug, struct product_rows *rows);
/* The page's model, with the choice in the request's fields priced as it would be charged, and what is wrong with that choice at
 * its field.  RC_INVALID: a wrong choice, asked for by a program. */
MUST_USE enum rc product_view(struct cx *cx, struct web *w, const struct product_rows *rows,
		const struct view_product_show **out);
/* The page of a product that is listed, or was; w->errors and w->status are shown as they are.  The checkout shows it again when a
 * choice cannot be sold. */
MUST_USE enum rc product_page(struct cx *cx, struct web *w, const struct product_at *at, const char *slug);
/* The price of a choice alone: for the page's script, and for programs. */
MUST_USE enum rc product_price_page(struct cx *cx, struct web *w, const struct product_at *at, const char *slug);

/* The first character of a name, for the tile that stands in for a picture. */
const char *product_initial(struct arena *a, const char *name);
/* 4.6: the average of its ratings; "" when there are none. */
const char *product_stars(struct arena *a, uint64_t sum, uint64_t n);
/* Product, offers, rating and the way to the page, for search engines (CAT-13). */
struct json_doc product_schema(struct cx *cx, const struct view_product_show *m);

/* For the files of the page: the model that is being made. */
struct product_making {
	struct cx *cx;
	struct web *w;
	const struct product_rows *rows;
	const struct product_show_in *in;
	struct view_product_show *m;
	const struct q_plan_list *first;	/* the chosen plan's rows */
	size_t first_n;
	const char *options, *duration;		/* chosen, or what stands for it */
	int64_t quantity;
};
/* Prices the choice: m->price, and what is wrong with it. */
MUST_USE enum rc product_price(struct product_making *k);
#endif
