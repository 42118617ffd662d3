#ifndef APP_SPEND_ALERT_H
#define APP_SPEND_ALERT_H
#include "app/work.h"

/* ACC-17: one notice when the available balance falls below a threshold, or the month's bill (MON-14) rises above one; again only after the balance was
 * above in between, or in the next month. */

/* NULL: not on.  What is set anew is looked at as if nothing had been said. */
struct spend_alert { const struct money *on_balance, *on_month; };
MUST_USE enum rc spend_alert_set(struct cx *cx, const struct spend_alert *a, struct outcome *out);

/* The job: looks at some organisations after *after, which becomes the last of them (0 at the end: from the beginning again). */
MUST_USE enum rc spend_alert_look(struct cx *cx, uint64_t *after, bool *more);
#endif
