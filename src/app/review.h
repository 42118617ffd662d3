#ifndef APP_REVIEW_H
#define APP_REVIEW_H
#include "app/work.h"

/* Orders that wait for an approver before they are paid (ORD-8). */

struct review_ask {
	const char *category;
	uint64_t buyer, plan;
	bool plan_review;		/* its provider wants each order of the plan reviewed */
	struct money payable;
};
/* Must this order be reviewed?  *why: the note of the rule that says so, for the order's history. */
MUST_USE enum rc review_needed(struct work *w, const struct review_ask *ask, bool *yes, const char **why);
#endif
