#include "base/beijing.h"

#include <stdio.h>

#include "base/str.h"
#include "base/time.h"

#define BEIJING_US (8 * HOUR_US)

char *beijing_text(struct instant t, char out[BEIJING_SIZE])
{
	struct civil c = civil_utc(instant_add(t, BEIJING_US));

	snprintf(out, BEIJING_SIZE, "%04u%02u%02u%02u%02u%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100,
		 (unsigned)c.day % 100, (unsigned)c.hour % 100, (unsigned)c.minute % 100, (unsigned)c.second % 100);
	return out;
}

static int number_at(const char *s, int n)
{
	int v = 0;

	while (n--)
		v = v * 10 + (*s++ - '0');
	return v;
}

bool beijing_parse(const char *s, struct instant *t)
{
	if (!s || !str_digits(s, BEIJING_SIZE - 1, BEIJING_SIZE - 1))
		return false;
	struct civil c = { number_at(s, 4),
			   number_at(s + 4, 2),
			   number_at(s + 6, 2),
			   number_at(s + 8, 2),
			   number_at(s + 10, 2),
			   number_at(s + 12, 2),
			   0 };
	if (c.year < 2000 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > month_days(c.year, c.month) ||
	    c.hour > 23 || c.minute > 59 || c.second > 59)
		return false;
	*t = instant_add(civil_instant(c), time_zone_seconds() * SECOND_US - BEIJING_US);
	return true;
}
