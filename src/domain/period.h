#ifndef DOMAIN_PERIOD_H
#define DOMAIN_PERIOD_H
#include "base/time.h"
#include "domain/enums.h"

/* Periods of subscriptions (NUM-4), in the platform's zone.  The anchor is the day of the month (1 to 31) that a subscription
 * keeps: 31 Jan + 1 month = 28 or 29 Feb, + 1 month = 31 Mar. */

/* The anchor of a subscription that begins now. */
int period_anchor(struct instant begin);

/* n units later.  Months and years land on the anchor day, or the month's last one; with PERIOD_END_OF_DAY days, months
 * and years end at 23:59:59 of that day, else at begin's time of day.  Renewing = the same from the present end. */
struct instant period_end(struct instant begin, int anchor, int64_t n, enum time_unit unit, enum period_end policy);

/* All days of a period: the calendar days after its first instant up to its end.  With now for end: its used days,
 * as the running day counts as used. */
int64_t period_days(struct instant begin, struct instant end);
#endif
