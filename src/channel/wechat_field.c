#include "channel/wechat_field.h"

#include <strings.h>

#include "base/beijing.h"
#include "base/str.h"

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

const char *wechat_text(const struct xml_flat *doc, const char *name)
{
	const char *v = pair_value(doc->fields, doc->n, name);

	return v ? v : "";
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
bool wechat_refund_number_ok(const char *s) { return made_of(s, 1, 64, DIGITS LETTERS "_-|*@"); }

bool wechat_time_read(const char *s, struct instant *t)
{
	static const char shape[] = "dddd-dd-dd dd:dd:dd";
	char digits[BEIJING_SIZE], *to = digits;

	if (!s || strlen(s) != sizeof shape - 1)
		return false;
	for (size_t i = 0; shape[i]; i++)
		if (shape[i] == 'd')
			*to++ = s[i];
		else if (s[i] != shape[i])
			return false;
	*to = '\0';
	return beijing_parse(digits, t);
}

const char *wechat_payer_text(struct arena *a, const char *s, size_t max)
{
	size_t n = strlen(s);

	if (n > max)
		for (n = max; n && (s[n] & 0xc0) == 0x80; n--)
			;
	char *text = arena_dup(a, s, n);
	for (char *p = text; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f || *p == '`')
			*p = ' ';
	return text;
}

bool wechat_media_ok(const char *media)
{
	size_t n = strcspn(media, "; \t");
	const char *rest = media + n + strspn(media + n, "; \t");

	if (!(n == 8 && !strncasecmp(media, "text/xml", n)) && !(n == 15 && !strncasecmp(media, "application/xml", n)))
		return false;
	return !*rest || !strcasecmp(rest, "charset=utf-8") || !strcasecmp(rest, "charset=\"utf-8\"");
}

bool wechat_uncut(const struct pair *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strchr(fields[i].value, '&') && !str_eq(fields[i].name, "attach") &&
		    !str_eq(fields[i].name, "body") && !str_eq(fields[i].name, "detail"))
			return false;
	return true;
}
