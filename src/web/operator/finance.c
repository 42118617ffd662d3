#include "web/operator/finance.h"

enum rc finance_decided(struct web *w, enum rc rc, const struct outcome *out)
{
	if (rc == RC_DENIED)
		return web_refuse(w, NULL, MSG_finance_four_eyes);
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_finance_meanwhile);
	TRY(rc);
	return web_done(w, out);
}

bool finance_may(const struct cx *cx, enum perm p) { return permit_allows(p, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }

const char *tone_case(enum case_state s) { return s == CASE_SETTLED ? "ok" : s == CASE_PROPOSED ? "info" : "warn"; }
