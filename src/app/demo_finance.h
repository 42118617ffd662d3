#ifndef APP_DEMO_FINANCE_H
#define APP_DEMO_FINANCE_H
#include "app/demo_catalog.h"

/* What waits on the finance desk: transfers with a number and without, a claim with its receipt, a proposal, withdrawals in their states, a file of
 * payouts.  By the use cases themselves, now; nothing when no bank is on. */
MUST_USE enum rc demo_finance(struct cx *cx, const struct demo_catalog *c);
#endif
