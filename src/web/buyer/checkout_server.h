#ifndef WEB_BUYER_CHECKOUT_SERVER_H
#define WEB_BUYER_CHECKOUT_SERVER_H
#include "web/buyer/checkout.h"

/* A server that is put together step by step, and the image that runs on it: CAT-6. */

enum server_step { STEP_MACHINE = 1, STEP_IMAGE, STEP_STORAGE, STEP_SECURITY, STEP_CONFIRM };

struct checkout_server_in { struct items items; int64_t step; const char *q; };
extern const struct form checkout_server_form;

/* What is chosen, and what stands for what is not chosen yet: item 1 the server, item 2 the image. */
struct server_making {
	struct cx *cx;
	struct web *w;
	const struct checkout_at *at;
	const struct checkout_server_in *in;
	enum server_step step;
	struct checkout_item_in in_items[2];
	struct checkout_item items[2];
	size_t n;			/* 2: with an image */
	struct q_server_plan_list *plans;
	size_t plans_n;
};
/* Reads the choice.  RC_NOT_FOUND: no servers are sold. */
MUST_USE enum rc server_read(struct server_making *k);
/* The step's page, and the sum alone. */
MUST_USE enum rc server_view(struct server_making *k, struct view_checkout_server *m);
const struct view_checkout_sum *server_sum(const struct server_making *k);
#endif
