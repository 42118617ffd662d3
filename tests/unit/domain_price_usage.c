#include <stdlib.h>

#include "domain/price.h"
#include "unit.h"

static const struct price_tier tiers[] = { { 0, { 0 }, 1 }, { 500, { 6 }, 1 }, { 10000, { 5 }, 1 }, { 100000, { 3800 }, 1000 } };
enum { TIERS = sizeof tiers / sizeof *tiers };

static int64_t cost(const struct price_tier *t, size_t n, int64_t used, int64_t quantity)
{
	struct price_usage u;
	int64_t sum = 0, units = 0;

	assert_int_equal(price_usage(t, n, used, quantity, &u), 0);
	for (size_t i = 0; i < u.lines_n; i++) {
		sum += u.lines[i].amount.fen;
		units += u.lines[i].quantity;
		assert_true(u.lines[i].amount.fen >= 0 && u.lines[i].quantity > 0);
	}
	assert_int_equal(sum, u.total.fen);
	assert_int_equal(units, quantity);
	return u.total.fen;
}

TEST(usage_tiers, "CAT-3 usage is priced by the tiers of its month, line by line")
{
	struct price_usage u;

	assert_int_equal(cost(tiers, TIERS, 0, 0), 0);
	assert_int_equal(cost(tiers, TIERS, 0, 500), 0);
	assert_int_equal(cost(tiers, TIERS, 0, 501), 6);
	assert_int_equal(cost(tiers, TIERS, 0, 10000), 9500 * 6);
	assert_int_equal(cost(tiers, TIERS, 0, 100001), 9500 * 6 + 90000 * 5 + 4);		/* 3.8 */
	assert_int_equal(cost(tiers, TIERS, 100001, 1), 4);					/* 7.6 - 4 */
	assert_int_equal(price_usage(tiers, TIERS, 9999, 2, &u), 0);
	assert_int_equal(u.lines_n, 2);
	assert_int_equal(u.lines[0].tier, 1);
	assert_int_equal(u.lines[0].amount.fen, 6);
	assert_int_equal(u.lines[1].tier, 2);
	assert_int_equal(u.lines[1].amount.fen, 5);
}

TEST(usage_tiers_good, "CAT-3 tiers begin at 0, rise, and are for 1, 10, 100 … units")
{
	static const struct price_tier bad[][2] = {
		{ { 1, { 5 }, 1 }, { 10, { 5 }, 1 } }, { { 0, { 5 }, 1 }, { 0, { 5 }, 1 } }, { { 0, { 5 }, 1 }, { -1, { 5 }, 1 } }, { { 0, { -1 }, 1 }, { 10, { 5 }, 1 } },
		{ { 0, { 5 }, 0 }, { 10, { 5 }, 1 } }, { { 0, { 5 }, 3 }, { 10, { 5 }, 1 } }, { { 0, { 5 }, 20 }, { 10, { 5 }, 1 } }, { { 0, { 5 }, INT64_C(10000000000) }, { 10, { 5 }, 1 } },
		{ { 0, { MONEY_MAX + 1 }, 1 }, { 10, { 5 }, 1 } }, { { 0, { 5 }, -10 }, { 10, { 5 }, 1 } }, { { 0, { 5 }, 1 }, { PRICE_UNITS_MAX + 1, { 5 }, 1 } },
	};
	struct price_tier many[PRICE_TIERS_MAX + 1];

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(price_tiers_good(bad[i], 2));
	for (int i = 0; i <= PRICE_TIERS_MAX; i++)
		many[i] = (struct price_tier){ i, { 1 }, 1 };
	assert_true(price_tiers_good(many, PRICE_TIERS_MAX));
	assert_false(price_tiers_good(many, PRICE_TIERS_MAX + 1));
	assert_false(price_tiers_good(many, 0));
	assert_true(price_tiers_good(tiers, TIERS));
}

TEST(usage_limits, "NUM-1 usage beyond what can be counted or paid is refused, never wrapped")
{
	static const struct price_tier dear = { 0, { MONEY_MAX }, 1 }, cheap = { 0, { 1 }, 1000000000 };
	struct price_usage u;

	assert_int_equal(cost(&dear, 1, 0, 1), MONEY_MAX);
	for (int64_t n = 2; n < PRICE_UNITS_MAX; n *= 1000)
		assert_int_equal(price_usage(&dear, 1, 0, n, &u), PRICE_TOO_LARGE);
	assert_int_equal(price_usage(&dear, 1, 1, 1, &u), PRICE_TOO_LARGE);
	assert_int_equal(cost(&cheap, 1, 0, PRICE_UNITS_MAX), 1000000);
	assert_int_equal(price_usage(&cheap, 1, 1, PRICE_UNITS_MAX, &u), PRICE_TOO_LARGE);
	assert_int_equal(price_usage(&cheap, 1, INT64_MAX, INT64_MAX, &u), PRICE_TOO_LARGE);
}

static int64_t below(int64_t n) { return (int64_t)(((uint64_t)rand() << 31 | (uint64_t)rand()) % (uint64_t)n); }

static size_t make(struct price_tier *t)
{
	static const int64_t per[] = { 1, 10, 1000, 10000, 1000000000 };
	size_t n = 1 + (size_t)below(PRICE_TIERS_MAX);
	int64_t above = 0;

	for (size_t i = 0; i < n; i++, above += 1 + below(100000))
		t[i] = (struct price_tier){ above, { below(100000) }, per[below(5)] };
	return n;
}

TEST(usage_properties, "CAT-3 NUM-2 any tiers: more usage never costs less, and however a month is cut its pieces sum to the whole")
{
	struct price_tier t[PRICE_TIERS_MAX];

	srand(20261121);
	for (int round = 0; round < 5000; round++) {
		size_t n = make(t);
		int64_t used = below(1000000), whole = below(2000000), pieces = 0, at = used, total = cost(t, n, used, whole);
		assert_true(price_tiers_good(t, n));
		assert_true(cost(t, n, used, whole + 1) >= total);
		assert_int_equal(cost(t, n, 0, used) + total, cost(t, n, 0, used + whole));
		while (at < used + whole) {
			int64_t piece = 1 + below(used + whole - at);
			pieces += cost(t, n, at, piece);
			at += piece;
		}
		assert_int_equal(pieces, total);
	}
}
