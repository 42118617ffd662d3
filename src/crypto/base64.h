#ifndef CRYPTO_BASE64_H
#define CRYPTO_BASE64_H
#include "base/arena.h"
#include "base/value.h"

/* Base64 with the usual alphabet and padding. */
char *base64_text(struct arena *a, const void *p, size_t n);
/* White space may stand anywhere, as in XML; false for anything else that is no Base64. */
bool base64_bytes(struct arena *a, const char *text, struct bytes *out);
#endif
