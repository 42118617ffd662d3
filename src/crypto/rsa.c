#include "crypto/rsa.h"

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>

enum { RSA_BITS_MIN = 2048, RSA_BITS_MAX = 8192 };

typedef EVP_PKEY *read_pem(FILE *f, EVP_PKEY **key, pem_password_cb *ask, void *ctx);

/* A key that asks for a password cannot be used here. */
static int no_password(char *to, int size, int writing, void *ctx)
{
	(void)to, (void)size, (void)writing, (void)ctx;
	return -1;
}

static enum rc read_key(const char *file, read_pem *read, EVP_PKEY **key)
{
	FILE *f = fopen(file, "re");

	if (!f)
		return errno == ENOENT ? RC_NOT_FOUND : RC_MALFORMED;
	*key = read(f, NULL, no_password, NULL);
	fclose(f);
	int bits = *key && EVP_PKEY_is_a(*key, "RSA") ? EVP_PKEY_get_bits(*key) : 0;
	if (bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX)
		return RC_OK;
	EVP_PKEY_free(*key);
	return RC_MALFORMED;
}

enum rc rsa_sign(struct arena *a, const char *private_pem, struct bytes text, struct bytes *signature)
{
	EVP_PKEY *key;

	TRY(read_key(private_pem, PEM_read_PrivateKey, &key));
	size_t n = (size_t)EVP_PKEY_get_size(key);
	unsigned char *to = arena_alloc(a, n);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool done = ctx && EVP_DigestSignInit_ex(ctx, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
		    EVP_DigestSign(ctx, to, &n, text.p, text.n) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	*signature = (struct bytes){ to, n };
	return done ? RC_OK : RC_INTERNAL;
}

enum rc rsa_verify(const char *public_pem, struct bytes text, struct bytes signature)
{
	EVP_PKEY *key;

	TRY(read_key(public_pem, PEM_read_PUBKEY, &key));
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool right = ctx && EVP_DigestVerifyInit_ex(ctx, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
		     EVP_DigestVerify(ctx, signature.p, signature.n, text.p, text.n) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	return right ? RC_OK : RC_DENIED;
}
