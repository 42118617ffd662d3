#ifndef BASE_MONEY_H
#define BASE_MONEY_H
#include "base/value.h"

/* Exact arithmetic on fen (NUM-1, NUM-2).  Nothing here rounds but money_ratio, once, half away from zero. */

enum { FEN_PER_YUAN = 100, PER_MILLE = 1000 };
#define MONEY_MAX ((int64_t)1000000000000000)	/* ten trillion yuan: every sum of a few such stays inside 64 bits */

static inline struct money fen(int64_t v) { return (struct money){ v }; }
static inline struct money money_add(struct money a, struct money b) { return fen(a.fen + b.fen); }
static inline struct money money_sub(struct money a, struct money b) { return fen(a.fen - b.fen); }
static inline struct money money_neg(struct money a) { return fen(-a.fen); }
static inline struct money money_min(struct money a, struct money b) { return a.fen < b.fen ? a : b; }

/* m * num / den, rounded half away from zero.  False when |result| would pass MONEY_MAX; den > 0. */
bool money_ratio(struct money m, int64_t num, int64_t den, struct money *out);
/* The parts are in proportion to the weights (>= 0, not all 0) and sum exactly to total: largest remainder,
 * ties to the earlier part. */
void money_split(struct money total, const int64_t *weights, size_t n, struct money *parts);
/* "12", "12.3", "12.30" in yuan; no sign, no spaces, no exponent, at most two places and MONEY_MAX. */
bool money_parse(const char *s, struct money *out);
/* "1,280.00" with grouping or "1280.00" without, '-' before negative ones.  Returns buf. */
enum { MONEY_TEXT = 32 };
char *money_text(struct money m, bool group, char buf[MONEY_TEXT]);
#endif
