#include "base/time.h"

#include <assert.h>
#include <stdio.h>
#include <time.h>

static int zone_seconds = 8 * 3600;
static int64_t shift_us;

static const struct { const char *name; int seconds; } zones[] = {
	{ "Asia/Shanghai", 8 * 3600 }, { "Asia/Hong_Kong", 8 * 3600 }, { "Asia/Singapore", 8 * 3600 }, { "UTC", 0 },
};

bool time_zone_set(const char *zone)
{
	int h, m;
	char sign, end;

	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
		if (!strcmp(zone, zones[i].name)) {
			zone_seconds = zones[i].seconds;
			return true;
		}
	if (sscanf(zone, "%c%2d:%2d%c", &sign, &h, &m, &end) != 3 || (sign != '+' && sign != '-') || h < 0 || h > 14 || m < 0 || m > 59)
		return false;
	zone_seconds = (sign == '-' ? -1 : 1) * (h * 3600 + m * 60);
	return true;
}

int time_zone_seconds(void) { return zone_seconds; }

struct instant clock_real(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (struct instant){ (int64_t)t.tv_sec * SECOND_US + t.tv_nsec / 1000 };
}

struct instant clock_now(void) { return instant_add(clock_real(), shift_us); }

void clock_shift(int64_t us)
{
	assert(us >= 0);
	shift_us = us;
}

/* Days and civil dates of the proleptic Gregorian calendar (Hinnant's algorithms). */
static int32_t days_of(int y, int m, int d)
{
	y -= m <= 2;
	int era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
	int doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct civil date_civil(struct date date)
{
	int z = date.days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int m = mp < 10 ? mp + 3 : mp - 9;

	return (struct civil){ .year = yoe + era * 400 + (m <= 2), .month = m, .day = doy - (153 * mp + 2) / 5 + 1 };
}

static struct civil civil_at(struct instant t, int seconds)
{
	int64_t us = t.us + seconds * SECOND_US, day = us / DAY_US, rest = us % DAY_US;

	if (rest < 0) {
		rest += DAY_US;
		day--;
	}
	struct civil c = date_civil((struct date){ (int32_t)day });
	c.hour = (int)(rest / HOUR_US);
	c.minute = (int)(rest / MINUTE_US % 60);
	c.second = (int)(rest / SECOND_US % 60);
	c.us = (int)(rest % SECOND_US);
	return c;
}

struct civil civil_of(struct instant t) { return civil_at(t, zone_seconds); }
struct civil civil_utc(struct instant t) { return civil_at(t, 0); }

struct date date_make(int year, int month, int day)
{
	assert(month >= 1 && month <= 12 && day >= 1 && day <= month_days(year, month));
	return (struct date){ days_of(year, month, day) };
}

struct instant date_begin(struct date d) { return (struct instant){ d.days * DAY_US - zone_seconds * SECOND_US }; }

struct instant civil_instant(struct civil c)
{
	int64_t us = c.hour * HOUR_US + c.minute * MINUTE_US + c.second * SECOND_US + c.us;

	return instant_add(date_begin(date_make(c.year, c.month, c.day)), us);
}

struct date date_of(struct instant t)
{
	struct civil c = civil_of(t);

	return date_make(c.year, c.month, c.day);
}

int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	assert(month >= 1 && month <= 12);
	return days[month - 1] + (month == 2 && leap);
}

bool date_parse(const char *s, struct date *d)
{
	int y, m, day, n = 0;

	if (strlen(s) != 10 || strspn(s, "0123456789-") != 10 || s[4] != '-' || s[7] != '-' || sscanf(s, "%4d-%2d-%2d%n", &y, &m, &day, &n) != 3 || n != 10)
		return false;
	if (y < 1970 || m < 1 || m > 12 || day < 1 || day > month_days(y, m))
		return false;
	*d = date_make(y, m, day);
	return true;
}

/* n digits of v, with zeros in front, and the character behind them; where to go on.  Every row of every list prints times: no printf. */
static char *digits(char *p, int v, int n, char behind)
{
	for (int i = n; i--; v /= 10)
		p[i] = (char)('0' + v % 10);
	p[n] = behind;
	return p + n + 1;
}

static char *day_text(char *p, const struct civil *c, char behind)
{
	return digits(digits(digits(p, c->year, 4, '-'), c->month, 2, '-'), c->day, 2, behind);
}

static char *clock_text(char *p, const struct civil *c, char behind)
{
	return digits(digits(digits(p, c->hour, 2, ':'), c->minute, 2, ':'), c->second, 2, behind);
}

char *instant_text(struct instant t, char buf[TIME_TEXT])
{
	struct civil c = civil_of(t);

	clock_text(day_text(buf, &c, ' '), &c, '\0');
	return buf;
}

char *instant_rfc3339(struct instant t, char buf[TIME_TEXT])
{
	struct civil c = civil_utc(t);
	char *end = clock_text(day_text(buf, &c, 'T'), &c, c.us ? '.' : 'Z');

	if (c.us)
		end = digits(end, c.us, 6, 'Z');
	*end = '\0';
	return buf;
}

static const char *const weekdays[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
enum { EPOCH_WEEKDAY = 4, YEAR_MAX = 9999 };

char *instant_http(struct instant t, char buf[TIME_TEXT])
{
	struct civil c = civil_utc(t);
	int day = days_of(c.year, c.month, c.day);

	snprintf(buf, TIME_TEXT, "%s, %02d %s %04d %02d:%02d:%02d GMT", weekdays[(day + EPOCH_WEEKDAY) % 7], c.day, months[c.month - 1],
		 (c.year > 0 && c.year <= YEAR_MAX ? c.year : 0), c.hour, c.minute, c.second);
	return buf;
}

static int month_named(const char *name)
{
	int m = 1;

	while (m <= 12 && strcmp(months[m - 1], name))
		m++;
	return m <= 12 ? m : 0;
}

bool instant_http_parse(const char *s, struct instant *t)
{
	struct civil c = { 0 };
	char weekday[4], month[4], same[TIME_TEXT];

	if (strlen(s) != 29 || sscanf(s, "%3s, %2d %3s %4d %2d:%2d:%2d GMT", weekday, &c.day, month, &c.year, &c.hour, &c.minute, &c.second) != 7)
		return false;
	c.month = month_named(month);
	if (!c.month || c.year < 1970 || c.day < 1 || c.day > month_days(c.year, c.month) || c.hour < 0 || c.hour > 23 || c.minute < 0 || c.minute > 59 ||
	    c.second < 0 || c.second > 59)
		return false;
	t->us = days_of(c.year, c.month, c.day) * DAY_US + c.hour * HOUR_US + c.minute * MINUTE_US + c.second * SECOND_US;
	return !strcmp(instant_http(*t, same), s);
}

char *instant_compact(struct instant t, char buf[TIME_TEXT])
{
	struct civil c = civil_of(t);
	const int parts[] = { c.month, c.day, c.hour, c.minute, c.second };
	char *p = digits(buf, c.year, 4, '\0') - 1;

	for (int i = 0; i < 5; i++)
		p = digits(p, parts[i], 2, '\0') - 1;
	return buf;
}

char *date_text(struct date d, char buf[TIME_TEXT])
{
	struct civil c = date_civil(d);

	day_text(buf, &c, '\0');
	return buf;
}
