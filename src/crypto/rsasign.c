#include "crypto/rsasign.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdlib.h>

#include "base/out.h"

enum { RSA_BITS_MIN = 2048 };

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->name, ((const struct pair *)b)->name);
}

const char *rsasign_text(struct arena *a, const struct pair *p, size_t n)
{
	struct pair *sorted = ARENA_ARRAY(a, struct pair, n);
	struct out o = { 0 };
	size_t used = 0;

	for (size_t i = 0; i < n; i++)
		if (*p[i].value && strcmp(p[i].name, "signature"))
			sorted[used++] = p[i];
	if (used)
		qsort(sorted, used, sizeof *sorted, by_name);
	for (size_t i = 0; i < used; i++) {
		out_str(&o, i ? "&" : "");
		out_str(&o, sorted[i].name);
		out_lit(&o, "=");
		out_str(&o, sorted[i].value);
	}
	const char *text = arena_dup(a, o.p, o.n);
	out_free(&o);
	return text;
}

/* NULL: it is no RSA key of a fair length. */
static EVP_PKEY *key_of(const char *file, bool private)
{
	FILE *f = fopen(file, "re");

	if (!f)
		return NULL;
	EVP_PKEY *key = private ? PEM_read_PrivateKey(f, NULL, NULL, (void *)"") : PEM_read_PUBKEY(f, NULL, NULL, (void *)"");
	fclose(f);
	if (key && EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_get_bits(key) >= RSA_BITS_MIN)
		return key;
	EVP_PKEY_free(key);
	return NULL;
}

static const char *base64(struct arena *a, const unsigned char *p, size_t n)
{
	char *text = arena_alloc(a, 4 * ((n + 2) / 3) + 1);

	EVP_EncodeBlock((unsigned char *)text, p, (int)n);
	return text;
}

enum rc rsasign(struct arena *a, const char *key_file, const struct pair *p, size_t n, const char **signature)
{
	const char *text = rsasign_text(a, p, n);
	EVP_PKEY *key = key_of(key_file, true);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t size = key ? (size_t)EVP_PKEY_get_size(key) : 0;
	unsigned char *raw = arena_alloc(a, size + 1);

	bool ok = key && ctx && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
		  EVP_DigestSign(ctx, raw, &size, (const unsigned char *)text, strlen(text)) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	if (!ok)
		return RC_INTERNAL;
	*signature = base64(a, raw, size);
	return RC_OK;
}

/* The bytes of a whole base64 text without breaks; 0: it is none. */
static size_t unbase64(const char *text, unsigned char *raw)
{
	size_t n = strlen(text), pad = 0;

	if (!n || n % 4 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") + strlen(strchrnul(text, '=')) != n)
		return 0;
	while (pad < 3 && text[n - 1 - pad] == '=')
		pad++;
	int got = EVP_DecodeBlock(raw, (const unsigned char *)text, (int)n);
	return got > 0 && pad < 3 ? (size_t)got - pad : 0;
}

bool rsasign_check(struct arena *a, const char *key_file, const struct pair *p, size_t n)
{
	const char *signature = pair_value(p, n, "signature"), *text = rsasign_text(a, p, n);

	if (!signature)
		return false;
	unsigned char *raw = arena_alloc(a, strlen(signature) + 4);
	size_t size = unbase64(signature, raw);
	EVP_PKEY *key = size ? key_of(key_file, false) : NULL;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok = key && ctx && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
		  EVP_DigestVerify(ctx, raw, size, (const unsigned char *)text, strlen(text)) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	return ok;
}
