#include "crypto/wxsign.h"

#include <assert.h>
#include <stdlib.h>

#include "crypto/hash.h"

static const char *const type_names[] = { NULL, "MD5", "HMAC-SHA256" };
const struct enum_def wxsign_type_enum = { "sign_type", type_names, WXSIGN__MAX - 1 };

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->name, ((const struct pair *)b)->name);
}

static char *put(char *to, const char *s)
{
	size_t n = strlen(s);

	return (char *)memcpy(to, s, n) + n;
}

static size_t room(const struct pair *p, size_t n, const char *key)
{
	size_t sum = sizeof "key=" + strlen(key);

	for (size_t i = 0; i < n; i++)
		sum += strlen(p[i].name) + strlen(p[i].value) + 2;
	return sum;
}

/* name=value&…&key=K */
static struct bytes signed_text(struct arena *a, const struct pair *p, size_t n, const char *key)
{
	struct pair *sorted = ARENA_ARRAY(a, struct pair, n);
	char *text = arena_alloc(a, room(p, n, key)), *to = text;
	size_t used = 0;

	for (size_t i = 0; i < n; i++)
		if (*p[i].value && strcmp(p[i].name, "sign"))
			sorted[used++] = p[i];
	if (used)
		qsort(sorted, used, sizeof *sorted, by_name);
	for (size_t i = 0; i < used; i++) {
		to = put(put(put(to, sorted[i].name), "="), sorted[i].value);
		*to++ = '&';
	}
	to = put(put(to, "key="), key);
	return (struct bytes){ text, (size_t)(to - text) };
}

char *wxsign(struct arena *a, enum wxsign_type type, const struct pair *p, size_t n, const char *key,
	     char out[WXSIGN_SIZE])
{
	size_t mark = arena_mark(a);
	struct bytes text = signed_text(a, p, n, key);
	unsigned char digest[SHA256_SIZE];

	assert(type == WXSIGN_MD5 || type == WXSIGN_HMAC_SHA256);
	if (type == WXSIGN_MD5) {
		hash_md5(text.p, text.n, digest);
		hash_hex_upper(digest, MD5_SIZE, out);
	} else {
		hash_hmac_sha256(key, strlen(key), text.p, text.n, digest);
		hash_hex_upper(digest, SHA256_SIZE, out);
	}
	arena_release(a, mark);
	return out;
}

enum wxsign_type wxsign_by_length(const char *sign)
{
	switch (strlen(sign)) {
	case 2 * MD5_SIZE:    return WXSIGN_MD5;
	case 2 * SHA256_SIZE: return WXSIGN_HMAC_SHA256;
	default:              return 0;
	}
}

enum wxsign_type wxsign_choose(enum wxsign_type stored, const struct pair *p, size_t n)
{
	const char *named = pair_value(p, n, "sign_type"), *sign = pair_value(p, n, "sign");

	if (stored)
		return stored;
	if (named && *named)
		return (enum wxsign_type)enum_of(&wxsign_type_enum, named, strlen(named));
	return wxsign_by_length(sign ? sign : "");
}

bool wxsign_check(struct arena *a, enum wxsign_type stored, const struct pair *p, size_t n, const char *key)
{
	const char *sign = pair_value(p, n, "sign");
	enum wxsign_type type = wxsign_choose(stored, p, n);
	char want[WXSIGN_SIZE];

	return sign && type && *key && hash_equal_text(sign, wxsign(a, type, p, n, key, want));
}
