#include "web/range.h"

#include "base/time.h"

enum { RANGE_MONTHS = 6, RANGE_DAYS_MAX = 366 };

static struct date months_before(struct date d, int months)
{
	struct civil c = date_civil(d);
	int month = c.year * 12 + c.month - 1 - months, day = c.day;

	if (day > month_days(month / 12, month % 12 + 1))
		day = month_days(month / 12, month % 12 + 1);
	return date_make(month / 12, month % 12 + 1, day);
}

bool range_days(enum date_range range, struct date today, struct date *from, struct date *to)
{
	int year = date_civil(today).year;

	switch (range) {
	case RANGE_THIS_YEAR:
		*from = date_make(year, 1, 1);
		*to = today;
		break;
	case RANGE_LAST_YEAR:
		*from = date_make(year - 1, 1, 1);
		*to = date_make(year - 1, 12, 31);
		break;
	case RANGE_OWN:
		*to = to->days ? *to : today;
		*from = from->days ? *from : months_before(*to, RANGE_MONTHS);
		break;
	default:
		*from = months_before(today, RANGE_MONTHS);
		*to = today;
	}
	return from->days <= to->days && to->days - from->days <= RANGE_DAYS_MAX;
}
