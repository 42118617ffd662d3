#ifndef CRYPTO_WXCRYPT_H
#define CRYPTO_WXCRYPT_H
#include "base/arena.h"
#include "base/value.h"

/* What WeChat Pay v2 encrypts (WXP-8): AES-256-ECB, PKCS#7, under the 32 characters of lower-case hex MD5 of the API key, in Base64.  It hides
 * and does not prove: whoever holds one text can put it together with parts of another. */
char *wxcrypt_close(struct arena *a, const char *key, const void *p, size_t n);
/* False: no Base64, no whole blocks, or the padding is wrong, as under another key. */
bool wxcrypt_open(struct arena *a, const char *key, const char *text, struct bytes *out);
#endif
