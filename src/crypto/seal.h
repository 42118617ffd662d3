#ifndef CRYPTO_SEAL_H
#define CRYPTO_SEAL_H
#include "base/arena.h"
#include "base/rc.h"
#include "base/value.h"

/* Secrets that the store keeps but may not read: sealed (encrypted and authenticated) with a key that lives outside of
 * it. */
enum { SEAL_KEY_SIZE = 32 };
struct seal_key { unsigned char k[SEAL_KEY_SIZE]; };

/* A key from a configured secret of at least 32 characters. */
MUST_USE enum rc seal_key_from(const char *secret, struct seal_key *key);
/* The same, from the first line of a file. */
MUST_USE enum rc seal_key_load(const char *path, struct seal_key *key);

/* `use` says what the secret is for ("webhook_token:42"): it opens for that use only, so that a sealed value moved to
 * another row or column does not open.  Lives in the arena. */
struct bytes seal_close(struct arena *a, const struct seal_key *key, const char *use, const void *p, size_t n);
/* RC_INVALID when it was changed, or sealed with another key or for another use.  The result is followed by a NUL. */
MUST_USE enum rc seal_open(struct arena *a, const struct seal_key *key, const char *use, struct bytes sealed,
			   struct bytes *out);
#endif
