#ifndef CRYPTO_TOKEN_H
#define CRYPTO_TOKEN_H
#include "base/value.h"

/* Random values that nobody can guess. */
enum { TOKEN_LEN = 43, TOKEN_SIZE = TOKEN_LEN + 1 };

void token_bytes(void *p, size_t n);
/* 256 bits in base64url without padding: sessions, activation links.  At rest only its SHA-256. */
char *token_new(char out[TOKEN_SIZE]);
/* 2 n lower-case hex digits of n random bytes, and a NUL. */
char *token_hex(size_t n, char *out);
/* Uniform below n > 0: jitter, one-time codes. */
uint32_t token_below(uint32_t n);
#endif
