#ifndef CRYPTO_JWT_H
#define CRYPTO_JWT_H
#include "base/arena.h"

/* A JSON Web Token (RFC 7519) signed by HMAC-SHA256 (HS256) with a secret that both sides know: who reads it checks it with any library. */
const char *jwt_sign(struct arena *a, const char *secret, const char *claims);
#endif
