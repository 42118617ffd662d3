#ifndef WEB_RANGE_H
#define WEB_RANGE_H
#include "web/list.h"

/* The days that a list looks at, both included (ORD-17).  from, to: the own dates that were asked for, 0 for none; then
 * what the range means, RANGE_HALF_YEAR when it is 0.  false: no day is in it, or more than a year. */
bool range_days(enum date_range range, struct date today, struct date *from, struct date *to);
/* Own dates mean the range "own" when none is said. */
static inline enum date_range range_meant(enum date_range range, struct date from, struct date to)
{
	return !range && (from.days || to.days) ? RANGE_OWN : range;
}
#endif
