#include "base/money.h"
#include "domain/rank.h"
#include "unit.h"

TEST(rank_best_order, "CAT-12 sales count by doublings, stars by tenths, a few ratings little")
{
	assert_int_equal(rank_best(0, 0, 0), 35);
	assert_int_equal(rank_best(1, 0, 0) - rank_best(0, 0, 0), 4);
	assert_int_equal(rank_best(1023, 0, 0), rank_best(512, 0, 0));
	assert_int_equal(rank_best(1024, 0, 0) - rank_best(1023, 0, 0), 4);
	assert_true(rank_best(0, 5, 1) > rank_best(0, 0, 0) && rank_best(0, 5, 1) < rank_best(0, 500, 100));
	assert_true(rank_best(0, 1, 1) < rank_best(0, 0, 0));
	assert_true(rank_named(0) > rank_best(UINT32_MAX, UINT32_MAX, UINT32_MAX / 5));
}

TEST(rank_rating_order, "CAT-12 by average, then by how many; not rated last")
{
	assert_true(rank_rating(45, 10) > rank_rating(44, 10));
	assert_true(rank_rating(450, 100) > rank_rating(45, 10));
	assert_true(rank_rating(5, 1) > rank_rating(4999, 1000));
	assert_int_equal(rank_rating(0, 0), 0);
	assert_true(rank_rating(UINT32_MAX, UINT32_MAX) > 0);
}

TEST(rank_price, "CAT-12 steps of prices ascend; the cheapest comes first")
{
	static const int64_t begins[] = { 0, 1, 100, 200, 500, 1000, 2000, 5000, 10000 };

	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
		assert_int_equal(rank_step(fen(begins[i])), (int)i);
		if (i)
			assert_int_equal(rank_step(fen(begins[i] - 1)), (int)i - 1);
	}
	assert_true(rank_step(fen(MONEY_MAX)) < RANK_STEPS);
	assert_true(rank_cheap(fen(1)) > rank_cheap(fen(2)) && rank_cheap(fen(MONEY_MAX)) == 0);
}
