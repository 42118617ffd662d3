#ifndef CRYPTO_RSA_H
#define CRYPTO_RSA_H
#include "base/arena.h"
#include "base/rc.h"
#include "base/value.h"

/* RSA-SHA256 (PKCS#1 v1.5) with keys of 2048 to 8192 bits in PEM files, read at each call: a key that is replaced is
 * in use from then on. */

/* RC_NOT_FOUND: no such file; RC_MALFORMED: it cannot be read, or has no such key. */
MUST_USE enum rc rsa_sign(struct arena *a, const char *private_pem, struct bytes text, struct bytes *signature);
/* RC_DENIED: not signed with that key; RC_NOT_FOUND and RC_MALFORMED as above. */
MUST_USE enum rc rsa_verify(const char *public_pem, struct bytes text, struct bytes signature);
#endif
