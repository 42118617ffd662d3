#include "domain/period.h"

#include <assert.h>

enum { MONTHS_MAX = 12000, DAYS_MAX = 365000 };

int period_anchor(struct instant begin) { return civil_of(begin).day; }

static struct civil add_months(struct civil c, int anchor, int64_t n)
{
	assert(anchor >= 1 && anchor <= 31 && n >= 0 && n <= MONTHS_MAX);
	int months = c.month - 1 + (int)n;

	c.year += months / 12;
	c.month = months % 12 + 1;
	c.day = anchor < month_days(c.year, c.month) ? anchor : month_days(c.year, c.month);
	return c;
}

static struct civil end_of_day(struct civil c)
{
	c.hour = 23;
	c.minute = c.second = 59;
	c.us = 0;
	return c;
}

struct instant period_end(struct instant begin, int anchor, int64_t n, enum time_unit unit, enum period_end policy)
{
	struct civil c;

	assert(n >= 0 && n <= DAYS_MAX * (int64_t)1440);
	switch (unit) {
	case UNIT_MINUTE:
		return instant_add(begin, n * MINUTE_US);
	case UNIT_HOUR:
		return instant_add(begin, n * HOUR_US);
	case UNIT_DAY:
		c = civil_of(instant_add(begin, n * DAY_US));
		break;
	case UNIT_MONTH:
		c = add_months(civil_of(begin), anchor, n);
		break;
	case UNIT_YEAR:
		c = add_months(civil_of(begin), anchor, n * 12);
		break;
	default:
		assert(!"no such unit");
	}
	return civil_instant(policy == PERIOD_END_OF_DAY ? end_of_day(c) : c);
}

int64_t period_days(struct instant begin, struct instant end)
{
	assert(end.us >= begin.us);
	return (int64_t)date_of(end).days - date_of(begin).days;
}
