#include "crypto/base64.h"

#include <sodium.h>
#include <stdlib.h>

char *base64_text(struct arena *a, const void *p, size_t n)
{
	size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);

	return sodium_bin2base64(arena_alloc(a, size), size, p, n, sodium_base64_VARIANT_ORIGINAL);
}

bool base64_bytes(struct arena *a, const char *text, struct bytes *out)
{
	size_t len = strlen(text), room = len / 4 * 3 + 3;
	unsigned char *to = arena_alloc(a, room);
	const char *end = text;

	*out = (struct bytes){ to, 0 };
	return !sodium_base642bin(to, room, text, len, " \t\r\n", &out->n, &end, sodium_base64_VARIANT_ORIGINAL) &&
	       end == text + len;
}
