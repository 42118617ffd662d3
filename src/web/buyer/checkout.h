#ifndef WEB_BUYER_CHECKOUT_H
#define WEB_BUYER_CHECKOUT_H
#include "app/order.h"
#include "q_resource.h"
#include "view/checkout.h"
#include "web/choice.h"
#include "web/web.h"

/* Reviewing and placing an order of one or several things: ORD-10, ORD-11, ORD-12, CAT-5 … CAT-8, CAT-14. */

/* One of them, as addresses and forms carry it (web/form.h, ITEMS): plan=…&duration=12-month&plan.2=…&host_item.2=1. */
struct checkout_item_in {
	const char *plan, *duration;
	int64_t quantity;
	struct texts options;
	const char *coupon, *name;
	struct date begin_on;
	const char *host;		/* id of the buyer's server that an image runs on … */
	int64_t host_item;		/* … or which of these items is the server (CAT-6) */
	const char *base;		/* id of the trial resource that becomes this (CAT-5) */
	struct money seen;
	int64_t product_agreement;
};
extern const struct form checkout_item_form;

struct checkout_in { struct items items, tags; const char *key; };
struct order_place_form_in {
	struct items items, tags;
	int64_t platform_agreement;
	const char *contact, *memo;
	bool agree;
};
extern const struct form checkout_form, order_place_form;

/* Whose checkout it is and where it lives: buyers have one, the operator's desk one for each customer (ORD-9). */
struct checkout_at {
	uint64_t buyer;			/* 0: the reader's own organisation */
	const char *review, *place;	/* the review page, and where its form goes */
	const char *products;		/* the pages of products are below */
	const char *host, *server;	/* where a server is chosen for an image, and where a new one is put together */
};
/* The review page; in is w->in of checkout_form. */
MUST_USE enum rc checkout_page(struct cx *cx, struct web *w, const struct checkout_at *at);
/* Places the order of order_place_form, or tells at the field of which item what is wrong. */
MUST_USE enum rc checkout_place(struct cx *cx, struct web *w, const struct checkout_at *at);

/* Where a server is chosen for an image, one of the buyer's or a new one put together step by step (CAT-6), and the new one's sum alone. */
MUST_USE enum rc checkout_host_page(struct cx *cx, struct web *w, const struct checkout_at *at);
MUST_USE enum rc checkout_server_page(struct cx *cx, struct web *w, const struct checkout_at *at);
MUST_USE enum rc checkout_server_sum(struct cx *cx, struct web *w, const struct checkout_at *at);

/* ---- for the pages that lead there ---- */


/* False: not a choice at all. */
bool checkout_choice(struct cx *cx, const struct checkout_at *at, const struct checkout_item_in *in, struct order_choice *c);
/* An item priced as it stands. */
struct checkout_item {
	const struct checkout_item_in *in;
	struct order_choice choice;
	struct order_quote quote;
	struct q_part_list *parts;
	size_t parts_n;
	struct q_resource_brief about;	/* the server it runs on, or the trial it continues; else without a name */
};
/* RC_NOT_FOUND: not a choice at all, no such plan, or a resource that is not the buyer's. */
MUST_USE enum rc checkout_quote(struct cx *cx, const struct checkout_at *at, const struct items *in, struct checkout_item **items);

/* An image that has no server yet (CAT-6). */
bool checkout_needs_host(const struct checkout_item *x);
/* The same as what is to be ordered.  False: not a choice at all. */
bool checkout_order_item(struct cx *cx, const struct checkout_at *at, const struct checkout_item_in *in, const char *tags, struct order_item *to);

/* What the items are made of, as fields of a query or a form.  chosen: also what the review page asks for, coupon, name, first day. */
const struct view_hidden *checkout_fields(struct arena *a, const struct items *in, bool chosen, size_t *n);
/* "/checkout?plan=…" */
const char *checkout_address(struct arena *a, const char *path, const struct view_hidden *fields, size_t n);
/* 地域: 华北 · 磁盘: 100 GB */
const char *checkout_options(struct cx *cx, const struct order_choice *c, const struct order_quote *q);
#endif
