#include "web/cursor.h"

#include <inttypes.h>

const char *cursor_write(struct arena *a, const uint64_t *keys, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%016" PRIx64, text, keys[i]);
	return text;
}

static bool hex(const char *s, uint64_t *v)
{
	for (*v = 0; *s && strchr("0123456789abcdef", *s); s++)
		*v = *v << 4 | (uint64_t)(*s <= '9' ? *s - '0' : *s - 'a' + 10);
	return !*s;
}

enum rc cursor_read(const char *text, uint64_t *keys, size_t n)
{
	char part[17] = "";

	if (!text || !*text)
		return RC_OK;
	if (strlen(text) != 16 * n)
		return RC_MALFORMED;
	for (size_t i = 0; i < n; i++) {
		memcpy(part, text + 16 * i, 16);
		if (!hex(part, &keys[i]))
			return RC_MALFORMED;
	}
	return RC_OK;
}
