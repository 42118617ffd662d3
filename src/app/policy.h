#ifndef APP_POLICY_H
#define APP_POLICY_H
#include "app/work.h"
#include "q_policy.h"

/* Categories and their policies are data (CAT-2).  A change makes a new version; orders keep the one under which they were sold. */

enum { POLICY_DAYS_MAX = 365, POLICY_PM_MAX = 1000 };

/* One version's rules; `channels` as a SET: "wechat,b2b" in the order of payment_channel. */
typedef struct q_policy_show policy_rules;

/* What does not fit together: the field's name and a message key.  True when all does. */
bool policy_sound(const policy_rules *p, const char **field, const char **error);

struct policy_change {
	const char *code, *why;
	uint64_t seen;			/* the version that was looked at: another one by now is RC_CONFLICT */
	policy_rules rules;
};
/* RC_INVALID: nothing differs from the present version. */
MUST_USE enum rc policy_change(struct cx *cx, const struct policy_change *c, struct outcome *out);

struct category_names { const char *code, *name_zh, *name_en; uint64_t position; };
MUST_USE enum rc policy_rename(struct cx *cx, const struct category_names *n, struct outcome *out);
#endif
