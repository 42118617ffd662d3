#include "base/str.h"

#include <errno.h>
#include <stdlib.h>

/* Bytes that follow the lead byte, or -1; *lo and *hi bound the first of them (RFC 3629, table 3-7 of Unicode). */
static int utf8_tail(unsigned char c, unsigned char *lo, unsigned char *hi)
{
	*lo = 0x80;
	*hi = 0xbf;
	if (c >= 0xc2 && c <= 0xdf)
		return 1;
	if (c >= 0xe0 && c <= 0xef) {
		*lo = c == 0xe0 ? 0xa0 : 0x80;
		*hi = c == 0xed ? 0x9f : 0xbf;
		return 2;
	}
	if (c >= 0xf0 && c <= 0xf4) {
		*lo = c == 0xf0 ? 0x90 : 0x80;
		*hi = c == 0xf4 ? 0x8f : 0xbf;
		return 3;
	}
	return -1;
}

bool str_utf8(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;

	while (p < end) {
		unsigned char c = *p++, lo, hi;
		if (c && c < 0x80)
			continue;
		int tail = utf8_tail(c, &lo, &hi);
		if (tail < 0 || end - p < tail || *p < lo || *p > hi)
			return false;
		for (p++; --tail > 0; p++)
			if ((*p & 0xc0) != 0x80)
				return false;
	}
	return true;
}

size_t str_chars(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

bool str_control(const char *s, bool lines)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == 0x7f || (c == 0xc2 && (unsigned char)s[1] < 0xa0))
			return true;
		if (c < 0x20 && !(lines && (c == '\n' || c == '\r' || c == '\t')))
			return true;
	}
	return false;
}

bool str_all(const char *s, const char *set) { return *s && !s[strspn(s, set)]; }

bool str_digits(const char *s, size_t min, size_t max)
{
	size_t n = strlen(s);

	return n >= min && n <= max && strspn(s, "0123456789") == n;
}

/* Length of the blank that begins at s: ASCII, no-break or ideographic space. */
static size_t blank(const char *s)
{
	if (*s && strchr(" \t\r\n", *s))
		return 1;
	if (!memcmp(s, "\xc2\xa0", strnlen(s, 2)) && s[0])
		return s[1] ? 2 : 0;
	return strncmp(s, "\xe3\x80\x80", 3) ? 0 : 3;
}

const char *str_trim(struct arena *a, const char *s)
{
	size_t n;

	while ((n = blank(s)))
		s += n;
	size_t len = 0;
	for (size_t i = 0; s[i]; i += n ? n : 1)
		if (!(n = blank(s + i)))
			len = i + 1;
	return arena_dup(a, s, len);
}

const char *str_lower(struct arena *a, const char *s)
{
	char *to = arena_strdup(a, s);

	for (char *p = to; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 32);
	return to;
}

bool str_i64(const char *s, int64_t *v)
{
	const char *d = s + (*s == '-' || *s == '+');

	if (!str_digits(d, 1, 19))
		return false;
	errno = 0;
	*v = strtoll(s, NULL, 10);
	return errno == 0;
}

bool str_u64(const char *s, uint64_t *v)
{
	if (!str_digits(s, 1, 20))
		return false;
	errno = 0;
	*v = strtoull(s, NULL, 10);
	return errno == 0;
}
