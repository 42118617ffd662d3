#ifndef CRYPTO_HMACAUTH_H
#define CRYPTO_HMACAUTH_H
#include "base/arena.h"
#include "base/value.h"

/* How callers of an API say who they are (API-1):
 *	Authorization: hmac id="…", algorithm="hmac-sha256", headers="x-date x-nonce", signature="base64"
 * The signature is over the named headers, "name: value" joined by newlines, in the order given. */
enum hmacauth_algorithm { HMACAUTH_SHA1 = 1, HMACAUTH_SHA256, HMACAUTH__MAX };
extern const struct enum_def hmacauth_algorithm_enum;	/* "hmac-sha1", "hmac-sha256" */

enum { HMACAUTH_MAX = 1000, HMACAUTH_HEADERS_MAX = 10 };
struct hmacauth {
	const char *id;
	enum hmacauth_algorithm algorithm;
	const char *header[HMACAUTH_HEADERS_MAX];	/* lower-case, none twice, x-date among them */
	size_t headers;
	const char *signature;
};

/* Each of the four once, in any order, and nothing else; false for whatever is not just that. */
bool hmacauth_read(struct arena *a, const char *authorization, struct hmacauth *out);
/* What is signed; value[i] is that of header[i]. */
const char *hmacauth_text(struct arena *a, const struct hmacauth *h, const char *const *value);
/* Base64. */
const char *hmacauth_sign(struct arena *a, enum hmacauth_algorithm algorithm, struct bytes key, const char *text);
/* The signature is the one that this key makes of the text. */
bool hmacauth_check(struct arena *a, const struct hmacauth *h, struct bytes key, const char *text);
#endif
