#include "xml/guard.h"

#include <strings.h>

#include "base/str.h"

/* What the document says of its encoding, when it says something, is UTF-8. */
static bool says_utf8(const char *s, size_t n)
{
	size_t mark = n >= 3 && !memcmp(s, "\xef\xbb\xbf", 3) ? 3 : 0;
	const char *end = memmem(s, n, "?>", 2), *at = end ? memmem(s, (size_t)(end - s), "encoding", 8) : NULL;

	if (!at || strncmp(s + mark, "<?xml", 5))
		return true;
	at += 8 + strspn(at + 8, " \t\r\n=");
	return end - at > 6 && !strncasecmp(at + 1, "utf-8", 5) && at[6] == at[0];
}

const char *xml_encoding_wrong(const char *s, size_t n)
{
	return !str_utf8(s, n) ? "not UTF-8" : !says_utf8(s, n) ? "encoding is not UTF-8" : NULL;
}

bool xml_all_space(const char *s, size_t n)
{
	while (n && strchr(" \t\r\n", s[n - 1]) && s[n - 1])
		n--;
	return !n;
}
