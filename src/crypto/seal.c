#include "crypto/seal.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	SECRET_MIN = 32,
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	OVERHEAD = NONCE + crypto_aead_xchacha20poly1305_ietf_ABYTES,
};
_Static_assert(SEAL_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key size");

static void ready(void)
{
	if (sodium_init() < 0)
		abort();
}

enum rc seal_key_from(const char *secret, struct seal_key *key)
{
	static const char purpose[] = "yunshi seal v1";
	size_t n = strlen(secret);

	ready();
	if (n < SECRET_MIN)
		return RC_INVALID;
	crypto_generichash_state st;
	crypto_generichash_init(&st, (const unsigned char *)purpose, sizeof purpose - 1, sizeof key->k);
	crypto_generichash_update(&st, (const unsigned char *)secret, n);
	crypto_generichash_final(&st, key->k, sizeof key->k);
	return RC_OK;
}

enum rc seal_key_load(const char *path, struct seal_key *key)
{
	char line[1024] = "";
	FILE *f = fopen(path, "re");

	if (!f)
		return RC_NOT_FOUND;
	if (!fgets(line, sizeof line, f))
		line[0] = '\0';
	fclose(f);
	line[strcspn(line, "\r\n")] = '\0';
	enum rc rc = seal_key_from(line, key);
	sodium_memzero(line, sizeof line);
	return rc;
}

struct bytes seal_close(struct arena *a, const struct seal_key *key, const char *use, const void *p, size_t n)
{
	unsigned char *to = arena_alloc(a, n + OVERHEAD);

	ready();
	randombytes_buf(to, NONCE);
	int bad = crypto_aead_xchacha20poly1305_ietf_encrypt(to + NONCE, NULL, p, n, (const unsigned char *)use,
							     strlen(use), NULL, to, key->k);
	assert(!bad);
	return (struct bytes){ to, n + OVERHEAD };
}

enum rc seal_open(struct arena *a, const struct seal_key *key, const char *use, struct bytes sealed, struct bytes *out)
{
	const unsigned char *from = sealed.p;

	ready();
	*out = (struct bytes){ 0 };
	if (sealed.n < OVERHEAD)
		return RC_INVALID;
	unsigned char *to = arena_alloc(a, sealed.n - OVERHEAD + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(to, NULL, NULL, from + NONCE, sealed.n - NONCE,
						       (const unsigned char *)use, strlen(use), from, key->k))
		return RC_INVALID;
	*out = (struct bytes){ to, sealed.n - OVERHEAD };
	return RC_OK;
}
