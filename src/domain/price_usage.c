#include <assert.h>

#include "domain/price.h"

/* Costs are kept exactly, in fen / SCALE, which every `per` divides. */
typedef __int128 wide;
#define SCALE INT64_C(1000000000)

static bool power_of_ten(int64_t n)
{
	for (; n > 1 && n % 10 == 0; n /= 10)
		;
	return n == 1;
}

bool price_tiers_good(const struct price_tier *tiers, size_t n)
{
	if (!n || n > PRICE_TIERS_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct price_tier *t = &tiers[i];
		if (i ? t->above <= tiers[i - 1].above : t->above != 0)
			return false;
		if (t->above > PRICE_UNITS_MAX || t->price.fen < 0 || t->price.fen > MONEY_MAX)
			return false;
		if (t->per > SCALE || !power_of_ten(t->per))
			return false;
	}
	return true;
}

static int64_t rounded(wide exact) { return (int64_t)((exact + SCALE / 2) / SCALE); }

/* How much of a month's usage falls into a tier. */
static int64_t inside(const struct price_tier *tiers, size_t n, size_t i, int64_t usage)
{
	int64_t end = i + 1 < n && tiers[i + 1].above < usage ? tiers[i + 1].above : usage;

	return end > tiers[i].above ? end - tiers[i].above : 0;
}

/* Lines show differences of rounded costs, so that pieces of a month sum to the whole. */
enum price_problem price_usage(const struct price_tier *tiers, size_t n, int64_t used, int64_t quantity,
		struct price_usage *out)
{
	wide before = 0, after = 0;	/* the costs of what was used, and of all, in this tier and those below */

	assert(price_tiers_good(tiers, n) && used >= 0 && quantity >= 0);
	*out = (struct price_usage){ 0 };
	if (quantity > PRICE_UNITS_MAX || used > PRICE_UNITS_MAX - quantity)
		return PRICE_TOO_LARGE;
	for (size_t i = 0; i < n; i++) {
		int64_t old = inside(tiers, n, i, used), all = inside(tiers, n, i, used + quantity);
		if ((wide)all * tiers[i].price.fen > (wide)MONEY_MAX * tiers[i].per)
			return PRICE_TOO_LARGE;
		wide each = (wide)tiers[i].price.fen * (SCALE / tiers[i].per);
		int64_t amount = out->total.fen;
		before += old * each;
		after += all * each;
		if (after > (wide)MONEY_MAX * SCALE)
			return PRICE_TOO_LARGE;
		out->total = fen(rounded(after) - rounded(before));
		if (all > old)
			out->lines[out->lines_n++] =
				(struct price_usage_line){ i, all - old, fen(out->total.fen - amount) };
	}
	return 0;
}
