#include "app/review.h"

#include "q_review.h"

enum rc review_needed(struct work *w, const struct review_ask *ask, bool *yes, const char **why)
{
	struct q_review_rule_fits_in in = { .category = ask->category, .org = ask->buyer, .plan = ask->plan, .payable = ask->payable };
	struct q_review_rule_fits *rule;
	size_t n;

	TRY(q_review_rule_fits(w->cx->db, w->cx->a, &in, &rule, &n));
	*yes = n || ask->plan_review;
	*why = n ? rule->note : ask->plan_review ? "the plan asks for a review" : NULL;
	return RC_OK;
}
