#include "crypto/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <sodium.h>
#include <stdlib.h>

/* Looking an algorithm up costs several times what hashing a token does: each is kept.  One thread. */
static void digest(EVP_MD **md, const char *name, const void *p, size_t n, unsigned char *out)
{
	if ((!*md && !(*md = EVP_MD_fetch(NULL, name, NULL))) || !EVP_Digest(p, n, out, NULL, *md, NULL))
		abort();
}

void hash_sha256(const void *p, size_t n, unsigned char out[SHA256_SIZE])
{
	static EVP_MD *md;

	digest(&md, "SHA256", p, n, out);
}

static crypto_hash_sha256_state *state_of(struct hash_sum *s)
{
	_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof s->state, "hash.h holds libsodium's state");
	return (crypto_hash_sha256_state *)(void *)s->state;
}

void hash_begin(struct hash_sum *s) { crypto_hash_sha256_init(state_of(s)); }
void hash_add(struct hash_sum *s, const void *p, size_t n) { crypto_hash_sha256_update(state_of(s), p, n); }
void hash_end(struct hash_sum *s, unsigned char out[SHA256_SIZE]) { crypto_hash_sha256_final(state_of(s), out); }

void hash_md5(const void *p, size_t n, unsigned char out[MD5_SIZE])
{
	static EVP_MD *md;

	digest(&md, "MD5", p, n, out);
}

static EVP_MAC_CTX *hmac_of(char *digest_name)
{
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *ctx = mac ? EVP_MAC_CTX_new(mac) : NULL;
	const OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string("digest", digest_name, 0), OSSL_PARAM_construct_end() };

	if (!ctx || !EVP_MAC_CTX_set_params(ctx, params))
		abort();
	EVP_MAC_free(mac);
	return ctx;
}

static void hmac(EVP_MAC_CTX **ctx, char *digest_name, struct bytes key, struct bytes text, unsigned char *out, size_t size)
{
	size_t len;

	if (!*ctx)
		*ctx = hmac_of(digest_name);
	if (!EVP_MAC_init(*ctx, key.p, key.n, NULL) || !EVP_MAC_update(*ctx, text.p, text.n) || !EVP_MAC_final(*ctx, out, &len, size) || len != size)
		abort();
}

void hash_hmac_sha256(const void *key, size_t key_n, const void *p, size_t n, unsigned char out[SHA256_SIZE])
{
	static EVP_MAC_CTX *ctx;

	hmac(&ctx, (char[]){ "SHA256" }, (struct bytes){ key, key_n }, (struct bytes){ p, n }, out, SHA256_SIZE);
}

void hash_hmac_sha1(const void *key, size_t key_n, const void *p, size_t n, unsigned char out[SHA1_SIZE])
{
	static EVP_MAC_CTX *ctx;

	hmac(&ctx, (char[]){ "SHA1" }, (struct bytes){ key, key_n }, (struct bytes){ p, n }, out, SHA1_SIZE);
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
