#ifndef APP_POLICY_H
#define APP_POLICY_H
#include "app/work.h"
#include "q_policy.h"

/* Categories and their policies are data (CAT-2).  A change makes a new version; orders keep the one under which they were sold. */

enum { POLICY_DAYS_MAX = 365, POLICY_PM_MAX = 1000 };

/* What a version says, in the order in which pages show it.  E an enum, B yes or no, N a number, S a SET: "wechat,b2b" in the order of
 * payment_channel.  x is handed on. */
#define POLICY_RULES(E, B, N, S, x) \
	E(x, delivery, delivery_policy) \
	E(x, supervised, supervision) \
	B(x, requirement_form) \
	E(x, refund, refund_policy) \
	E(x, refund_to, refund_target) \
	B(x, renewal_refundable) \
	S(x, channels) \
	B(x, auto_renewal) \
	E(x, period_end, period_end) \
	N(x, grace_days) \
	N(x, recycle_days) \
	N(x, commission_pm) \
	N(x, tax_pm) \
	B(x, contract)
typedef struct q_policy_show policy_rules;

/* From a row, or a form, with these members. */
#define POLICY_TAKE_(x, name, ...) .name = (__typeof__(((policy_rules *)0)->name))(x)->name,
#define POLICY_OF(x) POLICY_RULES(POLICY_TAKE_, POLICY_TAKE_, POLICY_TAKE_, POLICY_TAKE_, x)

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
