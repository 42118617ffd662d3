#ifndef APP_REVIEW_H
#define APP_REVIEW_H
#include "app/work.h"

/* Orders that wait for an approver before they are paid (ORD-8).  Approving and refusing: order.h. */

struct review_ask {
	const char *category;
	uint64_t buyer, plan;
	bool plan_review;		/* its provider wants each order of the plan reviewed */
	struct money payable;
};
/* Must this order be reviewed?  *why: the note of the rule that says so, for the order's history. */
MUST_USE enum rc review_needed(struct work *w, const struct review_ask *ask, bool *yes, const char **why);

/* A rule: an order that fits all that is said here waits.  Nothing said: each order that is to be paid. */
enum { REVIEW_RULES_MAX = 200 };
struct review_rule {
	const char *category;		/* NULL: any */
	uint64_t org, plan;		/* 0: any */
	bool any_amount;
	struct money over;		/* payable above */
	const char *note;
};
/* RC_INVALID: *field names what is not there (category, org, plan), or NULL: there are REVIEW_RULES_MAX already. */
MUST_USE enum rc review_rule_add(struct cx *cx, const struct review_rule *r, const char **field, struct outcome *out);
/* RC_NOT_FOUND: there is no such rule, or it is so already. */
MUST_USE enum rc review_rule_enable(struct cx *cx, uint64_t id, bool enabled, struct outcome *out);
MUST_USE enum rc review_rule_remove(struct cx *cx, uint64_t id, struct outcome *out);
#endif
