#include "crypto/password.h"

#include <sodium.h>
#include <stdlib.h>

enum { PASSES = 2, MEMORY = 19 << 20 };
_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "room for a hash");

static void ready(void)
{
	if (sodium_init() < 0)
		abort();
}

enum rc password_hash(const char *password, char out[PASSWORD_HASH_SIZE])
{
	size_t n = strlen(password);

	ready();
	if (n > PASSWORD_BYTES_MAX)
		return RC_TOO_LARGE;
	return crypto_pwhash_str_alg(out, password, n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) ? RC_BUSY : RC_OK;
}

bool password_verify(const char *hash, const char *password)
{
	size_t n = strlen(password);

	ready();
	return n <= PASSWORD_BYTES_MAX && strlen(hash) < crypto_pwhash_STRBYTES &&
	       !crypto_pwhash_str_verify(hash, password, n);
}

bool password_needs_rehash(const char *hash)
{
	ready();
	return strlen(hash) >= crypto_pwhash_STRBYTES || crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY);
}

void password_burn(const char *password)
{
	static char hash[PASSWORD_HASH_SIZE];

	if (!*hash && password_hash("", hash) != RC_OK)
		return;
	/* the answer is of no interest, the time is */
	(void)password_verify(hash, password);
}
