#include "crypto/jwt.h"

#include <sodium.h>

#include "crypto/hash.h"

static const char *base64url(struct arena *a, const void *p, size_t n)
{
	size_t size = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

	return sodium_bin2base64(arena_alloc(a, size), size, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

const char *jwt_sign(struct arena *a, const char *secret, const char *claims)
{
	static const char head[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
	unsigned char mac[SHA256_SIZE];
	const char *text = arena_printf(a, "%s.%s", base64url(a, head, sizeof head - 1), base64url(a, claims, strlen(claims)));

	hash_hmac_sha256(secret, strlen(secret), text, strlen(text), mac);
	return arena_printf(a, "%s.%s", text, base64url(a, mac, sizeof mac));
}
