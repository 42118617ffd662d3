#include "domain/period.h"

#include <assert.h>

#include "base/time.h"

int period_anchor(struct instant begin) { return civil_of(begin).day; }

static struct instant add_months(struct instant begin, int anchor, int64_t n)
{
	struct civil c = civil_of(begin);
	int64_t month = c.year * 12 + (c.month - 1) + n;

	c.year = (int)(month / 12);
	c.month = (int)(month % 12) + 1;
	int last = month_days(c.year, c.month);
	c.day = anchor < last ? anchor : last;
	return civil_instant(c);
}

struct instant period_end(struct instant begin, int anchor, int64_t n, enum time_unit unit, enum period_end how)
{
	struct instant end = begin;

	assert(n > 0 && n <= 10000 && anchor >= 1 && anchor <= 31);
	switch (unit) {
	case UNIT_MINUTE: end = instant_add(begin, n * MINUTE_US); break;
	case UNIT_HOUR:   end = instant_add(begin, n * HOUR_US); break;
	case UNIT_DAY:    end = instant_add(begin, n * DAY_US); break;
	case UNIT_MONTH:  end = add_months(begin, anchor, n); break;
	case UNIT_YEAR:   end = add_months(begin, anchor, n * 12); break;
	}
	if (how != PERIOD_END_OF_DAY)
		return end;
	/* the last day is the one before the day on which the next period would begin */
	return instant_add(date_begin(date_of(end)), -SECOND_US);
}
