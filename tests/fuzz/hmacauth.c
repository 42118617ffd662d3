/* The Authorization of a call (API-1) and its date: what is taken has the shape that is promised, and fits what is made of it. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "crypto/hmacauth.h"

FUZZ(p, n)
{
	const char *s = arena_dup(&fuzz_arena, p, n), *value[HMACAUTH_HEADERS_MAX];
	char text[TIME_TEXT];
	struct instant t;
	struct hmacauth h;
	bool dated = false;

	if (instant_http_parse(s, &t))
		assert(str_eq(instant_http(t, text), s));
	if (!hmacauth_read(&fuzz_arena, s, &h))
		return;
	assert(h.headers >= 1 && h.headers <= HMACAUTH_HEADERS_MAX && *h.id && h.algorithm && h.algorithm < HMACAUTH__MAX);
	for (size_t i = 0; i < h.headers; i++) {
		assert(*h.header[i] && !strpbrk(h.header[i], " \"\n:"));
		dated |= str_eq(h.header[i], "x-date");
		value[i] = s;
	}
	assert(dated);
	hmacauth_check(&fuzz_arena, &h, (struct bytes){ p, n }, hmacauth_text(&fuzz_arena, &h, value));
}
