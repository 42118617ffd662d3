#include "crypto/rsasign.h"

#include <stdlib.h>

#include "base/out.h"
#include "crypto/base64.h"
#include "crypto/rsa.h"

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->name, ((const struct pair *)b)->name);
}

/* name=value of all pairs but `signature` and empty ones, in the order of the bytes of their names, joined by &. */
static struct bytes signed_text(struct arena *a, const struct pair *p, size_t n)
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
	struct bytes text = { arena_dup(a, o.p, o.n), o.n };
	out_free(&o);
	return text;
}

enum rc rsasign(struct arena *a, const char *key_file, const struct pair *p, size_t n, const char **signature)
{
	struct bytes raw;

	if (rsa_sign(a, key_file, signed_text(a, p, n), &raw) != RC_OK)
		return RC_INTERNAL;
	*signature = base64_text(a, raw.p, raw.n);
	return RC_OK;
}

bool rsasign_check(struct arena *a, const char *key_file, const struct pair *p, size_t n)
{
	const char *signature = pair_value(p, n, "signature");
	struct bytes raw;

	return signature && base64_bytes(a, signature, &raw) && rsa_verify(key_file, signed_text(a, p, n), raw) == RC_OK;
}
