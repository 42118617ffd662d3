#include "crypto/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>

static void digest(const EVP_MD *md, const void *p, size_t n, unsigned char *out)
{
	if (!EVP_Digest(p, n, out, NULL, md, NULL))
		abort();
}

void hash_sha256(const void *p, size_t n, unsigned char out[SHA256_SIZE]) { digest(EVP_sha256(), p, n, out); }
void hash_md5(const void *p, size_t n, unsigned char out[MD5_SIZE]) { digest(EVP_md5(), p, n, out); }

void hash_hmac_sha256(const void *key, size_t key_n, const void *p, size_t n, unsigned char out[SHA256_SIZE])
{
	if (!HMAC(EVP_sha256(), key, (int)key_n, p, n, out, NULL))
		abort();
}

static char *hex(const unsigned char *p, size_t n, char *out, const char digits[16])
{
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[p[i] >> 4];
		out[2 * i + 1] = digits[p[i] & 15];
	}
	out[2 * n] = '\0';
	return out;
}

char *hash_hex(const void *p, size_t n, char *out) { return hex(p, n, out, "0123456789abcdef"); }
char *hash_hex_upper(const void *p, size_t n, char *out) { return hex(p, n, out, "0123456789ABCDEF"); }

char *hash_sha256_hex(const void *p, size_t n, char out[2 * SHA256_SIZE + 1])
{
	unsigned char d[SHA256_SIZE];

	hash_sha256(p, n, d);
	return hash_hex(d, sizeof d, out);
}

bool hash_equal(const void *a, const void *b, size_t n) { return !CRYPTO_memcmp(a, b, n); }

bool hash_equal_text(const char *a, const char *b)
{
	size_t n = strlen(a);

	return n == strlen(b) && hash_equal(a, b, n);
}
