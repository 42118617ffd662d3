#include "app/chain.h"

#include <assert.h>

void chain_text(struct out *o, const char *s)
{
	out_printf(o, "%zu:", s ? strlen(s) : 0);
	out_str(o, s ? s : "");
}

void chain_num(struct out *o, uint64_t v) { out_printf(o, "%llu,", (unsigned long long)v); }

void chain_add(struct chain *c, const struct out *covered)
{
	struct out o = { 0 };

	out_bytes(&o, (const char *)c->hash, SHA256_SIZE);
	out_bytes(&o, covered->p, covered->n);
	hash_sha256(o.p, o.n, c->hash);
	out_free(&o);
}

struct bytes chain_bytes(struct arena *a, const struct chain *c) { return (struct bytes){ arena_dup(a, c->hash, SHA256_SIZE), SHA256_SIZE }; }

struct chain chain_of(struct bytes hash)
{
	struct chain c;

	assert(hash.n == SHA256_SIZE);
	memcpy(c.hash, hash.p, SHA256_SIZE);
	return c;
}
