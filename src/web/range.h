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

/* Ids sort by time: from is in it, to is not. */
struct id_range { uint64_t from, to; };
/* Of these days. */
struct id_range range_ids(struct date from, struct date to);
struct id_range range_both(struct id_range a, struct id_range b);

/* The three fields of a filter: a select of ranges, and the two own dates. */
#define RANGE_MEMBERS enum date_range range; struct date from, to;
#define RANGE_ROWS(S) \
	ENUM(S, range, date_range, .optional = true), \
	DATE(S, from, .optional = true), \
	DATE(S, to, .optional = true)
enum { RANGE_FIELDS = 3 };
void range_fields(struct web *w, enum msg label, enum date_range range, struct view_field *f);
#endif
