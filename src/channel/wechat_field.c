#include "channel/wechat_field.h"

#include <stdio.h>

#include "base/money.h"
#include "base/str.h"
#include "base/time.h"

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define BEIJING_US (8 * HOUR_US)

char *wechat_time_write(struct instant t, char out[WECHAT_TIME_SIZE])
{
	struct civil c = civil_utc(instant_add(t, BEIJING_US));

	snprintf(out, WECHAT_TIME_SIZE, "%04u%02u%02u%02u%02u%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100, (unsigned)c.day % 100,
		 (unsigned)c.hour % 100, (unsigned)c.minute % 100, (unsigned)c.second % 100);
	return out;
}

static int number_at(const char *s, int n)
{
	int v = 0;

	while (n--)
		v = v * 10 + (*s++ - '0');
	return v;
}

bool wechat_time_read(const char *s, struct instant *t)
{
	if (!s || !str_digits(s, WECHAT_TIME_SIZE - 1, WECHAT_TIME_SIZE - 1))
		return false;
	struct civil c = { number_at(s, 4), number_at(s + 4, 2), number_at(s + 6, 2), number_at(s + 8, 2), number_at(s + 10, 2), number_at(s + 12, 2), 0 };
	if (c.year < 2000 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > month_days(c.year, c.month) ||
	    c.hour > 23 || c.minute > 59 || c.second > 59)
		return false;
	*t = instant_add(civil_instant(c), time_zone_seconds() * SECOND_US - BEIJING_US);
	return true;
}

bool wechat_fee_read(const char *s, struct money *m)
{
	int64_t v;

	if (!s || !str_digits(s, 1, 16) || (s[0] == '0' && s[1]) || !str_i64(s, &v) || v > MONEY_MAX)
		return false;
	*m = fen(v);
	return true;
}

static bool made_of(const char *s, size_t min, size_t max, const char *set)
{
	size_t n = s ? strlen(s) : 0;

	return n >= min && n <= max && str_all(s, set);
}

bool wechat_number_ok(const char *s) { return made_of(s, 6, 32, DIGITS LETTERS "_-|*"); }
bool wechat_transaction_ok(const char *s) { return made_of(s, 1, 32, DIGITS LETTERS); }

bool wechat_uncut(const struct pair *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strchr(fields[i].value, '&') && !str_eq(fields[i].name, "attach") && !str_eq(fields[i].name, "body") &&
		    !str_eq(fields[i].name, "detail"))
			return false;
	return true;
}
