#ifndef CRYPTO_PASSWORD_H
#define CRYPTO_PASSWORD_H
#include "base/rc.h"
#include "base/value.h"

/* Passwords at rest: Argon2id, 19 MiB, two passes (safety 13).  Each call but needs_rehash takes 40 ms. */
enum { PASSWORD_HASH_SIZE = 128, PASSWORD_BYTES_MAX = 1024 };

/* "$argon2id$…", NUL-terminated.  RC_BUSY when there is no memory for it, RC_TOO_LARGE above PASSWORD_BYTES_MAX. */
MUST_USE enum rc password_hash(const char *password, char out[PASSWORD_HASH_SIZE]);
/* False also for a hash that is not one. */
bool password_verify(const char *hash, const char *password);
/* The hash was made with weaker settings than today's: make a new one at the next sign-in. */
bool password_needs_rehash(const char *hash);
/* The work of password_verify for an account that does not exist, so that the time does not tell. */
void password_burn(const char *password);
#endif
