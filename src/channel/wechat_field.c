#include "channel/wechat_field.h"

#include "base/money.h"
#include "base/str.h"

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

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
		if (strchr(fields[i].value, '&') && !str_eq(fields[i].name, "attach") &&
		    !str_eq(fields[i].name, "body") && !str_eq(fields[i].name, "detail"))
			return false;
	return true;
}
