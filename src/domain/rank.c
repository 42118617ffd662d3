#include "domain/rank.h"

#include "base/money.h"

enum { STARTING = 5, STARTING_TENTHS = 35, A_DOUBLING = 4, COUNT_BITS = 20 };

uint64_t rank_best(uint64_t deals, uint64_t rating_sum, uint64_t rating_n)
{
	uint64_t doublings = deals ? 64 - (uint64_t)__builtin_clzll(deals) : 0;

	return A_DOUBLING * doublings + (10 * rating_sum + STARTING * STARTING_TENTHS) / (rating_n + STARTING);
}

uint64_t rank_rating(uint64_t rating_sum, uint64_t rating_n)
{
	uint64_t most = (UINT64_C(1) << COUNT_BITS) - 1;

	return rating_n ? (rating_sum * 1000 / rating_n) << COUNT_BITS | (rating_n < most ? rating_n : most) : 0;
}

int rank_step(struct money price)
{
	static const int64_t factor[] = { 1, 2, 5 };
	int64_t decade = 100;
	int step = 0;

	if (price.fen <= 0)
		return 0;
	for (; price.fen >= factor[step % 3] * decade; step++)
		if (step % 3 == 2)
			decade *= 10;
	return step + 1;
}

uint64_t rank_cheap(struct money price) { return (uint64_t)(MONEY_MAX - price.fen); }
