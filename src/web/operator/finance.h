#ifndef WEB_OPERATOR_FINANCE_H
#define WEB_OPERATOR_FINANCE_H
#include "app/work.h"
#include "web/list.h"

/* What the finance pages share. */

/* Ends a decision that needs four eyes: RC_DENIED is told as "by somebody else", RC_CONFLICT as "somebody was faster, look again". */
MUST_USE enum rc finance_decided(struct web *w, enum rc rc, const struct outcome *out);
/* May the reader? */
bool finance_may(const struct cx *cx, enum perm p);
const char *tone_case(enum case_state s);
#endif
