#ifndef APP_CHAIN_H
#define APP_CHAIN_H
#include "base/arena.h"
#include "base/out.h"
#include "crypto/hash.h"

/* A chain over rows that are written once: each seal is the SHA-256 of the seal before and of what it covers, so that a row that is
 * changed, taken out or slipped in later breaks it. */
struct chain { unsigned char hash[SHA256_SIZE]; };	/* of the last seal; all zero before the first */

/* What is covered, as one text in which no two contents look the same: every field behind its length, numbers ended by a comma. */
void chain_text(struct out *o, const char *s);		/* NULL as "" */
void chain_num(struct out *o, uint64_t v);
void chain_add(struct chain *c, const struct out *covered);

struct bytes chain_bytes(struct arena *a, const struct chain *c);
struct chain chain_of(struct bytes hash);
static inline bool chain_is(const struct chain *c, struct bytes hash) { return hash.n == SHA256_SIZE && !memcmp(c->hash, hash.p, SHA256_SIZE); }
#endif
