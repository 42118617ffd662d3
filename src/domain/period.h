#ifndef DOMAIN_PERIOD_H
#define DOMAIN_PERIOD_H
#include "domain/enums.h"

/* Periods of subscriptions (NUM-4). */

/* The day of the month, in the platform's zone, that a subscription keeps: that of its first instant. */
int period_anchor(struct instant begin);
/* The end of n units from `begin` on.  Months keep the anchor day: 31 January + 1 month is the last of February, + 1 month more the 31st of March.
 * PERIOD_END_OF_DAY: 23:59:59 of its last day; PERIOD_TO_SECOND: to the second. */
struct instant period_end(struct instant begin, int anchor, int64_t n, enum time_unit unit, enum period_end how);
#endif
