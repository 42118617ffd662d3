#include "crypto/token.h"

#include <sodium.h>
#include <stdlib.h>

#include "crypto/hash.h"

enum { TOKEN_BYTES = 32 };

static void ready(void)
{
	if (sodium_init() < 0)
		abort();
}

void token_bytes(void *p, size_t n)
{
	ready();
	randombytes_buf(p, n);
}

char *token_new(char out[TOKEN_SIZE])
{
	unsigned char b[TOKEN_BYTES];

	token_bytes(b, sizeof b);
	return sodium_bin2base64(out, TOKEN_SIZE, b, sizeof b, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

char *token_hex(size_t n, char *out)
{
	/* the upper half of the text holds the bytes until the digits overtake them */
	unsigned char *b = (unsigned char *)out + n;

	token_bytes(b, n);
	return hash_hex(b, n, out);
}

uint32_t token_below(uint32_t n)
{
	ready();
	return randombytes_uniform(n);
}
