#ifndef APP_ORG_H
#define APP_ORG_H
#include "app/work.h"

/* What operators do to organisations: freezes (ACC-15) and account managers (ORD-9).  RC_NOT_FOUND: there is no such one. */

/* kind 0 unfreezes.  seen: the freeze that was looked at (0 = none); another one by now is RC_CONFLICT.  RC_DENIED: the platform itself. */
struct org_freeze { uint64_t org; enum freeze_kind kind, seen; const char *reason; };
MUST_USE enum rc org_freeze(struct cx *cx, const struct org_freeze *in, struct outcome *out);

/* manager 0: nobody.  RC_INVALID: not a person who looks after customers; RC_DENIED: not a buyer. */
MUST_USE enum rc org_assign(struct cx *cx, uint64_t org, uint64_t manager, struct outcome *out);
#endif
