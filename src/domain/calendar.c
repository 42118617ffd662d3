#include "domain/calendar.h"

#include <assert.h>

int calendar_weekday(struct date d) { return (d.days % 7 + 7 + 3) % 7; }	/* day 0 was a Thursday */

bool calendar_works(const struct calendar *c, struct date d)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		if (c->days[mid].day.days == d.days)
			return c->days[mid].working;
		if (c->days[mid].day.days < d.days)
			low = mid + 1;
		else
			high = mid;
	}
	return calendar_weekday_works(d);
}

struct date calendar_add(const struct calendar *c, struct date d, int n)
{
	assert(n >= 0);
	while (n > 0) {
		d.days++;
		n -= calendar_works(c, d);
	}
	return d;
}

int calendar_between(const struct calendar *c, struct date from, struct date to)
{
	int n = 0;

	if (to.days < from.days)
		return -calendar_between(c, to, from);
	for (struct date d = { from.days + 1 }; d.days <= to.days; d.days++)
		n += calendar_works(c, d);
	return n;
}
