#ifndef CRYPTO_RSASIGN_H
#define CRYPTO_RSASIGN_H
#include "base/arena.h"
#include "base/pair.h"
#include "base/rc.h"

/* RSA-SHA256 (PKCS #1 v1.5) over fields: what goes to a bank's page by the payer's browser (ISO-1). */

/* Base64, over all pairs but `signature` and empty ones, with a private key of a PEM file.  RC_INTERNAL: the key cannot be read or is none. */
MUST_USE enum rc rsasign(struct arena *a, const char *key_file, const struct pair *p, size_t n, const char **signature);
/* The pair `signature` is there, and right by the public key of a PEM file. */
bool rsasign_check(struct arena *a, const char *key_file, const struct pair *p, size_t n);
#endif
