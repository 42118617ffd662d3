#include "crypto/wxcrypt.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "crypto/base64.h"
#include "crypto/hash.h"

enum { KEY_TEXT = 2 * MD5_SIZE + 1, BLOCK = 16, BYTES_MAX = 1 << 20 };

static EVP_CIPHER_CTX *cipher(const char *key, int encrypt)
{
	static const EVP_CIPHER *aes;
	unsigned char digest[MD5_SIZE];
	char text[KEY_TEXT];
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();

	if (!aes)
		aes = EVP_CIPHER_fetch(NULL, "AES-256-ECB", NULL);
	hash_md5(key, strlen(key), digest);
	hash_hex(digest, MD5_SIZE, text);
	if (!ctx || !aes || !EVP_CipherInit_ex2(ctx, aes, (const unsigned char *)text, NULL, encrypt, NULL))
		abort();
	return ctx;
}

/* False only when the padding is wrong. */
static bool run(const char *key, int encrypt, const void *p, size_t n, unsigned char *to, size_t *got)
{
	EVP_CIPHER_CTX *ctx = cipher(key, encrypt);
	int body = 0, end = 0;

	bool ok = EVP_CipherUpdate(ctx, to, &body, p, (int)n) && EVP_CipherFinal_ex(ctx, to + body, &end);
	EVP_CIPHER_CTX_free(ctx);
	*got = ok ? (size_t)(body + end) : 0;
	return ok;
}

char *wxcrypt_close(struct arena *a, const char *key, const void *p, size_t n)
{
	unsigned char *to = arena_alloc(a, n + BLOCK);
	size_t got;

	if (n > BYTES_MAX || !run(key, 1, p, n, to, &got))
		abort();
	return base64_text(a, to, got);
}

bool wxcrypt_open(struct arena *a, const char *key, const char *text, struct bytes *out)
{
	struct bytes closed;

	*out = (struct bytes){ 0 };
	if (!base64_bytes(a, text, &closed) || !closed.n || closed.n % BLOCK || closed.n > BYTES_MAX)
		return false;
	unsigned char *to = arena_alloc(a, closed.n + BLOCK + 1);
	out->p = to;
	return run(key, 0, closed.p, closed.n, to, &out->n);
}
